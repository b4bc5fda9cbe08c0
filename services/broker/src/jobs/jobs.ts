/**
 * Analysis jobs (protocol §3.7): the one place at the broker where plaintext exists, in memory, while a job is open.
 *
 * Everything that changes a job or the ledger of a lab runs in that lab's queue, one thing after the other. What the log
 * says is read anew each time; memory holds only what may never be written down: the job's key and its tables.
 * @module
 */
import type { CrossTabRequest, ExtractId, LabId, RequestId } from '@kruispunt/contracts'
import { generateKemKeyPair, toHex } from '@kruispunt/crypto'
import { type CountingEngine, createDuckdbEngine } from '@kruispunt/engine'
import {
  agreementStatus,
  approvalsMissing,
  extractsMissing,
  type LabState,
  type RequestState,
} from '@kruispunt/lab-record'
import { answerQuestions, budgetsLeft, scopeOf } from './answer-question.ts'
import { JobFailure } from './job-failure.ts'
import { allDeliveries, planJob, requirePlannable } from './job-plan.ts'
import { stateOf, viewOf } from './job-view.ts'
import { linkQualityOf } from './link-quality.ts'
import { openJob } from './open-job.ts'
import { JobError, refuseUnless } from './problems.ts'
import { createProtector } from './protector.ts'
import { emptyJob, eraseJobKey, forget, keepOpen, type RunningJob } from './running-job.ts'
import { createSerialQueue, type SerialQueue } from './serial-queue.ts'
import type { CloseReason, JobService, JobsDeps } from './types.ts'

/** Memory of one job's database: some millions of persons. Two cores are what a small machine has. */
const engineSettings = { memoryLimitMiB: 3072, threads: 2 }

