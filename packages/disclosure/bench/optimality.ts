/**
 * How many cells are withheld beside the unsafe ones, next to the fewest that protect:
 * `node packages/disclosure/bench/optimality.ts [seconds for each proof] [part of a name]`.
 * The fewest come from `oracle.ts`, which looks at fractions only and lets margins go as easily as cells: whole numbers may need more.
 * @module
 */
import { defaultRules, protectTable } from '../src/index.ts'
import { secret } from '../test/tables.ts'
import { corpus } from './corpus.ts'
import { leastCells } from './oracle.ts'

const seconds = Number(process.argv[2] ?? 20)
const part = process.argv[3] ?? ''
const sums = { proved: { ours: 0, least: 0, tables: 0 }, all: { ours: 0, least: 0, tables: 0 } }
const percent = (ours: number, least: number): string => `${(100 * (ours / least - 1)).toFixed(1)} %`

console.log('table | k | cells | unsafe | secondary | fewest | seconds')
for (const { name, table, minimum } of corpus().filter((one) => one.name.includes(part))) {
  const start = performance.now()
  const outcome = await protectTable({
    table,
    earlier: [],
    rules: { ...defaultRules, maxSparsity: 1, minimum },
    secret,
    deadlineMs: start + 120_000,
    now: () => performance.now(),
  })
  const taken = (performance.now() - start) / 1000
  const unsafe = table.cells.filter(({ count }) => count > 0 && count < minimum).length
  if (outcome.outcome === 'refused') {
    console.log(`${name} | ${minimum} | ${table.cells.length} | ${unsafe} | refused: ${outcome.code}`)
    continue
  }
  const ours = outcome.certificate.holes - unsafe
  const { least, proved } = leastCells(table, minimum, seconds)
  for (const sum of proved ? [sums.proved, sums.all] : [sums.all]) {
    sum.ours += ours
    sum.least += least
    sum.tables++
  }
  const fewest = proved ? `${least}` : `${least} or more`
  console.log([name, minimum, table.cells.length, unsafe, ours, fewest, taken.toFixed(2)].join(' | '))
}
for (const [name, { ours, least, tables }] of Object.entries(sums))
  console.log(`${name}: ${tables} tables, ${ours} secondary, ${least} fewest or bound: ${percent(ours, least)} more`)
