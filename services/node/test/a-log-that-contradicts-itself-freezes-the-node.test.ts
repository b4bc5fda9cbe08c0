import type { StatementEnvelope } from '@kruispunt/contracts'
import { randomBytes, toHex } from '@kruispunt/crypto'
import { logIdentityOf } from '@kruispunt/lab-record'
import { formatCheckpoint, signCheckpoint } from '@kruispunt/transparency-log'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askRequest, openJob } from './support/ask-job.ts'
import { deliver } from './support/deliver.ts'
import { officer, passphraseOf, startKeyedLab } from './support/three-partners.ts'

let lab: Awaited<ReturnType<typeof startKeyedLab>>
beforeEach(async () => {
  lab = await startKeyedLab(['gemeente', 'politie'])
})
afterEach(() => lab.end())

const gemeente = () => lab.partner('gemeente')
const reasons = () =>
  gemeente()
    .node.views.status()
    .frozen.map(({ reason }) => reason)

async function expectFrozen(reason: string): Promise<void> {
  await expect(gemeente().node.agent.tick()).rejects.toMatchObject({ code: 'frozen' })
  expect(reasons()).toContain(reason)
  await gemeente().reopen()
  expect(reasons()).toContain(reason)
  expect(gemeente().node.views.status().broker.state).toBe('frozen')
  expect(() => gemeente().node.deliveries.agreementFor()).toThrow(expect.objectContaining({ code: 'frozen' }))
  const { id, shortCode } = gemeente().node.views.agreements()[0] ?? { id: lab.agreement, shortCode: '' }
  const signature = { officer, passphrase: passphraseOf('gemeente') }
  const order = { ...signature, agreement: id, shortCode, decision: 'rejected' as const, reason: null }
  expect(() => gemeente().node.acts.decideAgreement(order)).toThrow(expect.objectContaining({ code: 'frozen' }))
}

