/**
 * What a caller did wrong. What other parties did wrong is a refusal or a complaint, see `refusals.ts`.
 * @module
 */
const messages = {
  ceremony_malformed:
    'a ceremony needs an agreement id, an epoch, and two or more different parties, this one among them',
  own_state_mismatch: 'the stored secrets of this party do not belong to its commit in this ceremony',
  contribution_missing: 'the contributions are not exactly one of every party',
} as const
export type KeyAgreementErrorCode = keyof typeof messages

/** The only error this package throws. Safe to log and to show: the message is fixed and quotes no data. */
export class KeyAgreementError extends Error {
  override readonly name = 'KeyAgreementError'
  readonly code: KeyAgreementErrorCode
  constructor(code: KeyAgreementErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
