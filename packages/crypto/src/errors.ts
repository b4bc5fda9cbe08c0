const messages = {
  not_ready: 'the cryptographic library has not been loaded yet',
  malformed_hex: 'the text is not an even number of lower-case hexadecimal digits',
  malformed_base64: 'the text is not canonical standard base64',
  malformed_text: 'the text cannot be written as UTF-8 without loss',
  malformed_element: 'bytes are not the encoding of a group element, or of the identity',
  malformed_scalar: 'a scalar is zero or not reduced',
  malformed_key: 'a key does not have the length or form its algorithm asks for',
  malformed_wrap: 'a wrapped secret does not have the form this version reads',
  out_of_range: 'a number or length is outside the range that is allowed',
  open_failed: 'a sealed message does not open: other key, other context, or changed on the way',
  stream_finished: 'the stream has already been finished',
} as const
export type CryptoErrorCode = keyof typeof messages

/** The only error this package throws. Safe to log and to show: the message is fixed and quotes no data. */
export class CryptoError extends Error {
  override readonly name = 'CryptoError'
  readonly code: CryptoErrorCode
  constructor(code: CryptoErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