/** @param engine - what counts; an embedded database in memory unless another is given */
export function createJobs(deps: JobsDeps, engine: CountingEngine = createDuckdbEngine(engineSettings)): JobService {
  const { labs, ledger, log, now } = deps
  const queues = new Map<LabId, SerialQueue>()
  /** By request hash, which is unique over all labs. */
  const running = new Map<string, RunningJob>()
  const protector = createProtector()
  let isStopped = false

  const inQueue = <T>(lab: LabId, task: () => Promise<T>): Promise<T> => {
    const queue = queues.get(lab) ?? createSerialQueue()
    queues.set(lab, queue)
    return queue(task)
  }
  const runningOf = (request: RequestState): RunningJob => {
    const found = running.get(request.recorded.hash) ?? emptyJob()
    running.set(request.recorded.hash, found)
    return found
  }
  const requestOf = (lab: LabId, requestId: RequestId): RequestState => {
    const requests = labs.record(lab).state.requests.values()
    const found = [...requests].find(({ recorded }) => recorded.statement.requestId === requestId)
    refuseUnless(found !== undefined, 'request_unknown')
    return found
  }

  /** Runs behind the caller's back; a failure is a bug or a full disk, and the job can still be closed. */
  const behind = (lab: LabId, task: () => Promise<void>): void => {
    inQueue(lab, task).catch((error: unknown) => {
      const { name, code } = error as { name?: unknown; code?: unknown }
      log.error({ lab, error: String(name), code: String(code ?? 'none') }, 'a job could not be taken further')
    })
  }

  /** Erased first, said afterwards: were it the other way round, a crash could leave a closed job in memory. */
  async function closeNow(lab: LabId, request: RequestState, reason: CloseReason): Promise<void> {
    await forget(runningOf(request))
    const { hash: requestHash } = request.recorded
    if (labs.record(lab).state.requests.get(requestHash)?.closed) return
    await labs.appendBroker(lab, { kind: 'job-closed', requestHash, reason })
    log.info({ lab, requestId: request.recorded.statement.requestId, reason }, 'job closed')
  }

  async function fail(lab: LabId, request: RequestState, failure: JobFailure): Promise<void> {
    const cause = failure.cause instanceof Error ? failure.cause.name : 'none'
    log.error({ lab, requestId: request.recorded.statement.requestId, code: failure.code, cause }, 'job failed')
    runningOf(request).failure = failure
    await closeNow(lab, request, 'failed')
  }

  /** Does what comes next for a request, if anything. */
  async function advance(lab: LabId, requestHash: string): Promise<void> {
    const { state } = labs.record(lab)
    const request = state.requests.get(requestHash)
    if (isStopped || !request) return
    if (request.closed) return forget(runningOf(request))
    if (isCalledOff(state, request, now())) return closeNow(lab, request, 'refused')
    if (isPast(request.job?.statement.notAfter ?? request.recorded.statement.notAfter, now()))
      return closeNow(lab, request, 'expired')
    try {
      if (!request.job) await announce(lab, state, request)
      else if (request.releases.size === request.recorded.statement.extracts.length) await open(lab, state, request)
    } catch (error) {
      if (!(error instanceof JobFailure)) throw error
      await fail(lab, request, error)
    }
  }

  async function announce(lab: LabId, state: LabState, request: RequestState): Promise<void> {
    requirePlannable(state, request)
    if (approvalsMissing(state, request).length > 0 || extractsMissing(state, request).length > 0) return
    const plan = planJob(state, request)
    const job = runningOf(request)
    const kem = generateKemKeyPair()
    job.kem = kem
    const ends = now() + plan.agreement.jobMinutes * 60_000
    await labs.appendBroker(
      lab,
      { kind: 'job', requestHash: plan.requestHash, jobKemPublicKey: toHex(kem.publicKey) },
      { notAfter: new Date(ends).toISOString() },
    )
    job.timer = setTimeout(() => behind(lab, () => advance(lab, plan.requestHash)), ends - now())
    job.timer.unref()
  }

  async function open(lab: LabId, state: LabState, request: RequestState): Promise<void> {
    const job = runningOf(request)
    // Without its key a job was opened before, or belongs to a broker that is no more.
    if (!job.kem) return
    const started = now()
    try {
      keepOpen(
        job,
        await openJob(planJob(state, request), request, job.kem.secretKey, { columns: deps.columns, engine }),
      )
    } finally {
      eraseJobKey(job)
    }
    const { requestId, extracts } = request.recorded.statement
    log.info({ lab, requestId, extracts: extracts.length, ms: now() - started }, 'job open')
  }

  /** The job as it stands now, open. @throws JobError `job_failed`, `job_not_open` */
  function openOf(request: RequestState): NonNullable<RunningJob['open']> {
    const job = running.get(request.recorded.hash)
    if (stateOf(request, job) === 'failed') throw new JobError('job_failed')
    if (request.closed || !job?.open || isPast(request.job?.statement.notAfter ?? null, now()))
      throw new JobError('job_not_open')
    return job.open
  }

  const askAll = (lab: LabId, requestId: RequestId, questions: readonly CrossTabRequest[]) =>
    inQueue(lab, async () => {
      const request = requestOf(lab, requestId)
      const { job, shown } = openOf(request)
      const started = now()
      const { plan } = job
      const deliveries = allDeliveries(labs.record(lab).state, plan)
      const given = await answerQuestions(job, questions, { ...deps, deliveries, shown, protect: protector.protect })
      // The ledger knows them already. Before anybody else does, the log says so, once for every job that shows them.
      const { requestHash } = plan
      for (const { remembered } of given) {
        const { tableHash, resultSha256, released, withheld } = remembered
        const logged = labs.record(lab).state.requests.get(requestHash)?.results ?? []
        if (!logged.some(({ statement }) => statement.tableHash === tableHash))
          await labs.appendBroker(lab, { kind: 'result', requestHash, tableHash, resultSha256, released, withheld })
        log.info({ lab, requestId, released, withheld, ms: now() - started }, 'question answered')
      }
      return given.map(({ answer }) => answer)
    })

  return {
    onRecorded(lab, { statement, hash }) {
      if (isStopped) return
      if (statement.kind === 'request') behind(lab, () => advance(lab, hash))
      else if (statement.kind === 'extract') {
        const { requestHash } = statement.forRequest ?? {}
        if (requestHash !== undefined) behind(lab, () => advance(lab, requestHash))
      } else if (mayEndJobs.has(statement.kind)) {
        for (const requestHash of labs.record(lab).state.requests.keys()) behind(lab, () => advance(lab, requestHash))
      } else if (
        statement.kind === 'request-approval' ||
        statement.kind === 'key-release' ||
        statement.kind === 'job-closed'
      )
        behind(lab, () => advance(lab, statement.requestHash))
    },

    view(lab, requestId) {
      const request = requestOf(lab, requestId)
      const { state } = labs.record(lab)
      const plan = planOrNone(state, request)
      const left = plan ? budgetsLeft(plan, ledger.answers(scopeOf(plan))) : { questionsLeft: 0, privacyBudgets: [] }
      return viewOf(state, request, running.get(request.recorded.hash), left)
    },

    async ask(lab, requestId, question) {
      const [answer] = await askAll(lab, requestId, [question])
      if (!answer) throw new Error('a question without an answer')
      return answer
    },
    askTogether: askAll,

    linkQuality: (lab, requestId) => {
      const { job, shown } = openOf(requestOf(lab, requestId))
      return linkQualityOf(shown, job.plan.agreement, job.selfTest)
    },

    async close(lab, requestId, reason) {
      const request = requestOf(lab, requestId)
      await inQueue(lab, () => closeNow(lab, request, reason))
    },

    async start() {
      for (const lab of labs.list()) {
        for (const [requestHash, request] of labs.record(lab).state.requests) {
          if (request.closed) continue
          if (request.job) await inQueue(lab, () => closeNow(lab, request, 'broker-stopped'))
          else await inQueue(lab, () => advance(lab, requestHash))
        }
      }
    },

    async stop() {
      isStopped = true
      // A table in work is refused now; nobody is left to wait for it.
      await protector.stop()
      for (const lab of labs.list()) {
        for (const request of labs.record(lab).state.requests.values()) {
          if (request.job && !request.closed) await inQueue(lab, () => closeNow(lab, request, 'broker-stopped'))
        }
      }
    },
  }
}

