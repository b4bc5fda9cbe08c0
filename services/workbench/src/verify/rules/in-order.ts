/**
 * What each kind of statement needs before it, in words of our own (contracts/docs/protocol.md §3 to §8). A kind without a rule here
 * does not compile; one that the contracts do not know is no statement at all.
 * @module
 */
import type { StatementKind } from '@kruispunt/contracts'
import { type CeremonyFault, givesUp, mayCommit, mayConfirm, mayReveal, mayRotate } from './ceremony.ts'
import { type ExtractFault, mayDeliver, maySayDestroyed, mayWithdraw } from './deliveries.ts'
import type { AnyEntry, Entry } from './entries.ts'
import { type JobFault, mayAnswer, mayApprove, mayAsk, mayClose, mayOpenJob, mayRefuse, mayRelease } from './jobs.ts'
import { type JointFault, mayAccuse, mayAnswerShare, mayAskShare } from './joint-numbers.ts'
import type { Journal } from './journal.ts'
import { type AgreementFault, mayAcceptRoster, mayDecide, mayPropose, mayPutRoster, mayRecover } from './who-agreed.ts'

export type RuleFault = AgreementFault | CeremonyFault | ExtractFault | JobFault | JointFault
/** @returns why it may not stand here; undefined if it may */
type Rule<K extends StatementKind> = (entry: Entry<K>, journal: Journal) => RuleFault | undefined

const rules: { readonly [K in StatementKind]: Rule<K> } = {
  roster: mayPutRoster,
  'roster-acceptance': mayAcceptRoster,
  recovery: mayRecover,
  agreement: mayPropose,
  'agreement-approval': mayDecide,
  'epoch-rotation': mayRotate,
  'salt-commit': mayCommit,
  'salt-reveal': mayReveal,
  'salt-confirm': mayConfirm,
  'salt-abort': givesUp,
  'salt-complaint': givesUp,
  'oprf-batch': mayAskShare,
  'oprf-evaluation': mayAnswerShare,
  'oprf-refusal': mayAnswerShare,
  'oprf-alarm': mayAccuse,
  extract: mayDeliver,
  revocation: mayWithdraw,
  'key-destroyed': maySayDestroyed,
  request: mayAsk,
  'request-approval': mayApprove,
  job: mayOpenJob,
  'key-release': mayRelease,
  'release-refusal': mayRefuse,
  result: mayAnswer,
  'job-closed': mayClose,
}

export function faultOf(entry: AnyEntry, journal: Journal): RuleFault | undefined {
  // The kind picks the rule and types the entry at once; the compiler cannot follow the two together.
  const rule = rules[entry.statement.kind] as (entry: AnyEntry, journal: Journal) => RuleFault | undefined
  return rule(entry, journal)
}
