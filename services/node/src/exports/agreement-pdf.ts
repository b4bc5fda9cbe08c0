/**
 * An agreement as a document to print and keep: the text that is signed, and who decided what on it.
 * @module
 */
import { type Block, pdfOf } from '@kruispunt/documents'
import { agreementLines } from '../officers/render-agreement.ts'
import type { Exported } from './exported.ts'
import { exportWords, filled, moment, outcomeWords } from './words.ts'

const label = /^([^:.]{2,60}): (.+)$/su

/** The lines of the text that is signed, each once and in order; a line with others below it becomes a heading. */
function blocksOf(lines: readonly string[]): Block[] {
  const depthOf = (line: string) => (line.length - line.trimStart().length) / 2
  const filledLines = lines.flatMap((line) => line.split('\n')).filter((line) => line.trim() !== '')
  return filledLines.map((line, at): Block => {
    const depth = depthOf(line)
    const text = line.trim()
    const hasBelow = depthOf(filledLines[at + 1] ?? '') > depth
    if (depth === 0 && (hasBelow || text === text.toUpperCase())) return { kind: 'heading', level: 1, text }
    if (depth === 1 && hasBelow && !label.test(text)) return { kind: 'heading', level: 2, text }
    const [, name, rest] = label.exec(text) ?? []
    return name === undefined || rest === undefined
      ? { kind: 'line', text, depth }
      : { kind: 'line', name, text: rest, depth }
  })
}

export async function agreementPdf({ agreement, decisions, partner, code, language, now }: Exported) {
  const { id, document } = agreement
  const words = exportWords[language]
  const nameOf = (party: string) => document.parties.find((one) => one.id === party)?.name ?? party
  const [, ...lines] = agreementLines(document, language)
  const said = decisions.flatMap(({ party, outcome, role, at, keyId, entry, reason }): Block[] => [
    { kind: 'heading', level: 2, text: nameOf(party) },
    {
      kind: 'line',
      name: outcomeWords[language][outcome],
      text: `${words[role ?? 'unknown']}, ${moment(Date.parse(at))}, ${words.key} ${keyId}, ${words.entry} ${entry}`,
    },
    ...(reason === null ? [] : [{ kind: 'line', name: words.reason, text: reason } as const]),
  ])
  return pdfOf({
    title: `${words.agreement}: ${document.title}`,
    language,
    about: [`${words.code}: ${code}`, `${words.id}: ${id}`, filled(words.made, { partner, at: moment(now) })],
    blocks: [
      ...blocksOf(lines),
      { kind: 'heading', level: 1, text: words.decisions },
      ...(said.length === 0 ? [{ kind: 'line', text: words.noDecision } as const] : said),
    ],
    foot: `${words.code} ${code}`,
    madeAt: now,
  })
}
