import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { profileOf } from '../../../src/node/profiles/profile-of.ts'
import type { RawPerson } from '../../../src/node/profiles/types.ts'

const profile = profileOf('nl1')

type Columns = Partial<Record<keyof RawPerson, number>>

function rows(file: string, encoding: 'utf8' | 'latin1', separator: string, columns: Columns): RawPerson[] {
  const text = readFileSync(new URL(`../../../../../infra/practice-region/${file}`, import.meta.url), encoding)
  const lines = text.split(/\r?\n/).slice(1)
  const fields = Object.entries(columns) as [keyof RawPerson, number][]
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const values = line.split(separator)
      return Object.fromEntries(fields.map(([field, at]) => [field, values[at] ?? '']))
    })
}

const files = [
  [
    'gemeente-brp-wmo.csv',
    rows('gemeente-brp-wmo.csv', 'utf8', ';', {
      ...{ givenNames: 1, initials: 2, surnamePrefix: 3, surname: 4, partnerSurnamePrefix: 5, partnerSurname: 6 },
      ...{ sex: 7, birthDate: 8, postcode: 9, houseNumber: 10, houseNumberSuffix: 11 },
    }),
  ],
  [
    'corporatie-huurders.csv',
    rows('corporatie-huurders.csv', 'latin1', ';', {
      ...{ surname: 0, initials: 1, sex: 2, birthDate: 3, postcode: 4, houseNumber: 5, houseNumberSuffix: 6 },
    }),
  ],
  [
    'ggd-oggz.txt',
    rows('ggd-oggz.txt', 'utf8', '\t', {
      callingName: 1,
      surname: 2,
      sex: 3,
      birthDate: 4,
      postcode: 5,
      houseNumber: 6,
    }),
  ],
  [
    'zorg-clienten.csv',
    rows('zorg-clienten.csv', 'utf8', ';', {
      initials: 1,
      surname: 2,
      sex: 3,
      birthDate: 4,
      postcode: 5,
      houseNumber: 6,
    }),
  ],
  [
    'scholen-leerlingen.csv',
    rows('scholen-leerlingen.csv', 'utf8', ',', {
      ...{ callingName: 1, surnamePrefix: 2, surname: 3, sex: 4, birthDate: 5, postcode: 6, houseNumber: 7 },
    }),
  ],
] as const

const isImpossible = ({ birthDate }: RawPerson): boolean => birthDate?.startsWith('31-02-') ?? false

describe.each(files)('the practice file %s is read without loss', (_, people) => {
  const pairs = people.map((raw) => ({ raw, person: profile.normalise(raw, { callingNames: false }) }))
  const lost = (field: keyof RawPerson, isRead: (pair: (typeof pairs)[number]) => boolean) =>
    pairs.filter((pair) => (pair.raw[field] ?? '') !== '' && !isRead(pair)).map(({ raw }) => raw[field])

  it('every surname, given name and initial that is there', () => {
    expect(people.length).toBeGreaterThan(600)
    expect(lost('surname', ({ person }) => person.surnames.length > 0)).toStrictEqual([])
    expect(lost('initials', ({ person }) => person.initials !== '')).toStrictEqual([])
    expect(lost('givenNames', ({ person }) => person.givenName !== '')).toStrictEqual([])
    expect(lost('callingName', ({ person }) => person.firstInitials.length > 0)).toStrictEqual([])
  })
  it('every date of birth, sex, postcode and house number that is there and can be one', () => {
    // Nobody was born on 31 February, and no Dutch postcode begins with a zero: both stand in these files.
    expect(lost('birthDate', ({ raw, person }) => person.birthDay !== '' || isImpossible(raw))).toStrictEqual([])
    expect(lost('birthDate', ({ person }) => person.birthYear !== '')).toStrictEqual([])
    expect(lost('sex', ({ person }) => person.sex !== '')).toStrictEqual([])
    const read = pairs.filter(({ raw }) => !raw.postcode?.startsWith('0'))
    expect(read.length).toBeGreaterThan(pairs.length * 0.99)
    for (const { raw, person } of read) {
      expect(person.postcodeArea !== '').toBe(raw.postcode !== '')
      expect(person.address !== '').toBe(raw.postcode !== '' && raw.houseNumber !== '')
    }
  })
})
