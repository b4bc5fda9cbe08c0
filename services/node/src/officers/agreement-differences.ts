/**
 * What changed since the text that this party signed last. Both texts are made here, from the canonical bytes of either, by the
 * code that makes the text to sign; so what is not named here reads the same.
 *
 * Pure.
 * @module
 */
import type { AgreementDifferences, AgreementDocument, PartyId } from '@kruispunt/contracts'
import type { AgreementState, LabState } from '@kruispunt/lab-record'
import { shortCode } from '@kruispunt/statements'
import { diffArrays } from 'diff'
import type { Language } from '../delivery-port.ts'
import { agreementLines } from './render-agreement.ts'

/** The text that this one takes the place of, if this party signed it; else the newest it signed under the same reference. */
function signedBefore(
  { agreements }: Pick<LabState, 'agreements'>,
  { id, document, proposed }: AgreementState,
  party: PartyId,
): AgreementState | undefined {
  const superseded = document.supersedes === null ? undefined : agreements.get(document.supersedes)
  if (superseded?.approvals.has(party)) return superseded
  return [...agreements.values()]
    .filter(
      (one) =>
        one.id !== id &&
        one.document.reference === document.reference &&
        one.proposed.index < proposed.index &&
        one.approvals.has(party),
    )
    .sort((a, b) => b.proposed.index - a.proposed.index)[0]
}

const depthOf = (line: string) => line.length - line.trimStart().length

/** Of every line the lines it stands under, outermost first. */
function placesOf(lines: readonly string[]): string[][] {
  const above: string[] = []
  return lines.map((line) => {
    if (line === '') {
      above.length = 0
      return []
    }
    while (above.length > 0 && depthOf(above.at(-1) as string) >= depthOf(line)) above.pop()
    const place = above.map((one) => one.trim())
    above.push(line)
    return place
  })
}

type Change = AgreementDifferences['changes'][number]

/** @returns changes in the order of the new text; lines without their indentation */
export function changedLines(
  before: AgreementDocument,
  after: AgreementDocument,
  language: Language,
): readonly Change[] {
  const was = agreementLines(before, language)
  const is = agreementLines(after, language)
  const [placesBefore, placesAfter] = [placesOf(was), placesOf(is)]
  const changes: { place: string[]; removed: string[]; added: string[] }[] = []
  let [atBefore, atAfter, joins] = [0, 0, false]
  for (const { added, removed, value } of diffArrays(was, is)) {
    const words = value.map((line) => line.trim()).filter((line) => line !== '')
    if (removed || added) {
      const place = (removed ? placesBefore[atBefore] : placesAfter[atAfter]) ?? []
      const last = changes.at(-1)
      if (words.length > 0) {
        // What is taken out and what takes its place come one after the other: one change.
        if (joins && last !== undefined) last[removed ? 'removed' : 'added'].push(...words)
        else changes.push({ place, removed: removed ? words : [], added: removed ? [] : words })
        joins = true
      }
    } else joins = false
    if (!added) atBefore += value.length
    if (!removed) atAfter += value.length
  }
  return changes
}

export function differencesOf(
  state: Pick<LabState, 'agreements'>,
  agreement: AgreementState,
  party: PartyId,
  language: Language,
): AgreementDifferences {
  const before = signedBefore(state, agreement, party)
  const signature = before?.approvals.get(party)
  if (before === undefined || signature === undefined) return { before: null, changes: [] }
  const { title, version } = before.document
  return {
    before: {
      id: before.id,
      shortCode: shortCode(before.id),
      title,
      version,
      signedAt: signature.statement.issuedAt,
    },
    changes: [...changedLines(before.document, agreement.document, language)],
  }
}
