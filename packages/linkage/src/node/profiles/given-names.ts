/**
 * Given names: the first one whole, of the others the first letter.
 * @module
 */
import { lettersOf, plainText } from './fold.ts'
import { MOST_INITIALS } from './initials.ts'
import { isPlaceholder } from './placeholders.ts'

export type GivenNames = {
  /** first name, a-z; '' when the source gave an initial in its place */
  readonly first: string
  /** one letter for each name, at most five */
  readonly initials: string
}

const NONE: GivenNames = { first: '', initials: '' }

/** Two or three letters with a dot behind them are an initial (`Th.`), not a name. */
const LONGEST_INITIAL = 3

const BRACKET = 0x28

const withoutApostrophes = (name: string): string => (name.includes("'") ? name.replaceAll("'", '') : name)

/** Where a name ends: at anything but a letter or an apostrophe. */
const isInName = (unit: number): boolean => (unit >= 0x61 && unit <= 0x7a) || unit === 0x27

/** @returns the names of one field; what follows an opening bracket is somebody's calling name and left out */
export function readGivenNames(text: string): GivenNames {
  const plain = plainText(text).toLowerCase()
  let first = ''
  let initials = ''
  for (let at = 0; at < plain.length; ) {
    const start = at
    while (at < plain.length && isInName(plain.charCodeAt(at))) at++
    const name = withoutApostrophes(plain.slice(start, at))
    if (name !== '') {
      const isInitial = name.length === 1 || (plain.charAt(at) === '.' && name.length <= LONGEST_INITIAL)
      if (initials === '' && !isInitial) first = name
      initials += name.charAt(0)
    }
    if (initials !== '' && plain.charCodeAt(at) === BRACKET) break
    at++
  }
  if (initials === '' || isPlaceholder(lettersOf(plain))) return NONE
  return { first: isPlaceholder(first) ? '' : first, initials: initials.slice(0, MOST_INITIALS) }
}
