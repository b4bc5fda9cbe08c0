/** How few cells are withheld beside the unsafe ones: next to the fewest, found by other means. */
import { describe, expect, it } from 'vitest'
import { corpus, random } from '../bench/corpus.ts'
import { leastCells } from '../bench/oracle.ts'
import { type CellState, defaultRules, protectTable, type Rules, type TrueTable } from '../src/index.ts'
import { admissions, hairEyeColour, titanic } from './fixtures.ts'
import { leaks } from './leaks.ts'
import { answered, holes, secret, twoWay } from './tables.ts'

/** Work enough for a proof, whatever the machine. */
const enoughMs = 20_000

async function ask(table: TrueTable, rules: Partial<Rules>, now = () => performance.now(), improveMs = enoughMs) {
  return await protectTable({
    table,
    earlier: [],
    rules: { ...defaultRules, maxSparsity: 1, ...rules },
    secret,
    deadlineMs: now() + 600_000,
    now,
    improveMs,
  })
}

const secondary = (table: TrueTable, cells: readonly CellState[], minimum: number): number =>
  holes(cells).length - table.cells.filter(({ count }) => count > 0 && count < minimum).length

const occupationalStatus = corpus().find(({ name }) => name === 'occupationalStatus')?.table ?? titanic

describe('few cells are withheld', { timeout: 120_000 }, () => {
  it.each([
    ['HairEyeColor', 3, 7, hairEyeColour],
    ['HairEyeColor', 5, 4, hairEyeColour],
    ['UCBAdmissions', 15, 7, admissions],
    ['Titanic', 5, 6, titanic],
    ['Titanic', 10, 10, titanic],
    ['occupationalStatus', 5, 4, occupationalStatus],
    ['occupationalStatus', 10, 4, occupationalStatus],
  ])('%s with k = %i: %i, the fewest there are', async (_, minimum, fewest, table) => {
    expect(leastCells([table], minimum, 60)).toStrictEqual({ least: fewest, proved: true })
    const outcome = await ask(table, { minimum })
    const cells = answered(outcome)
    const proof = outcome.outcome === 'answered' ? outcome.certificate.private.secondary : undefined
    // A whole cell less would cost less than what is proved to be needed.
    expect(proof?.cost).toBeLessThan((proof?.atLeast ?? 0) + 1)
    expect(secondary(table, cells, minimum)).toBe(fewest)
    expect(leaks([{ table, cells }], minimum)).toStrictEqual([])
  })

  it('as few as trying every pattern finds', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const next = random(seed)
      const table = twoWay(
        [0, 1, 2].map(() =>
          [0, 1].map(() => (next() < 0.3 ? 1 + Math.floor(next() * 4) : 5 + Math.floor(next() * 40))),
        ),
      )
      const outcome = await ask(table, { minimum: 5 })
      const fewest = fewestByTrying(table, 5)
      if (outcome.outcome === 'refused') expect({ seed, fewest }).toStrictEqual({ seed, fewest: undefined })
      else expect({ seed, fewest: secondary(table, outcome.cells, 5) }).toStrictEqual({ seed, fewest })
    }
  })

  it('the same cells by a clock that stands still and by one that runs: work is counted, not time', async () => {
    const { table } = corpus().find(({ name }) => name.includes('2 x 3 x 3 x 4')) ?? { table: titanic }
    const still = answered(await ask(table, {}, () => 0, 300))
    expect(answered(await ask(table, {}, () => performance.now() / 100, 300))).toStrictEqual(still)
  })

  it('fewer persons, if it is persons that count', async () => {
    // Any rectangle does; 4, 20, 25 and 50 is the one with the fewest persons.
    const table = twoWay([
      [4, 900, 20],
      [800, 700, 30],
      [25, 40, 50],
    ])
    const persons = (cells: readonly CellState[]): number => {
      const hidden = new Set(holes(cells).map(({ at }) => at.join()))
      return table.cells.reduce((sum, { at, count }) => sum + (hidden.has(at.join()) ? count : 0), 0)
    }
    const byCells = answered(await ask(table, {}))
    const byPersons = answered(await ask(table, { costs: 'persons' }))
    expect(persons(byPersons)).toBeLessThanOrEqual(persons(byCells))
    expect(persons(byPersons)).toBe(4 + 20 + 25 + 50)
    await expect(ask(table, { costs: 'margins' as 'cells' })).rejects.toThrow(
      expect.objectContaining({ code: 'rule_out_of_range' }),
    )
  })
})

/** Fewest secondary cells of a table, the total always shown; nothing if no pattern protects. */
function fewestByTrying(table: TrueTable, minimum: number): number | undefined {
  const isUnsafe = ({ count }: { readonly count: number }) => count > 0 && count < minimum
  const choices = table.cells.filter((cell) => !isUnsafe(cell) && cell.at.some((node) => node !== 0))
  for (let size = 0; size <= choices.length; size++) {
    for (const chosen of subsets(choices, size)) {
      const cells = table.cells.map(
        (cell): CellState =>
          isUnsafe(cell) || chosen.includes(cell)
            ? { at: cell.at, state: 'withheld' }
            : { at: cell.at, state: 'released', count: cell.count },
      )
      if (leaks([{ table, cells }], minimum).length === 0) return size
    }
  }
  return undefined
}

function* subsets<T>(from: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) yield []
  else
    for (const [index, first] of from.entries())
      for (const rest of subsets(from.slice(index + 1), size - 1)) yield [first, ...rest]
}
