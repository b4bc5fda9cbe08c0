/**
 * How long a question takes that is answered next to a thousand earlier answers: see README.md.
 * @module
 */
import { parseArgs } from 'node:util'
import { defaultRules, Ledger, protectTable } from '@kruispunt/disclosure'
import { countTable, drawQuestion, inventRegion, seeded } from './disclosure-ledger-region.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    questions: { type: 'string', default: '1100' },
    alone: { type: 'string', default: '40' },
    each: { type: 'boolean', default: false },
  },
})
const sizes = positionals.length > 0 ? positionals.map(Number) : [100_000]
const secret = new Uint8Array(32).fill(9)
const now = () => performance.now()
const limits = () => ({ now, deadlineMs: now() + 20_000 })
const at = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN

type Line = { readonly ms: number; readonly code: string; readonly cells: number; readonly withheld: number }

const print = (name: string, lines: readonly Line[]) => {
  const times = lines.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const answered = lines.filter(({ code }) => code === 'answered')
  const cells = answered.reduce((sum, line) => sum + line.cells, 0)
  const withheld = answered.reduce((sum, line) => sum + line.withheld, 0)
  const refused = Object.entries(Object.groupBy(lines, ({ code }) => code))
    .filter(([code]) => code !== 'answered')
    .map(([code, some]) => `${code} ${some?.length}`)
  console.log(
    `${name.padEnd(14)} p50 ${at(times, 0.5).toFixed(0).padStart(5)} ms  p95 ${at(times, 0.95).toFixed(0).padStart(6)} ms  max ${at(times, 0.9999).toFixed(0).padStart(6)} ms  cells ${String(cells).padStart(6)}  withheld ${((100 * withheld) / cells).toFixed(1)} %  ${refused.join(', ')}`,
  )
}

for (const size of sizes) {
  const region = inventRegion(size, 1)
  const random = seeded(2)
  const questions = Array.from({ length: Number(values.questions) }, () => drawQuestion(random))
  console.log(`${size} persons, ${region.people.counts.length} combinations`)
  const opened = now()
  const ledger = new Ledger({
    population: 'region',
    unit: 'persons',
    rules: defaultRules,
    secret,
    people: region.people,
  })
  console.log(`opened in ${(now() - opened).toFixed(0)} ms`)
  let lines: Line[] = []
  for (const [number, axes] of questions.entries()) {
    const table = countTable(region, axes)
    const start = now()
    const outcome = await ledger.answer({ table, ...limits() })
    const ms = now() - start
    const line: Line =
      outcome.outcome === 'answered'
        ? { ms, code: 'answered', cells: outcome.cells.length, withheld: outcome.certificate.holes }
        : { ms, code: outcome.code, cells: table.cells.length, withheld: 0 }
    lines.push(line)
    if (values.each)
      console.log(
        number,
        axes.map(({ dimension, nodes }) => `${dimension}:${nodes.length}`).join(' '),
        JSON.stringify(line),
      )
    if (lines.length === 100) {
      print(`${number - 98} to ${number + 1}`, lines)
      lines = []
    }
  }
  const alone: Line[] = []
  for (const axes of questions.slice(0, Number(values.alone))) {
    const table = countTable(region, axes)
    const start = now()
    const outcome = await protectTable({ table, earlier: [], rules: defaultRules, secret, ...limits() })
    const ms = now() - start
    alone.push(
      outcome.outcome === 'answered'
        ? { ms, code: 'answered', cells: outcome.cells.length, withheld: outcome.certificate.holes }
        : { ms, code: outcome.code, cells: table.cells.length, withheld: 0 },
    )
  }
  print('alone', alone)
}
