/**
 * The Dutch sound code, from §9 of the written standard: replacements over the whole name, one after the other.
 * @module
 */

const steps: readonly (readonly [RegExp, string])[] = [
  [/tsch/g, 's'],
  [/sch(?![aeiouy])/g, 's'],
  [/sch/g, 'sg'],
  [/ch|gh/g, 'g'],
  [/ck/g, 'k'],
  [/ph/g, 'f'],
  [/th|dt/g, 't'],
  [/qu/g, 'kw'],
  [/q/g, 'k'],
  [/x/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/aij/g, 'i'],
  [/eij/g, 'i'],
  [/ei/g, 'i'],
  [/ey/g, 'i'],
  [/y/g, 'i'],
  [/z/g, 's'],
  [/v/g, 'f'],
  [/d$/, 't'],
  [/b$/, 'p'],
]

/** @param folded - small letters only */
export function plainSound(folded: string): string {
  const said = steps.reduce((text, [from, to]) => text.replace(from, to), folded)
  const first = said.startsWith('i') ? 'e' : said.slice(0, 1)
  return (first + said.slice(1).replace(/[aeiouhj]/g, '')).replace(/(.)\1+/g, '$1')
}
