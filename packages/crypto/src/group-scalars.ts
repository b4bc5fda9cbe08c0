/**
 * Scalars of ristretto255, many at a time: 32 bytes each, little endian, reduced modulo the order of the group, never zero.
 * @module
 */
import { randomFillSync } from 'node:crypto'
import { CryptoError } from './errors.ts'
import { withScratch } from './group-heap.ts'

export const scalarBytes = 32
const wideBytes = 64
const batch = 512

/** The order of the group, 2^252 + 27742317777372353535851937790883648493, little endian. */
const order = Uint8Array.from(Buffer.from('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010', 'hex'))

function isReduced(scalars: Uint8Array, at: number): boolean {
  for (let i = scalarBytes - 1; i >= 0; i--) {
    const difference = (scalars[at + i] as number) - (order[i] as number)
    if (difference !== 0) return difference < 0
  }
  return false
}

function isZero(scalars: Uint8Array, at: number): boolean {
  let bits = 0
  for (let i = 0; i < scalarBytes; i++) bits |= scalars[at + i] as number
  return bits === 0
}

/**
 * How many there are.
 * @throws {@link CryptoError} `malformed_scalar` for one that is zero or not reduced; `out_of_range` unless it is whole scalars
 */
export function assertScalars(scalars: Uint8Array): number {
  if (scalars.length % scalarBytes !== 0) throw new CryptoError('out_of_range')
  for (let at = 0; at < scalars.length; at += scalarBytes)
    if (!isReduced(scalars, at) || isZero(scalars, at)) throw new CryptoError('malformed_scalar')
  return scalars.length / scalarBytes
}

/**
 * Uniformly random scalars, from 64 random bytes each. The library's own `scalar_random` asks the system once for every
 * one of them, which at this number takes longer than the rest of the work.
 */
export function randomScalars(count: number): Uint8Array {
  if (!Number.isInteger(count) || count < 0 || count > 0x3ffffff) throw new CryptoError('out_of_range')
  const scalars = new Uint8Array(count * scalarBytes)
  withScratch(({ sodium, take }) => {
    const [wide, narrow] = [take(batch * wideBytes), take(batch * scalarBytes)]
    const memory = sodium.HEAPU8
    for (let first = 0; first < count; first += batch) {
      const many = Math.min(batch, count - first)
      randomFillSync(memory, wide, many * wideBytes)
      for (let i = 0; i < many; i++)
        sodium._crypto_core_ristretto255_scalar_reduce(narrow + i * scalarBytes, wide + i * wideBytes)
      scalars.set(memory.subarray(narrow, narrow + many * scalarBytes), first * scalarBytes)
    }
  })
  // One in 2^252: the loop is there because a zero would show what it was to hide.
  for (let i = 0; i < count; i++)
    while (isZero(scalars, i * scalarBytes)) scalars.set(randomScalars(1), i * scalarBytes)
  return scalars
}

/** a + b modulo the order; the sum may be zero. @throws {@link CryptoError} `malformed_scalar`, `out_of_range` */
export function addScalars(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (assertScalars(a) !== 1 || assertScalars(b) !== 1) throw new CryptoError('out_of_range')
  return withScratch(({ sodium, take, put, read }) => {
    const sum = take(scalarBytes)
    sodium._crypto_core_ristretto255_scalar_add(sum, put(a), put(b))
    return read(sum, scalarBytes)
  })
}

/**
 * The inverse of every scalar, with one inversion a batch and three multiplications a scalar (Montgomery's trick).
 * @throws {@link CryptoError} `malformed_scalar`, `out_of_range`
 */
export function invertScalars(scalars: Uint8Array): Uint8Array {
  const count = assertScalars(scalars)
  const inverses = new Uint8Array(scalars.length)
  withScratch(({ sodium, take }) => {
    const size = Math.min(batch, Math.max(1, count)) * scalarBytes
    const [values, products, running] = [take(size), take(size), take(scalarBytes)]
    const memory = sodium.HEAPU8
    for (let first = 0; first < count; first += batch) {
      const bytes = Math.min(batch, count - first) * scalarBytes
      memory.set(scalars.subarray(first * scalarBytes, first * scalarBytes + bytes), values)
      // products[i] = values[0] · … · values[i]
      memory.copyWithin(products, values, values + scalarBytes)
      for (let at = scalarBytes; at < bytes; at += scalarBytes)
        sodium._crypto_core_ristretto255_scalar_mul(products + at, products + at - scalarBytes, values + at)
      sodium._crypto_core_ristretto255_scalar_invert(running, products + bytes - scalarBytes)
      for (let at = bytes - scalarBytes; at > 0; at -= scalarBytes) {
        // running = 1 / (values[0] · … · values[i])
        sodium._crypto_core_ristretto255_scalar_mul(products + at, running, products + at - scalarBytes)
        sodium._crypto_core_ristretto255_scalar_mul(running, running, values + at)
      }
      memory.copyWithin(products, running, running + scalarBytes)
      inverses.set(memory.subarray(products, products + bytes), first * scalarBytes)
    }
  })
  return inverses
}