/** What can call off requests that it does not name. */
const mayEndJobs: ReadonlySet<string> = new Set(['revocation', 'roster-acceptance', 'epoch-rotation'])

const isPast = (instant: string | null, at: number): boolean => instant !== null && at >= Date.parse(instant)

/** A no from anybody who may say it: of the request, of one of its deliveries, of the agreement. */
function isCalledOff(state: LabState, request: RequestState, at: number): boolean {
  const { agreement, epoch, extracts } = request.recorded.statement
  const document = state.agreements.get(agreement)
  return (
    request.rejected !== undefined ||
    request.withdrawn !== undefined ||
    document === undefined ||
    agreementStatus(document, at) !== 'active' ||
    epoch < document.firstOpenEpoch ||
    extracts.some(({ extractId }) => isWithdrawn(state, extractId))
  )
}

/** The extract, or what it was made of. */
function isWithdrawn({ extracts }: LabState, extractId: ExtractId): boolean {
  const found = extracts.get(extractId)
  const source = found?.recorded.statement.forRequest?.source
  return found?.withdrawn !== undefined || (source !== undefined && extracts.get(source)?.withdrawn !== undefined)
}

function planOrNone(state: LabState, request: RequestState) {
  // What will be counted is not there yet, or never came.
  if (extractsMissing(state, request).length > 0) return undefined
  try {
    return planJob(state, request)
  } catch (error) {
    if (error instanceof JobFailure) return undefined
    throw error
  }
}
