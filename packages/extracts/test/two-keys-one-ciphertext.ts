/**
 * The attack that key commitments are for: one sealed column that opens under two keys, into two different columns.
 *
 * Poly1305 is a polynomial modulo 2^130 - 5 whose point follows from the key. A ciphertext whose tag is right under
 * two keys is found by solving one linear equation for one free block (Len, Grubbs, Ristenpart, "Partitioning Oracle
 * Attacks", USENIX Security 2021, section 3). Layout of one secretstream chunk: libsodium, secretstream_xchacha20poly1305.c.
 * @module
 */
import { createCipheriv } from 'node:crypto'
import { concatBytes, randomBytes } from '@kruispunt/crypto'

const p = (1n << 130n) - 5n
const mod = (n: bigint): bigint => ((n % p) + p) % p
const clamp = 0x0ffffffc0ffffffc0ffffffc0fffffffn
const sigma = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]
const finalTag = 3
const dataBytes = 32

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`)
const toBytes = (n: bigint, length: number): Uint8Array =>
  Uint8Array.from(
    Buffer.from(
      n
        .toString(16)
        .padStart(length * 2, '0')
        .slice(-length * 2),
      'hex',
    ).reverse(),
  )
const u64le = (n: number): Uint8Array => toBytes(BigInt(n), 8)

/** ChaCha20 keystream; `iv` is the block counter (4 bytes, little endian) and the nonce (12 bytes). */
function keystream(key: Uint8Array, iv: Uint8Array, length: number): Uint8Array {
  return createCipheriv('chacha20', key, iv).update(new Uint8Array(length))
}

/** HChaCha20, from a ChaCha20 block by taking back the addition of the first state (rows one and four). */
function hChaCha20(key: Uint8Array, input: Uint8Array): Uint8Array {
  const block = Buffer.from(keystream(key, input, 64))
  const tail = Buffer.from(input)
  const out = Buffer.alloc(32)
  for (let i = 0; i < 4; i++) {
    out.writeUInt32LE((block.readUInt32LE(i * 4) - (sigma[i] as number)) >>> 0, i * 4)
    out.writeUInt32LE((block.readUInt32LE(48 + i * 4) - tail.readUInt32LE(i * 4)) >>> 0, 16 + i * 4)
  }
  return out
}

/** What one key makes of a stream with this header: its Poly1305 key and its first block of keystream. */
function firstChunk(key: Uint8Array, header: Uint8Array) {
  const subkey = hChaCha20(key, header.subarray(0, 16))
  const iv = (block: number) => concatBytes(toBytes(BigInt(block), 4), toBytes(1n, 4), header.subarray(16))
  const polyKey = keystream(subkey, iv(0), 32)
  return {
    r: littleEndian(polyKey.subarray(0, 16)) & clamp,
    s: littleEndian(polyKey.subarray(16)),
    tagStream: keystream(subkey, iv(1), 64),
  }
}
type FirstChunk = ReturnType<typeof firstChunk>

/** Poly1305 before `s` is added, over whole blocks of 16 bytes. */
function polynomial(r: bigint, message: Uint8Array): bigint {
  let sum = 0n
  for (let at = 0; at < message.length; at += 16) {
    sum = mod((sum + littleEndian(message.subarray(at, at + 16)) + (1n << 128n)) * r)
  }
  return sum
}

function inverse(n: bigint): bigint {
  let [result, base] = [1n, mod(n)]
  for (let exponent = p - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = mod(result * base)
    base = mod(base * base)
  }
  return result
}

function authenticated(chunk: FirstChunk, aad: Uint8Array, tagByte: number, data: Uint8Array): Uint8Array {
  const tagBlock = Uint8Array.from(chunk.tagStream)
  tagBlock[0] = tagByte
  return concatBytes(aad, tagBlock, data, u64le(aad.length), u64le(64 + data.length))
}

/** @param aad - a whole number of 16-byte blocks */
export function ciphertextForTwoKeys(aad: Uint8Array): { ciphertext: Uint8Array; keys: [Uint8Array, Uint8Array] } {
  for (;;) {
    const header = randomBytes(24)
    const keys: [Uint8Array, Uint8Array] = [randomBytes(32), randomBytes(32)]
    const [one, two] = [firstChunk(keys[0], header), firstChunk(keys[1], header)]
    // The byte that says "last chunk" is encrypted too and has to come out the same: one pair in 256.
    if (one.tagStream[0] !== two.tagStream[0]) continue
    const tagByte = (one.tagStream[0] as number) ^ finalTag
    const data = randomBytes(dataBytes)
    data.fill(0, 16)
    // The last data block x is free. It stands two blocks before the end, so it weighs r^2.
    const [a, b] = [one, two].map((chunk) => polynomial(chunk.r, authenticated(chunk, aad, tagByte, data)))
    const weight = inverse(one.r ** 2n - two.r ** 2n)
    for (let wraps = -3n; wraps <= 3n; wraps++) {
      const x = mod((two.s - one.s + (wraps << 128n) - ((a as bigint) - (b as bigint))) * weight)
      if (x >= 1n << 128n) continue
      const solved = concatBytes(data.subarray(0, 16), toBytes(x, 16))
      const macs = [one, two].map((chunk) => {
        const sum = polynomial(chunk.r, authenticated(chunk, aad, tagByte, solved))
        return (sum + chunk.s) & ((1n << 128n) - 1n)
      })
      if (macs[0] !== macs[1]) continue
      return { ciphertext: concatBytes(header, Uint8Array.of(tagByte), solved, toBytes(macs[0] as bigint, 16)), keys }
    }
  }
}