describe('a log that contradicts itself freezes the node', () => {
  it('stays frozen, also after a restart, when the log was cut off and grew anew', async () => {
    const { broker } = lab
    broker.rewind(broker.entries.length - 1)
    await expectFrozen('log_shrunk')
    // Another entry in the place of the lost one does not mend it.
    const { document } = gemeente().node.views.agreement(lab.agreement)
    broker.append(broker.sign('coordinator', { kind: 'agreement', document: { ...document, version: 2 } }))
    await expect(gemeente().node.agent.tick()).rejects.toMatchObject({ code: 'frozen' })
  })

  it('keeps both notes when one size has two roots, and releases nothing afterwards', async () => {
    const { broker } = lab
    for (const { node } of lab.all) await deliver(node, lab.agreement)
    await lab.tickAll()
    const requestHash = askRequest(broker, lab.agreement)
    const { document } = gemeente().node.views.agreement(lab.agreement)
    await lab.tickAll()
    const size = broker.entries.length
    broker.rewind(size - 1)
    broker.append(broker.sign('coordinator', { kind: 'agreement', document: { ...document, version: 2 } }))
    expect(broker.entries.length).toBe(size)
    await expectFrozen('checkpoint_other_root')
    openJob(broker, askRequest(broker, lab.agreement))
    await expect(gemeente().node.agent.tick()).rejects.toMatchObject({ code: 'frozen' })
    const kinds = broker.entries.map(
      ({ payload }) => JSON.parse(Buffer.from(payload, 'base64').toString('utf8')).kind as string,
    )
    expect(kinds).not.toContain('key-release')
    expect(requestHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('still lets an officer withdraw: the keys go, and it is said that the log does not know', async () => {
    const { broker } = lab
    for (const { node } of lab.all) await deliver(node, lab.agreement)
    await lab.tickAll()
    broker.rewind(broker.entries.length - 1)
    await expectFrozen('log_shrunk')
    const { acts, deliveries } = gemeente().node
    const [own] = deliveries.extracts()
    expect(own?.keyPresent).toBe(true)
    const order = { officer, passphrase: passphraseOf('gemeente'), agreement: lab.agreement, reason: 'vertrouwen weg' }
    expect(() => acts.withdrawAgreement(order)).toThrow(expect.objectContaining({ code: 'withdrawn_here_only' }))
    expect(deliveries.extracts().map(({ keyPresent, state }) => [keyPresent, state])).toStrictEqual([
      [false, 'withdrawn'],
    ])
  })

  it('does not cosign a checkpoint that stands for other entries than it was given', async () => {
    const { broker } = lab
    const { document } = gemeente().node.views.agreement(lab.agreement)
    broker.append(broker.sign('coordinator', { kind: 'agreement', document: { ...document, version: 2 } }))
    const { origin, logKeyName } = logIdentityOf('schakelpunt.test', broker.lab, toHex(broker.logKey.publicKey))
    const text = formatCheckpoint({ origin, size: broker.entries.length, root: randomBytes(32) })
    const note = signCheckpoint(text, logKeyName, broker.logKey)
    broker.script.tamper = (path, answer) =>
      path.endsWith('/log/checkpoints') ? { status: 200, body: { latest: note, quorum: null } } : answer
    const before = broker.script.cosignatures
    await expectFrozen('checkpoint_other_root')
    expect(broker.script.cosignatures).toBe(before)
  })

  it('does not accept an entry that breaks a rule, and cosigns no log that holds one', async () => {
    const { broker } = lab
    const { document } = gemeente().node.views.agreement(lab.agreement)
    const forged = broker.sign('broker', { kind: 'agreement', document: { ...document, version: 3 } })
    broker.script.tamper = (path, answer) => {
      if (!path.endsWith('/log/entries')) return answer
      const { entries, size } = answer.body as {
        entries: { index: number; envelope: StatementEnvelope }[]
        size: number
      }
      return { status: 200, body: { entries: [...entries, { index: size, envelope: forged }], size: size + 1 } }
    }
    const before = broker.script.cosignatures
    await expectFrozen('log_entry_invalid')
    expect(broker.script.cosignatures).toBe(before)
  })

  it('freezes when the log holds a statement of its key that it never made', async () => {
    const { broker } = lab
    const copy = gemeente()
    // A second copy of the node, from before it delivered: the same keys with another past.
    const { cpSync } = await import('node:fs')
    const old = `${copy.folder}-old`
    await copy.node.close()
    cpSync(copy.folder, old, { recursive: true })
    const { openNode } = await import('../src/node.ts')
    const { optionsFor } = await import('./support/three-partners.ts')
    copy.node = await openNode(optionsFor(old))
    await deliver(copy.node, lab.agreement)
    await copy.node.close()
    copy.node = await openNode(optionsFor(copy.folder))
    await expect(copy.node.agent.tick()).rejects.toMatchObject({ code: 'frozen' })
    expect(reasons()).toContain('own_chain_differs')
    expect(broker.entries.length).toBeGreaterThan(0)
  })

  it('is not frozen by a broker that is only slow, absent or badly behaved', async () => {
    const { broker } = lab
    broker.script.tamper = (_path, answer) => ({ ...answer, body: { unexpected: true } })
    await expect(gemeente().node.agent.tick()).rejects.toMatchObject({ code: 'broker_answer_invalid' })
    broker.script.tamper = (_path, answer) => ({ ...answer, status: 503, body: {} })
    await expect(gemeente().node.agent.tick()).rejects.toMatchObject({ code: 'broker_unreachable' })
    broker.script.tamper = undefined
    await gemeente().node.agent.tick()
    expect(reasons()).toStrictEqual([])
    expect(gemeente().node.views.status().broker.state).toBe('connected')
  })

  it('verifies its own copy offline, and sees a changed byte in it', async () => {
    const { openFolder } = await import('../src/open-folder.ts')
    const { optionsFor } = await import('./support/three-partners.ts')
    await gemeente().node.agent.tick()
    await lab.broker.stop()
    expect(gemeente().node.verifyLog()).toMatchObject({
      valid: true,
      problem: null,
      cosigned: { valid: true },
      quorum: { valid: true },
    })
    const opened = await openFolder(optionsFor(gemeente().folder))
    opened.store.db.$client
      .prepare('UPDATE log_entries SET envelope = replace(envelope, \'"sig":"\', \'"sig":"A\') WHERE idx = 4')
      .run()
    opened.store.close()
    expect(gemeente().node.verifyLog()).toMatchObject({ valid: false, size: 4 })
    await lab.broker.start()
  })
})
