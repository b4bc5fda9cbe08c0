import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { profileOf } from '../../../src/node/profiles/profile-of.ts'

const profile = profileOf('nl1')
const surnames = (surname: string) => profile.normalise({ surname }, { callingNames: false }).surnames

/** UTF-8 read as Latin-1, or as Windows-1252; the five bytes this leaves empty become control characters, as everywhere. */
const damage = {
  latin1: (text: string): string => Buffer.from(text, 'utf8').toString('latin1'),
  windows1252: (text: string): string => new TextDecoder('windows-1252').decode(Buffer.from(text, 'utf8')),
}

const letters = fc.constantFrom(
  ...'abcdeghijklmnoprstuvwxyzÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿşğłńőűćčđı',
)
const words = fc.array(letters, { minLength: 1, maxLength: 12 }).map((list) => list.join(''))

describe('damaged text is repaired', () => {
  it.each(['latin1', 'windows1252'] as const)('once, twice and three times read as %s', (how) => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 3 }), (name, times) => {
        let damaged = name
        for (let time = 0; time < times; time++) damaged = damage[how](damaged)
        expect(surnames(damaged)).toStrictEqual(surnames(name))
      }),
      { seed: 20_261_122, numRuns: 2000 },
    )
  })
  it('leaves what is no damage: a letter that a Latin name does not hold', () => {
    // U+0416 in UTF-8, read as Latin-1: Cyrillic, which a repair would drop.
    expect(surnames('Ð\u0096an')).toStrictEqual(['an'])
    expect(surnames('É»on')).toStrictEqual(['eon'])
  })
})
