/**
 * How many cells are withheld beside the unsafe ones, next to the fewest that protect:
 * `node packages/disclosure/bench/optimality.ts [seconds for each proof] [part of a name]`.
 * The fewest come from `oracle.ts`, which looks at fractions only and lets margins go as easily as cells: whole numbers may need more.
 * Of linked tables, `in turn` is what the best order leaves when they are asked one after the other.
 * @module
 */
import {
  type CellState,
  defaultRules,
  type EarlierTable,
  type Outcome,
  protectTables,
  type TrueTable,
} from '../src/index.ts'
import { secret } from '../test/tables.ts'
import { corpus } from './corpus.ts'
import { distinctCells, leastCells, withheldNames } from './oracle.ts'

const seconds = Number(process.argv[2] ?? 20)
const part = process.argv[3] ?? ''
const sums = {
  proved: { ours: 0, least: 0, tables: 0 },
  'linked, proved': { ours: 0, least: 0, tables: 0 },
  all: { ours: 0, least: 0, tables: 0 },
}
const percent = (ours: number, least: number): string => `${(100 * (ours / least - 1)).toFixed(1)} %`

const ask = (
  tables: readonly TrueTable[],
  minimum: number,
  earlier: readonly EarlierTable[] = [],
): Promise<Outcome[]> =>
  protectTables({
    tables,
    earlier,
    rules: { ...defaultRules, maxSparsity: 1, minimum },
    secret,
    deadlineMs: performance.now() + 120_000,
    now: () => performance.now(),
  })

type Shown = { readonly axes: TrueTable['axes']; readonly cells: readonly CellState[] }

const shownOf = (tables: readonly TrueTable[], outcomes: readonly Outcome[]): Shown[] | undefined => {
  const shown = tables.flatMap(({ axes }, index): Shown[] => {
    const outcome = outcomes[index]
    return outcome?.outcome === 'answered' ? [{ axes, cells: outcome.cells }] : []
  })
  return shown.length === tables.length ? shown : undefined
}

/** Cells withheld in the best of all orders. */
async function inTurn(tables: readonly TrueTable[], minimum: number): Promise<number | undefined> {
  let fewest: number | undefined
  for (const order of permutations(tables)) {
    const earlier: EarlierTable[] = []
    for (const table of order) {
      const [outcome] = await ask([table], minimum, earlier)
      if (outcome?.outcome !== 'answered') break
      earlier.push({ ...table, cells: outcome.cells, recounted: table.cells })
    }
    if (earlier.length < tables.length) continue
    fewest = Math.min(fewest ?? Number.POSITIVE_INFINITY, withheldNames(earlier).size)
  }
  return fewest
}

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]]
  return all.flatMap((first, index) => permutations(all.toSpliced(index, 1)).map((rest) => [first, ...rest]))
}

console.log('table | k | cells | unsafe | secondary | in turn | fewest | seconds')
for (const { name, table, beside = [], minimum } of corpus().filter((one) => one.name.includes(part))) {
  const tables = [table, ...beside]
  const start = performance.now()
  const outcomes = await ask(tables, minimum)
  const taken = (performance.now() - start) / 1000
  const cells = distinctCells(tables)
  const unsafe = cells.filter(({ count }) => count > 0 && count < minimum).length
  const shown = shownOf(tables, outcomes)
  if (!shown) {
    const codes = outcomes.flatMap((outcome) => (outcome.outcome === 'refused' ? [outcome.code] : []))
    console.log(`${name} | ${minimum} | ${cells.length} | ${unsafe} | refused: ${codes.join()}`)
    continue
  }
  const ours = withheldNames(shown).size - unsafe
  const turns = beside.length === 0 ? undefined : await inTurn(tables, minimum)
  const { least, proved } = leastCells(tables, minimum, seconds)
  const counted = [
    sums.all,
    ...(proved ? [sums.proved] : []),
    ...(proved && beside.length > 0 ? [sums['linked, proved']] : []),
  ]
  for (const sum of counted) {
    sum.ours += ours
    sum.least += least
    sum.tables++
  }
  const fewest = proved ? `${least}` : `${least} or more`
  const separate = turns === undefined ? '' : turns - unsafe
  console.log([name, minimum, cells.length, unsafe, ours, separate, fewest, taken.toFixed(2)].join(' | '))
}
for (const [name, { ours, least, tables }] of Object.entries(sums))
  if (tables > 0)
    console.log(`${name}: ${tables} cases, ${ours} secondary, ${least} fewest or bound: ${percent(ours, least)} more`)
