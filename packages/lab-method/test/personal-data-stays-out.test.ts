import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPersonalData } from '../src/index.ts'

/** By the definition: 9 a + 8 b + … + 2 h - i is a multiple of eleven. */
const bsn = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 })
  .filter((digits) => digits.some((digit) => digit > 0))
  .map((digits) => ({ digits, last: digits.reduce((sum, digit, at) => sum + (9 - at) * digit, 0) % 11 }))
  .filter(({ last }) => last < 10)
  .map(({ digits, last }) => `${digits.join('')}${last}`)

describe('a text that names one person is found', () => {
  it('by a citizen number, with or without marks, between any words', () => {
    const words = fc.constantFrom('', 'nummer ', 'cliënt: ', 'bsn=', '(')
    const marks = fc.constantFrom('', '.', ' ', '-')
    fc.assert(
      fc.property(bsn, words, marks, (number, word, mark) => {
        const written = `${word}${number.slice(0, 3)}${mark}${number.slice(3, 6)}${mark}${number.slice(6)} en verder`
        expect(findPersonalData(written)).toBe('citizen-number')
      }),
    )
  })

  it.each([
    ['e-mail', 'Mail k.jansen@gemeente-voorbeeld.nl voor meer'],
    ['e-mail', 'k.jansen (at) voorbeeld.nl'],
    ['telephone', 'Bel 06-12345678'],
    ['telephone', 'Bel 0031 6 1234 5678 na vijven'],
    ['telephone', '(+31 20 123 4567)'],
    ['telephone', '020 1234567'],
    ['bank-account', 'NL91 ABNA 0417 1643 00 op naam van'],
    ['bank-account', 'BE68539007547034'],
    ['address', 'De woning op 1234 AB 12'],
    ['address', 'Dorpsstraat 12, 1234AB in onze gemeente'],
    ['birth-date', 'geboren op 3 mei 1961'],
    ['birth-date', 'Geboortedatum: 03-05-1961'],
    ['citizen-number', '１２３４５６７８２'],
    ['citizen-number', '123\u200b456782'],
    ['citizen-number', 'nummer 12345672, zonder de nul ervoor'],
  ])('%s: %s', (kind, text) => expect(findPersonalData(text)).toBe(kind))
})

describe('what a lab writes about groups is left alone', () => {
  it.each([
    'In 2025 en 2026 waren er 1.250 meldingen in de wijk Noord, 12 % meer dan in 2024.',
    'Periode 2025-01-01 tot en met 2026-12-31; bijgewerkt 20261130.',
    'Budget: € 1.250.000 in drie jaar, gebied 1234 AB en omgeving.',
    'Buurt WK999901, leeftijd 65-79, huishoudens met 2 of 3 personen.',
    'Mensen geboren voor 1950 wonen vaker alleen.',
    'Van de 125.000.000 euro gaat een tiende naar zorg thuis.',
    'Artikel 9 lid 2 AVG, Wmo 2015, Sociaal Domein @ thuis',
    '112 en 0900-8844 zijn bekend bij 80 procent.',
  ])('%s', (text) => expect(findPersonalData(text)).toBeUndefined())
})
