/**
 * Putting the broker together, and taking it down again.
 * @module
 */
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { ExtractId, LabId } from '@kruispunt/contracts'
import { cryptoReady } from '@kruispunt/crypto'
import type { Recorded } from '@kruispunt/lab-record'
import type { FastifyBaseLogger } from 'fastify'
import { buildApp } from './app.ts'
import { createColumnStore } from './blobs/column-store.ts'
import { createElementStore } from './blobs/element-store.ts'
import { endedExtracts } from './blobs/ended-extracts.ts'
import { issueServerCertificate } from './certificates/authority.ts'
import type { Config } from './config.ts'
import { openStore, type Store } from './db/open.ts'
import type { OnDurableStep } from './durable-steps.ts'
import type { JobService, JobsDeps } from './jobs/types.ts'
import { type BrokerKeys, readKeys } from './keys/key-store.ts'
import { lockFolder } from './lock-folder.ts'
import { createLabLogs, type LabLogs } from './log/lab-logs.ts'
import { createLongPolls } from './log/long-polls.ts'
import { buildPortal, type Portal } from './portal.ts'

/** Jobs as the broker starts them; the ledger is made from the same database. */
export type StartJobs = (deps: Omit<JobsDeps, 'ledger'>, store: Store) => Promise<JobService>

export type BrokerDeps = {
  readonly config: Config
  readonly version: string
  readonly startJobs: StartJobs
  readonly logger: FastifyBaseLogger
  readonly now: () => number
  readonly onDurableStep?: OnDurableStep | undefined
}

export type Broker = {
  readonly url: string
  /** Where people reach the page, if there is a portal. */
  readonly portalUrl: string | undefined
  readonly keys: BrokerKeys
  readonly logs: LabLogs
  /** Answers what is under way, closes jobs and the database. Safe to call twice. */
  stop(): Promise<void>
}

/** How often a waiting reader is told of what another process appended, in ms. */
const lookAroundMs = 500
const tidyMs = 3_600_000
/** A delivery is withdrawn, its agreement is, a partner of it leaves, or the one request it was made for ends. */
const endsDeliveries: ReadonlySet<string> = new Set([
  'revocation',
  'roster-acceptance',
  'request-approval',
  'job-closed',
])

export async function startBroker(deps: BrokerDeps): Promise<Broker> {
  const { config, version, startJobs, logger, now } = deps
  await cryptoReady()
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const keys = readKeys(config.dataDir, config.kekFile)
  const unlock = lockFolder(config.dataDir)
  const store = openStore(config.databaseFile, deps.onDurableStep)
  const longPolls = createLongPolls(config.limits.longPolls)

  const columns = createColumnStore({
    store,
    folder: config.blobFolder,
    now,
    maxColumnBytes: config.limits.columnBytes,
    maxPendingBytes: config.limits.pendingBytes,
    pendingHours: config.limits.pendingHours,
    isOnRecord: (lab, extractId) => logs.get(lab).record().state.extracts.has(extractId),
    reservedFor: (lab, extractId) => {
      const requests = [...logs.get(lab).record().state.requests.values()]
      const asked = requests.flatMap(({ recorded }) => recorded.statement.extracts)
      return asked.find((named) => named.extractId === extractId)?.party
    },
  })

  const elements = createElementStore({
    store,
    folder: config.elementsFolder,
    now,
    maxBytes: config.limits.elementBytes,
    pendingHours: config.limits.pendingHours,
    stateOf: (lab) => logs.get(lab).record().state,
  })

  /** Ciphertext of deliveries that are over: withdrawn, replaced, or kept as long as was agreed. */
  function discardEnded(labs: readonly LabId[]): void {
    for (const lab of labs) columns.discard(endedExtracts(logs.get(lab).record().state, now()))
  }

  function onRecorded(lab: LabId, recorded: Recorded): void {
    longPolls.wake(lab)
    const { statement } = recorded
    if (statement.kind === 'key-destroyed') columns.discard(statement.extractIds)
    if (endsDeliveries.has(statement.kind)) discardEnded([lab])
    elements.follow(lab, recorded)
    try {
      jobs.onRecorded(lab, recorded)
    } catch (error) {
      // The statement is on record whatever the jobs make of it.
      logger.error({ error: (error as Error).name }, 'a job could not follow the log')
    }
  }
  function admit(lab: LabId, recorded: Recorded): void {
    columns.admit(lab, recorded)
    elements.admit(lab, recorded)
  }
  const logs = createLabLogs({ store, keys, now, admit, onRecorded })
  const jobs = await startJobs(
    {
      now,
      labs: {
        list: () => logs.list(),
        record: (lab) => logs.get(lab).record(),
        appendBroker: async (lab, body, options) => logs.get(lab).appendBroker(body, options),
      },
      columns: { read: (extractId: ExtractId, column: string) => columns.read(extractId, column) },
      ledgerSecret: keys.ledgerSecret,
      log: logger,
    },
    store,
  )
  columns.tidy()
  elements.tidy()
  discardEnded(logs.list())
  const tls = await issueServerCertificate(keys.authority, config.serverNames, new Date(now()))
  const { limits } = config
  const app = await buildApp({
    version,
    store,
    keys,
    tls,
    logs,
    longPolls,
    columns,
    elements,
    jobs,
    limits,
    logger,
    now,
  })
  const portal: Portal | undefined =
    config.portal &&
    (await buildPortal({ config: config.portal, version, store, keys, logs, longPolls, jobs, limits, logger, now }))
  await jobs.start()
  await app.listen({ host: config.host, port: config.port })
  if (portal !== undefined && config.portal !== undefined)
    await portal.app.listen({ host: config.portal.host, port: config.portal.port })
  const looking = setInterval(() => {
    for (const lab of longPolls.labs()) logs.get(lab as LabId).record()
  }, lookAroundMs)
  const tidying = setInterval(() => {
    columns.tidyPending()
    elements.tidy()
    discardEnded(logs.list())
  }, tidyMs)

  let stopping: Promise<void> | undefined
  async function shutDown(): Promise<void> {
    clearInterval(looking)
    clearInterval(tidying)
    longPolls.stop()
    await Promise.all([app.close(), portal?.app.close()])
    await jobs.stop()
    store.close()
    unlock()
  }
  const { port } = app.server.address() as AddressInfo
  return {
    url: `https://localhost:${port}`,
    portalUrl: portal?.url(),
    keys,
    logs,
    stop() {
      stopping ??= shutDown()
      return stopping
    },
  }
}
