import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { canonicalBytes, type JsonValue, parseCanonical } from '../src/index.ts'
import { bytesOf, coded, readVectors, textOf } from './vectors.ts'

type Vectors = {
  files: { name: string; inputBase64: string; expectedUtf8Base64: string }[]
  numbersRfcAppendixB: [string, string | null][]
  numberSequence: { sha256OfFirstLines: Record<string, string>; lines: string[] }
  mustReject: { why: string; inputBase64: string }[]
  validJsonButNotCanonical: { why: string; b64: string }[]
}
const vectors = readVectors<Vectors>('jcs-rfc8785.json')
const limits = { maxBytes: 1000, maxDepth: 16 }

function doubleOf(hex: string): number {
  return Buffer.from(hex.padStart(16, '0'), 'hex').readDoubleBE()
}

const numberLine = (hex: string) => `${hex},${canonicalize(doubleOf(hex))}`

describe('the library writes RFC 8785', () => {
  it.each(vectors.files)('$name', ({ inputBase64, expectedUtf8Base64 }) => {
    const value: unknown = JSON.parse(textOf(bytesOf(inputBase64)))
    expect(canonicalize(value)).toBe(textOf(bytesOf(expectedUtf8Base64)))
  })

  it.each(vectors.numbersRfcAppendixB)('number %s of appendix B is written as %s', (hex, text) => {
    if (text === null) expect(() => canonicalize(doubleOf(hex))).toThrow()
    else expect(canonicalize(doubleOf(hex))).toBe(text)
  })

  it('writes every sampled number of the published sequence', () => {
    const written = vectors.numberSequence.lines.map((line) => numberLine(line.split(',')[0] ?? ''))
    expect(written).toStrictEqual(vectors.numberSequence.lines)
  })

  it('writes the first thousand of that sequence to the published hash', () => {
    const { lines, sha256OfFirstLines } = vectors.numberSequence
    // Chosen numbers first, then doubles in a row from the smallest normal one.
    const chosen = lines.slice(0, lines.lastIndexOf('10000000000000,2.2250738585072014e-308'))
    const row = Array.from({ length: 1000 - chosen.length }, (_, index) => (2n ** 52n + BigInt(index)).toString(16))
    const text = [...chosen, ...row.map(numberLine)].map((line) => `${line}\n`).join('')
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256OfFirstLines['1000'])
  })
})

describe('a statement keeps to the part of RFC 8785 that nobody can print in two ways', () => {
  const whole = vectors.files.filter(({ name }) => name !== 'values.json')

  it.each(whole)('writes $name byte for byte', ({ inputBase64, expectedUtf8Base64 }) => {
    const value = JSON.parse(textOf(bytesOf(inputBase64))) as JsonValue
    expect(textOf(canonicalBytes(value))).toBe(textOf(bytesOf(expectedUtf8Base64)))
  })

  it.each(whole)('reads $name back in its canonical form', ({ expectedUtf8Base64 }) => {
    const bytes = bytesOf(expectedUtf8Base64)
    expect(canonicalBytes(parseCanonical(bytes, limits))).toStrictEqual(bytes)
  })

  it('refuses the published example that holds fractions', () => {
    const example = vectors.files.find(({ name }) => name === 'values.json')
    const value = JSON.parse(textOf(bytesOf(example?.inputBase64 ?? ''))) as JsonValue
    expect(() => canonicalBytes(value)).toThrow(coded('number_not_whole'))
  })

  it.each([
    ['a fraction', { k: 0.5 }, 'number_not_whole'],
    ['not a number', { k: Number.NaN }, 'number_not_whole'],
    ['infinity', [Number.POSITIVE_INFINITY], 'number_not_whole'],
    ['2^53', { k: 2 ** 53 }, 'number_too_large'],
    ['-2^53', { k: -(2 ** 53) }, 'number_too_large'],
    ['half a surrogate pair', { k: '\ud800' }, 'text_not_well_formed'],
    ['half a surrogate pair in a name', { '\udead': 1 }, 'text_not_well_formed'],
    ['a member that is undefined', { k: undefined }, 'value_missing'],
    ['an element that is undefined', [undefined], 'value_missing'],
    ['a hole', new Array(1), 'value_missing'],
    ['a bigint', { k: 1n }, 'value_not_json'],
    ['a function', { toJSON: () => 1 }, 'value_not_json'],
    ['a date', { k: new Date(0) }, 'value_not_json'],
    ['a map', new Map(), 'value_not_json'],
    ['bytes', new Uint8Array(2), 'value_not_json'],
    ['a symbol as a name', { [Symbol('k')]: 1 }, 'value_not_json'],
    ['__proto__', JSON.parse('{"__proto__":{}}'), 'member_name_reserved'],
    ['constructor', { constructor: 1 }, 'member_name_reserved'],
  ])('refuses %s', (_, value, code) => {
    expect(() => canonicalBytes(value as JsonValue)).toThrow(coded(code))
  })

  it('writes the largest whole numbers and refuses a cycle', () => {
    expect(textOf(canonicalBytes([2 ** 53 - 1, -(2 ** 53 - 1)]))).toBe('[9007199254740991,-9007199254740991]')
    const cycle: unknown[] = []
    cycle.push(cycle)
    expect(() => canonicalBytes(cycle as JsonValue)).toThrow(coded('too_deep'))
  })
})

