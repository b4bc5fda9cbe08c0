/** Two processes of one witness, a node put back from a backup, a clock that is wrong: what it must not do meanwhile. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { witnessName } from '@kruispunt/lab-record'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { cosignedSize } from '../scenarios/support/hostile/evidence-of.ts'
import { hashOf, payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { jsonOf, jsonReply } from '../scenarios/support/hostile/relay.ts'
import { type TakenOver, takeOver } from '../scenarios/support/hostile/taken-over.ts'
import { command, until } from '../scenarios/support/processes.ts'

const minutes = 60_000
const hour = 60 * minutes
const day = 24 * hour
let lab: AttackLab

beforeAll(async () => {
  lab = await startAttackLab({ upTo: 'delivered' })
  await lab.save('delivered')
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

const gemeente = () => lab.node('gemeente')
const environment = () => ({ KRUISPUNT_NODE_FOLDER: gemeente().folder })
const cosignedBy = (note: string, party: string) =>
  note.includes(`\u2014 ${witnessName(lab.keys.brokerName, lab.lab, party as never)} `)
const sizeIn = (note: string) => Number(note.split('\n')[1])
const inTheWay = (requestHash: string) =>
  until('gemeente judges the job', async () => {
    const found = (await gemeente().requests()).find(({ hash }) => hash === requestHash)
    return found?.inTheWay ?? undefined
  })
const ahead = (ms: number) => new Date(Date.now() + ms).toISOString()
/** Sizes of the checkpoints that gemeente cosigned, in the order in which it sent them. */
const sentSizes = (from: number) =>
  lab.relay.traffic
    .slice(from)
    .filter(({ call }) => call.party === 'gemeente' && call.path === 'log/cosignatures')
    .map(({ call }) => sizeIn(jsonOf<{ note: string }>(call).note))

/** A witness that is shown the one checkpoint in one process and the other in another, at the same time. */
async function race(held: 'smaller' | 'larger'): Promise<void> {
  const broker = await takeOver(lab)
  const { log } = broker
  const size = log.entries.length
  await until('gemeente has all of it', async () => (cosignedSize(gemeente().folder) === size ? true : undefined))
  const before = lab.relay.traffic.length
  const [small, large] = [size + 1, size + 4]
  let calls = 0
  let goOn = () => {}
  const settled = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const answer = (of: number) => jsonReply({ latest: log.note(of), quorum: null })
  lab.relay.on({
    party: 'gemeente',
    path: 'log/checkpoints',
    act: async (_call, pass) => {
      // While it has not heard of the new entries there is nothing to choose from.
      if (log.entries.length === size) return pass()
      calls += 1
      if (calls === 1) {
        await settled
        return answer(held === 'smaller' ? small : large)
      }
      return goesOn ? pass() : answer(held === 'smaller' ? large : small)
    },
  })
  let goesOn = false
  const seen: number[] = []
  const watching = setInterval(() => seen.push(cosignedSize(gemeente().folder)), 20)
  try {
    for (let at = 1; at <= 4; at += 1)
      log.append(
        log.sign(
          { kind: 'agreement', document: lab.documentWith({ reference: `RACE-${at}` }) },
          { from: 'coordinator' },
          lab.coordinatorKey,
        ),
      )
    await until('the first call is held', async () => (calls > 0 ? true : undefined))
    const beside = await command('node', ['status'], environment())
    expect(beside.code).toBe(0)
    expect(cosignedSize(gemeente().folder)).toBe(held === 'smaller' ? large : small)
    goesOn = true
    goOn()
    await until('it stands at the end of the log', async () => {
      const { log: own, frozen } = await gemeente().status()
      expect(frozen).toEqual([])
      return own.size === log.entries.length && cosignedSize(gemeente().folder) === large ? true : undefined
    })
    // Whatever was on its way has arrived.
    await new Promise((resolve) => setTimeout(resolve, 1000))
  } finally {
    clearInterval(watching)
  }
  expect(seen.length).toBeGreaterThan(10)
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
  expect(seen.at(-1)).toBe(large)
  const sent = sentSizes(before)
  expect(sent).toEqual([...sent].sort((a, b) => a - b))
  expect(cosignedBy(log.note(small), 'gemeente')).toBe(held === 'larger')
  expect(cosignedBy(log.note(large), 'gemeente')).toBe(true)
}

