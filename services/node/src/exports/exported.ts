/** What every file about an agreement is made of. */
import type { PartyId } from '@kruispunt/contracts'
import type { AgreementState, AgreementStatus } from '@kruispunt/lab-record'
import type { Language } from '../delivery-port.ts'
import type { decisionsOf } from '../officers/agreement-decisions.ts'

export type Exported = {
  readonly agreement: AgreementState
  readonly decisions: ReturnType<typeof decisionsOf>
  /** For whom: their own row of the register. */
  readonly party: PartyId
  readonly partner: string
  readonly code: string
  readonly status: AgreementStatus
  readonly language: Language
  /** Milliseconds since 1970. */
  readonly now: number
}
