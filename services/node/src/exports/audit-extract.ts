/**
 * Every statement of the log that is about one agreement, each with the proof that it is in the log whose checkpoint stands
 * beside it (contracts/docs/protocol.md §8.2). Rosters are among them: without them nobody could tell whose signatures these are.
 * @module
 */
import type { LabId, StatementEnvelope } from '@kruispunt/contracts'
import { toHex } from '@kruispunt/crypto'
import type { AgreementState, Recorded } from '@kruispunt/lab-record'
import type { MerkleTree } from '@kruispunt/transparency-log'

const always = new Set(['roster', 'roster-acceptance', 'recovery'])

/** Texts a statement says, at any depth: among them are the hashes and ids by which it names others. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* textsIn(one)
}

/**
 * @param history - every statement, in order
 * @returns those of the agreement: they name it, or name something that is its
 */
function statementsOf(history: readonly Recorded[], { id, proposed }: AgreementState): Recorded[] {
  const known = new Set<string>([id])
  return history.filter(({ index, hash, statement }) => {
    if (always.has(statement.kind)) return true
    // What every statement names of the log does not make it part of anything.
    const { seen: _seen, prev: _prev, roster: _roster, keyId: _key, ...said } = statement
    const belongs =
      statement.kind === 'agreement'
        ? index === proposed.index || statement.document.supersedes === id
        : [...textsIn(said)].some((text) => known.has(text))
    // Another agreement that takes its place is another matter from there on.
    if (belongs && statement.kind !== 'agreement') {
      known.add(hash)
      if (statement.kind === 'extract') known.add(statement.extractId)
      if (statement.kind === 'request') known.add(statement.requestId)
    }
    return belongs
  })
}

type Log = {
  readonly lab: LabId
  readonly history: readonly Recorded[]
  readonly tree: MerkleTree
  readonly envelopeAt: (index: number) => StatementEnvelope | undefined
  /** The newest that enough witnesses cosigned. */
  readonly checkpoint: { readonly size: number; readonly note: string } | undefined
}

/** @returns a line of JSON for each part, `kruispunt-audit-extract/1` */
export function auditExtract({ lab, history, tree, envelopeAt, checkpoint }: Log, agreement: AgreementState): string {
  const size = checkpoint?.size ?? 0
  const head = {
    format: 'kruispunt-audit-extract/1',
    lab,
    agreement: agreement.id,
    size,
    root: checkpoint === undefined ? null : toHex(tree.root(size)),
    checkpoint: checkpoint?.note ?? null,
  }
  const entries = statementsOf(history, agreement).map(({ index }) => ({
    index,
    envelope: envelopeAt(index),
    // What the witnesses have not seen yet has no proof under their signatures.
    proof: index < size ? tree.inclusionProof(index, size).map(toHex) : null,
  }))
  return [head, ...entries].map((part) => `${JSON.stringify(part)}\n`).join('')
}
