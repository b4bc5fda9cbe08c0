import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BSN_ANSWER, bsnReader, isBsn, parseBsn, writeBsn } from '../../src/node.ts'

type Vectors = { bsn: { valid: string[]; mustReject: string[]; nineDigitStringsPassing: number } }
const vectors = (
  JSON.parse(readFileSync(new URL('../../../../test/vectors/protocol-kat.json', import.meta.url), 'utf8')) as Vectors
).bsn

/** The rule written out once more, digit by digit. */
const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
const passes = (digits: string) => {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return digits !== '000000000' && sum % 11 === 0
}
const nineDigits = fc.integer({ min: 0, max: 999_999_999 }).map((number) => String(number).padStart(9, '0'))
const valid = fc.integer({ min: 1_000_000, max: 99_999_999 }).chain((head) => {
  const found = Array.from({ length: 10 }, (_, last) => `${String(head).padStart(8, '0')}${last}`).filter(passes)
  return found.length === 0 ? fc.constant('123456782') : fc.constantFrom(...found)
})

describe('only numbers that pass the eleven test are read', () => {
  it.each(vectors.valid)('protocol vector: %s is a number', (text) => expect(isBsn(text)).toBe(true))
  it.each(vectors.mustReject)('protocol vector: "%s" is none', (text) => expect(isBsn(text)).toBe(false))
  it('agrees with the rule written out digit by digit', () => {
    fc.assert(
      fc.property(nineDigits, (text) => isBsn(text) === passes(text)),
      { numRuns: 5000 },
    )
  })
  it('notices every single wrong digit and every swap of neighbours', () => {
    fc.assert(
      fc.property(valid, fc.nat(8), fc.integer({ min: 1, max: 9 }), fc.nat(7), (text, at, add, swap) => {
        const digits = [...text]
        const wrong = digits.with(at, String((Number(digits[at]) + add) % 10)).join('')
        const swapped = digits
          .with(swap, digits[swap + 1] ?? '')
          .with(swap + 1, digits[swap] ?? '')
          .join('')
        return !isBsn(wrong) && (swapped === text || !isBsn(swapped))
      }),
    )
  })

  it.each([
    ['999996216', '999996216'],
    ['9999.96.216', '999996216'],
    [' 9999-96-216 ', '999996216'],
    ['99\u00a0999\u00a06216', '999996216'],
    ['12345672', '012345672'],
  ])('reads "%s" as a source may write it', (text, bsn) => expect(parseBsn(text, [])).toStrictEqual({ ok: true, bsn }))
  it.each([
    ['', 'empty'],
    [' - ', 'empty'],
    ['1234567', 'malformed'],
    ['1112223330', 'malformed'],
    ['11122233a', 'malformed'],
    ['000000012', 'malformed'],
    ['１１１２２２３３３', 'malformed'],
    ['BSN 999996216', 'malformed'],
    ['999996217', 'eleven_test'],
    ['000000000', 'filler'],
    ['111111110', 'filler'],
    ['123456782', 'filler'],
  ])('refuses "%s" as %s', (text, reason) => expect(parseBsn(text)).toStrictEqual({ ok: false, reason }))
  it('reads 123456782 once a lab says it is no filler', () => {
    expect(parseBsn('123456782', [])).toStrictEqual({ ok: true, bsn: '123456782' })
  })

  it('whatever is read passes the strict test, and is written back the same', () => {
    const read = bsnReader([])
    const noise = fc.stringMatching(/^[ .\-/]{0,3}$/)
    fc.assert(
      fc.property(valid, noise, fc.nat(8), (bsn, sign, at) => {
        const bytes = new TextEncoder().encode(bsn.slice(0, at) + sign + bsn.slice(at))
        const answer = read(bytes, 0, bytes.length)
        const out = new Uint8Array(11)
        writeBsn(answer, out, 1)
        return answer > 0 && new TextDecoder().decode(out.subarray(1, 10)) === bsn && out[0] === 0 && out[10] === 0
      }),
    )
  })
  it('never takes bytes at random for a number that fails the strict test', () => {
    const read = bsnReader()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 14 }), (bytes) => {
        const answer = read(bytes, 0, bytes.length)
        return answer > 0 ? isBsn(String(answer).padStart(9, '0')) : Object.values<number>(BSN_ANSWER).includes(answer)
      }),
      { numRuns: 2000 },
    )
  })
})
