import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  concatBytes,
  domainHash,
  equalBytes,
  erase,
  fromBase64,
  fromHex,
  lengthPrefixed,
  sha256,
  toBase64,
  toHex,
  u32be,
  u64be,
  utf8,
} from '../src/index.ts'

const code = (value: string) => expect.objectContaining({ code: value })

describe('written forms are strict', () => {
  it('hex and base64 give back the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(equalBytes(fromHex(toHex(bytes)), bytes)).toBe(true)
        expect(equalBytes(fromBase64(toBase64(bytes)), bytes)).toBe(true)
      }),
    )
  })

  it.each(['a', 'AB', 'zz', ' 00', '0x', '00\n'])('refuses %j as hexadecimal', (text) => {
    expect(() => fromHex(text)).toThrow(code('malformed_hex'))
  })

  it.each(['YQ', 'YQ=', 'YR==', 'YQ==\n', '-_-_', 'Y Q='])('refuses %j as base64', (text) => {
    expect(() => fromBase64(text)).toThrow(code('malformed_base64'))
  })

  it('writes whole numbers big endian and refuses what does not fit', () => {
    expect(toHex(u32be(0xfffffffe))).toBe('fffffffe')
    expect(toHex(u64be(1))).toBe('0000000000000001')
    expect(toHex(u64be(0xffffffffffffffffn))).toBe('ffffffffffffffff')
    for (const bad of [-1, 1.5, 2 ** 32, Number.NaN]) expect(() => u32be(bad)).toThrow(code('out_of_range'))
    for (const bad of [-1, 0.5, 2 ** 53, -1n, 2n ** 64n]) expect(() => u64be(bad)).toThrow(code('out_of_range'))
  })

  it('refuses text that two spellings would share', () => {
    expect(() => utf8('a\ud800')).toThrow(code('malformed_text'))
    expect(toHex(utf8('é\u{1f600}'))).toBe('c3a9f09f9880')
  })

  it('keeps the borders between parts', () => {
    const [a, ab, b, none] = [utf8('a'), utf8('ab'), utf8('b'), utf8('')]
    expect(toHex(lengthPrefixed(ab, none))).toBe('00000002616200000000')
    expect(equalBytes(lengthPrefixed(a, b), lengthPrefixed(ab))).toBe(false)
    expect(equalBytes(domainHash('t', a, b), domainHash('t', ab))).toBe(false)
    expect(equalBytes(domainHash('t', a), domainHash('u', a))).toBe(false)
  })

  it('spells H as the protocol does', () => {
    const spelled = concatBytes(utf8('datalab/v1/key-id'), Uint8Array.of(0), u32be(3), utf8('abc'))
    expect(toHex(domainHash('key-id', utf8('abc')))).toBe(toHex(sha256(spelled)))
  })

  it('compares by content and erases in place', () => {
    expect(equalBytes(utf8('abc'), utf8('abd'))).toBe(false)
    expect(equalBytes(utf8('abc'), utf8('ab'))).toBe(false)
    const [one, two] = [utf8('abc'), utf8('de')]
    erase(one, two)
    expect([...one, ...two]).toStrictEqual([0, 0, 0, 0, 0])
  })
})
