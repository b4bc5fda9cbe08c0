/**
 * What the job service needs from the rest of the broker, and what it offers.
 * @module
 */
import type {
  CrossTabAnswer,
  CrossTabRequest,
  ExtractId,
  JobView,
  LabId,
  LinkQuality,
  RequestId,
  StatementBody,
  StatementOf,
} from '@kruispunt/contracts'
import type { LabRecord, Recorded } from '@kruispunt/lab-record'
import type { LedgerStore } from './ledger.ts'

export type CloseReason = StatementOf<'job-closed'>['reason']

/** The labs as jobs see them: their records, and the broker's own voice in their logs. */
type LabsPort = {
  list(): readonly LabId[]
  record(lab: LabId): LabRecord
  /**
   * Signs a statement with the broker's key and puts it in the log.
   * @param options.notAfter - UTC instant with milliseconds; none if absent
   */
  appendBroker(lab: LabId, body: StatementBody, options?: { readonly notAfter?: string }): Promise<Recorded>
}

export type ColumnStore = {
  /** Ciphertext of one column, in pieces of any size. */
  read(extractId: ExtractId, column: string): AsyncIterable<Uint8Array>
}

/** Members are codes, counts and durations; never a key, a token, a category or a name. */
export type JobLog = {
  info(members: Readonly<Record<string, string | number>>, message: string): void
  error(members: Readonly<Record<string, string | number>>, message: string): void
}

export type JobsDeps = {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly labs: LabsPort
  readonly columns: ColumnStore
  readonly ledger: LedgerStore
  readonly log: JobLog
  /** 32 bytes, the same over restarts: breaks ties between equal cells so that nobody outside can replay the choice. */
  readonly ledgerSecret: Uint8Array
}

export type JobService = {
  /** To be called after every statement recorded, whoever made it. Returns at once; what it sets off runs behind it. */
  onRecorded(lab: LabId, recorded: Recorded): void
  /** @throws JobError `request_unknown` */
  view(lab: LabId, requestId: RequestId): JobView
  /** @throws JobError */
  ask(lab: LabId, requestId: RequestId, question: CrossTabRequest): Promise<CrossTabAnswer>
  /** Several questions about the same units as one system: all are answered, or none. @throws JobError */
  askTogether(
    lab: LabId,
    requestId: RequestId,
    questions: readonly CrossTabRequest[],
  ): Promise<readonly CrossTabAnswer[]>
  /** @throws JobError `request_unknown`, `job_not_open` */
  linkQuality(lab: LabId, requestId: RequestId): LinkQuality
  /** Erases what the job holds and says so in the log. Closing twice is no error. @throws JobError `request_unknown` */
  close(lab: LabId, requestId: RequestId, reason: CloseReason): Promise<void>
  /** At boot: jobs that were open are closed, their keys being gone; requests still without a job get one. */
  start(): Promise<void>
  /** Closes every open job. */
  stop(): Promise<void>
}
