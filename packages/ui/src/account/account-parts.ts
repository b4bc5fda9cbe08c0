/** What every part of the account page is given. */
import type { ownAccount } from '@kruispunt/contracts'
import type { z } from 'zod'
import type { accountCalls } from './account-calls.ts'

type OwnAccount = z.infer<typeof ownAccount>
export type Change = (calls: typeof accountCalls) => Promise<OwnAccount>
export type AccountParts = {
  readonly account: OwnAccount
  readonly change: (work: Change) => void
  readonly isBusy: boolean
}
