import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evidence } from '../src/db/schema.ts'
import { openFolder } from '../src/open-folder.ts'
import { deliver } from './support/deliver.ts'
import { officer, optionsFor, type Partner, passphraseOf, startKeyedLab } from './support/three-partners.ts'

type KeyedLab = Awaited<ReturnType<typeof startKeyedLab>>
let lab: KeyedLab
const stateOf = ({ node }: Partner) => node.views.status().broker.state
const tickQuietly = async () => {
  for (const { node } of lab.all) await node.agent.tick().catch(() => undefined)
}
const sign = async (party: string, size: number, code: string) => {
  const { node } = lab.partner(party)
  return node.recovery.sign({ officer, passphrase: passphraseOf(party), size, code, reason: 'schakelpunt hersteld' })
}

beforeAll(async () => {
  lab = await startKeyedLab()
}, 120_000)
afterAll(() => lab.end())

describe('nodes that stopped go on from where officers say, and no earlier', () => {
  it('when the broker lost the end of its log: one party is not enough, two of three are', async () => {
    for (const { node } of lab.all) await deliver(node, lab.agreement)
    await lab.tickAll()
    const keep = lab.broker.entries.length - 1
    lab.broker.rewind(keep)
    await tickQuietly()
    expect(lab.all.map(stateOf)).toEqual(['frozen', 'frozen', 'frozen'])

    const shown = await lab.partner('gemeente').node.recovery.show()
    expect(shown).toMatchObject({ needed: 2, isSame: true, offered: { size: keep } })
    await expect(sign('gemeente', keep, shown.own.code)).rejects.toMatchObject({ code: 'short_code_wrong' })
    await sign('gemeente', keep, shown.offered.code)
    await tickQuietly()
    expect(lab.all.map(stateOf)).toEqual(['frozen', 'frozen', 'frozen'])
    await sign('politie', keep, shown.offered.code)
    await expect(sign('politie', keep, shown.offered.code)).rejects.toMatchObject({ code: 'already_decided' })
    for (let round = 0; round < 4; round += 1) await tickQuietly()
    expect(lab.all.map(stateOf)).toEqual(['connected', 'connected', 'connected'])
    // What the broker had lost is said again by the node it was of, and everybody has one log.
    expect(new Set(lab.all.map(({ node }) => node.views.status().log.size)).size).toBe(1)
    const kinds = lab.broker.entries.map(({ payload }) => JSON.parse(Buffer.from(payload, 'base64').toString()).kind)
    expect(kinds.filter((kind) => kind === 'extract')).toHaveLength(3)
    for (const partner of lab.all) {
      expect(partner.node.verifyLog()).toMatchObject({ valid: true })
      const opened = await openFolder(optionsFor(partner.folder))
      // The evidence stays.
      const kept = opened.store.db.select().from(evidence).all()
      expect(kept[0]).toMatchObject({ reason: 'log_shrunk' })
      expect(kept.every(({ resolvedAt }) => resolvedAt !== null)).toBe(true)
      opened.store.close()
    }
  }, 120_000)

  it('and what was signed for one contradiction does not end the next', async () => {
    lab.broker.rewind(lab.broker.entries.length - 1)
    for (let round = 0; round < 3; round += 1) await tickQuietly()
    expect(lab.all.map(stateOf)).toEqual(['frozen', 'frozen', 'frozen'])
    await Promise.all(lab.all.map((partner) => partner.reopen()))
    await tickQuietly()
    expect(lab.all.map(stateOf)).toEqual(['frozen', 'frozen', 'frozen'])
  }, 120_000)
})

describe('a node that was put back from a backup', () => {
  it('signs and cosigns nothing until its peers have vouched for the log', async () => {
    const other = await startKeyedLab()
    const put = other.partner('woonzorg')
    try {
      const saved = join(put.folder, '..', 'saved.db')
      await put.node.backup(saved)
      await deliver(put.node, other.agreement)
      await put.node.close()
      for (const end of ['-wal', '-shm']) rmSync(join(put.folder, `node.db${end}`), { force: true })
      copyFileSync(saved, join(put.folder, 'node.db'))
      await put.reopen()
      const cosigned = other.broker.script.cosignatures
      await expect(put.node.agent.tick()).rejects.toMatchObject({ code: 'frozen' })
      // The log holds what it signed, and it does not know: only its operator can say why.
      put.node.recovery.restored()
      await expect(put.node.agent.tick()).rejects.toMatchObject({ code: 'catching_up' })
      expect(other.broker.script.cosignatures).toBe(cosigned)
      const peers = other.all.filter((partner) => partner !== put)
      await other.tickAll(peers)
      await put.node.agent.tick()
      expect(put.node.views.status().broker.state).toBe('connected')
      expect(put.node.verifyLog()).toMatchObject({ valid: true })
    } finally {
      await other.end()
    }
  }, 120_000)
})
