/**
 * Every statement kind that may enter a lab's log. A kind that is not listed here does not exist.
 * @module
 */
import { z } from 'zod'
import { agreementApproval, agreementStatement } from './agreements.ts'
import { extractStatement } from './extracts.ts'
import {
  jobClosed,
  jobStatement,
  keyDestroyed,
  keyRelease,
  releaseRefusal,
  requestApproval,
  requestStatement,
  resultStatement,
  revocation,
} from './jobs.ts'
import { oprfAlarm, oprfBatch, oprfEvaluation, oprfRefusal } from './oprf.ts'
import { recoveryStatement, rosterAcceptance, rosterStatement } from './roster.ts'
import { epochRotation, saltAbort, saltCommit, saltComplaint, saltConfirm, saltReveal } from './salt.ts'

export const anyStatement = z.discriminatedUnion('kind', [
  rosterStatement,
  rosterAcceptance,
  recoveryStatement,
  agreementStatement,
  agreementApproval,
  epochRotation,
  saltCommit,
  saltReveal,
  saltComplaint,
  saltConfirm,
  saltAbort,
  oprfBatch,
  oprfEvaluation,
  oprfRefusal,
  oprfAlarm,
  extractStatement,
  requestStatement,
  requestApproval,
  jobStatement,
  keyRelease,
  releaseRefusal,
  resultStatement,
  jobClosed,
  revocation,
  keyDestroyed,
])
export type Statement = z.infer<typeof anyStatement>
export type StatementKind = Statement['kind']
export type StatementOf<K extends StatementKind> = Extract<Statement, { kind: K }>

type HeaderMember = 'v' | 'lab' | 'from' | 'keyId' | 'seq' | 'prev' | 'issuedAt' | 'notAfter' | 'roster' | 'seen'
/** What a signer fills in; the header is added when it is signed. */
export type StatementBody<K extends StatementKind = StatementKind> = K extends StatementKind
  ? Omit<StatementOf<K>, HeaderMember>
  : never
