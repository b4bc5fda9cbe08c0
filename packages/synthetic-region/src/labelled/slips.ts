/**
 * Slips: what hands, ears and scanners do to a single value.
 * @module
 */
import type { Random } from '../random.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** One slip of the keyboard anywhere, the first letter included: left out, doubled, changed, added or swapped. */
export function slip(text: string, random: Random): string {
  if (text.length < 2) return text
  const at = random.below(text.length)
  const before = text.slice(0, at)
  const letter = text[at] as string
  const after = text.slice(at + 1)
  switch (random.below(5)) {
    case 0:
      return before + after
    case 1:
      return before + letter + letter + after
    case 2:
      return before + random.pick([...letters]) + after
    case 3:
      return before + letter + random.pick([...letters]) + after
    default:
      return before + after.slice(0, 1) + letter + after.slice(1)
  }
}

/** Letters that a scanner or an old hand makes look alike. */
const alike: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['m', 'rn'],
  ['c', 'e'],
  ['e', 'c'],
  ['l', 'i'],
  ['i', 'l'],
  ['u', 'n'],
  ['n', 'u'],
  ['h', 'b'],
  ['o', 'a'],
  ['f', 's'],
  ['ck', 'k'],
  ['y', 'ij'],
  ['cl', 'd'],
  ['vv', 'w'],
  ['w', 'vv'],
]

/** Misread in one or two places, or badly misspelt where nothing looks alike. */
export function badlyRead(text: string, random: Random): string {
  let read = text
  for (let round = 1 + random.below(2); round > 0; round--) {
    const [from, to] = random.pick(alike)
    const at = read.toLowerCase().indexOf(from, 1)
    read = at < 0 ? slip(read, random) : read.slice(0, at) + to + read.slice(at + from.length)
  }
  return read
}

/** One digit made another. */
export function otherDigit(digits: string, random: Random): string {
  const places = [...digits].flatMap((sign, at) => (/\d/.test(sign) ? [at] : []))
  if (places.length === 0) return digits
  const at = random.pick(places)
  const digit = (Number(digits[at]) + 1 + random.below(9)) % 10
  return digits.slice(0, at) + String(digit) + digits.slice(at + 1)
}

/** UTF-8 that somebody read as Latin-1. */
export function readAsLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
