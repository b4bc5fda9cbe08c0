import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { toHex, utf8 } from '@kruispunt/crypto'
import { usableCeremony } from '@kruispunt/lab-record'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DurableStep } from '../src/durable-steps.ts'
import { openNode } from '../src/node.ts'
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
