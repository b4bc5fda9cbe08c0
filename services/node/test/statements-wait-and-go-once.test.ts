import type { StatementEnvelope } from '@kruispunt/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backoffMs } from '../src/broker-client/backoff.ts'
import { deliver, prepareExtract } from './support/deliver.ts'
import { startKeyedLab } from './support/three-partners.ts'

let lab: Awaited<ReturnType<typeof startKeyedLab>>
beforeEach(async () => {
  lab = await startKeyedLab(['gemeente', 'politie'])
})
afterEach(() => lab.end())
const kindOf = ({ payload }: StatementEnvelope) =>
  JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as { kind: string; from: string; seq: number }
const fromGemeente = () => lab.broker.entries.map(kindOf).filter(({ from }) => from === 'gemeente')

describe('statements wait and go once', () => {
  it('keeps a statement while the broker is down and sends it when it is back', async () => {
    const { node } = lab.partner('gemeente')
    const { extractId } = prepareExtract(node, lab.agreement)
    const { body } = node.deliveries.extract(extractId)
    for (const { name, bytes } of body?.columns ?? [])
      await node.deliveries.uploadColumn(extractId, name, node.deliveries.columnPath(extractId, name), bytes)
    await lab.broker.stop()
    expect(await node.deliveries.submitExtract(extractId)).toMatchObject({ index: null })
    expect(node.deliveries.extract(extractId).state).toBe('sending')
    expect(node.views.status().outbox).toMatchObject([{ kind: 'extract' }])
    await lab.partner('gemeente').reopen()
    await lab.broker.start()
    const again = lab.partner('gemeente').node
    const receipt = await again.deliveries.submitExtract(extractId)
    expect(receipt.index).toBe(lab.broker.entries.length - 1)
    expect(again.deliveries.extract(extractId).state).toBe('sent')
    expect(fromGemeente().filter(({ kind }) => kind === 'extract')).toHaveLength(1)
  })

  it('makes the extract ready again when the broker misses a column, and numbers what comes after anew', async () => {
    const { node } = lab.partner('gemeente')
    const { extractId } = prepareExtract(node, lab.agreement)
    lab.broker.script.refuse = (envelope) => (kindOf(envelope).kind === 'extract' ? 'extract_incomplete' : undefined)
    await expect(node.deliveries.submitExtract(extractId)).rejects.toMatchObject({ code: 'broker_refused' })
    expect(node.deliveries.extract(extractId).state).toBe('prepared')
    lab.broker.script.refuse = undefined
    await node.deliveries.submitExtract(extractId)
    expect(node.deliveries.extract(extractId).state).toBe('sent')
    const chain = fromGemeente().filter(({ kind }) => kind.startsWith('salt-') || kind === 'extract')
    expect(chain.map(({ seq }) => seq)).toStrictEqual(chain.map((_, at) => at + 1))
    expect(node.views.status().frozen).toStrictEqual([])
  })

  it('does not sign another statement in the place of one that only the broker refuses', async () => {
    const { node } = lab.partner('gemeente')
    const { extractId } = prepareExtract(node, lab.agreement)
    const seen = new Set<string>()
    lab.broker.script.refuse = (envelope) => {
      if (kindOf(envelope).kind !== 'extract') return undefined
      seen.add(envelope.payload)
      return 'agreement_not_active'
    }
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(node.deliveries.submitExtract(extractId)).rejects.toMatchObject({
        code: 'broker_refused',
        brokerCode: 'agreement_not_active',
      })
    expect(seen.size).toBe(1)
    lab.broker.script.refuse = undefined
    expect((await node.deliveries.submitExtract(extractId)).index).toBe(lab.broker.entries.length - 1)
  })

  it('destroys the key of an extract as soon as its replacement is on record, and says so', async () => {
    const { node } = lab.partner('gemeente')
    const first = await deliver(node, lab.agreement)
    const second = await deliver(node, lab.agreement)
    await lab.tickAll()
    expect(node.deliveries.extract(first.extractId)).toMatchObject({ state: 'replaced', keyPresent: false })
    expect(node.deliveries.extract(second.extractId)).toMatchObject({
      state: 'sent',
      keyPresent: true,
      body: { version: 2 },
    })
    expect(lab.broker.state().extracts.get(first.extractId)?.keyDestroyed).toBeTypeOf('number')
  })

  it('refuses a receipt that names another hash than the file has', async () => {
    const { node } = lab.partner('gemeente')
    const { extractId } = prepareExtract(node, lab.agreement)
    const [column] = node.deliveries.extract(extractId).body?.columns ?? []
    if (column === undefined) throw new Error('no column')
    lab.broker.script.tamper = (path, answer) =>
      path.includes('/columns/')
        ? { status: 200, body: { ...(answer.body as object), sha256: '0'.repeat(64) } }
        : answer
    const path = node.deliveries.columnPath(extractId, column.name)
    await expect(node.deliveries.uploadColumn(extractId, column.name, path, column.bytes)).rejects.toMatchObject({
      code: 'upload_damaged',
    })
  })

  it('destroys what is past its retention period', async () => {
    const gemeente = lab.partner('gemeente')
    const { extractId } = await deliver(gemeente.node, lab.agreement)
    gemeente.clockShiftMs = 31 * 86_400_000
    await gemeente.node.agent.tick()
    expect(gemeente.node.deliveries.extract(extractId).keyPresent).toBe(false)
  })

  it('waits longer after each failure, never more than a minute, and never exactly as long as the others', () => {
    const waits = [1, 2, 3, 8, 50].map((failures) => backoffMs(failures, 0.5))
    expect(waits).toStrictEqual([...waits].sort((a, b) => a - b))
    expect(backoffMs(50, 1)).toBe(60_000)
    expect(backoffMs(3, 0)).toBeLessThan(backoffMs(3, 1))
  })
})
