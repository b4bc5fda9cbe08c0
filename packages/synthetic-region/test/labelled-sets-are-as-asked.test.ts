import { describe, expect, it } from 'vitest'
import { generateLabelledSet, type LabelledPartner, labelledPreset, labelledPresets } from '../src/index.ts'

const rowsOf = ({ csv, delimiter }: { csv: string; delimiter: string }): Record<string, string>[] => {
  const [header = '', ...lines] = csv.trimEnd().split('\n')
  const names = header.split(delimiter)
  return lines.map((line) => Object.fromEntries(line.split(delimiter).map((value, at) => [names[at], value])))
}
const right: LabelledPartner = {
  name: 'right',
  coverage: 1,
  columns: ['citizenNumber', 'givenNames', 'surnamePrefix', 'surname', 'birthDate', 'sex', 'postcode', 'houseNumber'],
  errors: {},
}
const one = (partner: LabelledPartner, population: 'dutch' | 'english' = 'dutch', persons = 2000) => {
  const [file] = generateLabelledSet({ seed: 5, persons, population, partners: [partner] })
  if (file === undefined) throw new Error('no file')
  return { file, rows: rowsOf(file) }
}
const share = <T>(list: readonly T[], holds: (item: T) => boolean): number => list.filter(holds).length / list.length

describe.each(labelledPresets.map((name) => [name] as const))('the set %s', (name) => {
  const make = (seed: number) => generateLabelledSet({ seed, persons: 400, ...labelledPreset(name) })

  it('is the same for the same seed and another for another', () => {
    expect(make(3)).toStrictEqual(make(3))
    expect(make(4)[0]?.csv).not.toBe(make(3)[0]?.csv)
  })

  it('tells the person of every row, in the column id and beside the file', () => {
    for (const file of make(3)) {
      expect(rowsOf(file).map((row) => Number(row['id']))).toStrictEqual([...file.personOfRows])
      expect(file.personOfRows.length).toBeGreaterThan(20)
    }
  })

  it('has as many fields in every row as its header', () => {
    for (const { csv, delimiter } of make(3)) {
      const widths = new Set(
        csv
          .trimEnd()
          .split('\n')
          .map((line) => line.split(delimiter).length),
      )
      expect(widths.size).toBe(1)
    }
  })
})

describe('a partner without errors', () => {
  it('knows everybody once, the same whoever else takes part', () => {
    const both = generateLabelledSet({
      seed: 5,
      persons: 300,
      population: 'dutch',
      partners: [right, { ...right, name: 'other' }],
    })
    const [first, second] = both.map((file) => rowsOf(file))
    const byId = new Map(second?.map((row) => [row['id'], row]))
    expect(first).toHaveLength(300)
    for (const row of first ?? []) {
      const twin = byId.get(row['id'])
      expect(twin?.['achternaam']).toBe(row['achternaam'])
      expect(twin?.['bsn']).toBe(row['bsn'])
    }
  })

  it('holds families at one address, twins, and people born on 1 January', () => {
    const { rows } = one(right)
    const doors = Map.groupBy(rows, (row) => `${row['postcode']} ${row['huisnummer']}`)
    expect([...doors.values()].filter((door) => door.length > 2).length).toBeGreaterThan(50)
    const twins = [...doors.values()].filter(
      (door) => new Set(door.map((row) => row['achternaam'] + (row['geboortedatum'] ?? ''))).size < door.length,
    )
    expect(twins.length).toBeGreaterThan(2)
    expect(share(rows, (row) => /-01-01$|^01-01-|0101$/.test(row['geboortedatum'] ?? ''))).toBeGreaterThan(0.01)
    expect(Math.max(...[...doors.values()].map((door) => door.length))).toBeGreaterThan(12)
  })
})

describe('errors come at the rate asked for', () => {
  it.each([
    ['voornamen', { nameTypo: 0.2 }, 0.19],
    ['achternaam', { nameTypo: 0.2 }, 0.19],
    ['geboortedatum', { dateDigit: 0.2 }, 0.2],
    ['bsn', { numberDigit: 0.1 }, 0.1],
    ['postcode', { moved: 0.3 }, 0.3],
    ['voornamen', { callingName: 1 }, 0.06],
  ] as const)('%s with %j', (column, errors, expected) => {
    const truth = new Map(one(right).rows.map((row) => [row['id'], row[column]]))
    const { rows } = one({ ...right, errors })
    const wrong = share(rows, (row) => row[column] !== truth.get(row['id']))
    expect(Math.abs(wrong - expected)).toBeLessThan(0.05)
  })

  it('leaves fields empty, and knows as many people and rows as it says', () => {
    const { rows } = one({ ...right, coverage: 0.5, anotherRow: 0.2, mostRows: 3, errors: { missing: { sex: 0.4 } } })
    expect(Math.abs(share(rows, (row) => row['geslacht'] === '') - 0.4)).toBeLessThan(0.05)
    const persons = new Set(rows.map((row) => row['id'])).size
    expect(Math.abs(persons / 2000 - 0.5)).toBeLessThan(0.05)
    expect(Math.abs(rows.length / persons - 1.24)).toBeLessThan(0.05)
  })

  it('writes English people with postcodes of four digits', () => {
    const { rows } = one({ ...right, columns: ['givenNames', 'surname', 'postcode', 'street'] }, 'english', 300)
    for (const row of rows) expect(row['postcode']).toMatch(/^[1-9]\d{3}$/)
  })

  it.each([-0.1, 1.1, Number.NaN])('refuses a share of %s', (bad) => {
    expect(() => one({ ...right, errors: { moved: bad } })).toThrow(expect.objectContaining({ code: 'rate_malformed' }))
    expect(() => one({ ...right, errors: { missing: { sex: bad } } })).toThrow(
      expect.objectContaining({ code: 'rate_malformed' }),
    )
  })
})
