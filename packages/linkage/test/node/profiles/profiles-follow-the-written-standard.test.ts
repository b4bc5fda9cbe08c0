import { describe, expect, it } from 'vitest'
import { profileOf } from '../../../src/node/profiles/profile-of.ts'
import { nobody, vectorsOf } from './vectors.ts'

describe.each([
  ['nl1', 300],
  ['en1', 120],
] as const)('profile %s follows its written standard', (id, fewest) => {
  const { persons, sounds } = vectorsOf(id)
  const profile = profileOf(id)

  it('has vectors for every part', () => {
    expect(persons.length + sounds.length).toBeGreaterThanOrEqual(fewest)
    expect(sounds.length).toBeGreaterThanOrEqual(15)
  })
  it.each(persons)('$name', ({ input, output }) => {
    const options = { callingNames: input.callingNames ?? false }
    expect(profile.normalise(input.person, options)).toStrictEqual({ ...nobody, ...output })
  })
  it.each(sounds)('$name', ({ input, output }) => {
    expect(profile.sound(input.sound)).toBe(output.sound)
  })
})
