import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { profileOf } from '../../../src/node/profiles/profile-of.ts'
import type { NormalPerson } from '../../../src/node/profiles/types.ts'
import { anyRow, anyText } from './raw.ts'
import { nobody } from './vectors.ts'

const options = { callingNames: true }
const runs = { seed: 20_261_122, numRuns: 1500 }

const LONGEST = 200

/** Everything a normal person may hold, whatever came in. */
function expectNormal(person: NormalPerson): void {
  for (const name of person.surnames) expect(name).toMatch(/^[a-z]{1,200}$/)
  expect(person.surnames).toStrictEqual([...new Set(person.surnames)].sort())
  expect(person.surnames.length).toBeLessThanOrEqual(12)
  expect(person.givenName).toMatch(/^(?:[a-z]{2,200})?$/)
  expect(person.initials).toMatch(/^[a-z]{0,5}$/)
  expect(person.firstInitials.join('')).toMatch(/^[a-z]{0,26}$/)
  expect(person.firstInitials).toStrictEqual([...new Set(person.firstInitials)].sort())
  expect(person.birthYear).toMatch(/^(?:[12][0-9]{3})?$/)
  expect(person.birthMonth).toMatch(/^(?:0[1-9]|1[0-2])?$/)
  expect(person.birthDay).toMatch(/^(?:0[1-9]|[12][0-9]|3[01])?$/)
  if (person.birthYear === '') expect([person.birthMonth, person.birthDay]).toStrictEqual(['', ''])
  expect(['M', 'V', '']).toContain(person.sex)
  expect(person.postcodeArea).toMatch(/^[a-z0-9]{0,9}$/)
  expect(person.address).toMatch(/^[a-z0-9|]*$/)
  expect(person.addressWithoutSuffix).toMatch(/^[a-z0-9|]*$/)
  expect(person.street).toMatch(/^[a-z0-9]{0,4}$/)
  expect(person.place).toMatch(/^[a-z]{0,4}$/)
}

describe.each(['nl1', 'en1'] as const)('any row becomes a normal person under %s', (id) => {
  const profile = profileOf(id)
  const read = (raw: Parameters<typeof profile.normalise>[0]) => profile.normalise(raw, options)

  it('whatever stands in its fields', () => {
    fc.assert(
      fc.property(anyRow, (raw) => {
        expectNormal(read(raw))
      }),
      runs,
    )
  })
  it('reads a bounded part of a very long field', () => {
    const long = 'van der '.repeat(100_000) + 'x'.repeat(1_000_000)
    const everywhere = { surname: long, givenNames: long, initials: long, birthDate: long, sex: long, postcode: long }
    expectNormal(read({ ...everywhere, houseNumber: long, houseNumberSuffix: long, street: long, addressId: long }))
    expect(read({ surname: 'ﷺ'.repeat(1000) + 'ß'.repeat(1000) }).surnames.join('').length).toBeLessThanOrEqual(LONGEST)
    expect(read({ surname: 'ß'.repeat(1000) }).surnames).toStrictEqual(['s'.repeat(LONGEST)])
  })
  it('tells missing from empty by nothing', () => {
    expect(read({})).toStrictEqual(nobody)
    expect(read({ surname: '', birthDate: '', postcode: '', street: '' })).toStrictEqual(nobody)
  })
  it('the same at another node, whatever was read before', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 4 }), anyRow, (before, raw) => {
        for (const other of before) read(other)
        expect(read(raw)).toStrictEqual(profileOf(id).normalise(raw, options))
      }),
      { ...runs, numRuns: 300 },
    )
  })
  it('the same after more names than the profile remembers', () => {
    const name = (at: number): string =>
      `x${at.toString(26).replace(/[0-9]/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)))}`
    const first = read({ surname: name(0), givenNames: name(1) })
    for (let at = 0; at < 70_000; at++) read({ surname: name(at), givenNames: name(at) })
    expect(read({ surname: name(0), givenNames: name(1) })).toStrictEqual(first)
  })
})

describe.each(['nl1', 'en1'] as const)('%s reads what it wrote as the same', (id) => {
  const profile = profileOf(id)
  const read = (raw: Parameters<typeof profile.normalise>[0]) => profile.normalise(raw, { callingNames: false })

  it('surnames', () => {
    fc.assert(
      fc.property(anyText, (surname) => {
        for (const core of read({ surname }).surnames) expect(read({ surname: core }).surnames).toStrictEqual([core])
      }),
      runs,
    )
  })
  it('given names and initials', () => {
    fc.assert(
      fc.property(anyText, anyText, (givenNames, initials) => {
        const once = read({ givenNames, initials })
        const again = read({ givenNames: once.givenName, initials: once.initials })
        expect([again.givenName, again.initials]).toStrictEqual([once.givenName, once.initials])
      }),
      runs,
    )
  })
  it('dates and sex', () => {
    fc.assert(
      fc.property(anyText, anyText, (birthDate, sex) => {
        const once = read({ birthDate, sex })
        const { birthYear, birthMonth, birthDay } = once
        const written = birthYear === '' ? '' : `${birthYear}-${birthMonth || '00'}-${birthDay || '00'}`
        expect(read({ birthDate: written, sex: once.sex })).toStrictEqual(once)
      }),
      runs,
    )
  })
  it('addresses', () => {
    const field = fc.oneof(anyText, fc.constantFrom('9911 DB', '12-A', '12', 'n', 'vt', '2/10', 'High Street', 'huis'))
    fc.assert(
      fc.property(
        fc.record({ postcode: field, houseNumber: field, houseNumberSuffix: field, street: field }),
        (raw) => {
          const once = read(raw)
          const parts = once.address.split('|')
          if (once.address === '') return
          const [postcode = '', houseNumber = ''] = parts
          const [street, houseNumberSuffix = ''] = id === 'nl1' ? ['', parts[2]] : [parts[2] ?? '', parts[3]]
          expect(read({ postcode, houseNumber, houseNumberSuffix, street })).toStrictEqual(once)
        },
      ),
      runs,
    )
  })
})
