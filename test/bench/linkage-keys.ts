/**
 * Records per second from texts to padded tokens, at 14 and at 48 keys a record, on one and on two threads, next to a loop of
 * createHmac over the same key values.
 *
 * `node test/bench/linkage-keys.ts [records] [--runs n]`. Every run is a process of its own, so that its memory is its own; the
 * ways take turns, so that whatever else the machine does falls on all of them.
 * @module
 */
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { standardRecipe } from '@kruispunt/linkage/recipe'
import { readExport } from './linkage-keys-people.ts'
import { hmacWay, type KeysOutcome, productWay } from './linkage-keys-ways.ts'
import { percentiles } from './timing.ts'

type Strictness = 'strict' | 'tolerant'
const ways = ['one thread', 'two threads', 'createHmac'] as const
type Way = (typeof ways)[number]
type Measured = KeysOutcome & {
  readonly cpuSeconds: number
  readonly megabytes: number
  readonly megabytesBefore: number
}

async function measure(way: Way, strictness: Strictness, records: number): Promise<Measured> {
  const people = readExport(records)
  // Without the citizen number: a record has 14 keys then, and the number has its own benchmark.
  const recipe = standardRecipe('nl1', { strictness, citizenNumber: 'none' })
  const megabytesBefore = process.resourceUsage().maxRSS / 1024
  const before = process.cpuUsage()
  const outcome =
    way === 'createHmac' ? hmacWay(people, recipe) : await productWay(people, recipe, way === 'one thread' ? 1 : 2)
  const { user, system } = process.cpuUsage(before)
  return {
    ...outcome,
    cpuSeconds: (user + system) / 1e6,
    megabytesBefore,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }
}

const line = (name: string, cells: readonly string[]) =>
  console.log(`  ${name.padEnd(14)}${cells.map((cell) => cell.padStart(13)).join('')}`)

const whole = (value: number): string => Math.round(value).toLocaleString('en')

function compare(strictness: Strictness, records: number, runs: number): void {
  const found: Record<Way, Measured[]> = { 'one thread': [], 'two threads': [], createHmac: [] }
  for (let run = 0; run < runs; run += 1)
    for (const way of ways) {
      const asked = [import.meta.filename, String(records), '--measure', way, '--strictness', strictness]
      found[way].push(JSON.parse(execFileSync(process.execPath, asked, { encoding: 'utf8' })) as Measured)
    }
  const median = (way: Way, figure: (measured: Measured) => number) => percentiles(found[way].map(figure)).p50
  const values = median('one thread', (one) => one.values)
  const plainValues = median('createHmac', (one) => one.values)
  // A few values of ours have no slot; the loop hashes them all.
  if (values > plainValues || values < 0.9 * plainValues) throw new Error('the two ways do not make the same values')
  console.log(`${whole(records)} records, ${(values / records).toFixed(1)} values a record (${strictness})`)
  line('', ['normalise s', 'subjects s', 'tokens s', 'cpu s', 'records/s', 'values/s', 'peak MB'])
  const perSecond = (way: Way) => median(way, (one) => one.values / one.tokensSeconds)
  for (const way of ways) {
    const all = (one: Measured) => one.normaliseSeconds + one.subjectsSeconds + one.tokensSeconds
    line(way, [
      ...(['normaliseSeconds', 'subjectsSeconds', 'tokensSeconds'] as const).map((part) =>
        way === 'createHmac' && part !== 'tokensSeconds' ? '' : median(way, (one) => one[part]).toFixed(2),
      ),
      way === 'createHmac' ? '' : median(way, (one) => one.cpuSeconds).toFixed(2),
      way === 'createHmac' ? '' : whole(median(way, (one) => one.records / all(one))),
      whole(perSecond(way)),
      whole(median(way, (one) => one.megabytes)),
    ])
  }
  const ratio = (way: Way) => `${(perSecond(way) / perSecond('createHmac')).toFixed(1)}×`
  console.log(`  values a second ÷ createHmac: one thread ${ratio('one thread')}, two threads ${ratio('two threads')}`)
  console.log(`  of the peak, ${whole(median('one thread', (one) => one.megabytesBefore))} MB are texts of the file\n`)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '3' },
    measure: { type: 'string' },
    strictness: { type: 'string', default: 'strict' },
  },
})
const records = Number(positionals[0] ?? 200_000)
if (values.measure !== undefined) {
  console.log(JSON.stringify(await measure(values.measure as Way, values.strictness as Strictness, records)))
} else {
  console.log(
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), medians of ${values.runs} runs\n`,
  )
  for (const strictness of ['strict', 'tolerant'] as const) compare(strictness, records, Number(values.runs))
}
