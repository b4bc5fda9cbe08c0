import { cryptoReady, randomBytes, shuffledOrder } from '@kruispunt/crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createIdentifierStore, createTokenColumns, type TokenColumns } from '../../src/node.ts'
import { standardKeys } from '../../src/recipe.ts'
import { jan, type Row, storeOf, subjectsOf, tokensOf } from './rows.ts'

beforeAll(cryptoReady)

const a = 999996216
const b = 999911235

function columnsOf(rows: readonly Row[], ids: readonly string[]): TokenColumns {
  const identifiers = storeOf(rows)
  const subjects = subjectsOf(rows, identifiers)
  const keys = standardKeys.filter(({ id }) => ids.includes(id))
  const order = shuffledOrder(subjects.subjects)
  return createTokenColumns({ subjects, identifiers, keys, order, pseudonymKey: randomBytes(32) })
}

async function preflightOf(rows: readonly Row[], ids: readonly string[]) {
  const columns = columnsOf(rows, ids)
  for (const { id } of columns.keys) await columns.column(id)
  const report = columns.preflight()
  await columns.erase()
  return report
}

describe('counts are known before anything leaves', () => {
  it('counts rows, subjects, usable fields and numbers', async () => {
    const rows: Row[] = [
      { ...jan, bsn: a },
      { ...jan, bsn: a, sex: '?' },
      { ...jan, bsn: b },
      { birthDate: '00-00-1980' },
    ]
    const report = await preflightOf(rows, ['B1', 'N1'])
    expect(report).toMatchObject({ rows: 4, subjects: 3, merged: 1, keptApart: 3, bsn: { valid: 3, empty: 1 } })
    expect(report.completeness).toStrictEqual({
      surname: 3,
      givenName: 3,
      initials: 3,
      birthDate: 3,
      birthYear: 4,
      sex: 2,
      postcodeArea: 3,
      address: 3,
    })
  })
  it('counts subjects by how many keys of persons they have, the household not among them', async () => {
    const ids = ['B1', 'N1', 'N2', 'N5', 'H1']
    const { surname: _, ...nameless } = jan
    const report = await preflightOf([jan, { ...nameless, birthDate: '19990101' }, { bsn: b }, {}], ids)
    expect(report.subjectsWithKeys).toStrictEqual({ atLeast1: 3, atLeast3: 1, atLeast8: 0 })
    expect(report.keys.map(({ keyId, withValue }) => [keyId, withValue])).toStrictEqual([
      ['B1', 1],
      ['N1', 1],
      ['N2', 1],
      ['N5', 2],
      ['H1', 2],
    ])
  })
  it('counts a key once, however often its column is made', async () => {
    const columns = columnsOf([jan], ['N1', 'N2', 'N3'])
    for (const { id } of [...columns.keys, ...columns.keys]) await columns.column(id)
    expect(columns.preflight().subjectsWithKeys).toStrictEqual({ atLeast1: 1, atLeast3: 1, atLeast8: 0 })
    await columns.erase()
  })
  it('counts the values that two subjects hold, which will link nobody', async () => {
    const twins: Row[] = ['Jan', 'Job'].map((givenNames) => ({ ...jan, givenNames, initials: '' }))
    const { keys } = await preflightOf([...twins, { ...jan, surname: 'Bos', birthDate: '20010101' }], ['N1', 'N2'])
    expect(
      keys.map(({ keyId, values, different, void: shared }) => ({ keyId, values, different, shared })),
    ).toStrictEqual([
      { keyId: 'N1', values: 3, different: 2, shared: 1 },
      { keyId: 'N2', values: 3, different: 3, shared: 0 },
    ])
  })
  it('agrees with counting tokens in sets, whatever the rows', async () => {
    const row: fc.Arbitrary<Row> = fc.record({
      bsn: fc.constantFrom(0, a, b, 100_000_009, 100_000_010),
      surname: fc.constantFrom('Vries', 'Bos - Vries', 'Kok'),
      givenNames: fc.constantFrom('Jan', 'Jaap', 'Piet'),
      birthDate: fc.constantFrom('19800605', '19800606'),
      postcode: fc.constantFrom('1234AB', ''),
      houseNumber: fc.constant('1'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
        const made = await tokensOf(rows, standardKeys, randomBytes(32), 1)
        for (const { slots, different, shared } of made.values()) {
          const held = new Map<string, number>()
          for (const slot of slots.flat()) held.set(slot, (held.get(slot) ?? 0) + 1)
          // Filling is never held twice, so what is shared can be counted without knowing which slot is filling.
          expect([...held.values()].filter((count) => count > 1)).toHaveLength(shared)
          expect(different).toBeLessThanOrEqual(held.size)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('refusals and endings', () => {
  const code = (value: string) => expect.objectContaining({ code: value })
  it('refuses batches and extracts whose columns differ in length', () => {
    const store = createIdentifierStore({ profile: 'nl1', callingNames: false })
    expect(() => store.add(2, { surname: ['Bos'] })).toThrow(code('columns_differ_in_length'))
    expect(store.rows).toBe(0)
    expect(() => subjectsOf([jan, jan], storeOf([jan]))).toThrow(code('columns_differ_in_length'))
  })
  it('refuses keys of names where only numbers were read, and keys that nobody asked for', async () => {
    const input = { identifiers: null, order: Uint32Array.of(0), pseudonymKey: randomBytes(32) }
    const subjects = subjectsOf([{ bsn: a }], null)
    expect(() => createTokenColumns({ ...input, subjects, keys: standardKeys })).toThrow(code('identifiers_missing'))
    const columns = createTokenColumns({ ...input, subjects, keys: standardKeys.slice(0, 1) })
    await expect(columns.column('N1' as never)).rejects.toThrow(code('unknown_key'))
    await expect(columns.column('B1' as never)).resolves.toMatchObject({ slots: 1 })
    await columns.erase()
  })
  it('makes nothing any more after erasing, on one thread or more, and keeps no name in the store', async () => {
    const identifiers = storeOf([jan])
    const subjects = subjectsOf([jan], identifiers)
    for (const threads of [1, 2]) {
      const keys = standardKeys.filter(({ id }) => id === 'N1')
      const pseudonymKey = randomBytes(32)
      const columns = createTokenColumns({
        subjects,
        identifiers,
        keys,
        order: Uint32Array.of(0),
        pseudonymKey,
        threads,
      })
      const late = columns.column('N1' as never)
      await columns.erase()
      await expect(late).rejects.toThrow(code('erased'))
      await expect(columns.column('N1' as never)).rejects.toThrow(code('erased'))
    }
    const { bytes } = identifiers.columns.words
    expect(Buffer.from(bytes).includes('vries')).toBe(true)
    identifiers.erase()
    expect(bytes.every((byte) => byte === 0)).toBe(true)
  })
  it('reads rows that come after subjects were made', () => {
    const store = storeOf([jan])
    expect(subjectsOf([jan], store).subjects).toBe(1)
    store.add(1, { surname: ['Bos'], givenNames: ['Jan'], birthDate: ['19800605'] })
    expect(subjectsOf([jan, {}], store).subjects).toBe(2)
  })
})
