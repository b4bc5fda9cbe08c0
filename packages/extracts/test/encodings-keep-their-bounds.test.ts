import { toHex } from '@kruispunt/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  codeColumnType,
  decodeAmounts,
  decodeCodes,
  decodeSubjectIndex,
  decodeTokens,
  encodeAmounts,
  encodeCodes,
  encodeSubjectIndex,
  encodeTokens,
} from '../src/index.ts'
import { code, numbered } from './columns.ts'

const refusal = (value: string) => expect.objectContaining(code(value))

describe('encodings keep their bounds', () => {
  it('takes one byte a row up to 255 codes and two beyond', () => {
    expect([1, 255, 256, 65_535].map(codeColumnType)).toStrictEqual(['codes-8', 'codes-8', 'codes-16', 'codes-16'])
    for (const codes of [0, -1, 1.5, 65_536, Number.NaN]) {
      expect(() => codeColumnType(codes)).toThrow(refusal('too_many_codes'))
    }
    expect(toHex(encodeCodes([0, 1, 255], 255))).toBe('0001ff')
    expect(toHex(encodeCodes([0, 1, 256], 256))).toBe('000001000001')
  })

  it('gives back every code', () => {
    const column = fc
      .integer({ min: 1, max: 65_535 })
      .chain((codes) => fc.record({ codes: fc.constant(codes), values: fc.array(fc.nat(codes), { maxLength: 50 }) }))
    fc.assert(
      fc.property(column, ({ codes, values }) => {
        const decoded = decodeCodes(encodeCodes(values, codes), { rows: values.length, codes })
        expect([...decoded]).toStrictEqual(values)
      }),
    )
  })

  it('refuses codes outside the list and columns of another length, writing and reading', () => {
    for (const bad of [4, -1, 0.5, Number.NaN]) {
      expect(() => encodeCodes([1, bad], 3)).toThrow(refusal('code_out_of_range'))
    }
    expect(() => decodeCodes(Uint8Array.of(3, 4), { rows: 2, codes: 3 })).toThrow(refusal('code_out_of_range'))
    expect(() => decodeCodes(Uint8Array.of(2, 1), { rows: 1, codes: 257 })).toThrow(refusal('code_out_of_range'))
    expect([...decodeCodes(Uint8Array.of(1, 1), { rows: 1, codes: 257 })]).toStrictEqual([257])
    for (const rows of [1, 3]) {
      expect(() => decodeCodes(Uint8Array.of(1, 1), { rows, codes: 3 })).toThrow(refusal('wrong_length'))
    }
    expect(() => decodeCodes(Uint8Array.of(1), { rows: 1, codes: 300 })).toThrow(refusal('wrong_length'))
  })

  it('gives back every amount within its bounds, little endian, and none as 0 whatever the bounds', () => {
    const bounds = { lowest: -300, highest: 2 ** 31 - 1 }
    expect(toHex(encodeAmounts(Int32Array.of(-1, 0x01020304), bounds))).toBe('ffffffff04030201')
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -300, max: 2 ** 31 - 1 }), { maxLength: 50 }), (amounts) => {
        const moved = new Uint8Array([9, ...encodeAmounts(Int32Array.from(amounts), bounds)]).subarray(1)
        expect([...decodeAmounts(moved, { rows: amounts.length, ...bounds })]).toStrictEqual(amounts)
      }),
    )
    const narrow = { lowest: 10, highest: 20 }
    expect([...decodeAmounts(encodeAmounts(Int32Array.of(10, 0, 20), narrow), { rows: 3, ...narrow })]).toStrictEqual([
      10, 0, 20,
    ])
    for (const amount of [9, 21, -1]) {
      expect(() => encodeAmounts(Int32Array.of(amount), narrow)).toThrow(refusal('amount_out_of_range'))
      const written = encodeAmounts(Int32Array.of(amount), { lowest: -100, highest: 100 })
      expect(() => decodeAmounts(written, { rows: 1, ...narrow })).toThrow(refusal('amount_out_of_range'))
    }
    expect(() => decodeAmounts(new Uint8Array(7), { rows: 2, ...narrow })).toThrow(refusal('wrong_length'))
  })

  it('gives back every subject, little endian, from any place in memory', () => {
    expect(toHex(encodeSubjectIndex([1, 0x01020304], 0x02000000))).toBe('0100000004030201')
    const column = fc.array(fc.nat(999), { maxLength: 50 })
    fc.assert(
      fc.property(column, (indexes) => {
        const moved = new Uint8Array([9, ...encodeSubjectIndex(indexes, 1000)]).subarray(1)
        const decoded = decodeSubjectIndex(moved, { rows: indexes.length, subjects: 1000 })
        expect([...decoded]).toStrictEqual(indexes)
      }),
    )
  })

  it('refuses subjects that do not exist', () => {
    for (const bad of [3, -1, 0.5, Number.NaN, 2 ** 32]) {
      expect(() => encodeSubjectIndex([bad], 3)).toThrow(refusal('subject_out_of_range'))
    }
    const bytes = encodeSubjectIndex([2], 3)
    expect(() => decodeSubjectIndex(bytes, { rows: 1, subjects: 2 })).toThrow(refusal('subject_out_of_range'))
    expect(() => decodeSubjectIndex(bytes, { rows: 2, subjects: 3 })).toThrow(refusal('wrong_length'))
  })

  it('pads every row to the same number of tokens with values that match nothing', () => {
    const tokens = numbered(16 * 3)
    const one = encodeTokens({ tokens, counts: [2, 0, 1], slots: 2 })
    const two = encodeTokens({ tokens, counts: [2, 0, 1], slots: 2 })
    expect(one).toHaveLength(16 * 6)
    const slot = (bytes: Uint8Array, index: number) => toHex(bytes.subarray(index * 16, index * 16 + 16))
    expect([0, 1, 4].map((i) => slot(one, i))).toStrictEqual([0, 1, 2].map((i) => slot(tokens, i)))
    const fillings = [2, 3, 5].flatMap((i) => [slot(one, i), slot(two, i)])
    expect(new Set(fillings).size).toBe(6)
    expect(fillings).not.toContain('00'.repeat(16))
    expect(decodeTokens(one, { rows: 3, slots: 2 })).toStrictEqual(one)
  })

  it('refuses tokens that do not fit their rows and slots', () => {
    const tokens = numbered(32)
    for (const counts of [[3], [1], [2, 1], [-1, 2], [1.5]]) {
      expect(() => encodeTokens({ tokens, counts, slots: 2 })).toThrow(refusal('wrong_token_count'))
    }
    expect(() => encodeTokens({ tokens, counts: [2], slots: 0 })).toThrow(refusal('wrong_token_count'))
    expect(() => encodeTokens({ tokens: tokens.subarray(1), counts: [2], slots: 2 })).toThrow(
      refusal('wrong_token_count'),
    )
    expect(() => decodeTokens(tokens, { rows: 1, slots: 1 })).toThrow(refusal('wrong_length'))
    expect(() => decodeTokens(tokens, { rows: 3, slots: 1 })).toThrow(refusal('wrong_length'))
  })
})
