import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askRequest, openJob } from './support/ask-job.ts'
import { deliver } from './support/deliver.ts'
import { officer, passphraseOf, startKeyedLab } from './support/three-partners.ts'

const day = 86_400_000
let lab: Awaited<ReturnType<typeof startKeyedLab>>
beforeEach(async () => {
  lab = await startKeyedLab(['gemeente', 'politie'])
})
afterEach(() => lab.end())

type Said = { kind: string; from: string; seq: number }
const read = (payload: string) => JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as Said
const recorded = (kind: string) =>
  lab.broker.entries
    .map(({ payload }) => read(payload))
    .filter((said) => said.kind === kind && said.from === 'gemeente')
const gemeente = () => lab.partner('gemeente').node

/** Up to a release that is signed at the node and that the broker has never seen. */
async function withheldRelease() {
  for (const { node } of lab.all) await deliver(node, lab.agreement)
  await lab.tickAll()
  const requestHash = askRequest(lab.broker, lab.agreement)
  openJob(lab.broker, requestHash)
  // Takes no statements of gemeente, but serves it the log and the checkpoints.
  let offered = 0
  lab.broker.script.refuse = ({ payload }) => {
    if (read(payload).from !== 'gemeente') return undefined
    if (read(payload).kind === 'key-release') offered += 1
    return 'unavailable'
  }
  for (let round = 0; round < 6; round += 1)
    for (const { node } of lab.all) await node.agent.tick().catch(() => undefined)
  expect(gemeente().views.status().outbox).toMatchObject([{ kind: 'key-release' }])
  return { requestHash, offered: () => offered }
}

describe('a key release that did not leave in time does not leave at all', () => {
  it('stays here once an officer withdrew the delivery, and what comes after it still goes', async () => {
    const { offered } = await withheldRelease()
    const before = offered()
    const [extract] = gemeente().deliveries.extracts()
    if (extract === undefined) throw new Error('no extract')
    await gemeente().deliveries.withdraw({
      extractId: extract.extractId,
      officer,
      passphrase: passphraseOf('gemeente'),
      reason: 'Een inwoner maakt bezwaar.',
    })
    expect(offered()).toBe(before)
    lab.broker.script.refuse = undefined
    await lab.until(() => recorded('key-destroyed').length === 1)
    await lab.tickAll()
    expect(recorded('key-release')).toHaveLength(0)
    expect(recorded('revocation')).toHaveLength(1)
    expect(gemeente().views.status()).toMatchObject({ frozen: [], outbox: [] })
  })

  it('stays here once the job is over by the own clock', async () => {
    const { offered } = await withheldRelease()
    const before = offered()
    lab.partner('gemeente').clockShiftMs = 31 * 60_000
    await gemeente()
      .agent.tick()
      .catch(() => undefined)
    expect(offered()).toBe(before)
    expect(
      gemeente()
        .views.status()
        .outbox.filter(({ kind }) => kind === 'key-release'),
    ).toStrictEqual([])
    expect(recorded('key-release')).toHaveLength(0)
  })

  it('goes out after all when the broker comes back within the job', async () => {
    await withheldRelease()
    lab.broker.script.refuse = undefined
    await lab.until(() => recorded('key-release').length === 1)
    expect(gemeente().views.status().frozen).toStrictEqual([])
  })
})

describe('what the broker says is held against its own log', () => {
  it('freezes when a statement it acknowledged is not where it said', async () => {
    const { extractId } = await deliver(gemeente(), lab.agreement)
    await lab.tickAll()
    // Swallows the withdrawal, and says it is on record.
    lab.broker.script.refuse = ({ payload }) => (read(payload).kind === 'revocation' ? 'unavailable' : undefined)
    lab.broker.script.tamper = (path, answer) => {
      if (!path.endsWith('/statements') || answer.status === 200) return answer
      return {
        status: 200,
        body: { index: lab.broker.entries.length, size: lab.broker.entries.length + 1, existing: false },
      }
    }
    await gemeente()
      .deliveries.withdraw({ extractId, officer, passphrase: passphraseOf('gemeente'), reason: 'Bezwaar.' })
      .catch(() => undefined)
    await lab.partner('politie').node.agent.tick()
    await deliver(lab.partner('politie').node, lab.agreement)
    for (let round = 0; round < 2; round += 1)
      await gemeente()
        .agent.tick()
        .catch(() => undefined)
    expect(gemeente().views.status().frozen).toMatchObject([{ reason: 'own_chain_differs' }])
  })
})

describe('promises that need no broker are kept without one', () => {
  it('destroys what is past its period while the broker cannot be reached', async () => {
    const { extractId } = await deliver(gemeente(), lab.agreement)
    await lab.broker.stop()
    lab.partner('gemeente').clockShiftMs = 31 * day
    await expect(gemeente().agent.tick()).rejects.toMatchObject({ code: 'broker_unreachable' })
    expect(gemeente().deliveries.extract(extractId).keyPresent).toBe(false)
  })

  it('writes a copy of the database for nobody else to read', async () => {
    const copy = join(lab.root, 'kopie.db')
    await gemeente().backup(copy)
    expect(statSync(copy).mode & 0o077).toBe(0)
  })
})
