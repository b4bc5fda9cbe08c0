/**
 * Given names: the first one whole, of the others the first letter.
 * @module
 */
import { plainText } from './fold.ts'
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

/** @returns the names of one field; a name in brackets is somebody's calling name and left out */
export function readGivenNames(text: string): GivenNames {
  const plain = plainText(text).toLowerCase()
  const opened = plain.indexOf('(')
  const names = [...(opened > 0 ? plain.slice(0, opened) : plain).replaceAll("'", '').matchAll(/([a-z]+)(\.?)/g)]
  const head = names[0]
  if (head === undefined) return NONE
  const [, name = '', dot = ''] = head
  if (names.length === 1 && isPlaceholder(name)) return NONE
  if (isPlaceholder(names.map(([, one = '']) => one).join(''))) return NONE
  const isInitial = name.length === 1 || (dot !== '' && name.length <= LONGEST_INITIAL)
  let initials = ''
  for (const [, one = ''] of names) initials += one.charAt(0)
  return { first: isInitial ? '' : name, initials: initials.slice(0, MOST_INITIALS) }
}
