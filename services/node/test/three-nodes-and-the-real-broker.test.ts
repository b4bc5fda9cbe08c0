import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { invitation as invitationSchema } from '@kruispunt/contracts'
import { cryptoReady, toHex } from '@kruispunt/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrol } from '../src/enrolment.ts'
import { type KruispuntNode, openNode } from '../src/node.ts'
import { initialise, openFolder } from '../src/open-folder.ts'
import { testAgreement } from './support/agreement.ts'
import { deliver } from './support/deliver.ts'
import { officer, optionsFor, partners, passphraseOf } from './support/three-partners.ts'

const brokerMain = fileURLToPath(new URL('../../broker/src/main.ts', import.meta.url))
let root: string
let port: number
let serving: ChildProcess
const nodes = new Map<string, KruispuntNode>()

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
const start = (...args: string[]) =>
  spawn(process.execPath, [brokerMain, '--json', '--data-dir', join(root, 'broker'), ...args], {
    cwd: root,
    env: { ...process.env, KRUISPUNT_PORT: String(port), KRUISPUNT_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
function broker(...args: string[]): Promise<void> {
  const child = start(...args)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  return new Promise((resolve, reject) =>
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${args.slice(0, 2).join(' ')}: ${said}`)))),
  )
}
async function serve(): Promise<void> {
  serving = start('serve')
  await new Promise<void>((resolve, reject) => {
    serving.stdout?.once('data', () => resolve())
    serving.once('close', (code) => reject(new Error(`the broker ended with ${code}`)))
  })
}
async function kill(): Promise<void> {
  const closed = new Promise((resolve) => serving.once('close', resolve))
  serving.kill('SIGKILL')
  await closed
}
const all = () => [...nodes.values()]
async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    if (condition()) return
    for (const node of all()) await node.agent.tick()
  }
  throw new Error('the condition did not come about')
}

beforeAll(async () => {
  await cryptoReady()
  root = mkdtempSync(join(tmpdir(), 'kruispunt-real-'))
  port = await freePort()
  await broker('init', '--name', 'schakelpunt')
  await broker('coordinator', 'create-key', '--out', 'coordinator.key')
  await broker(
    'lab',
    'create',
    '--id',
    'oggz',
    '--title',
    'OGGZ',
    '--coordinator-key',
    'coordinator.key.pub',
    '--out',
    'access.json',
  )
  for (const party of partners)
    await broker('partner', 'invite', '--lab', 'oggz', '--party', party, '--name', party, '--out', `${party}.json`)
  await serve()
  for (const party of partners) {
    const options = optionsFor(join(root, party))
    initialise(options)
    const opened = await openFolder(options)
    const invitation = invitationSchema.parse(JSON.parse(readFileSync(join(root, `${party}.json`), 'utf8')))
    const who = [{ name: officer, role: 'privacy-officer' as const, passphrase: passphraseOf(party) }]
    await enrol({ ...opened, clock: Date.now, onDurableStep: () => undefined }, invitation, who)
    opened.store.close()
    nodes.set(party, await openNode(options))
  }
  await broker('lab', 'roster', '--lab', 'oggz')
}, 120_000)
afterAll(async () => {
  for (const node of all()) await node.close()
  await kill()
  rmSync(root, { recursive: true })
})

describe('three nodes and the real broker', () => {
  it('agree on a key though the broker is killed in the middle, and deliver under it', async () => {
    for (const [party, node] of nodes) {
      await node.agent.refresh()
      const { shortCode } = node.views.roster()
      await node.sendDecision(node.acts.acceptRoster({ officer, passphrase: passphraseOf(party), shortCode }))
    }
    writeFileSync(join(root, 'agreement.json'), JSON.stringify(testAgreement('oggz', partners)))
    await broker(
      'agreement',
      'propose',
      '--access',
      'access.json',
      '--key',
      'coordinator.key',
      '--file',
      'agreement.json',
    )
    for (const [party, node] of nodes) {
      await node.agent.refresh()
      const [agreement] = node.views.agreements()
      if (agreement === undefined) throw new Error('no agreement')
      const order = {
        agreement: agreement.id,
        shortCode: agreement.shortCode,
        decision: 'approved',
        reason: null,
      } as const
      const receipt = await node.sendDecision(
        node.acts.decideAgreement({ officer, passphrase: passphraseOf(party), ...order }),
      )
      expect(receipt.index).toBeTypeOf('number')
    }
    await until(() => all().every((node) => node.views.ceremonies()[0]?.status === 'running'))
    await kill()
    await expect(all()[0]?.agent.tick()).rejects.toMatchObject({ code: 'broker_unreachable' })
    await serve()
    await until(() => all().every((node) => node.views.ceremonies()[0]?.keyUsable === true))
    const keys = all().map((node) => {
      const { id, epoch } = node.deliveries.agreementFor()
      return toHex(node.deliveries.pseudonymKey(id, epoch))
    })
    expect(new Set(keys).size).toBe(1)
    for (const node of all()) {
      const { receipt, extractId } = await deliver(node, node.deliveries.agreementFor().id)
      expect(receipt.index).toBeTypeOf('number')
      expect(node.deliveries.extract(extractId).state).toBe('sent')
    }
    for (const node of all()) {
      await node.agent.tick()
      expect(node.verifyLog()).toMatchObject({ valid: true, quorum: { valid: true } })
    }
  }, 120_000)
})
