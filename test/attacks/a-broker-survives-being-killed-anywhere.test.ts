/** kill -9 at every durable step of a real broker, with real nodes at work: what was acknowledged stays, and nothing happens twice. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StatementEnvelope } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnFile } from '../../services/broker/src/blobs/column-store.ts'
import { type DurableStep, durableSteps } from '../../services/broker/src/durable-steps.ts'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { hashOf, payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { citizenNumbers, fileOf } from '../scenarios/support/hostile/people.ts'
import { jsonOf } from '../scenarios/support/hostile/relay.ts'
import { command, until } from '../scenarios/support/processes.ts'

const minutes = 60_000
const dying = fileURLToPath(new URL('../../services/broker/test/support/dying-broker.ts', import.meta.url))
const partner = fileURLToPath(new URL('../../services/node/test/support/partner-process.ts', import.meta.url))
const parties = ['gemeente', 'politie'] as const
let lab: AttackLab
/** Joint numbers are asked once, so every story is about other people. */
const numbers = citizenNumbers(2000)
let story = 0

beforeAll(async () => {
  lab = await startAttackLab({
    upTo: 'keyed',
    parties,
    agreement: ({ parties: all, disclosure }) => ({
      pseudonymMode: 'joint-oprf',
      requestBudget: 200,
      parties: all.map((party) => ({ ...party, maxRecords: 5000 })),
      disclosure: { ...disclosure, minimum: 3, groupSharePercent: 100, zeros: 'publish', insider: false },
    }),
  })
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

/** Asks again until the broker is there to answer. */
async function again<T>(what: string, ask: () => Promise<T>): Promise<T> {
  return until(
    what,
    async () => {
      try {
        return await ask()
      } catch {
        return undefined
      }
    },
    120,
  )
}

const statements = async () =>
  (await lab.entries()).map((envelope) => ({ ...payloadOf(envelope), hash: hashOf(envelope) }) as Said)
type Said = { kind: string; from: string; hash: string } & Record<string, unknown>

/** Starts it again as soon as it has died. @returns whether it did */
function watch() {
  let died = false
  let ended = false
  const watching = (async () => {
    while (!ended) {
      if (lab.broker.process()?.signalCode === 'SIGKILL') {
        died = true
        await lab.broker.start()
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })()
  return {
    died: () => died,
    async end() {
      ended = true
      await watching
    },
  }
}

/** One delivery of each, prepared once and sent until it is there. */
async function deliver(): Promise<string[]> {
  const some = numbers.slice(story * 16, story * 16 + 16)
  story += 1
  return Promise.all(
    parties.map(async (party) => {
      const node = lab.node(party)
      // Joint numbers take the other node and the broker; what was asked before is not asked again.
      const extractId = await again(`${party} prepares`, () =>
        node.deliver(fileOf(some), { agreement: lab.agreement, send: false }),
      )
      await until(
        `${party} has sent it`,
        async () => {
          const { status } = await node.ask('POST', `/deliveries/${extractId}/sendings`, {})
          const found = (await node.deliveries()).find((delivery) => delivery.extractId === extractId)
          return status === 200 && found?.state === 'sent' ? true : undefined
        },
        120,
      )
      return extractId
    }),
  )
}

/** A job from request to end, asked anew when the broker lost the key of it. @returns digest of the one answer */
async function ask(): Promise<string> {
  return again('a job is asked, answered and closed', async () => {
    const job = await lab.openJob(randomHex(16))
    if (job.state !== 'open') throw new Error('asked anew')
    const { answer, code } = await lab.table(job.requestId, 'gemeente.bekend', 'politie.bekend')
    if (answer === undefined) throw new Error(code)
    const { api, base } = await lab.coordinator()
    await api.ask({ method: 'POST', path: `${base}/jobs/${job.requestId}/closings`, json: {} })
    return answer.resultSha256
  })
}

async function withdraw(extractId: string): Promise<void> {
  const { status } = await lab.node('gemeente').decide(`/deliveries/${extractId}/withdrawals`, { reason: 'Bezwaar.' })
  expect(status).toBe(200)
  await until(
    'the log says so',
    async () => {
      const all = await statements().catch(() => [])
      return all.some(
        ({ kind, extractIds }) => kind === 'key-destroyed' && (extractIds as string[]).includes(extractId),
      )
        ? true
        : undefined
    },
    120,
  )
}

/** Everything that was ever acknowledged to a node is in the log, in its place; and nothing is in it twice. */
async function nothingLostOrDoubled(): Promise<void> {
  const all = await until('the log is read', async () => statements().catch(() => undefined), 120)
  for (const { call, reply } of lab.relay.traffic) {
    if (call.path !== 'statements' || reply?.status !== 200) continue
    const { envelope } = jsonOf<{ envelope: StatementEnvelope }>(call)
    const { index } = jsonOf<{ index: number }>(reply)
    expect([index, all[index]?.hash]).toEqual([index, hashOf(envelope)])
  }
  const keys = (kind: string, of: (said: Said) => unknown) =>
    all.filter((said) => said.kind === kind).map((said) => JSON.stringify(of(said)))
  for (const each of [
    keys('key-release', ({ requestHash, extractId }) => [requestHash, extractId]),
    keys('extract', ({ extractId }) => extractId),
    keys('job', ({ requestHash }) => requestHash),
    keys('job-closed', ({ requestHash }) => requestHash),
    keys('result', ({ requestHash, tableHash }) => [requestHash, tableHash]),
    keys('oprf-evaluation', ({ from, batch }) => [from, batch]),
  ])
    expect(new Set(each).size).toBe(each.length)
  for (const node of lab.nodes) {
    expect((await node.status()).frozen).toEqual([])
    expect((await node.ask('GET', '/log/verification')).body).toMatchObject({ valid: true, problem: null })
  }
  const database = new Sqlite(lab.broker.databaseFile, { readonly: true })
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  const listed = database.prepare('select extract_id as id, name from extract_columns').all() as {
    id: string
    name: string
  }[]
  database.close()
  const folder = join(lab.broker.dataDir, 'columns')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.sort()).toEqual(listed.map(({ id, name }) => columnFile(folder, id, name)).sort())
}

/** At what it dies, and of what; the nth time it comes by. */
const steps: readonly (readonly [DurableStep, string | undefined, number])[] = [
  ['statement-recorded', 'oprf-batch', 1],
  ['statement-recorded', 'oprf-evaluation', 1],
  ['elements-in-place', undefined, 1],
  ['elements-stored', undefined, 1],
  ['elements-unlisted', undefined, 1],
  ['checkpoint-stored', undefined, 2],
  ['cosignature-stored', undefined, 1],
  ['column-claimed', undefined, 1],
  ['column-in-place', undefined, 2],
  ['column-stored', undefined, 2],
  ['statement-recorded', 'extract', 1],
  ['column-unlisted', undefined, 1],
  ['column-removed', undefined, 1],
  ['statement-recorded', 'request', 1],
  ['statement-recorded', 'job', 1],
  ['statement-recorded', 'key-release', 1],
  ['statement-recorded', 'key-release', 2],
  ['answer-recorded', undefined, 1],
  ['statement-recorded', 'result', 1],
  ['statement-recorded', 'job-closed', 1],
  ['statement-recorded', 'revocation', 1],
  ['statement-recorded', 'key-destroyed', 1],
]
const backupSteps = ['backup-database-copied', 'backup-columns-copied', 'backup-in-place'] as const

/** At which steps no process is killed here, and why. */
const notHere: Readonly<Partial<Record<DurableStep, string>>> = {
  'lab-created': 'one transaction of a command; saying the same again is tested with the command line',
  'invitation-recorded':
    'one transaction of a command whose outcome the operator sees; a new invitation replaces the old one',
  'enrolment-recorded':
    'comes before this story; enrolling again with the same invitation is tested with the enrolment',
  'coordinator-recorded': 'one transaction behind a page; the person sees whether the key is there',
}

describe('a broker survives being killed anywhere', () => {
  it.each(steps)(
    'goes on after kill -9 at %s (%s, %i): nothing acknowledged is lost, nothing is said or given twice',
    async (step, of, nth) => {
      await lab.broker.stop()
      await lab.broker.start({ KRUISPUNT_TEST_DIE_AT: `${step}${of === undefined ? '' : `/${of}`}:${nth}` }, [], dying)
      const watching = watch()
      try {
        const [extractId = ''] = await deliver()
        const digest = await ask()
        // Asked again it is the same answer, whatever came in between.
        expect(await ask()).toBe(digest)
        await withdraw(extractId)
        expect(watching.died()).toBe(true)
        await nothingLostOrDoubled()
      } finally {
        await watching.end()
      }
    },
    4 * minutes,
  )

  it.each(backupSteps)(
    'a backup killed at %s is there whole or not at all, is made again, and stands for what was on record',
    async (step) => {
      const out = join(lab.root, `backup-${step}`)
      const env = { KRUISPUNT_DATA_DIR: lab.broker.dataDir }
      const killed = await command(dying, ['backup', '--out', out], { ...env, KRUISPUNT_TEST_DIE_AT: step })
      expect(killed.code).toBe(-1)
      expect(existsSync(out)).toBe(step === 'backup-in-place')
      if (!existsSync(out)) expect((await command('broker', ['backup', '--out', out], env)).code).toBe(0)
      expect(existsSync(`${out}.partial`)).toBe(false)
      const entries = (await lab.entries()).length
      const copy = new Sqlite(join(out, 'broker.db'), { readonly: true })
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(copy.prepare('select count(*) as entries from log_entries').get()).toEqual({ entries })
      for (const { id, name } of copy.prepare('select extract_id as id, name from extract_columns').all() as {
        id: string
        name: string
      }[])
        expect(existsSync(columnFile(join(out, 'columns'), id, name))).toBe(true)
      copy.close()
      rmSync(out, { recursive: true })
    },
    2 * minutes,
  )
})

describe('a node is killed between recording a release and having sent it', () => {
  it.each(['release-recorded', 'statement-sent', 'statement-acknowledged'])(
    'attack 48: after kill -9 at %s it is on record here before it left, and is given once',
    async (step) => {
      await deliver()
      const node = lab.node('politie')
      await node.stop()
      const from = lab.relay.traffic.length
      const child = spawn(process.execPath, [partner, node.folder, step, '1'], { stdio: 'ignore' })
      const died = new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)))
      const body = await lab.requestBody()
      const { hash: requestHash } = await (await lab.coordinator()).submit(body as never, {
        notAfter: new Date(Date.now() + 3_600_000).toISOString(),
      })
      expect(await died).toBe('SIGKILL')
      const recorded = () => {
        const database = new Sqlite(join(node.folder, 'node.db'), { readonly: true })
        try {
          return database.prepare('select count(*) as rows from releases where request_hash = ?').get(requestHash)
        } finally {
          database.close()
        }
      }
      const sent = () =>
        lab.relay.traffic
          .slice(from)
          .filter(({ call }) => call.party === 'politie' && call.path === 'statements')
          .map(({ call }) => payloadOf(jsonOf<{ envelope: StatementEnvelope }>(call).envelope))
          .filter((said) => said.kind === 'key-release' && said.requestHash === requestHash)
      expect(recorded()).toEqual({ rows: 1 })
      if (step === 'release-recorded') expect(sent()).toEqual([])
      await node.start()
      expect((await lab.settled(body.requestId)).state).toBe('open')
      const given = (await statements()).filter(
        (said) => said.kind === 'key-release' && said.requestHash === requestHash,
      )
      expect(given.map(({ from: by }) => by).sort()).toEqual([...parties].sort())
      expect(recorded()).toEqual({ rows: 1 })
      // Whatever was sent twice was the same statement.
      expect(new Set(sent().map(({ seq }) => seq)).size).toBe(1)
    },
    3 * minutes,
  )
})

describe('the list of durable steps is complete', () => {
  it('every one is tried, or it says why not', () => {
    const tried = new Set<string>([...steps.map(([step]) => step), ...backupSteps, ...Object.keys(notHere)])
    expect(durableSteps.filter((step) => !tried.has(step))).toEqual([])
    for (const step of Object.keys(notHere)) expect(durableSteps).toContain(step)
  })
})
