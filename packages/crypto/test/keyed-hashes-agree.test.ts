import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  concatBytes,
  createKeyedHash128,
  cryptoReady,
  fromHex,
  keyedHash128OfRows,
  keyedHash128OfSlices,
  randomBytes,
  toHex,
  u32be,
  utf8,
} from '../src/index.ts'

beforeAll(cryptoReady)

const key = new Uint8Array(32).fill(7)
const code = (value: string) => expect.objectContaining({ code: value })

describe('keyed hashes agree', () => {
  it('is BLAKE2b with a 16-byte result (value made with Python hashlib)', () => {
    expect(toHex(createKeyedHash128(key)(utf8('kruispunt')))).toBe('6fab8f59f50df03e1742ac80e3ca7274')
    expect(toHex(createKeyedHash128(key)(new Uint8Array(300).fill(1)))).toBe('32fe1b2bf93e00158c3f02d258cd7788')
    expect(toHex(createKeyedHash128(key)(new Uint8Array(0)))).toBe('f60b6ec68e47431ff37ebfaeb581e778')
  })

  it('hashes rows in bulk as it does one by one, over the border of a batch', () => {
    const rows = randomBytes(16 * 4099)
    const one = createKeyedHash128(key)
    const hashes = keyedHash128OfRows(key, rows, 16)
    for (const row of [0, 1, 4095, 4096, 4098]) {
      expect(toHex(hashes.subarray(row * 16, row * 16 + 16))).toBe(toHex(one(rows.subarray(row * 16, row * 16 + 16))))
    }
  })

  it('hashes slices of a buffer as it does one by one, over the border of a batch', () => {
    const one = createKeyedHash128(key)
    const prefix = fromHex('000000024e31')
    const lengths = fc.array(fc.nat(300), { maxLength: 20 })
    const agree = (sizes: readonly number[], skipped: number) => {
      const offsets = new Uint32Array(sizes.length + 1).fill(skipped)
      sizes.forEach((size, i) => {
        offsets[i + 1] = (offsets[i] as number) + size
      })
      const values = randomBytes((offsets[sizes.length] as number) + 5)
      const out = new Uint8Array(skipped + sizes.length * 16)
      keyedHash128OfSlices(key, prefix, values, offsets, out, skipped)
      const expected = sizes.map((size, i) => {
        const from = offsets[i] as number
        return one(concatBytes(prefix, u32be(size), values.subarray(from, from + size)))
      })
      expect(toHex(out)).toBe(toHex(concatBytes(new Uint8Array(skipped), ...expected)))
    }
    fc.assert(fc.property(lengths, fc.nat(5), agree))
    agree(
      Array.from({ length: 4099 }, (_, i) => i % 7),
      0,
    )
  })

  it('refuses slices that lie outside their buffer or run backwards, before writing', () => {
    const out = new Uint8Array(32)
    const values = new Uint8Array(4)
    const none = new Uint8Array(0)
    const attempt = (offsets: readonly number[], offset = 0) =>
      keyedHash128OfSlices(key, none, values, Uint32Array.from(offsets), out, offset)
    for (const offsets of [[], [0, 5], [3, 2], [0, 5, 4], [0, 1, 2, 3]])
      expect(() => attempt(offsets)).toThrow(code('out_of_range'))
    expect(() => attempt([0, 1], 17)).toThrow(code('out_of_range'))
    expect([...out]).toStrictEqual(Array.from({ length: 32 }, () => 0))
  })

  it('refuses other key lengths, results that do not fit, and broken rows', () => {
    const out = new Uint8Array(31)
    expect(() => createKeyedHash128(key.subarray(1))).toThrow(code('malformed_key'))
    expect(() => keyedHash128OfRows(key, out, 16)).toThrow(code('out_of_range'))
    expect([...out]).toStrictEqual(Array.from({ length: 31 }, () => 0))
  })

  it('keeps its own copy of the key', () => {
    const own = key.slice()
    const hash = createKeyedHash128(own)
    const before = toHex(hash(utf8('a')))
    own.fill(0)
    expect(toHex(hash(utf8('a')))).toBe(before)
  })
})
