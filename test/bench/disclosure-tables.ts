/**
 * How long one answer takes and what it withholds, next to threshold and two holes a line: see README.md.
 * @module
 */
import { parseArgs } from 'node:util'
import { attackPublished, type CellState, defaultRules, protectTable, type TrueTable } from '@kruispunt/disclosure'
import { drawTable, type Shape, twoHolesALine } from './disclosure-tables-drawn.ts'
import { seeded } from './seeded.ts'
import { percentiles } from './timing.ts'

const { values } = parseArgs({
  options: {
    tables: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '20' },
    attacks: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
})
const shapes: readonly Shape[] = [
  { name: '4 x 5 = 20', sizes: [3, 4] },
  { name: '8 x 10 = 80', sizes: [7, 9] },
  { name: '14 x 34 = 476', sizes: [13, 33] },
  { name: '30 x 40 = 1,200', sizes: [29, 39] },
  { name: '50 x 100 = 5,000', sizes: [49, 99] },
  { name: '3 x 4 x 5 = 60', sizes: [2, 3, 4] },
  { name: '4 x 7 x 17 = 476', sizes: [3, 6, 16] },
  { name: '9 x 10 x 12 = 1,080', sizes: [8, 9, 11] },
  { name: '(20 in 4) x 4 = 100', sizes: [[20, 4], 3] },
  { name: '(60 in 10) x 7 = 497', sizes: [[60, 10], 6] },
  {
    name: '(60 in 10) x (14 in 3) = 1,278',
    sizes: [
      [60, 10],
      [14, 3],
    ],
  },
]
const { minimum } = defaultRules
const secret = new Uint8Array(32).fill(3)
const now = () => performance.now()
/** Processor time of this process, which a busy machine hardly changes; ms. */
const cpu = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000
/** Past this size only outsiders attack: each party is a whole attack more. */
const smallEnoughForParties = 500

/**
 * How many counts of 1 to k - 1 somebody can work out or bound below k; for a party, of others than its own people.
 * @returns undefined if the attacker did not finish
 */
async function leaking({ axes, cells: truth }: TrueTable, cells: readonly CellState[], parties: readonly string[]) {
  const found = new Set<string>()
  for (const party of [undefined, ...parties]) {
    const own = (cell: (typeof truth)[number]) => (party === undefined ? 0 : (cell.byParty[party] ?? 0))
    const secrets = new Map(
      truth.flatMap((cell) => {
        const others = cell.persons - own(cell)
        return others > 0 && others < minimum ? [[cell.at.join(), own(cell)] as const] : []
      }),
    )
    for (const { at, state } of cells) if (state === 'released' && secrets.has(at.join())) found.add(at.join())
    const attack = await attackPublished({
      tables: [{ axes, cells }],
      knowledge: truth
        .filter((cell) => own(cell) > 0)
        .map((cell) => ({ table: 0, at: cell.at, atLeast: own(cell), exact: own(cell) === cell.persons })),
      enough: (_, at) => {
        const known = secrets.get(at.join())
        // What is no secret needs no interval.
        return known === undefined ? 0 : known + minimum
      },
      maxAtoms: 100_000,
      deadlineMs: now() + 40_000,
      now,
    })
    if (attack.outcome === 'failed') return undefined
    for (const { at, reached } of attack.cells) {
      const known = secrets.get(at.join())
      if (known !== undefined && (reached.high < known + minimum || reached.low === reached.high)) found.add(at.join())
    }
  }
  return found.size
}

const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
const withheld = (cells: readonly CellState[]) => cells.filter(({ state }) => state === 'withheld').length
const ms = (times: readonly number[]) => {
  const { p50, p95 } = percentiles(times)
  return `${p50.toFixed(p50 < 10 ? 1 : 0)} | ${p95.toFixed(p95 < 10 ? 1 : 0)}`
}

console.log(
  'cells | parties | tables | unsafe | ours p50 ms | p95 | cpu p50 | p95 | withheld | attacked | leaking | plain cpu p50 | p95 | withheld | leaking',
)
for (const shape of shapes.filter(({ name }) => name.includes(values.only))) {
  for (const parties of [0, 4]) {
    const next = seeded(5)
    const limit = now() + Number(values.seconds) * 1000
    const ours = { times: [] as number[], cpu: [] as number[], withheld: 0, leaking: 0, refused: [] as string[] }
    const plain = { cpu: [] as number[], withheld: 0, leaking: 0 }
    const sum = { cells: 0, unsafe: 0, attacked: 0 }
    const unfinished = { ours: 0, plain: 0 }
    for (let tables = 0; tables < Number(values.tables) && (tables === 0 || now() < limit); tables++) {
      const table = drawTable(shape, parties, next)
      let start = cpu()
      const began = now()
      const outcome = await protectTable({
        table,
        earlier: [],
        rules: { ...defaultRules, maxSparsity: 1 },
        secret,
        deadlineMs: began + 60_000,
        now,
      })
      ours.times.push(now() - began)
      ours.cpu.push(cpu() - start)
      start = cpu()
      const holes = twoHolesALine(table, minimum)
      plain.cpu.push(cpu() - start)
      if (outcome.outcome === 'refused') {
        ours.refused.push(outcome.code)
        continue
      }
      sum.cells += table.cells.length
      sum.unsafe += table.cells.filter(({ count }) => count > 0 && count < minimum).length
      ours.withheld += withheld(outcome.cells)
      plain.withheld += withheld(holes)
      if (sum.attacked === Number(values.attacks)) continue
      sum.attacked++
      const names =
        table.cells.length <= smallEnoughForParties ? Array.from({ length: parties }, (_, party) => `p${party}`) : []
      const leaks = [await leaking(table, outcome.cells, names), await leaking(table, holes, names)]
      if (leaks[0] === undefined) unfinished.ours++
      if (leaks[1] === undefined) unfinished.plain++
      ours.leaking += leaks[0] ?? 0
      plain.leaking += leaks[1] ?? 0
    }
    console.log(
      [
        shape.name,
        parties,
        ours.times.length,
        share(sum.unsafe, sum.cells),
        ms(ours.times),
        ms(ours.cpu),
        share(ours.withheld, sum.cells),
        sum.attacked,
        sum.attacked > 0 ? ours.leaking : '-',
        ms(plain.cpu),
        share(plain.withheld, sum.cells),
        sum.attacked > 0 ? plain.leaking : '-',
        ...(ours.refused.length > 0 ? [`refused: ${ours.refused.join(', ')}`] : []),
        ...Object.entries(unfinished).flatMap(([who, times]) =>
          times > 0 ? [`${who}: ${times} not attacked to the end`] : [],
        ),
      ].join(' | '),
    )
  }
}
