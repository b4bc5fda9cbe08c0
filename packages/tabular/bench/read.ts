/**
 * Rows per second and peak memory of reading to codes, next to csv-parse that only splits, on the same files.
 *
 * `node packages/tabular/bench/read.ts [rows …]`; every measurement runs in its own process, so that memory is its own.
 * @module
 */
import { execFileSync } from 'node:child_process'
import { closeSync, createReadStream, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse'
import { type BsnReader, collectColumns, inspectTable, proposeMapping, readTable } from '../src/index.ts'
import { practice } from '../test/practice-specs.ts'
import { writeRows } from './rows.ts'

type Measured = { seconds: number; megabytes: number; rows: number }

/** Nine digits, nothing else: what a number is worth is measured with the linkage package. */
const readBsn: BsnReader = (bytes, start, end) => {
  let number = 0
  for (let at = start; at < end; at += 1) number = number * 10 + (bytes[at] as number) - 48
  return end - start === 9 ? number : -1
}

function firstBytes(path: string): Uint8Array {
  const file = openSync(path, 'r')
  const bytes = new Uint8Array(1 << 20)
  const length = readSync(file, bytes)
  closeSync(file)
  return bytes.subarray(0, length)
}

async function toCodes(path: string): Promise<number> {
  const spec = practice['gemeente-brp-wmo.csv']
  const outcome = inspectTable(firstBytes(path), { fileBytes: statSync(path).size })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  const { inspection } = outcome
  const chunks = createReadStream(path, { highWaterMark: 1 << 18 })
  const reading = readTable(chunks, inspection, proposeMapping(inspection, spec), spec, { readBsn })
  return (await collectColumns(reading.batches)).rows
}

async function splitOnly(path: string): Promise<number> {
  let rows = -1
  for await (const _ of createReadStream(path, { highWaterMark: 1 << 18 }).pipe(parse({ delimiter: ';', bom: true })))
    rows += 1
  return rows
}

async function measure(way: string, path: string): Promise<Measured> {
  const from = performance.now()
  const rows = way === 'to codes' ? await toCodes(path) : await splitOnly(path)
  return { rows, seconds: (performance.now() - from) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 }
}

const [first, way, path] = process.argv.slice(2)
if (first === 'measure' && way !== undefined && path !== undefined) {
  console.log(JSON.stringify(await measure(way, path)))
} else {
  const sizes = process.argv.slice(2).map(Number)
  const folder = mkdtempSync(join(tmpdir(), 'kruispunt-bench-'))
  try {
    for (const rows of sizes.length > 0 ? sizes : [100_000, 1_000_000]) await compare(rows, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function compare(rows: number, folder: string): Promise<void> {
  for (const quoted of [false, true]) {
    const file = join(folder, `${rows}-${quoted}.csv`)
    await writeRows(file, rows, quoted)
    const run = (name: string) =>
      JSON.parse(
        execFileSync(process.execPath, [import.meta.filename, 'measure', name, file], { encoding: 'utf8' }),
      ) as Measured
    const ours = run('to codes')
    const theirs = run('csv-parse')
    if (ours.rows !== rows || theirs.rows !== rows) throw new Error('rows were lost')
    const line = ({ seconds, megabytes }: Measured) =>
      `${seconds.toFixed(2)} s, ${Math.round(rows / seconds)} rows/s, ${Math.round(megabytes)} MB`
    console.log(
      `${rows} rows${quoted ? ', every field quoted' : ''}: to codes ${line(ours)}; csv-parse ${line(theirs)}; ratio ${(theirs.seconds / ours.seconds).toFixed(1)}`,
    )
    rmSync(file)
  }
}
