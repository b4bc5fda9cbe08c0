/**
 * BLAKE2b-128 under a 32-byte key (RFC 7693), one by one and in bulk.
 *
 * The bulk forms do the same work with the key and the results kept in the library's memory for a whole batch,
 * because at millions of short messages the copying costs more than the hashing.
 * @module
 */
import { CryptoError } from './errors.ts'
import { withScratch } from './sodium-heap.ts'

const keyBytes = 32
const hashBytes = 16
const batch = 4096

/**
 * A function that hashes messages under this key; 16 bytes each. The key is copied.
 * @throws {@link CryptoError} `malformed_key` unless the key is 32 bytes
 */
export function createKeyedHash128(key: Uint8Array): (message: Uint8Array) => Uint8Array {
  checkKey(key)
  const ownKey = key.slice()
  return (message) =>
    withScratch(({ sodium, take, read }) => {
      const at = take(keyBytes + hashBytes + message.length)
      const [out, input] = [at + keyBytes, at + keyBytes + hashBytes]
      sodium.HEAPU8.set(ownKey, at)
      sodium.HEAPU8.set(message, input)
      sodium._crypto_generichash(out, hashBytes, input, message.length, 0, at, keyBytes)
      return read(out, hashBytes)
    })
}

/**
 * Hashes every row of a table of equally long rows.
 * @param rows - rows of `rowBytes` bytes, one after the other; not changed
 * @returns 16 bytes a row, same order
 * @throws {@link CryptoError} `malformed_key`; `out_of_range` if `rows` is no whole number of rows
 */
export function keyedHash128OfRows(key: Uint8Array, rows: Uint8Array, rowBytes: number): Uint8Array {
  checkKey(key)
  if (!Number.isInteger(rowBytes) || rowBytes < 1 || rows.length % rowBytes !== 0) throw new CryptoError('out_of_range')
  const total = rows.length / rowBytes
  const hashes = new Uint8Array(total * hashBytes)
  withScratch(({ sodium, take, put }) => {
    const keyAt = put(key)
    const [input, out] = [take(batch * rowBytes), take(batch * hashBytes)]
    const memory = sodium.HEAPU8
    for (let first = 0; first < total; first += batch) {
      const count = Math.min(batch, total - first)
      memory.set(rows.subarray(first * rowBytes, (first + count) * rowBytes), input)
      for (let i = 0; i < count; i++) {
        const to = out + i * hashBytes
        sodium._crypto_generichash(to, hashBytes, input + i * rowBytes, rowBytes, 0, keyAt, keyBytes)
      }
      hashes.set(memory.subarray(out, out + count * hashBytes), first * hashBytes)
    }
  })
  return hashes
}

/**
 * Hashes `prefix ‖ u32be(|v|) ‖ v` for every slice v of one buffer.
 * @param offsets - where each value begins, and at the end where the last one ends: one more than there are values
 * @param out - receives 16 bytes a value from `offset` on
 * @throws {@link CryptoError} `malformed_key`; `out_of_range` if a slice or the results do not fit, before anything is written
 */
export function keyedHash128OfSlices(
  key: Uint8Array,
  prefix: Uint8Array,
  values: Uint8Array,
  offsets: Uint32Array,
  out: Uint8Array,
  offset: number,
): void {
  checkKey(key)
  const total = offsets.length - 1
  if (total < 0 || !Number.isInteger(offset) || offset < 0 || offset + total * hashBytes > out.length) {
    throw new CryptoError('out_of_range')
  }
  let longest = 0
  for (let i = 0; i < total; i++) {
    const length = (offsets[i + 1] as number) - (offsets[i] as number)
    if (length < 0) throw new CryptoError('out_of_range')
    if (length > longest) longest = length
  }
  if ((offsets[total] as number) > values.length) throw new CryptoError('out_of_range')
  withScratch(({ sodium, take, put }) => {
    const keyAt = put(key)
    const results = take(Math.min(batch, total) * hashBytes)
    const input = take(prefix.length + 4 + longest)
    const memory = sodium.HEAPU8
    memory.set(prefix, input)
    const lengthAt = input + prefix.length
    for (let first = 0; first < total; first += batch) {
      const count = Math.min(batch, total - first)
      for (let i = 0; i < count; i++) {
        const from = offsets[first + i] as number
        const length = (offsets[first + i + 1] as number) - from
        memory[lengthAt] = length >>> 24
        memory[lengthAt + 1] = length >>> 16
        memory[lengthAt + 2] = length >>> 8
        memory[lengthAt + 3] = length
        // Byte by byte: a view for every short value costs more than its bytes.
        for (let at = 0; at < length; at++) memory[lengthAt + 4 + at] = values[from + at] as number
        const messageBytes = prefix.length + 4 + length
        sodium._crypto_generichash(results + i * hashBytes, hashBytes, input, messageBytes, 0, keyAt, keyBytes)
      }
      out.set(memory.subarray(results, results + count * hashBytes), offset + first * hashBytes)
    }
  })
}

function checkKey(key: Uint8Array): void {
  if (key.length !== keyBytes) throw new CryptoError('malformed_key')
}
