const messages = {
  columns_differ_in_length: 'the columns of one batch or extract are not equally long',
  identifiers_missing: 'a key asks for names, dates or addresses, and none were taken in',
  joint_numbers_malformed: 'the joint numbers are not 64 bytes a subject',
  key_malformed: 'the citizen number stands beside other parts in one key',
  unknown_key: 'a key is asked for that is not among those to be made',
  threads_malformed: 'the number of threads is not a whole number from 1 to 16',
  erased: 'what identifies people has been erased already',
} as const
export type NodeLinkageErrorCode = keyof typeof messages

/** The only error of the node's side of this package. Safe to log and to show: the message is fixed and quotes no data. */
export class NodeLinkageError extends Error {
  override readonly name = 'NodeLinkageError'
  readonly code: NodeLinkageErrorCode
  constructor(code: NodeLinkageErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