describe('only canonical bytes are read', () => {
  const rejections: Record<string, string> = {
    'duplicate member name (RFC 7493 §2.3; RFC 8785 §3.1)': 'not_canonical',
    'duplicate member name after escape decoding': 'not_canonical',
    'lone high surrogate in a string (RFC 8785 §3.2.2.2)': 'text_not_well_formed',
    'lone low surrogate in a member name': 'text_not_well_formed',
    'invalid UTF-8 bytes': 'not_utf8',
    'NaN literal': 'not_json',
    'number that overflows a double': 'number_not_whole',
    'trailing bytes after the value': 'not_json',
    'byte order mark before the value': 'not_json',
  }

  it.each(vectors.mustReject)('refuses $why', ({ why, inputBase64 }) => {
    expect(() => parseCanonical(bytesOf(inputBase64), limits)).toThrow(coded(rejections[why] ?? 'unlisted'))
  })

  it.each(vectors.validJsonButNotCanonical)('refuses $why', ({ b64 }) => {
    expect(() => parseCanonical(bytesOf(b64), limits)).toThrow(coded('not_canonical'))
  })

  it.each(['{"__proto__":{"admin":true}}', '{"a":{"constructor":1}}', '{"prototype":1}'])(
    'refuses %s and leaves every prototype as it was',
    (text) => {
      const before = Object.getOwnPropertyNames(Object.prototype)
      expect(() => parseCanonical(new TextEncoder().encode(text), limits)).toThrow(coded('member_name_reserved'))
      expect(Object.getOwnPropertyNames(Object.prototype)).toStrictEqual(before)
      expect('admin' in {}).toBe(false)
    },
  )

  it('reads up to its limits and not beyond', () => {
    const bytes = new TextEncoder().encode('[[1]]')
    expect(parseCanonical(bytes, { maxBytes: 5, maxDepth: 2 })).toStrictEqual([[1]])
    expect(() => parseCanonical(bytes, { maxBytes: 4, maxDepth: 2 })).toThrow(coded('too_large'))
    expect(() => parseCanonical(bytes, { maxBytes: 5, maxDepth: 1 })).toThrow(coded('too_deep'))
    const deep = new TextEncoder().encode('['.repeat(100_000) + ']'.repeat(100_000))
    expect(() => parseCanonical(deep, { maxBytes: 1_000_000, maxDepth: 16 })).toThrow(coded('too_deep'))
  })
})
