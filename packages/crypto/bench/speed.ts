/**
 * Speeds of the operations that run once a row or once a chunk (protocol §5). Prints one line each.
 * @module
 */
import {
  createKeyedHash128,
  createStreamSealer,
  cryptoReady,
  generateKemKeyPair,
  generateSigningSeed,
  kemEncapsulate,
  keyedHash128OfRows,
  keyedHash128OfSlices,
  randomBytes,
  shuffledOrder,
  signingKeyFromSeed,
  utf8,
  verifySignature,
} from '../src/index.ts'

await cryptoReady()

function measure(name: string, unit: string, amount: number, run: () => void): void {
  run()
  const start = performance.now()
  run()
  const perSecond = amount / ((performance.now() - start) / 1000)
  console.log(`${name.padEnd(34)} ${Math.round(perSecond).toLocaleString('en').padStart(12)} ${unit}/s`)
}

const key = randomBytes(32)
const message = utf8('an ordinary message of about 50 bytes, and then some')
const count = 500_000
const numbers = utf8(Array.from({ length: count }, (_, i) => String(100_000_000 + i)).join(''))
const offsets = Uint32Array.from({ length: count + 1 }, (_, i) => i * 9)
const out = new Uint8Array(count * 16)
const hash = createKeyedHash128(key)
const signing = signingKeyFromSeed(generateSigningSeed())
const signature = signing.sign(message)
const { publicKey } = generateKemKeyPair()
const chunk = randomBytes(65_536)
const times = (count: number, run: () => void) => () => {
  for (let i = 0; i < count; i++) run()
}

measure(
  'keyed hash, one by one',
  'hashes',
  500_000,
  times(500_000, () => hash(message)),
)
measure('keyed hash of slices, bulk', 'hashes', count, () =>
  keyedHash128OfSlices(key, message, numbers, offsets, out, 0),
)
measure('keyed hash of 16-byte rows, bulk', 'hashes', count, () => void keyedHash128OfRows(key, out, 16))
measure('shuffle', 'rows', 1_000_000, () => void shuffledOrder(1_000_000))
measure(
  'sign',
  'signatures',
  5_000,
  times(5_000, () => signing.sign(message)),
)
measure(
  'verify',
  'signatures',
  3_000,
  times(3_000, () => verifySignature(signing.publicKey, message, signature)),
)
measure(
  'encapsulate',
  'secrets',
  500,
  times(500, () => kemEncapsulate(publicKey)),
)
measure('seal a stream, 64 KiB chunks', 'MiB', 50, () => {
  const sealer = createStreamSealer(key)
  for (let i = 0; i < 800; i++) sealer.push(chunk, key, false)
})
