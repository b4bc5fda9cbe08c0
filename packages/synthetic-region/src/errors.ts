/**
 * What the synthetic region refuses.
 * @module
 */
const messages = {
  rate_malformed: 'a share of rows or people must be a number from 0 to 1',
  residents_malformed: 'the number of people must be a whole number from 1 to 8,000,000',
  seed_malformed: 'the seed must be a whole number from 0 to 4294967295',
} as const
export type SyntheticRegionErrorCode = keyof typeof messages

/** The only error this package throws. Safe to log and to show: the message is fixed and quotes no data. */
export class SyntheticRegionError extends Error {
  override readonly name = 'SyntheticRegionError'
  readonly code: SyntheticRegionErrorCode
  constructor(code: SyntheticRegionErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
