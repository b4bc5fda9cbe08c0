/**
 * An extract's signed header (protocol §3.6): what was sent, column by column, without a key.
 * @module
 */
import { z } from 'zod'
import { agreementId, count, digest, epoch, extractId, localName, partyId } from './ids.ts'
import { columnName, statement } from './statements.ts'

/** `amounts-32`: i32le of the measure's smallest unit, 0 for none. `tokens`: 16 bytes × slots a row; `codes-8`/`codes-16`: index in the code list + 1, 0 for none; `subject-index`: u32le row of the subjects table. */
export const columnType = z.enum(['tokens', 'codes-8', 'codes-16', 'subject-index', 'amounts-32'])
export type ColumnType = z.infer<typeof columnType>

export const extractColumn = z.strictObject({
  name: columnName,
  table: z.enum(['subjects', 'records', 'decoys']),
  type: columnType,
  slots: z.int().min(1).max(256),
  bytes: count.describe('bytes of ciphertext'),
  ciphertextSha256: digest,
  keyCommitment: digest,
  /** The owner declares that its category for unknown does not occur in this column; the broker checks it when it opens it. */
  unknownAbsent: z.literal(true).optional(),
})
export type ExtractColumn = z.infer<typeof extractColumn>

export const extractStatement = statement('extract', {
  extractId,
  agreement: agreementId,
  epoch,
  party: partyId,
  dataset: localName,
  period: z.string().regex(/^\d{4}-\d{2}(?:\/\d{4}-\d{2})?$/),
  version: z.int().min(1),
  replaces: extractId.nullable(),
  subjects: count,
  records: count,
  decoys: count.optional().describe('rows about invented people, where the recipe has a self-test'),
  rowsLeftOut: count.describe('rows with errors that the steward chose to leave out'),
  /**
   * Made for this request alone, of the columns it asks, under pseudonyms of its own. `source`: the delivery at the node that it was
   * made of, so that what is answered twice about the same rows is known to be about the same rows.
   */
  forRequest: z.strictObject({ requestHash: digest, source: extractId }).optional(),
  columns: z.array(extractColumn).min(1).max(400),
})
export type ExtractStatement = z.infer<typeof extractStatement>
