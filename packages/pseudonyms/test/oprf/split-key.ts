/**
 * Additive shares of a key, worked out with big integers and none of the code under test.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { ristretto255 } from '@noble/curves/ed25519.js'

const order = ristretto255.Point.Fn.ORDER

const fromLittleEndian = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString('hex').padStart(2, '0')}`)
const toLittleEndian = (value: bigint): Uint8Array =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse())

/** Random shares that add up to the key modulo the order of the group. */
export function splitKey(key: Uint8Array, parts: number): Uint8Array[] {
  const drawn = Array.from({ length: parts - 1 }, () => fromLittleEndian(randomBytes(64)) % order)
  const rest = drawn.reduce((left, share) => (left - share + order) % order, fromLittleEndian(key))
  return [...drawn, rest].map(toLittleEndian)
}
