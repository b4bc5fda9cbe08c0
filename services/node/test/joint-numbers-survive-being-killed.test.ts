import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { KeyId, PartyId, StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import { sha256, toHex, utf8 } from '@kruispunt/crypto'
import { generatorTimes, groupReady, randomScalars } from '@kruispunt/crypto/group'
import { usableCeremony, witnessName } from '@kruispunt/lab-record'
import { nextHeader, signStatement } from '@kruispunt/statements'
import { cosign, mergeCosignatures, parseCheckpoint } from '@kruispunt/transparency-log'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DurableStep, durableSteps } from '../src/durable-steps.ts'
import { openNode } from '../src/node.ts'
import { openFolder } from '../src/open-folder.ts'
import { optionsFor, startKeyedLab } from './support/three-partners.ts'

const program = fileURLToPath(new URL('./support/joint-process.ts', import.meta.url))
const running = new Set<ChildProcess>()
let lab: Awaited<ReturnType<typeof startKeyedLab>>

beforeAll(async () => {
  lab = await startKeyedLab(['gemeente', 'politie'], { pseudonymMode: 'joint-oprf' })
}, 120_000)
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await lab.end()
})

function start(step: DurableStep | '-', digits: string) {
  const args = [program, lab.partner('politie').folder, step, digits]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  let told = ''
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString()
  })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  void ended.then(() => running.delete(child))
  return { child, ended, done: () => /done ([0-9a-f]+)/.exec(told)?.[1] }
}

const batches = () => {
  const state = lab.broker.state().agreements.get(lab.agreement)
  return [...((state && usableCeremony(state)?.batches.values()) ?? [])]
}
const from = (party: string) => batches().filter(({ recorded }) => recorded.statement.from === party)

/** Politie asks and works in a process that dies and comes back; gemeente does both here. */
async function story(step: DurableStep, digits: string) {
  const [gemeente, politie] = [lab.partner('gemeente'), lab.partner('politie')]
  await politie.node.close()
  let process_ = start(step, digits)
  let died = false
  let own: string | undefined
  try {
    for (let round = 0; round < 400 && (own === undefined || process_.done() === undefined); round += 1) {
      await gemeente.node.agent.tick()
      await gemeente.node.evaluate()
      if (process_.child.exitCode !== null || process_.child.signalCode !== null) {
        await process_.ended
        expect(process_.child.signalCode).toBe('SIGKILL')
        died = true
        process_ = start('-', digits)
      }
      const order = { agreement: lab.agreement, epoch: 1, digits: utf8(digits), patienceMs: 100 }
      own ??= await gemeente.node.deliveries.jointNumbers(order).then(toHex, () => undefined)
    }
    return { died, own, theirs: process_.done() }
  } finally {
    process_.child.kill('SIGKILL')
    await process_.ended
    politie.node = await openNode(optionsFor(politie.folder))
  }
}

const steps: readonly (readonly [DurableStep, string])[] = [
  ['oprf-batch-stored', '123456782'],
  ['oprf-batch-sent', '111222333'],
  ['oprf-batch-recorded', '012345672'],
  ['oprf-granted', '100000009'],
  ['oprf-evaluation-sent', '100000010'],
  ['oprf-evaluated', '100000022'],
  ['oprf-outputs-stored', '100000034'],
]

describe('joint numbers survive being killed', () => {
  it.each(steps)(
    'goes on after kill -9 at %s: nothing lost, and nothing asked or evaluated twice',
    async (step, digits) => {
      const before = [from('politie').length, from('gemeente').length]
      const { died, own, theirs } = await story(step, digits)
      expect(died).toBe(true)
      expect(own).toHaveLength(128)
      expect(theirs).toBe(own)
      // One batch of each, answered once.
      expect([from('politie').length, from('gemeente').length]).toStrictEqual(before.map((count) => count + 1))
      for (const { answer } of batches()) expect(answer?.statement.kind).toBe('oprf-evaluation')
      const { node } = lab.partner('politie')
      await node.agent.tick()
      expect(node.views.status()).toMatchObject({ frozen: [], outbox: [] })
    },
    120_000,
  )
})

