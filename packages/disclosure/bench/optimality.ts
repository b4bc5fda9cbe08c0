/**
 * How many cells are withheld beside the unsafe ones, next to the fewest that protect:
 * `node packages/disclosure/bench/optimality.ts [seconds for each proof] [part of a name]`.
 * The fewest come from `oracle.ts`, which looks at fractions only and lets margins go as easily as cells: whole numbers may need more.
 * Of linked tables, `in turn` is what is withheld when they are asked one after the other, in the order of their names.
 * For sums only single cells are asked to be open: ours also keeps two and three unsafe ones of a line open together.
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
import { ask as askSums, countsOf, sumsOf } from '../test/magnitude/people.ts'
import { secret } from '../test/tables.ts'
import { corpus, type SumsCase, sumsCorpus } from './corpus.ts'
import { distinctCells, leastCells, leastSums, withheldNames } from './oracle.ts'

const seconds = Number(process.argv[2] ?? 20)
const part = process.argv[3] ?? ''
const sums = {
  proved: { ours: 0, least: 0, tables: 0 },
  'linked, proved': { ours: 0, least: 0, tables: 0 },
  'in turn, proved': { ours: 0, least: 0, tables: 0 },
  'sums, proved': { ours: 0, least: 0, tables: 0 },
  'sums, all': { ours: 0, least: 0, tables: 0 },
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

/** Cells withheld when tables are asked one after the other. */
async function inTurn(tables: readonly TrueTable[], minimum: number): Promise<number | undefined> {
  const earlier: EarlierTable[] = []
  for (const table of tables) {
    const [outcome] = await ask([table], minimum, earlier)
    if (outcome?.outcome !== 'answered') return undefined
    earlier.push({ ...table, cells: outcome.cells, recounted: table.cells })
  }
  return withheldNames(earlier).size
}

/** Sums of every cell as if they were counts, and how far p % asks the unsafe ones to be open (Handbook 4.2.2). */
function levelsOf({ axes, people, pPercent }: SumsCase) {
  const sums = sumsOf(axes, people)
  const levels = new Map(
    sums.flatMap(({ at, sum, largest: [first = 0, second = 0] }): [string, number][] => {
      const missing = pPercent * first - 100 * (sum - first - second)
      return missing > 0 ? [[at.join(), Math.ceil(missing / 100)]] : []
    }),
  )
  const counted = countsOf(axes, people)
  const sumAt = new Map(sums.map(({ at, sum }) => [at.join(), sum]))
  return {
    levels,
    table: { ...counted, cells: counted.cells.map((cell) => ({ ...cell, count: sumAt.get(cell.at.join()) ?? 0 })) },
  }
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
  if (proved && turns !== undefined) {
    sums['in turn, proved'].ours += turns - unsafe
    sums['in turn, proved'].least += least
    sums['in turn, proved'].tables++
  }
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
for (const one of sumsCorpus().filter(({ name }) => name.includes(part))) {
  const { name, axes, people, minimum, pPercent } = one
  const { levels, table } = levelsOf(one)
  const start = performance.now()
  const outcome = await askSums({ axes, people, rules: { minimum, pPercent } })
  const taken = (performance.now() - start) / 1000
  if (outcome.outcome === 'refused') {
    console.log(`${name} | ${minimum} | ${table.cells.length} | ${levels.size} | refused: ${outcome.code}`)
    continue
  }
  const ours = outcome.cells.filter(({ state }) => state === 'withheld').length - levels.size
  const { least, proved } = leastSums(table, levels, seconds)
  for (const sum of [sums['sums, all'], ...(proved ? [sums['sums, proved']] : [])]) {
    sum.ours += ours
    sum.least += least
    sum.tables++
  }
  const fewest = proved ? `${least}` : `${least} or more`
  console.log([name, minimum, table.cells.length, levels.size, ours, '', fewest, taken.toFixed(2)].join(' | '))
}
for (const [name, { ours, least, tables }] of Object.entries(sums))
  if (tables > 0)
    console.log(`${name}: ${tables} cases, ${ours} secondary, ${least} fewest or bound: ${percent(ours, least)} more`)
