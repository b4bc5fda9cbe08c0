/**
 * Ed25519 through node:crypto, from the key's JWK form, and the check that a key is fit to sign at all: worked out on the curve and
 * not looked up in a list, as the services do it.
 * @module
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'

const p = 2n ** 255n - 19n
const mod = (value: bigint) => ((value % p) + p) % p

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, mod(base)]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square)
    square = mod(square * square)
  }
  return result
}
const inverse = (value: bigint) => power(value, p - 2n)
const d = mod(-121665n * inverse(121666n))
const rootOfMinusOne = power(2n, (p - 1n) / 4n)

type Point = { readonly x: bigint; readonly y: bigint }

/** Twisted Edwards addition, complete (RFC 8032 §5.1.4, affine). */
function add(a: Point, b: Point): Point {
  const product = mod(d * a.x * b.x * a.y * b.y)
  return {
    x: mod((a.x * b.y + a.y * b.x) * inverse(1n + product)),
    y: mod((a.y * b.y + a.x * b.x) * inverse(1n - product)),
  }
}

/** @returns undefined for bytes that stand for no point, or for one in another spelling (RFC 8032 §5.1.3) */
function decode(publicKey: Buffer): Point | undefined {
  const value = BigInt(`0x${Buffer.from(publicKey).reverse().toString('hex')}`)
  const sign = value >> 255n
  const y = value & (2n ** 255n - 1n)
  if (y >= p) return undefined
  const square = mod((y * y - 1n) * inverse(d * y * y + 1n))
  let x = power(square, (p + 3n) / 8n)
  if (mod(x * x) !== square) x = mod(x * rootOfMinusOne)
  if (mod(x * x) !== square) return undefined
  if (x === 0n && sign === 1n) return undefined
  return { x: (x & 1n) === sign ? x : mod(-x), y }
}

/** With a key of small order one signature fits many messages. */
function isFit(publicKey: Buffer): boolean {
  const point = publicKey.length === 32 ? decode(publicKey) : undefined
  if (point === undefined) return false
  let eightfold = point
  for (let doubling = 0; doubling < 3; doubling += 1) eightfold = add(eightfold, eightfold)
  return !(eightfold.x === 0n && eightfold.y === 1n)
}

const known = new Map<string, KeyObject | null>()

function keyOf(publicKeyHex: string): KeyObject | null {
  const found = known.get(publicKeyHex)
  if (found !== undefined) return found
  const bytes = Buffer.from(publicKeyHex, 'hex')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }
  const key = isFit(bytes) ? createPublicKey({ key: jwk, format: 'jwk' }) : null
  known.set(publicKeyHex, key)
  return key
}

/** @param signature - 64 bytes; any other number is no signature */
export function isSignedBy(publicKeyHex: string, message: Uint8Array, signature: Uint8Array): boolean {
  const key = keyOf(publicKeyHex)
  return key !== null && signature.length === 64 && verify(null, message, key, signature)
}