describe('so does what is said of a partner that does not keep to it', () => {
  /** Gemeente says what it likes from here on: its key, without its node. */
  async function lying() {
    const { node, folder } = lab.partner('gemeente')
    await node.close()
    const opened = await openFolder(optionsFor(folder))
    const [key, witness] = [opened.keyStore.ensureSigningKey('node'), opened.keyStore.ensureSigningKey('witness')]
    opened.store.close()
    const name = witnessName('schakelpunt.test', lab.broker.lab, 'gemeente' as PartyId)
    // It goes on as a witness: without it nothing gets a quorum, and nothing is answered.
    const cosigning = setInterval(() => {
      for (const [size, note] of lab.broker.notes) {
        if (note.includes(`\u2014 ${name} `)) continue
        const line = cosign(parseCheckpoint(note).text, name, witness, Math.floor(Date.now() / 1000))
        lab.broker.notes.set(size, mergeCosignatures(note, [line]))
      }
    }, 50)
    const say = (body: StatementBody, elements: Uint8Array) => {
      const { state, lab: ofLab, elements: waiting } = { ...lab.broker, state: lab.broker.state() }
      waiting.set(`gemeente/${toHex(sha256(elements))}`, Buffer.from(elements))
      const payload = {
        v: 1,
        lab: ofLab,
        from: 'gemeente',
        keyId: key.keyId,
        ...nextHeader(state.heads.get(key.keyId as KeyId)),
        issuedAt: new Date().toISOString(),
        notAfter: null,
        roster: state.roster?.hash,
        seen: null,
        ...body,
      }
      lab.broker.append(signStatement(payload, key) as StatementEnvelope)
    }
    return { say, stop: () => clearInterval(cosigning) }
  }
  const kindsOf = (kind: string) =>
    lab.broker.entries
      .map(
        ({ payload }) => JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as { kind: string; from: string },
      )
      .filter((said) => said.kind === kind && said.from === 'politie')

  async function until(condition: () => boolean): Promise<void> {
    for (let round = 0; round < 1200 && !condition(); round += 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(condition()).toBe(true)
  }
  /** @param provoke - called while politie runs @param said - the kind of what it must say of it, once */
  async function saysOnce(step: DurableStep, digits: string, provoke: () => void | Promise<void>, said: string) {
    await lab.partner('politie').node.close()
    let process_ = start(step, digits)
    try {
      await provoke()
      await process_.ended
      expect(process_.child.signalCode).toBe('SIGKILL')
      // Written down, and not said yet.
      expect(kindsOf(said)).toEqual([])
      process_ = start('-', digits)
      await until(() => kindsOf(said).length > 0)
      // Whatever it would say twice is said by now.
      await new Promise((resolve) => setTimeout(resolve, 1000))
      expect(kindsOf(said)).toHaveLength(1)
    } finally {
      process_.child.kill('SIGKILL')
      await process_.ended
      const { partner } = lab
      partner('politie').node = await openNode(optionsFor(partner('politie').folder))
    }
    expect(lab.partner('politie').node.views.status().frozen).toEqual([])
  }

  it('goes on after kill -9 at oprf-refused, and at oprf-alarm-recorded: it is said, and once', async () => {
    const { say, stop } = await lying()
    const frame = { agreement: lab.agreement, epoch: 1, to: 'politie' as PartyId }
    try {
      const none = new Uint8Array(32).fill(0xff)
      const batch = { kind: 'oprf-batch', ...frame, count: 1, sha256: toHex(sha256(none)) } as const
      await saysOnce('oprf-refused', '123456782', () => say(batch, none), 'oprf-refusal')
      await groupReady()
      const asked = from('politie').length
      const answer = async () => {
        const unanswered = () => from('politie')[asked]?.recorded
        await until(() => unanswered() !== undefined)
        const batch = unanswered()
        if (batch === undefined) throw new Error('nothing was asked')
        const { count } = batch.statement
        const wrong = generatorTimes(randomScalars(count))
        say({ kind: 'oprf-evaluation', ...frame, batch: batch.hash, count, sha256: toHex(sha256(wrong)) }, wrong)
      }
      await saysOnce('oprf-alarm-recorded', '100000046', answer, 'oprf-alarm')
    } finally {
      stop()
      const gemeente = lab.partner('gemeente')
      gemeente.node = await openNode(optionsFor(gemeente.folder))
    }
  }, 240_000)
})

it('every durable step of the joint numbers is tried here', () => {
  const tried = [...steps.map(([step]) => step), 'oprf-refused', 'oprf-alarm-recorded'].sort()
  expect(tried).toEqual(durableSteps.filter((step) => step.startsWith('oprf-')).sort())
})
