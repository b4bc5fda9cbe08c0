/**
 * How fast a node seals and the broker opens a column.
 * @module
 */
import { concatBytes, cryptoReady, randomBytes } from '@kruispunt/crypto'
import { columnAad, columnKey, createColumnSealer, encodeCodes, openColumn } from '../src/index.ts'

await cryptoReady()

const mebibytes = 64
const place = { agreementId: 'ab'.repeat(32), epoch: 1, party: 'gemeente-a', extractId: 'x-0001', column: 'token:B1' }
const key = columnKey(randomBytes(32), place.extractId, place.column)
const aad = columnAad(place)
const plaintext = randomBytes(mebibytes * 2 ** 20)
const codes = new Uint8Array(5_000_000).fill(3)

async function measure(name: string, amount: number, unit: string, run: () => unknown): Promise<void> {
  const start = performance.now()
  await run()
  const perSecond = amount / ((performance.now() - start) / 1000)
  console.log(`${name.padEnd(18)} ${Math.round(perSecond).toLocaleString('en').padStart(12)} ${unit}/s`)
}

const sealer = createColumnSealer({ key, aad })
const pieces: Uint8Array[] = []
let expectedBytes = 0
await measure('seal a column', mebibytes, 'MiB', () => {
  pieces.push(...sealer.push(plaintext))
  const end = sealer.finish()
  pieces.push(...end.pieces)
  expectedBytes = end.bytes
})
const ciphertext = concatBytes(...pieces)
await measure('open a column', mebibytes, 'MiB', () => openColumn({ key, aad, ciphertext, expectedBytes }))
await measure('encode codes', codes.length, 'rows', () => encodeCodes(codes, 8))
