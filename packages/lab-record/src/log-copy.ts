/**
 * A lab's log as one file, for whoever wants to check it elsewhere (contracts/docs/protocol.md §8.1). Written here and read by the
 * verifier's own reader, which shares no code with it.
 * @module
 */
import type { LabId, StatementEnvelope } from '@kruispunt/contracts'
import { canonicalBytes, envelopeBytes } from '@kruispunt/statements'

export type CopiedLog = {
  readonly lab: LabId
  readonly envelopes: readonly StatementEnvelope[]
  /** Signed notes: of the log as it stood, and the newest with enough cosignatures. */
  readonly latest: string | null
  readonly quorum: string | null
}

/** `kruispunt-log/1`: a line of its own for the heading, for every entry, and for the checkpoints; each in canonical form. */
export function logCopyText({ lab, envelopes, latest, quorum }: CopiedLog): string {
  const lines = [
    canonicalBytes({ format: 'kruispunt-log/1', lab, size: envelopes.length }),
    ...envelopes.map(envelopeBytes),
    canonicalBytes({ latest, quorum }),
  ]
  return lines.map((bytes) => `${Buffer.from(bytes).toString('utf8')}\n`).join('')
}
