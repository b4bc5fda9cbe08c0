/**
 * How long a question takes that is answered next to a thousand earlier answers: see README.md.
 * @module
 */
import { parseArgs } from 'node:util'
import { defaultRules, Ledger, type Outcome, protectTable } from '@kruispunt/disclosure'
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
const at = (sorted: readonly number[], share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
const inMs = (ms: number) => `${ms.toFixed(0)} ms`.padStart(8)

type Line = {
  readonly ms: number
  readonly cpuMs: number
  readonly code: string
  readonly cells: number
  readonly withheld: number
}

/** Asks one question and says what came of it. */
async function timed(ask: () => Promise<Outcome>): Promise<Line> {
  const start = now()
  const cpu = process.cpuUsage()
  const outcome = await ask()
  const ms = now() - start
  const { user, system } = process.cpuUsage(cpu)
  const cost = { ms, cpuMs: (user + system) / 1000 }
  return outcome.outcome === 'answered'
    ? { ...cost, code: 'answered', cells: outcome.cells.length, withheld: outcome.certificate.holes }
    : { ...cost, code: outcome.code, cells: 0, withheld: 0 }
}

function print(name: string, lines: readonly Line[]): void {
  const times = lines.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const cpu = lines.map(({ cpuMs }) => cpuMs).toSorted((a, b) => a - b)
  const cells = lines.reduce((sum, line) => sum + line.cells, 0)
  const withheld = lines.reduce((sum, line) => sum + line.withheld, 0)
  const refused = Object.entries(Object.groupBy(lines, ({ code }) => code)).flatMap(([code, some]) =>
    code === 'answered' ? [] : [`${code} ${some?.length}`],
  )
  console.log(
    `${name.padEnd(13)} p50 ${inMs(at(times, 0.5))}  p95 ${inMs(at(times, 0.95))} (cpu ${inMs(at(cpu, 0.95))})  max ${inMs(at(times, 1))}` +
      `  cells ${String(cells).padStart(6)}  withheld ${((100 * withheld) / cells).toFixed(1)} %  ${refused.join(', ')}`,
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
    const line = await timed(() => ledger.answer({ table, ...limits() }))
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
    alone.push(await timed(() => protectTable({ table, earlier: [], rules: defaultRules, secret, ...limits() })))
  }
  print('alone', alone)
}
