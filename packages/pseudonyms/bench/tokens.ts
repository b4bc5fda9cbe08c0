/**
 * How many tokens a second a node makes: in bulk from one buffer, and one by one.
 * @module
 */
import { cryptoReady, randomBytes } from '@kruispunt/crypto'
import { createTokenMaker } from '../src/index.ts'

await cryptoReady()

const rows = 1_000_000
const maker = createTokenMaker(randomBytes(32))
const out = new Uint8Array(rows * 16)
const numbers = Array.from({ length: rows }, (_, i) => String(100_000_000 + i))

/** The values one after the other, and where each begins. */
function slicesOf(values: readonly string[]): { bytes: Uint8Array; offsets: Uint32Array } {
  const offsets = new Uint32Array(values.length + 1)
  for (const [at, value] of values.entries()) offsets[at + 1] = (offsets[at] as number) + Buffer.byteLength(value)
  return { bytes: Buffer.from(values.join('')), offsets }
}

function measure(name: string, run: () => void): void {
  const start = performance.now()
  run()
  const perSecond = rows / ((performance.now() - start) / 1000)
  console.log(`${name.padEnd(28)} ${Math.round(perSecond).toLocaleString('en').padStart(10)} tokens/s`)
}

const digits = slicesOf(numbers)
const names = slicesOf(numbers.map((number) => `j\u001fvries\u001f${number}`))
measure('nine digits, in bulk', () => maker.tokensInto('B1', digits.bytes, digits.offsets, out, 0))
measure('names, in bulk', () => maker.tokensInto('N1', names.bytes, names.offsets, out, 0))
measure('one by one', () => {
  for (const number of numbers) maker.token('B1', number)
})
