/**
 * What answering a question takes besides the job and the question.
 * @module
 */
import type { DisplayedLinkageReport } from '@kruispunt/linkage/broker'
import type { Delivery } from './job-plan.ts'
import type { LedgerStore } from './ledger.ts'
import type { Protector } from './protector.ts'
import type { JobLog } from './types.ts'

export type AskDeps = {
  readonly now: () => number
  readonly ledger: LedgerStore
  readonly ledgerSecret: Uint8Array
  readonly protect: Protector['protect']
  readonly log: JobLog
  /** Every delivery under the agreement. */
  readonly deliveries: readonly Delivery[]
  /** The linkage report as anybody may see it. */
  readonly shown: DisplayedLinkageReport
}
