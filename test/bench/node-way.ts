/**
 * Rows per second and peak memory of the node's whole way with a raw file, next to a plain script on the same file.
 *
 * `node test/bench/node-way.ts [rows …] [--runs n]`. Every run is a process of its own, so that its memory is its own; the ways
 * take turns, so that whatever else the machine does falls on both.
 * @module
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeExport } from './node-way-file.ts'
import type { Outcome } from './node-way-outcome.ts'

type Way = 'node' | 'plain'
type Measured = Outcome & { readonly seconds: number; readonly cpuSeconds: number; readonly megabytes: number }

async function measure(way: Way, path: string): Promise<Measured> {
  // Each process loads only its own way: the other's code is not in its memory.
  const run =
    way === 'node' ? (await import('./node-way-product.ts')).productWay : (await import('./node-way-plain.ts')).plainWay
  const from = performance.now()
  const before = process.cpuUsage()
  const outcome = await run(path)
  const { user, system } = process.cpuUsage(before)
  const seconds = (performance.now() - from) / 1000
  return { ...outcome, seconds, cpuSeconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

type Figures = Record<'seconds' | 'cpuSeconds' | 'megabytes' | 'rowsPerSecond', number>

function figuresOf(runs: readonly Measured[]): Figures {
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
    megabytes: median(runs.map(({ megabytes }) => megabytes)),
    rowsPerSecond: median(runs.map(({ rows, seconds }) => rows / seconds)),
  }
}

const line = (name: string, cells: readonly string[]) =>
  console.log(`  ${name.padEnd(14)}${cells.map((cell) => cell.padStart(12)).join('')}`)

async function compare(rows: number, runs: number, folder: string): Promise<void> {
  const path = join(folder, `${rows}.csv`)
  const expected = await writeExport(path, rows)
  console.log(`${rows.toLocaleString('en')} rows, ${(statSync(path).size / 1e6).toFixed(1)} MB`)
  line('', ['s', 'cpu s', 'rows/s', 'peak MB', 'MB out'])
  const results: Record<Way, Measured[]> = { node: [], plain: [] }
  for (let run = 0; run < runs; run += 1)
    for (const way of ['node', 'plain'] as const) {
      const said = execFileSync(process.execPath, [import.meta.filename, '--measure', way, path], { encoding: 'utf8' })
      const measured = JSON.parse(said) as Measured
      const complete = measured.rows === rows && measured.withNumber === expected.withNumber
      if (!complete || (measured.persons ?? expected.persons) !== expected.persons)
        throw new Error(`the ${way} way lost rows`)
      results[way].push(measured)
    }
  const [node, plain] = [figuresOf(results.node), figuresOf(results.plain)]
  for (const [way, figures] of [
    ['node', node],
    ['plain script', plain],
  ] as const) {
    const { seconds, cpuSeconds, rowsPerSecond, megabytes } = figures
    const written = results[way === 'node' ? 'node' : 'plain'][0]?.bytesWritten ?? Number.NaN
    line(way, [
      seconds.toFixed(2),
      cpuSeconds.toFixed(2),
      Math.round(rowsPerSecond).toLocaleString('en'),
      megabytes.toFixed(0),
      (written / 1e6).toFixed(1),
    ])
  }
  const ratio = (key: keyof Figures) => `${(node[key] / plain[key]).toFixed(2)}×`
  line('node ÷ plain', [ratio('seconds'), ratio('cpuSeconds'), ratio('rowsPerSecond'), ratio('megabytes')])
  const all = (way: Way) => results[way].map(({ seconds }) => seconds.toFixed(2)).join(' ')
  console.log(`  seconds of every run: node ${all('node')}; plain ${all('plain')}\n`)
  rmSync(path)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' }, measure: { type: 'string' } },
})
if (values.measure !== undefined) {
  console.log(JSON.stringify(await measure(values.measure as Way, positionals[0] ?? '')))
} else {
  console.log(
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), medians of ${values.runs} runs\n`,
  )
  const folder = mkdtempSync(join(tmpdir(), 'kruispunt-bench-'))
  try {
    const sizes = positionals.length > 0 ? positionals.map(Number) : [100_000, 1_000_000]
    for (const rows of sizes) await compare(rows, Number(values.runs), folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
