import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LinkRules } from '../../src/broker.ts'
import { linkNaively } from './naive-linkage.ts'
import { linkWords } from './persons.ts'
import type { WordExtract } from './tokens.ts'

const word = fc.constantFrom('-', 'p', 'q', 'r', 's', 't')
const extractOf = (party: string): fc.Arbitrary<WordExtract> =>
  fc
    .record({
      says: fc.boolean(),
      rows: fc.array(fc.record({ b1: word, n1: fc.tuple(word, word), n2: word, n3: word, h1: word }), {
        minLength: 1,
        maxLength: 5,
      }),
    })
    .map(({ says, rows }) => ({
      party,
      says,
      keys: {
        B1: rows.map((row) => [row.b1]),
        N1: rows.map((row) => [...row.n1]),
        N2: rows.map((row) => [row.n2]),
        N3: rows.map((row) => [row.n3]),
        H1: rows.map((row) => [row.h1]),
      },
    }))
const lab = fc.tuple(extractOf('a'), extractOf('b'), extractOf('c'), extractOf('d'))
const rulesOf: fc.Arbitrary<LinkRules> = fc.record({
  citizenNumber: fc.constantFrom('key', 'veto'),
  suspects: fc.constantFrom('keep', 'drop'),
  fewestKeys: fc.integer({ min: 1, max: 3 }),
})

/** The same lab with its parties, rows, keys and slots in another order, and where each row went. */
function reordered(extracts: readonly WordExtract[], seed: number) {
  const order = <T>(list: readonly T[]): number[] =>
    list.map((_, at) => at).sort((a, b) => ((a * 7 + seed) % 5) - ((b * 7 + seed) % 5))
  const rowOrders = new Map<string, number[]>()
  const shuffled = order(extracts).map((at) => {
    const { keys, ...rest } = extracts[at] as WordExtract
    const rows = order(keys['N1'] ?? [])
    rowOrders.set(rest.party, rows)
    const columns = Object.entries(keys).map(
      ([id, column]) => [id, rows.map((row) => [...(column[row] ?? [])].reverse())] as const,
    )
    return { ...rest, keys: Object.fromEntries(columns.reverse()) }
  })
  const original = (id: string): string => {
    const [party, row] = id.split('/') as [string, string]
    return `${party}/${rowOrders.get(party)?.[Number(row)]}`
  }
  return { shuffled, original }
}

/** Sums of estimates depend on the order of adding in their last digits. */
const rounded = (figures: object): unknown =>
  JSON.parse(JSON.stringify(figures, (_, value) => (typeof value === 'number' ? Number(value.toFixed(9)) : value)))

describe('linking follows its rules whatever the extracts', () => {
  it('finds the persons and refusals that the plainest reading of the rules finds', () => {
    fc.assert(
      fc.property(lab, rulesOf, (extracts, rules) => {
        const withoutAddresses = extracts.map(({ keys: { H1: _, ...keys }, ...rest }) => ({ ...rest, keys }))
        const { linked, persons } = linkWords(extracts, rules)
        const { conflicts, ties } = linked.report
        expect({ persons, conflicts, ties }).toStrictEqual(linkNaively(withoutAddresses, rules))
      }),
      { numRuns: 400 },
    )
  })

  it('finds the same persons and reports the same whatever the order of parties, rows, keys and slots', () => {
    fc.assert(
      fc.property(lab, rulesOf, fc.nat(), (extracts, rules, seed) => {
        const { shuffled, original } = reordered(extracts, seed)
        const [here, there] = [linkWords(extracts, rules), linkWords(shuffled, rules)]
        expect(there.persons.map((subjects) => subjects.map(original).sort()).sort()).toStrictEqual(here.persons)
        const totals = ({ linked: { report } }: typeof here) => {
          const { conflicts, ties, suspects, singleKey, audit, quality } = report
          return rounded({ conflicts, ties, suspects, singleKey, audit, quality })
        }
        expect(totals(there)).toStrictEqual(totals(here))
        const byParty = ({ linked: { report } }: typeof here) =>
          [...report.parties].sort((a, b) => a.party.localeCompare(b.party))
        expect(byParty(there)).toStrictEqual(byParty(here))
      }),
    )
  })

  it('changes nothing between the others when a party joins that shares nothing with them', () => {
    const unrelated = extractOf('e').map(({ keys, ...rest }) => ({
      ...rest,
      keys: Object.fromEntries(
        Object.entries(keys).map(([id, rows]) => [
          id,
          rows.map((row) => row.map((w) => (w === '-' ? w : `other ${w}`))),
        ]),
      ),
    }))
    fc.assert(
      fc.property(lab, unrelated, rulesOf, (extracts, stranger, rules) => {
        const [before, after] = [linkWords(extracts, rules), linkWords([stranger, ...extracts], rules)]
        expect(after.persons.filter(([first]) => !first?.startsWith('e/'))).toStrictEqual(before.persons)
        const pairsOf = ({ linked: { report } }: typeof before) =>
          report.pairs.filter(({ parties }) => !parties.includes('e')).map(({ quality: _, ...pair }) => pair)
        expect(pairsOf(after)).toStrictEqual(pairsOf(before))
      }),
    )
  })

  it('never puts two subjects of a party, or two numbers that parties vouch for, in one person', () => {
    fc.assert(
      fc.property(lab, rulesOf, (extracts, rules) => {
        for (const subjects of linkWords(extracts, rules).persons) {
          const parties = subjects.map((id) => id.split('/')[0])
          expect(new Set(parties).size).toBe(parties.length)
          const numbers = subjects.flatMap((id) => {
            const [party, row] = id.split('/')
            const extract = extracts.find((one) => one.party === party)
            const number = extract?.keys['B1']?.[Number(row)]?.[0]
            return extract?.says && number !== undefined && number !== '-' ? [number] : []
          })
          expect(new Set(numbers).size).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
