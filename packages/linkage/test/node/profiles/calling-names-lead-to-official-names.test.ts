import { describe, expect, it } from 'vitest'
import { ENGLISH_NICKNAMES } from '../../../src/node/profiles/en1/nicknames.ts'
import { nameTable } from '../../../src/node/profiles/name-table.ts'
import { DUTCH_CALLING_NAMES } from '../../../src/node/profiles/nl1/calling-names.ts'
import { profileOf } from '../../../src/node/profiles/profile-of.ts'

describe('calling names lead to official names', () => {
  it.each([
    ['Dutch', DUTCH_CALLING_NAMES, 400],
    ['English', ENGLISH_NICKNAMES, 140],
  ] as const)('every line of the %s table adds a first letter', (_, table, fewest) => {
    expect(table.size).toBeGreaterThanOrEqual(fewest)
    for (const [calling, official] of table) {
      for (const name of official) expect([calling, name.charAt(0)]).not.toStrictEqual([calling, calling.charAt(0)])
    }
  })
  it.each([
    ['Kees', 'Cornelis'],
    ['Sjaan', 'Adriana'],
    ['Truus', 'Geertruida'],
    ['Guus', 'Augustinus'],
    ['Wim', 'Guilielmus'],
    ['Ton', 'Antonius'],
    ['Klaas', 'Nicolaas'],
    ['Bep', 'Elisabeth'],
    ['Riet', 'Maria'],
    ['Jan', 'Johannes'],
    ['Fons', 'Alphonsus'],
    ['Khadija', 'Chadija'],
    ['Youssef', 'Joesoef'],
  ])('%s and %s share a first initial with the table', (callingName, givenNames) => {
    const { normalise } = profileOf('nl1')
    const called = normalise({ callingName }, { callingNames: true }).firstInitials
    const official = normalise({ givenNames }, { callingNames: true }).firstInitials
    expect(official.some((letter) => called.includes(letter))).toBe(true)
  })
  it('and share none without it, when the letters differ', () => {
    const { normalise } = profileOf('nl1')
    const { firstInitials } = normalise({ callingName: 'Kees' }, { callingNames: false })
    expect(firstInitials).toStrictEqual(['k'])
  })
  it.each(['kees cornelis', 'Kees: cornelis', 'kees: ', 'kees: cornelis\nkees: kornelis'])(
    'a table line %j is refused',
    (lines) => {
      expect(() => nameTable(lines)).toThrow()
    },
  )
})
