/**
 * Names to draw from, the frequent ones more often.
 * @module
 */
import data from '../data/dutch-names.json' with { type: 'json' }
import type { Random } from './random.ts'

export type Surname = { readonly prefix: string; readonly core: string }

const frequent = data.surnames as [string, number][]
const total = frequent.reduce((sum, [, count]) => sum + count, 0)
/** Up to which share of all bearers the frequent names run. */
const reaches: number[] = []
for (const [, count] of frequent) reaches.push((reaches.at(-1) ?? 0) + count / total)

const prefix = /^((?:(?:van|de|der|den|ter|ten|te|du|da|le|la|von|in|op|'t|het|uit|aan|bij) )+)(.+)$/

const surnames: readonly Surname[] = [...frequent.map(([name]) => name), ...data.surnames_tail].map((name) => {
  const [, before = '', core = name] = prefix.exec(name) ?? []
  return { prefix: before.trim(), core }
})
const givenNames = { M: data.given_m, V: data.given_f } as const

/** Share of people with a name that is not among the thousand most frequent. */
const rareShare = 0.45

/** @returns the number of a surname, for {@link surnameAt} */
export function drawSurname(random: Random): number {
  if (random.chance(rareShare)) return frequent.length + random.below(surnames.length - frequent.length)
  const share = random.next()
  let low = 0
  let high = reaches.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((reaches[middle] as number) < share) low = middle + 1
    else high = middle
  }
  return low
}

export function surnameAt(number: number): Surname {
  return surnames[number] as Surname
}

/** @returns the number of a given name, for {@link givenNameAt}; the first ones of the list are drawn more often */
export function drawGivenName(sex: 'M' | 'V', random: Random): number {
  return Math.floor(random.next() ** 1.5 * givenNames[sex].length)
}

export function givenNameAt(sex: 'M' | 'V', number: number): string {
  // The lists are alphabetical: a step that shares no factor with their lengths spreads the frequent ones.
  return givenNames[sex][(number * 211) % givenNames[sex].length] as string
}
