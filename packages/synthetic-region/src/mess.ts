/**
 * What people and systems do to a field on its way into an export.
 * @module
 */
import { readAsLatin1 } from './labelled/slips.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'

/** One slip of the keyboard: a letter left out, doubled, changed, or swapped with the next. */
function misspelt(text: string, random: Random): string {
  if (text.length < 4) return text
  const at = 1 + random.below(text.length - 2)
  const before = text.slice(0, at)
  const letter = text[at] as string
  const after = text.slice(at + 1)
  switch (random.below(4)) {
    case 0:
      return before + after
    case 1:
      return before + letter + letter + after
    case 2:
      return before + random.pick([...'aeinorst']) + after
    default:
      return before + after.slice(0, 1) + letter + after.slice(1)
  }
}

/** A name as this partner wrote it down: mostly right, sometimes misspelt, in capitals or in the wrong character set. */
export function asWritten(
  name: string,
  share: { typos: number; capitals?: number; wrongSet?: number },
  random: Random,
): string {
  let written = random.chance(share.typos) ? misspelt(name, random) : name
  if (random.chance(share.capitals ?? 0)) written = written.toUpperCase()
  return random.chance(share.wrongSet ?? 0) ? readAsLatin1(written) : written
}

/**
 * A citizen number as this partner holds it.
 * @param other - somebody whose number may have been filled in by mistake: a relative, a neighbour in the list
 */
export function numberAsHeld(
  person: Person,
  other: Person,
  share: { missing: number; wrongDigit: number; somebodyElses: number; dotted: number },
  random: Random,
): string {
  if (random.chance(share.missing)) return ''
  const number = random.chance(share.somebodyElses) ? other.citizenNumber : person.citizenNumber
  if (random.chance(share.wrongDigit)) {
    const at = random.below(9)
    return `${number.slice(0, at)}${(Number(number[at]) + 1 + random.below(9)) % 10}${number.slice(at + 1)}`
  }
  return random.chance(share.dotted) ? `${number.slice(0, 4)}.${number.slice(4, 6)}.${number.slice(6)}` : number
}

/** Day and month, swapped now and then where both can be a month. */
export function dateAsHeld(
  { birth }: Person,
  share: { missing: number; swapped: number },
  random: Random,
):
  | {
      year: string
      month: string
      day: string
    }
  | undefined {
  if (random.chance(share.missing)) return undefined
  const isSwapped = birth.day <= 12 && random.chance(share.swapped)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [month, day] = isSwapped ? [birth.day, birth.month] : [birth.month, birth.day]
  return { year: String(birth.year), month: two(month), day: two(day) }
}

/** A postcode in one of the ways people write it. */
export function postcodeAsHeld(
  postcode: string,
  share: { missing: number; blank: number; lower: number },
  random: Random,
): string {
  if (random.chance(share.missing)) return ''
  const letters = random.chance(share.lower) ? postcode.slice(4).toLowerCase() : postcode.slice(4)
  return `${postcode.slice(0, 4)}${random.chance(share.blank) ? ' ' : ''}${letters}`
}

/** House number and addition in one column, glued in one of the usual ways. */
export function houseNumberInOne(number: number, addition: string, random: Random): string {
  return addition === '' ? String(number) : `${number}${random.pick(['', ' ', '-'])}${addition}`
}

export function initialsOf(names: readonly string[]): string {
  return names.map((name) => `${name[0]}.`).join('')
}

/** `de Vries`, `De Vries`, or without a prefix just the name. */
export function joined(prefix: string, core: string, capitalised = false): string {
  if (prefix === '') return core
  return `${capitalised ? (prefix[0] as string).toUpperCase() + prefix.slice(1) : prefix} ${core}`
}
