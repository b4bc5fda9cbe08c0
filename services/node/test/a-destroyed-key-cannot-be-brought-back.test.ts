import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgreementId, Dataset, ExtractId } from '@kruispunt/contracts'
import { cryptoReady, toHex } from '@kruispunt/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createExtractStore } from '../src/extracts/extract-store.ts'
import { type FolderOptions, initialise, openFolder } from '../src/open-folder.ts'

const agreement = 'a'.repeat(64) as AgreementId
const other = 'b'.repeat(64) as AgreementId
let folder: string
beforeEach(async () => {
  await cryptoReady()
  folder = mkdtempSync(join(tmpdir(), 'kruispunt-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const options = (changes: Partial<FolderOptions> = {}): FolderOptions => ({
  folder,
  clock: Date.now,
  random: () => 0.5,
  ...changes,
})

async function open(changes: Partial<FolderOptions> = {}) {
  const opened = await openFolder(options(changes))
  const { onDurableStep = () => undefined } = changes
  const { store, keyStore, paths } = opened
  const extracts = createExtractStore({ store, keyStore, columnsFolder: paths.columns, clock: Date.now, onDurableStep })
  const make = (of: AgreementId) =>
    extracts.create({ agreement: of, epoch: 1, dataset: 'wmo' as Dataset['id'], period: '2026-03' })
  return { ...opened, extracts, make }
}

/** Every file of the node, as it lies on the disk. */
function bytesOnDisk(): Buffer {
  const files: Buffer[] = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) files.push(readFileSync(join(entry.parentPath, entry.name)))
  return Buffer.concat(files)
}
const wrapOf = (opened: Awaited<ReturnType<typeof open>>, extractId: ExtractId): string =>
  (
    opened.store.db.$client.prepare('SELECT wrapped_root AS w FROM extracts WHERE extract_id = ?').get(extractId) as {
      w: string
    }
  ).w

describe('a destroyed key cannot be brought back', () => {
  it('keeps the keys of other extracts, and leaves no wrap of the destroyed one in any file', async () => {
    initialise(options())
    const opened = await open()
    const [gone, kept, elsewhere] = [opened.make(agreement), opened.make(agreement), opened.make(other)]
    const wrapped = JSON.parse(wrapOf(opened, gone.extractId)) as { boxHex: string }
    expect(bytesOnDisk().includes(wrapped.boxHex)).toBe(true)
    opened.keyStore.destroyExtractKeys(agreement, [gone.extractId])
    expect(opened.extracts.get(gone.extractId).keyPresent).toBe(false)
    expect(() => opened.extracts.root(gone.extractId)).toThrow(expect.objectContaining({ code: 'extract_unknown' }))
    expect(toHex(opened.extracts.root(kept.extractId))).toBe(toHex(kept.extractRoot))
    expect(toHex(opened.extracts.root(elsewhere.extractId))).toBe(toHex(elsewhere.extractRoot))
    expect(bytesOnDisk().includes(wrapped.boxHex)).toBe(false)
    opened.store.close()
  })

  it('does not open from a copy of the database made before, with all that is left of the node', async () => {
    initialise(options())
    const opened = await open()
    const { extractId } = opened.make(agreement)
    const copy = join(folder, '..', `${agreement.slice(0, 8)}-${process.pid}.db`)
    await opened.store.copyTo(copy)
    opened.keyStore.destroyExtractKeys(agreement, [extractId])
    opened.store.close()
    for (const name of ['node.db', 'node.db-wal', 'node.db-shm']) rmSync(join(folder, name), { force: true })
    copyFileSync(copy, join(folder, 'node.db'))
    rmSync(copy)
    const restored = await open()
    expect(restored.extracts.get(extractId).keyPresent).toBe(true)
    expect(() => restored.extracts.root(extractId)).toThrow(expect.objectContaining({ code: 'not_initialised' }))
    // Even with the file of today's vault under the old name.
    const [vault = ''] = readdirSync(join(folder, 'keys')).filter((name) => name.startsWith('vault-'))
    writeFileSync(join(folder, 'keys', 'vault-1.json'), readFileSync(join(folder, 'keys', vault)), { mode: 0o600 })
    expect(() => restored.extracts.root(extractId)).toThrow(expect.objectContaining({ code: 'open_failed' }))
    restored.store.close()
  })

  it.each(['vault-written', 'keys-rewrapped'] as const)(
    'loses no other key when it stops at %s, and ends with one vault',
    async (step) => {
      initialise(options())
      const before = await open()
      const [gone, kept] = [before.make(agreement), before.make(other)]
      before.store.close()
      const dying = await open({
        onDurableStep: (at) => {
          if (at === step) throw new Error('stopped')
        },
      })
      expect(() => dying.keyStore.destroyExtractKeys(agreement, [gone.extractId])).toThrow('stopped')
      dying.store.close()
      const after = await open()
      expect(after.settings.get('shredDue')).toStrictEqual(step === 'vault-written' ? [agreement] : [])
      after.keyStore.shred(after.settings.get('shredDue') ?? [])
      expect(after.extracts.get(gone.extractId).keyPresent).toBe(false)
      expect(toHex(after.extracts.root(kept.extractId))).toBe(toHex(kept.extractRoot))
      expect(readdirSync(join(folder, 'keys')).filter((name) => name.startsWith('vault-'))).toHaveLength(1)
      after.store.close()
    },
  )

  it('sees at once what another process of the node destroyed', async () => {
    initialise(options())
    const [serving, command] = [await open(), await open()]
    const [gone, kept] = [serving.make(agreement), serving.make(agreement)]
    command.keyStore.destroyExtractKeys(agreement, [gone.extractId])
    expect(() => serving.extracts.root(gone.extractId)).toThrow(expect.objectContaining({ code: 'extract_unknown' }))
    expect(toHex(serving.extracts.root(kept.extractId))).toBe(toHex(kept.extractRoot))
    serving.store.close()
    command.store.close()
  })

  it('opens with the passphrase of the node only, where one is set, and writes no secret in plain', async () => {
    initialise(options({ passphrase: 'wachtwoord van het knooppunt' }))
    const opened = await open({ passphrase: 'wachtwoord van het knooppunt' })
    const { extractId, extractRoot } = opened.make(agreement)
    opened.store.close()
    expect(bytesOnDisk().includes(Buffer.from(extractRoot))).toBe(false)
    expect(bytesOnDisk().includes(toHex(extractRoot))).toBe(false)
    await expect(openFolder(options())).rejects.toMatchObject({ code: 'key_store_locked' })
    await expect(openFolder(options({ passphrase: 'een ander wachtwoord' }))).rejects.toMatchObject({
      code: 'key_store_locked',
    })
    const again = await open({ passphrase: 'wachtwoord van het knooppunt' })
    expect(toHex(again.extracts.root(extractId))).toBe(toHex(extractRoot))
    again.store.close()
  })

  it('refuses key files that others can read', async () => {
    initialise(options())
    const { chmodSync } = await import('node:fs')
    chmodSync(join(folder, 'keys', 'identity.json'), 0o644)
    await expect(openFolder(options())).rejects.toMatchObject({ code: 'folder_insecure' })
    expect(existsSync(join(folder, 'node.db'))).toBe(true)
  })
})
