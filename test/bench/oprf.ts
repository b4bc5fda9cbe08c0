/**
 * Joint numbers per second for 3, 5 and 10 partners, on one and on two threads, next to the same function in @noble/curves.
 *
 * `node test/bench/oprf.ts [records] [--runs n]`. All parties' work for a record is counted: blinding, one evaluation a party,
 * holding the others' answers against their canaries, adding up, taking the blinds off. The ways take turns; figures are medians.
 * @module
 */
import { parseArgs } from 'node:util'
import { randomBytes } from '@kruispunt/crypto'
import { generatorTimes, multiply, randomScalars } from '@kruispunt/crypto/group'
import { createOprfThreads, drawShare, groupReady, type OprfShare, type OprfThreads } from '@kruispunt/pseudonyms/oprf'
import { ristretto255, ristretto255_oprf } from '@noble/curves/ed25519.js'
import { percentiles } from './timing.ts'

/** Protocol §5: ms a record and thread at 8,200 scalar multiplications a second. As multiplications the figures hold anywhere. */
const table: Record<number, number> = { 3: 0.7, 5: 1.0, 10: 1.7 }
const tableMultiplications = 8200
const mark = 1.2

type Cost = { readonly seconds: number; readonly cpuSeconds: number }

async function costOf(work: () => unknown): Promise<Cost> {
  const [from, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - from) / 1000, cpuSeconds: (user + system) / 1e6 }
}

async function productWay(threads: OprfThreads, inputs: Uint8Array, shares: readonly OprfShare[]): Promise<Uint8Array> {
  const { secrets, elements } = await threads.blind(inputs)
  const evaluations: Uint8Array[] = []
  for (const [at, { share, commitment }] of shares.entries()) {
    const evaluation = await threads.evaluate(elements, secrets.places.length, share)
    if (typeof evaluation === 'string') throw new Error(evaluation)
    // The first stands for the requester itself.
    if (at > 0 && (await threads.check(secrets, evaluation, commitment)) !== undefined)
      throw new Error('a canary differs')
    evaluations.push(evaluation)
  }
  return threads.finish(secrets, evaluations)
}

/** The same with another library: no canaries, one blind at a time. */
function nobleWay(inputs: Uint8Array, shares: readonly OprfShare[]): Uint8Array {
  const outputs: Uint8Array[] = []
  const { oprf } = ristretto255_oprf
  for (let at = 0; at < inputs.length; at += 32) {
    const input = Uint8Array.from(inputs.subarray(at, at + 32))
    const { blind, blinded } = oprf.blind(input)
    const sum = shares
      .map(({ share }) => ristretto255.Point.fromBytes(oprf.blindEvaluate(Uint8Array.from(share), blinded)))
      .reduce((total, point) => total.add(point))
    outputs.push(oprf.finalize(input, blind, Uint8Array.from(sum.toBytes())))
  }
  return Buffer.concat(outputs)
}

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '3' } },
  allowPositionals: true,
})
const records = Number(positionals[0] ?? 2000)
const runs = Number(values.runs)
const nobleRecords = Math.max(1, Math.round(records / 40))
await groupReady()

const raw: number[] = []
async function measureRaw(): Promise<void> {
  const [elements, scalar] = [generatorTimes(randomScalars(1000)), randomScalars(1)]
  raw.push(1000 / (await costOf(() => multiply(elements, scalar))).cpuSeconds)
}

const pools = { one: createOprfThreads(1), two: createOprfThreads(2) }
// Threads are started, and what they run is compiled, before anything is measured.
for (const pool of Object.values(pools)) await productWay(pool, randomBytes(32 * 600), [drawShare(), drawShare()])

console.log(`${records.toLocaleString('en')} records, ${runs} runs; ${nobleRecords} records for @noble/curves`)
console.log(
  '  partners   one thread/s   two threads/s   noble/s   cpu ms a record   multiplications   table   ratio (mark 1.2)',
)
let missed = false
for (const partners of [3, 5, 10]) {
  const shares = Array.from({ length: partners }, drawShare)
  const found: Record<'one' | 'two' | 'noble', Cost[]> = { one: [], two: [], noble: [] }
  for (let run = 0; run < runs; run += 1) {
    const inputs = randomBytes(32 * records)
    await measureRaw()
    const results: Uint8Array[] = []
    for (const name of ['one', 'two'] as const)
      found[name].push(await costOf(async () => results.push(await productWay(pools[name], inputs, shares))))
    const few = inputs.subarray(0, 32 * nobleRecords)
    found.noble.push(await costOf(() => results.push(nobleWay(few, shares))))
    await measureRaw()
    const [one, two, noble] = results.map((outputs) => Buffer.from(outputs))
    if (!one?.equals(two ?? Buffer.alloc(0)) || !one.subarray(0, noble?.length).equals(noble ?? Buffer.alloc(0)))
      throw new Error('the ways do not make the same numbers')
  }
  const median = (costs: readonly Cost[], figure: keyof Cost) => percentiles(costs.map((cost) => cost[figure])).p50
  const rate = (name: 'one' | 'two') => Math.round(records / median(found[name], 'seconds'))
  const cpuMs = (median(found.one, 'cpuSeconds') / records) * 1000
  const multiplications = (cpuMs / 1000) * percentiles(raw).p50
  const expected = ((table[partners] ?? 0) / 1000) * tableMultiplications
  const ratio = multiplications / expected
  missed ||= ratio > mark
  const cells = [
    String(partners).padStart(10),
    rate('one').toLocaleString('en').padStart(15),
    rate('two').toLocaleString('en').padStart(16),
    Math.round(nobleRecords / median(found.noble, 'seconds'))
      .toLocaleString('en')
      .padStart(10),
    cpuMs.toFixed(2).padStart(18),
    multiplications.toFixed(2).padStart(18),
    expected.toFixed(2).padStart(8),
    ratio.toFixed(2).padStart(8),
  ]
  console.log(cells.join(''))
}
console.log(
  `  raw scalar multiplication in this run: ${Math.round(percentiles(raw).p50).toLocaleString('en')} a second of processor time`,
)
for (const pool of Object.values(pools)) await pool.close()
if (missed) {
  console.log('  the mark is missed')
  process.exitCode = 1
}
