import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toHex } from '@kruispunt/crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { ceremonies } from '../src/db/schema.ts'
import { openFolder } from '../src/open-folder.ts'
import { type Lab, optionsFor, startKeyedLab, startSignedLab } from './support/three-partners.ts'

let lab: Lab | undefined
afterEach(async () => {
  await lab?.end()
  lab = undefined
})

describe('partners agree on a key that nobody else knows', () => {
  it('ends with the same key at all three nodes, and nothing left of what made it', async () => {
    const keyed = await startKeyedLab()
    lab = keyed
    const keys = keyed.all.map(({ node }) => toHex(node.deliveries.pseudonymKey(keyed.agreement, 1)))
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
    for (const { folder } of keyed.all) {
      const opened = await openFolder(optionsFor(folder))
      const rows = opened.store.db.select().from(ceremonies).all()
      expect(rows).toMatchObject([{ agreed: true, wrappedSecrets: null, wrappedKeys: null }])
      expect(opened.settings.get('shredDue')).toStrictEqual([])
      expect(opened.settings.get('vaultGeneration')).toBe(2)
      opened.store.close()
      // Neither as bytes nor as text: not in the database, its log, or a key file.
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) {
          const bytes = readFileSync(join(entry.parentPath, entry.name))
          expect(bytes.includes(keys[0] ?? '')).toBe(false)
          expect(bytes.includes(Buffer.from(keys[0] ?? '', 'hex'))).toBe(false)
        }
    }
  })
  it('does not begin before a quorum has cosigned the signatures', async () => {
    const signed = await startSignedLab()
    lab = signed
    const [gemeente] = signed.all
    await signed.tickAll(gemeente === undefined ? [] : [gemeente])
    expect(gemeente?.node.views.ceremonies()[0]?.status).toBe('not-started')
  })
})
