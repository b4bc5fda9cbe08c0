import type { KeyPart, MatchKey, MatchKeyId } from '@kruispunt/contracts'
import { cryptoReady, toHex } from '@kruispunt/crypto'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { profileOf } from '../../src/node.ts'
import { slotsOf, standardKeys } from '../../src/recipe.ts'
import { jan, type MadeKey, type Row, tokensOf } from './rows.ts'

beforeAll(cryptoReady)

const pseudonymKey = new Uint8Array(32).fill(3)
const maker = createTokenMaker(pseudonymKey)
const token = (keyId: string, ...parts: readonly string[]) => toHex(maker.token(keyId, parts.join('\u001f')))
const made = (rows: readonly Row[], keys = standardKeys, threads = 1) => tokensOf(rows, keys, pseudonymKey, threads)
const home = '1234ab|5'

describe('keys are equal exactly when their parts are', () => {
  it('joins the parts that linkage.md names by U+001F', async () => {
    const found = await made([{ ...jan, bsn: 999996216, initials: 'J.P.' }])
    const born = '19800605'
    const expected: Record<string, readonly string[][]> = {
      B1: [['999996216']],
      N1: [['j', 'vries', born]],
      N2: [['jan', 'vries', born]],
      N3: [['j', 'frs', born, 'M']],
      N4: [['jn', 'frs', born]],
      N5: [['j', born, home]],
      N6: [['jan', 'vries', born]],
      N7: [['j', 'frs', '19800506', 'M', '1234']],
      N8: [['jan', 'vries', '1980', '06', '1234']],
      N9: [['jan', 'vries', '06', '05', home]],
      N10: [['jan', 'vries', '1980', home]],
      N11: [['jp', 'vries', `${home}|`, '1980']],
      N12: [['j', 'vries', '1980', '06', home]],
      N13: [['j', 'vries', '1980', '05', home]],
      N14: [['j', 'vries', '06', '05', home]],
      N15: [['vries', born, 'M', `${home}|`]],
      E1: ['vries', 'ries', 'vies', 'vres', 'vris', 'vrie'].map((name) => ['j', name, born, 'M']),
      E2: Array.from(born, (_, at) => ['j', 'vries', `${born.slice(0, at)}*${born.slice(at + 1)}`, 'M']),
      E3: ['vries', 'ries', 'vies', 'vres', 'vris', 'vrie'].map((name) => ['j', name, '1980', home]),
      E4: Array.from(born, (_, at) => ['j', 'vries', `${born.slice(0, at)}*${born.slice(at + 1)}`, home]),
      E5: [['jan', 'vries', `${home}|`]],
      E6: [['jp', 'vries', 'M', `${home}|`]],
      H1: [[`${home}|`]],
    }
    expect(Object.keys(expected)).toStrictEqual(standardKeys.map(({ id }) => id))
    for (const [keyId, values] of Object.entries(expected)) {
      const tokens = values.map((parts) => token(keyId, ...parts))
      const { slots, tokenCount } = found.get(keyId) ?? { slots: [], tokenCount: 0 }
      expect([keyId, tokenCount]).toStrictEqual([keyId, values.length])
      expect([keyId, slots[0]]).toStrictEqual([keyId, expect.arrayContaining(tokens)])
    }
  })
  it('finds swapped names under the same value', async () => {
    const keys = standardKeys.filter(({ id }) => id === 'N6')
    const rows: Row[] = [
      { ...jan, bsn: 999996216 },
      { ...jan, bsn: 999911235, givenNames: 'Vries', surname: 'Jan', initials: '' },
    ]
    const { slots } = (await made(rows, keys)).get('N6') ?? { slots: [] }
    expect(slots.map((row) => row.includes(token('N6', 'jan', 'vries', '19800605')))).toStrictEqual([true, true])
  })
  it('makes one value per surname, and none of a row that lacks a part', async () => {
    const rows: Row[] = [{ ...jan, surname: 'Bos - Kok', sex: '' }, {}, { birthDate: '00-00-1980', postcode: '1234AB' }]
    const found = await made(rows)
    expect(found.get('N1')?.slots[0]).toStrictEqual(
      expect.arrayContaining([token('N1', 'j', 'bos', '19800605'), token('N1', 'j', 'kok', '19800605')]),
    )
    for (const id of ['N3', 'N7', 'E1', 'E2', 'N15', 'B1'])
      expect([id, found.get(id)?.tokenCount]).toStrictEqual([id, 0])
    expect(found.get('N1')?.tokenCount).toBe(2)
  })
  it('agrees with a plain reading of the recipe, whatever the rows', async () => {
    const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values)
    const row: fc.Arbitrary<Row> = fc.record({
      bsn: pick(0, 999996216, 999911235),
      surname: pick('Vries', 'de Vries - Bos', 'Bos', 'Aa', ''),
      givenNames: pick('Jan', 'Piet Jan', ''),
      initials: pick('J', 'P.J.', ''),
      birthDate: pick('19800605', '2012', '12-01-1980', ''),
      sex: pick('M', 'V', ''),
      postcode: pick('1234AB', ''),
      houseNumber: pick('1', '1a'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (rows) => {
        const found = await made(rows)
        // One row a subject: whether rows merge is another file's claim.
        if (found.get('N1')?.slots.length !== rows.length) return
        for (const key of standardKeys) {
          const { slots, tokenCount } = found.get(key.id) as MadeKey
          const expected = rows.map((one) => plainValues(one, key).map((value) => token(key.id, value)))
          expected.forEach((tokens, at) => {
            if (tokens.length <= slotsOf(key)) expect(slots[at]).toStrictEqual(expect.arrayContaining(tokens))
          })
          const most = expected.reduce((sum, tokens) => sum + Math.min(tokens.length, slotsOf(key)), 0)
          expect([key.id, tokenCount]).toStrictEqual([key.id, most])
        }
      }),
      { numRuns: 60 },
    )
  })
})

