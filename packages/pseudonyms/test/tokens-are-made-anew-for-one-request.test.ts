import { hkdfSync } from 'node:crypto'
import {
  concatBytes,
  createKeyedHash128,
  cryptoReady,
  fromHex,
  randomBytes,
  toHex,
  u32be,
  utf8,
} from '@kruispunt/crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { requestPseudonymKey, tokensForRequest } from '../src/index.ts'

const pseudonymKey = new Uint8Array(32).fill(7)
const requestId = 'ab'.repeat(16)
const code = (value: string) => expect.objectContaining({ code: value })
const slotsOf = (tokens: Uint8Array) => {
  const found: string[] = []
  for (let at = 0; at < tokens.length; at += 16) found.push(toHex(tokens.subarray(at, at + 16)))
  return found
}

beforeAll(cryptoReady)

describe('tokens are made anew for one request', () => {
  it('under a key that HKDF gives of the epoch’s key and the request', () => {
    const info = concatBytes(utf8('datalab/v1/key/pseudonym/job\0'), u32be(16), fromHex(requestId))
    const expected = new Uint8Array(hkdfSync('sha256', pseudonymKey, new Uint8Array(0), info, 32))
    expect(requestPseudonymKey(pseudonymKey, requestId)).toEqual(expected)
    expect(() => requestPseudonymKey(pseudonymKey.subarray(1), requestId)).toThrow(code('malformed_key'))
  })

  it('each is the keyed hash of the key’s name and the token, in the new order', () => {
    const key = requestPseudonymKey(pseudonymKey, requestId)
    const tokens = randomBytes(3 * 16)
    const order = Uint32Array.of(2, 0, 1)
    const hash = createKeyedHash128(key)
    const expected = [...order].map((row) =>
      toHex(hash(concatBytes(u32be(2), utf8('B1'), u32be(16), tokens.subarray(row * 16, row * 16 + 16)))),
    )
    expect(slotsOf(tokensForRequest(key, { keyId: 'B1', tokens, slots: 1, order }))).toEqual(expected)
  })

  it('keeps who is equal to whom, loses everything else: the request before, the order of rows, the order of slots', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(5), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 }),
        (rows) => {
          const tokens = concatBytes(...rows.flat().map((value) => new Uint8Array(16).fill(value + 1)))
          const order = Uint32Array.from(rows.keys()).reverse()
          const made = ['01', '02'].map((id) => {
            const key = requestPseudonymKey(pseudonymKey, id.repeat(16))
            return slotsOf(tokensForRequest(key, { keyId: 'N1', tokens, slots: 3, order }))
          })
          const [first = [], second = []] = made
          const values = [...rows].reverse()
          const meaning = new Map<string, number>()
          values.forEach((row, at) => {
            const slots = first.slice(at * 3, at * 3 + 3)
            expect(slots).toEqual([...slots].sort((a, b) => (wordsOf(a) < wordsOf(b) ? -1 : 1)))
            // As many equal ones as there were: the counts of each subject’s values match.
            expect(countsOf(slots)).toEqual(countsOf(row))
          })
          for (const token of first) meaning.set(token, 1)
          expect(meaning.size).toBe(new Set(rows.flat()).size)
          expect(second.some((token) => meaning.has(token))).toBe(false)
        },
      ),
    )
  })

  it('refuses what is no whole number of subjects, and an order that leaves the column', () => {
    const key = requestPseudonymKey(pseudonymKey, requestId)
    const make = (bytes: number, slots: number, order: Uint32Array) => () =>
      tokensForRequest(key, { keyId: 'B1', tokens: new Uint8Array(bytes), slots, order })
    expect(make(33, 1, Uint32Array.of(0, 1))).toThrow(code('tokens_do_not_fit'))
    expect(make(32, 0, Uint32Array.of(0, 1))).toThrow(code('tokens_do_not_fit'))
    expect(make(32, 1, Uint32Array.of(0, 2))).toThrow(code('tokens_do_not_fit'))
  })
})

/** Slots are sorted by machine words, which are little endian. */
const wordsOf = (token: string) =>
  (token.match(/.{8}/g) ?? []).map((word) => (word.match(/../g) ?? []).reverse().join('')).join('')
const countsOf = (values: readonly unknown[]) =>
  [...new Set(values)].map((value) => values.filter((other) => other === value).length).sort()
