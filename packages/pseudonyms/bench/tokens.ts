/**
 * How many tokens a second a node makes: bulk, one by one, names with accents.
 * @module
 */
import { cryptoReady, randomBytes } from '@kruispunt/crypto'
import { createTokenMaker } from '../src/index.ts'

await cryptoReady()

const rows = 1_000_000
const maker = createTokenMaker(randomBytes(32))
const out = new Uint8Array(rows * 16)
const numbers = Array.from({ length: rows }, (_, i) => String(100_000_000 + i))
const plainNames = numbers.map((number) => `j\u001fvries\u001f${number}`)
const accentedNames = numbers.map((number) => `j\u001fvriës\u001f${number}`)

function measure(name: string, run: () => void): void {
  const start = performance.now()
  run()
  const perSecond = rows / ((performance.now() - start) / 1000)
  console.log(`${name.padEnd(28)} ${Math.round(perSecond).toLocaleString('en').padStart(10)} tokens/s`)
}

measure('node, nine digits, bulk', () => maker.tokensInto('B1', numbers, out, 0))
measure('node, names, bulk', () => maker.tokensInto('N1', plainNames, out, 0))
measure('node, accented names, bulk', () => maker.tokensInto('N1', accentedNames, out, 0))
measure('node, one by one', () => {
  for (const number of numbers) maker.token('B1', number)
})