describe('a node knows the time and its own past', () => {
  it(
    'attack 25: two processes of a witness shown N and N+K at once never store the smaller one over the larger',
    () => race('smaller'),
    2 * minutes,
  )

  it(
    'attack 25: nor when they come the other way round',
    async () => {
      await lab.back('delivered')
      await race('larger')
    },
    2 * minutes,
  )

  it(
    'attack 44: put back from a backup it cosigns and releases nothing until its peers have vouched for what it missed',
    async () => {
      await lab.back('delivered')
      const node = gemeente()
      const backup = join(lab.root, 'before.db')
      expect((await command('node', ['backup', backup], environment())).code).toBe(0)
      const then = await lab.forgeLog()
      const job = await lab.openJob()
      expect(job.state).toBe('open')
      await node.stop()
      for (const end of ['', '-wal', '-shm']) rmSync(join(node.folder, `node.db${end}`), { force: true })
      cpSync(backup, join(node.folder, 'node.db'))

      // The broker shows the log as it was then, and goes on from there as if nothing had been: with a coordinator who helps.
      lab.relay.on(then.servedTo('gemeente'))
      const asked = then.sign(
        { ...(await lab.requestBody()) } as never,
        { from: 'coordinator', notAfter: ahead(hour) },
        lab.coordinatorKey,
      )
      then.append(asked)
      const key = { kind: 'job', requestHash: hashOf(asked), jobKemPublicKey: '11'.repeat(1216) }
      then.append(then.sign(key as never, { notAfter: ahead(hour / 2) }))
      const quietly = async () => {
        const before = lab.relay.traffic.length
        await node.start()
        await until('it knows that it was away', async () =>
          (await node.status()).broker.code === 'catching_up' ? true : undefined,
        )
        await until('it has asked a few times', async () =>
          lab.relay.traffic.slice(before).filter(({ call }) => call.path === 'log/checkpoints').length > 5
            ? true
            : undefined,
        )
        expect(sentSizes(before)).toEqual([])
        expect(cosignedBy(then.note(), 'gemeente')).toBe(false)
        expect(then.entries.map(payloadOf).filter(({ kind }) => kind === 'key-release')).toEqual([])
        await node.stop()
      }
      await quietly()
      // Nor after a restart.
      await quietly()
    },
    3 * minutes,
  )

  it(
    'attack 44: with the log of now, vouched for by its peers, it takes over what it had said and goes on',
    async () => {
      await lab.back('delivered')
      const node = gemeente()
      const backup = join(lab.root, 'again.db')
      expect((await command('node', ['backup', backup], environment())).code).toBe(0)
      const first = await lab.openJob()
      expect(first.state).toBe('open')
      await node.stop()
      for (const end of ['', '-wal', '-shm']) rmSync(join(node.folder, `node.db${end}`), { force: true })
      cpSync(backup, join(node.folder, 'node.db'))
      await node.start()
      // It finds statements of its own that it does not know: a copy at work looks the same, so a person says which it is.
      await until('it stops', async () =>
        (await node.status()).frozen[0]?.reason === 'own_chain_differs' ? true : undefined,
      )
      const before = lab.relay.traffic.length
      expect((await command('node', ['recovery', 'restored'], environment())).code).toBe(0)
      await until('its peers have vouched', async () =>
        (await node.status()).broker.state === 'connected' ? true : undefined,
      )
      const { size } = (await node.status()).log
      expect(sentSizes(before).every((sent) => sent >= size - 1)).toBe(true)
      expect((await lab.openJob()).state).toBe('open')
      // What it had released before the backup was put back is released once.
      const releases = (await lab.entries())
        .map(payloadOf)
        .filter(({ kind, from }) => kind === 'key-release' && from === 'gemeente')
      expect(new Set(releases.map(({ requestHash }) => requestHash)).size).toBe(releases.length)
      expect(releases).toHaveLength(2)
    },
    3 * minutes,
  )

  /** Everything the broker and a coordinator who helps it can write a date on, as the node's own clock has it. */
  function datedFor(broker: TakenOver, shift: number): string {
    const body = { ...broker.usual, requestId: (shift > 0 ? 'a1' : 'b2').repeat(16) }
    const asked = broker.log.sign(
      body as never,
      { from: 'coordinator', issuedAt: ahead(shift), notAfter: ahead(shift + 2 * hour) },
      lab.coordinatorKey,
    )
    broker.log.append(asked)
    broker.job(hashOf(asked), { header: { issuedAt: ahead(shift), notAfter: ahead(shift + hour / 2) } })
    return hashOf(asked)
  }

  it(
    'attack 45: a day fast or a day slow it releases nothing, and no date of the broker makes it',
    async () => {
      await lab.back('delivered')
      const broker = await takeOver(lab)
      for (const shift of [day, -day]) {
        await gemeente().stop()
        await gemeente().start({ KRUISPUNT_TEST_CLOCK_SHIFT_MS: String(shift) })
        const plain = broker.ask()
        broker.job(plain)
        const dated = datedFor(broker, shift)
        expect([shift, await inTheWay(dated)]).toEqual([shift, 'clock_differs'])
        expect(['clock_differs', 'request_expired', 'job_expired', 'job_too_long']).toContain(await inTheWay(plain))
        for (const requestHash of [plain, dated])
          expect(broker.releases(requestHash).filter(({ from }) => from === 'gemeente')).toEqual([])
      }
      // Right again: what is dated as it is goes, what is dated a day off does not.
      await gemeente().stop()
      await gemeente().start()
      const control = broker.ask()
      broker.job(control)
      expect((await broker.answerOf('gemeente', control)).kind).toBe('key-release')
      for (const shift of [day, -day]) {
        const again = broker.ask()
        broker.job(again, { header: { issuedAt: ahead(shift), notAfter: ahead(shift + hour / 2) } })
        expect((await broker.answerOf('gemeente', again)).code).toBe(shift > 0 ? 'job_too_long' : 'job_expired')
      }
    },
    3 * minutes,
  )
})
