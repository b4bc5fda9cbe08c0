const messages = {
  malformed_context: 'an agreement id or hash is not written as 32 bytes in lower-case hexadecimal',
  malformed_key: 'a key is not 32 bytes',
  already_finished: 'the column has already been finished',
  column_truncated: 'the column ends before its last chunk',
  column_has_more: 'the column goes on after its end',
  column_not_authentic: 'a chunk does not open: changed, moved, or from another column, extract or key',
  wrong_commitment: 'the key is not the one the extract committed to',
  wrong_ciphertext: 'the column is not the ciphertext the extract names',
  wrong_length: 'the column does not have the length its rows ask for',
  too_many_codes: 'a code list is empty or longer than a column can hold',
  code_out_of_range: 'a row has a code that is not in the code list',
  amount_out_of_range: 'a row has an amount outside the bounds that the agreement states',
  subject_out_of_range: 'a row points at a subject that does not exist',
  wrong_token_count: 'the tokens do not fit the rows and slots they belong to',
  malformed_release: 'a key release does not hold a list of columns with one key each',
  release_not_authentic: 'a key release does not open: other job, other request, or changed',
} as const
export type ExtractErrorCode = keyof typeof messages

/** The only error this package throws. Safe to log and to show: the message is fixed and quotes no data. */
export class ExtractError extends Error {
  override readonly name = 'ExtractError'
  readonly code: ExtractErrorCode
  constructor(code: ExtractErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
