import { type AccountCode, accountCodes } from '@kruispunt/contracts'

/** The only error this package throws. Safe to log and to show: the message is fixed and quotes no data. */
export class AccountError extends Error {
  override readonly name = 'AccountError'
  readonly code: AccountCode
  constructor(code: AccountCode, options?: ErrorOptions) {
    super(accountCodes[code].reason.en, options)
    this.code = code
  }
}
