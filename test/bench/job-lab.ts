/**
 * A lab around the broker's own job service: real record, sealed columns, key releases, and the ledger on disk. Only the
 * network and the broker's store of columns are left out.
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CrossTabAnswer, CrossTabRequest, ExtractId, RequestId } from '@kruispunt/contracts'
import { fromHex, randomHex, toHex } from '@kruispunt/crypto'
import { type CountingEngine, createDuckdbEngine } from '@kruispunt/engine'
import { sealKeyRelease } from '@kruispunt/extracts'
import { openStore } from '../../services/broker/src/db/open.ts'
import { createJobs } from '../../services/broker/src/jobs/jobs.ts'
import type { LedgerAnswer, LedgerStore } from '../../services/broker/src/jobs/ledger.ts'
import { createSqliteLedger } from '../../services/broker/src/jobs/sqlite-ledger.ts'
import type { PartyExtract } from './counting-lab.ts'
import { type SealedDelivery, sealExtract } from './job-deliveries.ts'
import { createBenchRecord } from './job-record.ts'

/** Seconds of the job's opening: from the last key released to the first question that can be asked. */
type Opening = {
  /** Keys out of their boxes; columns read, hashed, decrypted, checked. */
  readonly columns: number
  /** Persons linked, codes laid out per person. */
  readonly linking: number
  readonly loading: number
  readonly all: number
}

export type JobLab = {
  readonly opening: Opening
  readonly ask: (question: CrossTabRequest) => Promise<CrossTabAnswer>
  /** Seconds spent counting so far, out of all that answering took. */
  readonly counting: () => number
  /** Forgets what was answered before, or takes other answers for it: the next question is the first of its agreement, or comes after those. */
  readonly emptyLedger: (answered?: readonly LedgerAnswer[]) => void
  /** Everything that was answered before. */
  readonly answered: () => readonly LedgerAnswer[]
  /** Why the last table was refused by disclosure control. */
  readonly lastRefusal: () => string
  readonly finish: () => Promise<void>
}

/** As the broker has it. */
const engineSettings = { memoryLimitMiB: 3072, threads: 2 }
const pieceBytes = 65_536

/** @param extracts - of each party one; emptied as they are sealed, as each node keeps its own rows to itself */
export async function openJobLab(extracts: PartyExtract[]): Promise<JobLab> {
  const { lab, record, agreement, agreementId, say, listen } = await createBenchRecord()
  const scope = { lab, agreement: agreementId }
  const deliveries = new Map<ExtractId, SealedDelivery>()
  for (const extract of extracts.splice(0)) {
    const delivery = sealExtract(extract, agreement, agreementId)
    say(extract.party, delivery.statement)
    deliveries.set(delivery.statement.extractId, delivery)
  }

  const at = { released: 0, columns: 0, linked: 0, loaded: 0 }
  let counting = 0
  const folder = mkdtempSync(join(tmpdir(), 'kruispunt-bench-'))
  let ledgers = 0
  const newLedger = () => {
    const store = openStore(join(folder, `ledger-${ledgers++}.sqlite`))
    return { store, port: createSqliteLedger(store.sqlite) }
  }
  let ledger = newLedger()
  const currentLedger: LedgerStore = {
    find: (...args) => ledger.port.find(...args),
    answers: (...args) => ledger.port.answers(...args),
    record: (...args) => ledger.port.record(...args),
  }
  let refusal = ''
  let failure = ''
  const jobs = createJobs(
    {
      now: Date.now,
      labs: {
        list: () => [lab],
        record: () => record,
        appendBroker: async (_, body, more) => say('broker', body, more?.notAfter ?? null),
      },
      columns: {
        async *read(extractId, column) {
          const bytes = deliveries.get(extractId)?.ciphertexts.get(column)
          if (!bytes) throw new Error('no such column')
          for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.slice(from, from + pieceBytes)
          at.columns = performance.now()
        },
      },
      ledger: currentLedger,
      log: {
        info: ({ code }, message) => {
          if (message === 'table refused') refusal = String(code)
        },
        error: ({ code }, message) => {
          failure = `${message}: ${code}`
        },
      },
      ledgerSecret: new Uint8Array(32).fill(9),
    },
    timing(createDuckdbEngine(engineSettings), at, (seconds) => {
      counting += seconds
    }),
  )
  listen((recorded) => jobs.onRecorded(lab, recorded))

  const settled = async (isSo: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 12_000 && !isSo(); turn++) {
      if (failure) throw new Error(failure)
      await new Promise((done) => setTimeout(done, 10))
    }
    if (!isSo()) throw new Error('nothing happened')
  }
  const requestId = randomHex(16) as RequestId
  const { hash: requestHash } = say('coordinator', {
    kind: 'request',
    requestId,
    agreement: agreementId,
    epoch: 1,
    question: 'meting',
    extracts: [...deliveries.values()].map(({ statement: { extractId, party, dataset, version, columns } }) => ({
      extractId,
      party,
      dataset,
      version,
      columns: columns.map(({ name }) => name),
    })),
  })
  await settled(() => record.state.requests.get(requestHash)?.job !== undefined)
  const job = record.state.requests.get(requestHash)?.job
  if (!job) throw new Error('no job')
  for (const { statement, keys } of deliveries.values()) {
    const columns = statement.columns.map(({ name }) => name)
    const columnKeys = [...keys].map(([column, bytes]) => ({ column, key: bytes.slice() }))
    const jobKemPublicKey = fromHex(job.statement.jobKemPublicKey)
    const box = sealKeyRelease({ requestHash, jobHash: job.hash, jobKemPublicKey, columnKeys })
    at.released = performance.now()
    say(statement.party, {
      kind: 'key-release',
      requestHash,
      jobHash: job.hash,
      extractId: statement.extractId,
      columns,
      ct: toHex(box.ciphertext),
      nonce: toHex(box.nonce),
      box: toHex(box.box),
    })
  }
  await settled(() => jobs.view(lab, requestId).state !== 'opening')
  if (jobs.view(lab, requestId).state !== 'open') throw new Error(jobs.view(lab, requestId).failure?.en ?? 'not open')
  const between = (from: number, to: number): number => (to - from) / 1000

  return {
    opening: {
      columns: between(at.released, at.columns),
      linking: between(at.columns, at.linked),
      loading: between(at.linked, at.loaded),
      all: between(at.released, performance.now()),
    },
    ask: (question) => jobs.ask(lab, requestId, question),
    counting: () => counting,
    emptyLedger: (answered = []) => {
      ledger.store.close()
      ledger = newLedger()
      ledger.port.record(scope, answered, () => undefined)
    },
    answered: () => ledger.port.answers(scope),
    lastRefusal: () => refusal,
    finish: async () => {
      await jobs.stop()
      ledger.store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** The engine, with a watch on it. */
function timing(
  engine: CountingEngine,
  at: { linked: number; loaded: number },
  counted: (seconds: number) => void,
): CountingEngine {
  return {
    async open(tables) {
      at.linked = performance.now()
      const job = await engine.open(tables)
      at.loaded = performance.now()
      return {
        close: () => job.close(),
        sum: (query) => job.sum(query),
        async count(query) {
          const from = performance.now()
          const result = await job.count(query)
          counted((performance.now() - from) / 1000)
          return result
        },
      }
    },
  }
}