/** The values of one row and key by the words of linkage.md §3, with strings and sets. */
function plainValues(row: Row, { parts }: MatchKey): string[] {
  const profile = profileOf('nl1')
  const person = profile.normalise(row, { callingNames: false })
  const { birthYear: y, birthMonth: m, birthDay: d } = person
  const date = y !== '' && m !== '' && d !== '' ? y + m + d : ''
  const readings: Record<KeyPart, readonly string[]> = {
    citizenNumber: [(row.bsn ?? 0) > 0 ? String(row.bsn) : ''],
    givenName: [person.givenName],
    givenNameSound: [profile.sound(person.givenName)],
    initial: person.firstInitials,
    allInitials: [person.initials],
    surname: person.surnames,
    surnameSound: person.surnames.map((name) => profile.sound(name)),
    namesSorted:
      person.givenName === '' ? [] : person.surnames.map((name) => [person.givenName, name].sort().join('\u001f')),
    surnameOneOut: person.surnames.flatMap((name) => [
      name,
      ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1)),
    ]),
    birthDate: [date],
    birthDateSorted: [date === '' ? '' : y + [m, d].sort().join('')],
    birthDateOneMasked: date === '' ? [] : Array.from(date, (_, at) => `${date.slice(0, at)}*${date.slice(at + 1)}`),
    birthYear: [y],
    birthMonth: [m],
    birthDay: [d],
    sex: [person.sex],
    postcodeArea: [person.postcodeArea],
    address: [person.address],
    addressWithoutSuffix: [person.addressWithoutSuffix],
    street: [person.street],
    place: [person.place],
  }
  let values: string[][] = [[]]
  for (const part of parts) {
    const known = readings[part].filter((value) => value !== '')
    values = values.flatMap((value) => known.map((one) => [...value, one]))
  }
  return [...new Set(values.map((value) => value.join('\u001f')))]
}

describe('what travels does not show who has more', () => {
  it('sends as many tokens for everybody, a number that follows from the key alone', async () => {
    const rows: Row[] = [jan, { surname: 'Bos - Kok' }, {}]
    const found = await made(rows)
    for (const key of standardKeys) {
      const slots = found.get(key.id)?.slots ?? []
      expect(slots.map(({ length }) => length)).toStrictEqual(rows.map(() => slotsOf(key)))
      expect(slotsOf(key)).toBeGreaterThanOrEqual(1)
      expect(slotsOf(key)).toBeLessThanOrEqual(12)
    }
  })
  it('fills with other bytes each time, and puts tokens at any place among them', async () => {
    const keys = standardKeys.filter(({ id }) => id === 'N2')
    const places = new Set<number>()
    const seen = new Set<string>()
    for (let run = 0; run < 40; run++) {
      const [slots] = (await made([jan], keys)).get('N2')?.slots ?? [[]]
      places.add(slots?.indexOf(token('N2', 'jan', 'vries', '19800605')) ?? -1)
      for (const slot of slots ?? []) seen.add(slot)
    }
    expect([...places].sort()).toStrictEqual([0, 1])
    expect(seen.size).toBe(41)
  })
  it('keeps the same values of who has too many, whatever the order of the rows', async () => {
    const number = 999996216
    const names = ['Vries', 'Bos', 'Kok', 'Smit', 'Mulder']
    const rows = names.map((surname): Row => ({ ...jan, bsn: number, surname }))
    const keys = standardKeys.filter(({ id }) => id === 'N2')
    const values = names.map((name) => token('N2', 'jan', name.toLowerCase(), '19800605'))
    const kept = async (list: readonly Row[]) => {
      const { slots, cut } = (await made(list, keys)).get('N2') ?? { slots: [], cut: 0 }
      expect(cut).toBe(1)
      return values.filter((value) => slots[0]?.includes(value))
    }
    const first = await kept(rows)
    expect(first).toHaveLength(2)
    expect(await kept(rows.toReversed())).toStrictEqual(first)
    expect(await kept([...rows, ...rows.slice(2)])).toStrictEqual(first)
  })
  it('makes the same tokens on several threads', async () => {
    const rows = Array.from(
      { length: 31 },
      (_, at): Row => ({ ...jan, birthDate: `19800${1 + (at % 9)}${10 + (at % 19)}` }),
    )
    const [one, three] = [await made(rows), await made(rows, standardKeys, 3)]
    for (const { id } of standardKeys) {
      const both = (one.get(id)?.slots ?? []).flatMap((slots, at) =>
        slots.filter((slot) => three.get(id)?.slots[at]?.includes(slot)),
      )
      expect([id, both.length]).toStrictEqual([id, one.get(id)?.tokenCount])
    }
  })
})

describe('refusals', () => {
  const key = (id: string, ...parts: KeyPart[]): MatchKey => ({ id: id as MatchKeyId, parts })
  it.each([
    ['key_malformed', [key('X1', 'citizenNumber', 'sex')], 1],
    ['threads_malformed', standardKeys, 0],
    ['threads_malformed', standardKeys, 1.5],
  ] as const)('%s', async (code, keys, threads) => {
    await expect(made([jan], keys, threads)).rejects.toThrow(expect.objectContaining({ code }))
  })
})
