import { describe, expect, it } from 'vitest'
import { generateRegion, partners } from '../src/index.ts'
import { bytesOf, formats, passesElevenTest, rowsOf } from './reading.ts'

describe('the same seed gives the same region', () => {
  it('byte for byte, and another seed another one', () => {
    const [one, again, other] = [5, 5, 6].map((seed) => generateRegion({ seed, residents: 700 }))
    for (const partner of partners) {
      const bytes = bytesOf(one as typeof again & object, partner)
      expect(bytesOf(again as typeof one & object, partner)).toStrictEqual(bytes)
      expect(bytesOf(one as typeof again & object, partner)).toStrictEqual(bytes)
      expect(bytesOf(other as typeof one & object, partner)).not.toStrictEqual(bytes)
    }
  })

  it.each(['residents_malformed', 'seed_malformed'])('refuses with %s', (code) => {
    const wrong = code === 'seed_malformed' ? { seed: -1, residents: 10 } : { seed: 1, residents: 8_000_001 }
    expect(() => generateRegion(wrong)).toThrow(expect.objectContaining({ code }))
  })
})

describe('the truth is known', () => {
  const region = generateRegion({ seed: 9, residents: 4000 })

  it('names the person of every row', () => {
    for (const partner of partners) {
      const rows = rowsOf(bytesOf(region, partner), partner)
      const truth = region.personOfRows(partner)
      expect(truth).toHaveLength(rows.length)
      const column = formats[partner].number
      if (column === '') continue
      const held = rows.flatMap((row, at) =>
        row[column] === '' ? [] : [{ number: row[column], id: truth[at] as number }],
      )
      const right = held.filter(({ number, id }) => region.people.at(id).citizenNumber === number)
      expect(right.length / held.length).toBeGreaterThan(0.97)
    }
  })

  it('has every resident once in the municipality, and nobody from elsewhere', () => {
    const rows = region.personOfRows('gemeente').toSorted()
    expect(rows).toStrictEqual(Uint32Array.from({ length: 4000 }, (_, id) => id))
    expect(region.people.at(4000).isResident).toBe(false)
  })

  it('puts households at one address', () => {
    const addressOf = new Map<number, unknown>()
    for (let id = 0; id < region.people.count; id++) {
      const { household, address } = region.people.at(id)
      expect(addressOf.get(household) ?? address).toStrictEqual(address)
      addressOf.set(household, address)
    }
    expect(addressOf.size).toBe(region.people.households)
  })
})

describe('citizen numbers are invented', () => {
  it.each([
    ['a small region stays in the range that is never issued', 8500, /^9999\d{5}$/],
    ['a large one takes numbers from 900000000 up', 20_000, /^900\d{6}$/],
  ])('%s', (_, residents, range) => {
    const { people } = generateRegion({ seed: 2, residents })
    const numbers = Array.from({ length: people.count }, (_unused, id) => people.at(id).citizenNumber)
    expect(new Set(numbers).size).toBe(people.count)
    expect(numbers.every((number) => range.test(number) && passesElevenTest(number))).toBe(true)
  })
})
