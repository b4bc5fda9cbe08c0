const messages = {
  malformed_key: 'a pseudonym key is not 32 bytes',
  malformed_share: 'a share, or what commits to it, is not one of the group',
  malformed_input: 'the inputs of a batch are not 32 bytes each',
  malformed_batch: 'the stored secrets of a batch do not have the form this version writes',
  malformed_value: 'a value to make a token of is not well-formed text',
  tokens_do_not_fit: 'the tokens do not fit where they are to be written',
} as const
export type PseudonymErrorCode = keyof typeof messages

/** The only error this package throws. Safe to log and to show: the message is fixed and quotes no data. */
export class PseudonymError extends Error {
  override readonly name = 'PseudonymError'
  readonly code: PseudonymErrorCode
  constructor(code: PseudonymErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
