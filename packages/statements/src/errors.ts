/**
 * Why a statement was refused.
 * @module
 */
const messages = {
  value_missing: 'a statement holds a member or element without a value',
  value_not_json:
    'a statement holds something that is not text, a whole number, a truth value, null, a list or an object',
  number_not_whole: 'a statement holds a number that is not whole',
  number_too_large: 'a statement holds a whole number beyond 2^53 - 1',
  text_not_well_formed: 'a statement holds text with half a surrogate pair',
  member_name_reserved: 'a statement holds a member with a reserved name',
  too_deep: 'a statement is nested too deeply',
  too_large: 'a statement is larger than allowed',
  not_utf8: 'the bytes are not UTF-8',
  not_json: 'the bytes are not JSON',
  not_canonical: 'the bytes are JSON, but not in canonical form',
  envelope_malformed: 'the envelope does not have exactly the members it should',
  base64_malformed: 'a part of the envelope is not canonical base64',
  kind_malformed: 'the kind of a statement is missing or not a short lower-case name',
  payload_type_mismatch: 'the payload type of the envelope is not that of the statement in it',
  signer_missing: 'an envelope needs at least one signature',
  signer_duplicate: 'the same key signs an envelope twice',
  signer_mismatch: 'the key named in the statement is not among the signers of the envelope',
  signer_unknown: 'a signature is made with a key that is not known here',
  signature_invalid: 'a signature does not fit the bytes and the key',
  lab_mismatch: 'the statement belongs to another lab',
  schema_mismatch: 'the statement does not have the members of its kind',
  hash_malformed: 'a hash is not 32 bytes in lower-case hex',
} as const
export type StatementErrorCode = keyof typeof messages

/** The only error this package throws. Safe to log and to show: the message is fixed and quotes no data. */
export class StatementError extends Error {
  override readonly name = 'StatementError'
  readonly code: StatementErrorCode
  constructor(code: StatementErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
