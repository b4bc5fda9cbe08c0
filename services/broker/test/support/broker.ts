/** A broker on real HTTPS with a real database in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { LabId, PartyId } from '@kruispunt/contracts'
import { cryptoReady, signingKeyFromSeed, toHex } from '@kruispunt/crypto'
import fastify, { type FastifyBaseLogger } from 'fastify'
import { type Broker, type StartJobs, startBroker } from '../../src/broker.ts'
import { readConfig } from '../../src/config.ts'
import { openStore } from '../../src/db/open.ts'
import { createLab, inviteParty } from '../../src/enrolment/labs.ts'
import type { JobService } from '../../src/jobs/types.ts'
import { createKeys, readKeys } from '../../src/keys/key-store.ts'

export const lab = 'regio' as LabId
export const coordinator = signingKeyFromSeed(new Uint8Array(32).fill(77))

/** Jobs that do nothing: what is tested here is everything around them. */
export const idleJobs: JobService = {
  onRecorded: () => undefined,
  view: () => {
    throw new Error('no jobs here')
  },
  ask: async () => {
    throw new Error('no jobs here')
  },
  askTogether: async () => {
    throw new Error('no jobs here')
  },
  linkQuality: () => {
    throw new Error('no jobs here')
  },
  close: async () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
}

export type TestBroker = Broker & {
  readonly dataDir: string
  readonly logText: () => string
  readonly now: () => number
  /** Stops and starts on the same folder. */
  restart(): Promise<TestBroker>
  invite(party: string, days?: number): ReturnType<typeof inviteParty>
  destroy(): Promise<void>
}

export function capturedLogger(): { logger: FastifyBaseLogger; text: () => string } {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { logger: fastify({ logger: { level: 'debug', stream } }).log, text: () => lines.join('') }
}

export type TestOptions = { now?: () => number; startJobs?: StartJobs; environment?: Record<string, string> }

async function start(dataDir: string, options: TestOptions): Promise<TestBroker> {
  const now = options.now ?? Date.now
  const config = readConfig({
    KRUISPUNT_DATA_DIR: dataDir,
    KRUISPUNT_PORT: '0',
    KRUISPUNT_LIMITS_SIGN_INS_PER_MINUTE: '1000',
    ...options.environment,
  })
  const { logger, text } = capturedLogger()
  const startJobs = options.startJobs ?? (async () => idleJobs)
  const broker = await startBroker({ config, version: '0.0.0-test', startJobs, logger, now })
  return {
    ...broker,
    dataDir,
    logText: text,
    now,
    async restart() {
      await broker.stop()
      return start(dataDir, options)
    },
    invite(party, days = 7) {
      const store = openStore(config.databaseFile)
      try {
        const invited = { lab, party: party as PartyId, name: `Stichting ${party}`, days }
        return inviteParty({ store, keys: broker.keys, publicUrl: broker.url }, invited, now())
      } finally {
        store.close()
      }
    },
    async destroy() {
      await broker.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A fresh broker with one lab and one coordinator. */
export async function startTestBroker(options: TestOptions = {}): Promise<TestBroker> {
  await cryptoReady()
  const dataDir = mkdtempSync(join(tmpdir(), 'kruispunt-broker-'))
  const config = readConfig({ KRUISPUNT_DATA_DIR: dataDir })
  const now = options.now ?? Date.now
  await createKeys(dataDir, config.kekFile, 'broker.test', new Date(now()))
  readKeys(dataDir, config.kekFile)
  const store = openStore(config.databaseFile)
  createLab(store, { id: lab, title: 'Proefregio', coordinatorKeys: [toHex(coordinator.publicKey)] }, now())
  store.close()
  return start(dataDir, options)
}
