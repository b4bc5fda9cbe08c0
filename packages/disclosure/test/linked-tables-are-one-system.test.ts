/** Several tables about the same people, asked at once. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../bench/corpus.ts'
import { distinctCells, leastCells, withheldNames } from '../bench/oracle.ts'
import { defaultRules, protectTables, type TrueTable } from '../src/index.ts'
import { type Answer, leaks, wrong } from './leaks.ts'
import { answered, flat, holes, protect, protectTogether, secret, stateAt, tableOf, twoWay } from './tables.ts'

const answersOf = async (tables: readonly TrueTable[], minimum: number): Promise<Answer[]> => {
  const outcomes = await protectTogether(tables, { minimum, maxSparsity: 1 })
  return tables.flatMap((table, index): Answer[] => {
    const outcome = outcomes[index]
    return outcome ? [{ table, cells: answered(outcome) }] : []
  })
}

const area = flat('area', ['a', 'b', 'c'])
const sex = flat('sex', ['m', 'f'])
const age = flat('age', ['young', 'old'])
const people = [0, 1, 2].flatMap((a) =>
  [0, 1].flatMap((s) =>
    [0, 1].map((y) => ({
      leaves: { area: a, sex: s, age: y },
      count: a === 0 && s === 0 ? 2 : 20 + 7 * a + 3 * s + y,
    })),
  ),
)

describe('linked tables are one system', { timeout: 120_000 }, () => {
  it('the same persons have the same fate in all of them', async () => {
    const [bySex, byAge] = await answersOf([tableOf([area, sex], people), tableOf([age, area], people)], 10)
    for (let node = 0; node < 4; node++)
      expect(stateAt(bySex?.cells ?? [], node, 0)).toBe(stateAt(byAge?.cells ?? [], 0, node))
  })

  it.each(corpus().filter(({ name, minimum }) => name.startsWith('linked: area x age, area x kind') && minimum < 10))(
    '$name with k = $minimum: nothing leaks from all of them together, and no fewer cells would do',
    async ({ table, beside = [], minimum }) => {
      const tables = [table, ...beside]
      const answers = await answersOf(tables, minimum)
      for (const answer of answers) expect(wrong(answer, minimum)).toStrictEqual([])
      expect(leaks(answers, minimum)).toStrictEqual([])
      const unsafe = distinctCells(tables).filter(({ count }) => count > 0 && count < minimum).length
      const shown = answers.map(({ cells }, index) => ({ axes: tables[index]?.axes ?? [], cells }))
      const { least, proved } = leastCells(tables, minimum, 60)
      expect({ proved, secondary: withheldNames(shown).size - unsafe }).toStrictEqual({
        proved: true,
        secondary: least,
      })
    },
  )

  it('a table that is too sparse is refused by itself', async () => {
    const few = people.map((group) => ({ ...group, count: 1 }))
    const tables = [tableOf([area, sex], few), tableOf([age], few)]
    const outcomes = await protectTogether(tables, { minimum: 3, maxSparsity: 0.4 })
    expect(outcomes.map(({ outcome }) => outcome)).toStrictEqual(['refused', 'answered'])
    expect(outcomes[0]).toMatchObject({ code: 'too_sparse' })
  })

  it('tables that contradict each other are refused, all of them', async () => {
    const [one, other] = [tableOf([area, sex], people), tableOf([area], [{ leaves: { area: 1 }, count: 50 }])]
    const outcomes = await protectTogether([one, other])
    expect(outcomes).toMatchObject([{ code: 'ledger_conflict' }, { code: 'ledger_conflict' }])
  })

  it('tables about different people are no question', async () => {
    const table = twoWay([[20, 30]])
    await expect(protectTogether([table, { ...table, population: 'others' }])).rejects.toThrow(
      expect.objectContaining({ code: 'earlier_table_foreign' }),
    )
    const now = () => 0
    expect(
      await protectTables({ tables: [], earlier: [], rules: defaultRules, secret, deadlineMs: 1, now }),
    ).toStrictEqual([])
  })

  it('one table asked together with nothing is that table asked alone', async () => {
    const table = tableOf([area, sex], people)
    const [together] = await protectTogether([table])
    const alone = await protect(table)
    expect(together).toStrictEqual(alone)
    expect(holes(answered(alone)).length).toBeGreaterThan(0)
  })
})
