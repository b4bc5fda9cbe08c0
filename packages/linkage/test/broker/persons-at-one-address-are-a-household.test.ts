import { describe, expect, it } from 'vitest'
import { noHousehold } from '../../src/broker.ts'
import { linkWords } from './persons.ts'
import type { WordExtract } from './tokens.ts'

/** Rows of citizen number and address; `-` for none. */
const lab = (party: string, ...rows: [string, string][]): WordExtract => ({
  party,
  says: true,
  keys: { B1: rows.map(([number]) => [number]), H1: rows.map(([, address]) => [address]) },
})

function householdsOf(extracts: WordExtract[], householdsFrom: string[]) {
  const { households, report } = linkWords(extracts, { householdsFrom }).linked
  if (!households) throw new Error('no households')
  return { of: [...households.of].map((number) => (number === noHousehold ? null : number)), report: report.households }
}

describe('persons at one address are a household', () => {
  it('joins those at one address, whichever party gave it, and never makes them one person', () => {
    const town = lab('town', ['v', 'dam 1'], ['w', 'dam 1'], ['x', 'dam 2'])
    const care = lab('care', ['-', 'dam 2'], ['y', 'kade 3'])
    expect(householdsOf([town, care], ['town', 'care'])).toStrictEqual({
      of: [0, 0, 1, 1, 2],
      report: {
        households: 3,
        personsWithoutAddress: 0,
        personsInInstitutions: 0,
        personsWithSeveralAddresses: 0,
      },
    })
  })

  it('believes the first party named, and the next one where the first has no address', () => {
    const town = lab('town', ['v', 'dam 1'], ['w', '-'])
    const care = lab('care', ['v', 'kade 3'], ['w', 'kade 3'])
    expect(householdsOf([town, care], ['town', 'care'])).toMatchObject({
      of: [0, 1],
      report: { personsWithSeveralAddresses: 1 },
    })
    expect(householdsOf([town, care], ['care', 'town']).of).toStrictEqual([0, 0])
    expect(householdsOf([town, care], ['town']).of).toStrictEqual([0, null])
  })

  it('gives nobody a household whose address nobody knows', () => {
    expect(householdsOf([lab('town', ['v', '-'], ['w', 'dam 1'])], ['town'])).toMatchObject({
      of: [null, 0],
      report: { households: 1, personsWithoutAddress: 1 },
    })
  })

  it('takes more than twelve persons at one address for an institution, each person counted once', () => {
    const residents = (count: number) => Array.from({ length: count }, (_, at): [string, string] => [`p${at}`, 'dam 1'])
    const twelve = [lab('town', ...residents(12)), lab('care', ...residents(12))]
    expect(householdsOf(twelve, ['town', 'care']).of).toStrictEqual(new Array(12).fill(0))
    const thirteen = [lab('town', ...residents(13))]
    expect(householdsOf(thirteen, ['town'])).toMatchObject({
      of: new Array(13).fill(null),
      report: { households: 0, personsInInstitutions: 13 },
    })
  })

  it('makes none unless asked', () => {
    expect(linkWords([lab('town', ['v', 'dam 1'])]).linked).toMatchObject({
      households: undefined,
      report: { households: null },
    })
  })
})
