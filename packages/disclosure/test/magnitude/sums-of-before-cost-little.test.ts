/** What looking at earlier sums adds to the work that a table of counts takes: simplex iterations, which are the same on every machine. */
import { describe, expect, it } from 'vitest'
import { effortSpent, loadSolver } from '../../src/highs-model.ts'
import { defaultRules, type EarlierTable, protectTables, type ShownMeasure } from '../../src/index.ts'
import { answered, flat, type Group, protect, remembered, secret, tableOf } from '../tables.ts'

const area = flat('area', ['N1', 'N2', 'N3', 'S1', 'S2', 'S3'])
const age = flat('age', ['a', 'b', 'c', 'd', 'e'])
const stay = flat('stay', ['home', 'clinic', 'none'])

/** Small counts in some areas; hours of those who stay somewhere. @param fewest - in a combination of age and stay */
function invented(fewest: number): Group[] {
  return area.nodes.slice(1).flatMap((_, a) =>
    age.nodes.slice(1).flatMap((__, b) =>
      stay.nodes.slice(1).map((___, s) => ({
        leaves: { area: a, age: b, stay: s },
        count: s === 2 ? 20 + ((7 * a + 5 * b) % 11) : fewest + ((3 * a + 2 * b + s) % 4),
      })),
    ),
  )
}

/** Hours by age and stay, as they were answered: 40 each. */
async function before(people: readonly Group[]): Promise<{ counts: EarlierTable; measure: ShownMeasure }> {
  const table = tableOf([age, stay], people)
  const cells = answered(await protect(table))
  const sums = cells.map((cell) =>
    cell.state === 'withheld' ? cell : { at: cell.at, state: cell.state, sum: 40 * cell.count, persons: cell.count },
  )
  const recounted = table.cells.map(({ at, persons }) => ({
    at,
    sum: 40 * persons,
    persons,
    contributors: persons,
    largest: [40, 40],
    byParty: {},
  }))
  return {
    counts: { ...remembered(table, cells), recounted: table.cells },
    measure: { bounds: { lower: 0, upper: 168 }, earlier: [{ axes: table.axes, cells: sums, recounted }] },
  }
}

/** Work that the counts of area by age take, next to those of before, without and with the sums. */
async function work(people: readonly Group[]) {
  const { counts, measure } = await before(people)
  const spend = async (beside: readonly ShownMeasure[]) => {
    const solver = await loadSolver()
    const from = effortSpent(solver)
    const now = () => 0
    const [outcome] = await protectTables({
      tables: [tableOf([area, age], people)],
      earlier: [counts],
      beside,
      rules: { ...defaultRules, zeros: 'publish' },
      secret,
      deadlineMs: 60_000,
      now,
    })
    if (!outcome) throw new Error('no outcome')
    return {
      work: effortSpent(solver) - from,
      cells: answered(outcome),
      hidden: counts.cells.filter(({ state }) => state === 'withheld').length,
    }
  }
  return { alone: await spend([]), beside: await spend([measure]) }
}

describe('sums that were shown before', () => {
  it('ask nothing of the solver where all counts beside them are shown', async () => {
    const { alone, beside } = await work(invented(5))
    expect(alone.hidden).toBe(0)
    expect(beside.work).toBe(alone.work)
    expect(beside.cells).toStrictEqual(alone.cells)
  })

  it('ask next to nothing where counts are hidden: the tables found for the counts go with the sums as well', async () => {
    const { alone, beside } = await work(invented(0))
    expect(alone.hidden).toBeGreaterThan(3)
    expect(beside.work).toBeGreaterThanOrEqual(alone.work)
    expect(beside.work).toBeLessThan(1.1 * alone.work)
    expect(beside.cells).toStrictEqual(alone.cells)
  })
})
