import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { AgreementId } from '@kruispunt/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DurableStep, durableSteps } from '../src/durable-steps.ts'
import { openNode } from '../src/node.ts'
import { askRequest, openJob } from './support/ask-job.ts'
import { deliver } from './support/deliver.ts'
import { optionsFor, startSignedLab } from './support/three-partners.ts'

const program = fileURLToPath(new URL('./support/partner-process.ts', import.meta.url))
type SignedLab = Awaited<ReturnType<typeof startSignedLab>>
let lab: SignedLab
const running = new Set<ChildProcess>()

function start(folder: string, step: DurableStep | '-', nth: number): { child: ChildProcess; ended: Promise<string> } {
  const child = spawn(process.execPath, [program, folder, step, String(nth)], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const ended = new Promise<string>((resolve) =>
    child.on('close', (code, signal) => {
      running.delete(child)
      resolve(`${signal ?? code}${errors}`)
    }),
  )
  return { child, ended }
}

const jobOf = (agreement: AgreementId) =>
  [...lab.broker.state().requests.values()].find(({ recorded }) => recorded.statement.agreement === agreement)
const kindsFromPolitie = () =>
  lab.broker.entries
    .map(({ payload }) => JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as { kind: string; from: string })
    .filter(({ from }) => from === 'politie')
    .map(({ kind }) => kind)

/** Gemeente does its part here, politie in a process of its own that dies and is started again. */
async function story(step: DurableStep, nth: number): Promise<{ died: boolean }> {
  const gemeente = lab.partner('gemeente')
  const politie = lab.partner('politie')
  await politie.node.close()
  let died = false
  let process_ = start(politie.folder, step, nth)
  let requested = false
  try {
    for (let round = 0; round < 400; round += 1) {
      await gemeente.node.agent.tick()
      if (process_.child.exitCode !== null || process_.child.signalCode !== null) {
        expect(await process_.ended).toBe('SIGKILL')
        died = true
        process_ = start(politie.folder, '-', 1)
      }
      const { extracts } = lab.broker.state()
      const usable = gemeente.node.views.ceremonies()[0]?.keyUsable === true
      if (usable && gemeente.node.deliveries.extracts().length === 0) await deliver(gemeente.node, lab.agreement)
      if (extracts.size === 2 && !requested) {
        openJob(lab.broker, askRequest(lab.broker, lab.agreement))
        requested = true
      }
      if (jobOf(lab.agreement)?.releases.size === 2) break
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
    // Whatever died late is given time to come back and to say nothing more.
    if (!died) await new Promise((resolve) => setTimeout(resolve, 300))
    died ||= process_.child.signalCode === 'SIGKILL'
  } finally {
    process_.child.kill('SIGKILL')
    await process_.ended
    politie.node = await openNode(optionsFor(politie.folder))
  }
  return { died }
}

beforeEach(async () => {
  lab = await startSignedLab(['gemeente', 'politie'])
})
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await lab.end()
})

const steps: readonly (readonly [DurableStep, number])[] = [
  ['entries-stored', 1],
  ['checkpoint-stored', 1],
  ['cosignature-sent', 1],
  ['commit-recorded', 1],
  ['reveals-recorded', 1],
  ['confirm-recorded', 1],
  ['epoch-key-usable', 1],
  ['vault-written', 1],
  ['keys-rewrapped', 1],
  ['vault-removed', 1],
  ['extract-created', 1],
  ['extract-prepared', 1],
  ['column-sent', 1],
  ['extract-recorded', 1],
  ['release-recorded', 1],
  ['statement-sent', 1],
  ['statement-sent', 4],
  ['statement-sent', 5],
  ['statement-acknowledged', 2],
]

/** From the moment a release is recorded as used until the broker has it on record. */
const releasing: readonly DurableStep[] = ['release-recorded', 'statement-sent', 'statement-acknowledged']
const isReleasing = ([step]: (typeof steps)[number]) => releasing.includes(step)

/** At which steps no process is killed here, and why. */
const notHere: Readonly<Partial<Record<DurableStep, string>>> = {
  'enrolment-keys-stored':
    'comes before this story; enrolling again with the same invitation is tested with the broker',
  'enrolment-answered': 'as above',
  'certificate-stored': 'as above',
  'decision-recorded': 'a person is waiting for the answer and sees that none came',
  'refusal-recorded': 'nothing is refused in this story',
  'request-confirmed':
    'nothing is made for one request here; an-extract-is-made-for-one-request.test.ts stops a node there',
  'destruction-recorded': 'nothing is withdrawn in this story',
  ...Object.fromEntries(
    durableSteps
      .filter((step) => step.startsWith('oprf-'))
      .map((step) => [step, 'tried with joint numbers, in a file of their own']),
  ),
}

async function goesOn(step: DurableStep, nth: number): Promise<void> {
  const { died } = await story(step, nth)
  expect(died).toBe(true)
  expect(jobOf(lab.agreement)?.releases.size).toBe(2)
  const once = ['agreement-approval', 'salt-commit', 'salt-reveal', 'salt-confirm', 'extract', 'key-release']
  expect(kindsFromPolitie().filter((kind) => once.includes(kind))).toStrictEqual(once)
  const { node } = lab.partner('politie')
  await node.agent.tick()
  expect(node.views.status()).toMatchObject({ frozen: [], outbox: [] })
  expect(node.verifyLog().valid).toBe(true)
  // At most one living key file, whatever was interrupted.
  const { readdirSync } = await import('node:fs')
  const vaults = readdirSync(`${lab.partner('politie').folder}/keys`).filter((name) => name.startsWith('vault-'))
  expect(vaults).toHaveLength(1)
}

describe('a node survives being killed anywhere', () => {
  it.each(steps.filter((each) => !isReleasing(each)))(
    'goes on after kill -9 at %s (%i), nothing lost and nothing said twice',
    goesOn,
    120_000,
  )
  it.each(steps.filter(isReleasing))(
    'attack 48: after kill -9 at %s (%i) there is one release, recorded before it was sent',
    goesOn,
    120_000,
  )
})

it('every durable step is tried, or it says why not', () => {
  const tried = new Set([...steps.map(([step]) => step), ...Object.keys(notHere)])
  expect(durableSteps.filter((step) => !tried.has(step))).toEqual([])
})
