import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cryptoReady, randomBytes } from '@kruispunt/crypto'
import { createIdentifierStore } from '@kruispunt/linkage/node'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recipe } from '../../../../infra/demo/agreement/datasets.ts'
import { practiceAgreement } from '../../../../infra/demo/agreement/document.ts'
import { datasetSpecOf } from '../../src/delivery/dataset-spec.ts'
import { plainTables } from '../../src/delivery/plain-columns.ts'
import { sealColumnToFile } from '../../src/delivery/seal-column.ts'

const folder = mkdtempSync(join(tmpdir(), 'kruispunt-plaintext-'))
const isErased = (bytes: Uint8Array) => bytes.every((byte) => byte === 0)

beforeAll(() => cryptoReady())
afterAll(() => rmSync(folder, { recursive: true }))

describe('plaintext does not outlive its use', () => {
  it('a column is erased when it is on the disk, and the file holds none of it', async () => {
    const plaintext = new Uint8Array(3_000_000).fill(7)
    const path = join(folder, 'column')
    const { bytes } = await sealColumnToFile(path, plaintext, randomBytes(32), randomBytes(32))
    expect(isErased(plaintext)).toBe(true)
    const written = readFileSync(path)
    expect(written.length).toBe(bytes)
    expect(written.includes(Buffer.alloc(16, 7))).toBe(false)
  })

  it('a column is erased when it cannot be written', async () => {
    const plaintext = new Uint8Array(100).fill(7)
    const path = join(folder, 'no-such-folder', 'column')
    await expect(sealColumnToFile(path, plaintext, randomBytes(32), randomBytes(32))).rejects.toThrow()
    expect(isErased(plaintext)).toBe(true)
  })

  it('after erasing, tables can no longer make a token of anybody', async () => {
    const dataset = practiceAgreement('praktijk', new Date('2026-01-01T00:00:00.000Z')).datasets.find(
      ({ party }) => party === 'gemeente',
    )
    if (dataset === undefined) throw new Error('no dataset')
    const key = randomBytes(32)
    const codes = Object.fromEntries(dataset.dimensions.map(({ id }) => [id, Uint16Array.of(1, 1)]))
    const table = { rows: 2, bsn: Int32Array.of(999_996_216, 999_911_235), codes, amounts: {} }
    const identifiers = createIdentifierStore(recipe)
    identifiers.add(2, { surname: ['Berg', 'Vries'], initials: ['A.', 'B.'], birthDate: ['19800102', '19900304'] })
    const made = { dataset, recipe, spec: datasetSpecOf(dataset) }
    const tables = await plainTables(made, { table, identifiers }, key, async () => null)
    const tokens = async (name: string) =>
      Buffer.from((await tables.columns.find((one) => one.name === name)?.bytes()) ?? [])
    const token = Buffer.from(createTokenMaker(key).token('B1', '999996216'))
    expect((await tokens('token:B1')).includes(token)).toBe(true)
    expect(
      (await tokens('token:N1')).includes(Buffer.from(createTokenMaker(key).token('N1', 'a\u001fberg\u001f19800102'))),
    ).toBe(true)
    await tables.erase()
    await expect(tokens('token:B1')).rejects.toThrow(expect.objectContaining({ code: 'erased' }))
    await expect(tokens('token:N1')).rejects.toThrow(expect.objectContaining({ code: 'erased' }))
  })
})
