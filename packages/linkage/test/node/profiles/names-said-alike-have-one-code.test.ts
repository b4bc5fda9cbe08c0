import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { profileOf } from '../../../src/node/profiles/profile-of.ts'

/** The replacements of linkage.md §2.4, one after the other, as the standard states them. */
function soundAsWritten(name: string): string {
  const said = name
    .replace(/tsch|sch(?![aeiouy])/g, 's')
    .replace(/sch/g, 'sg')
    .replace(/ch|gh/g, 'g')
    .replace(/ck/g, 'k')
    .replace(/ph/g, 'f')
    .replace(/th|dt/g, 't')
    .replace(/qu/g, 'kw')
    .replace(/q/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/c/g, 'k')
    .replace(/[ae]ij|ei|ey|y/g, 'i')
    .replace(/z/g, 's')
    .replace(/v/g, 'f')
    .replace(/d$/, 't')
    .replace(/b$/, 'p')
  const first = said.charAt(0) === 'i' ? 'e' : said.charAt(0)
  return (first + said.slice(1).replace(/[aeiouhj]/g, '')).replace(/(.)\1+/g, '$1')
}

const letters = (alphabet: string) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }).map((list) => list.join(''))

describe('names that are said alike have one code', () => {
  const { sound } = profileOf('nl1')

  it('the walk over a name gives what the replacements give', () => {
    const names = fc.oneof(letters('tschgkpqudxyzvbeija'), letters('abcdefghijklmnopqrstuvwxyz'))
    fc.assert(
      fc.property(names, (name) => {
        expect(sound(name)).toBe(soundAsWritten(name))
      }),
      { seed: 20_261_122, numRuns: 10_000 },
    )
  })
  it.each([
    ['jansen', 'janssen', 'janszen'],
    ['meijer', 'meyer', 'meier'],
    ['hendriks', 'hendrix'],
    ['dijkstra', 'dykstra'],
    ['smit', 'schmidt'],
    ['kuijpers', 'kuipers', 'cuypers'],
  ])('%s and its other spellings', (...names) => {
    expect(new Set(names.map(sound)).size).toBe(1)
  })
  it('tells names apart that differ in their consonants', () => {
    expect(new Set(['bakker', 'dekker', 'visser', 'mulder', 'smit', 'bos'].map(sound)).size).toBe(6)
  })
})
