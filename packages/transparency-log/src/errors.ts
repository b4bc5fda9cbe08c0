/**
 * Why a log, a checkpoint or a proof was refused.
 * @module
 */
const messages = {
  hash_malformed: 'a tree hash is not 32 bytes',
  size_malformed: 'a tree size or leaf number is not a whole number of zero or more',
  index_outside: 'the leaf number lies outside the tree',
  size_outside: 'the tree size lies outside the tree, or the sizes are in the wrong order',
  name_malformed: 'a key or origin name is empty or holds a blank, a plus sign or a control character',
  note_malformed: 'the note does not have the form of a signed checkpoint',
  note_too_large: 'the note is larger than allowed',
  origin_mismatch: 'the checkpoint belongs to another log',
  log_signature_missing: 'the checkpoint carries no signature of the log',
  log_signature_invalid: 'the signature of the log does not fit the checkpoint',
  cosignature_missing: 'the checkpoint carries no cosignature of this witness',
  cosignature_invalid: 'a cosignature does not fit the checkpoint and the witness',
  timestamp_malformed: 'the time of a cosignature is not a whole number of seconds after 1970',
  witness_duplicate: 'two witnesses have the same name or the same key',
  quorum_malformed: 'the quorum is not between one and the number of witnesses',
  quorum_missing: 'too few witnesses cosigned the checkpoint',
} as const
export type TransparencyLogErrorCode = keyof typeof messages

/** The only error this package throws. Safe to log and to show: the message is fixed and quotes no data. */
export class TransparencyLogError extends Error {
  override readonly name = 'TransparencyLogError'
  readonly code: TransparencyLogErrorCode
  constructor(code: TransparencyLogErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
