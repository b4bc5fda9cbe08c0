/**
 * Initials as registers write them: `J.V.`, `JV`, `J. P.`, `Th.`, `IJ.`, and whole names in the wrong column.
 * @module
 */
import { plainText } from './fold.ts'

/** More are cut: a subject with six given names agrees with a source whose column was too short. */
export const MOST_INITIALS = 5

/** One name, more letters: counted as one initial when a dot follows and the case does not tell. */
const ONE_INITIAL = new Set(['ch', 'chr', 'ij', 'jac', 'joh', 'ph', 'sj', 'th', 'tj'])

/** Not initials, when something else stands beside them. */
const NOT_INITIALS = new Set(
  'dr drs ds dhr ing ir mr mw mevr mrs ms prof van von de der den het ter ten el vd'.split(' '),
)

const isUpper = (letter: string): boolean => letter <= 'Z'

/** Capitals begin a name each: `ThM` is Th. M.; the two of IJ before a small letter are one. */
function capitalsOf(token: string): string {
  let initials = isUpper(token.charAt(0)) ? '' : token.charAt(0)
  for (let at = 0; at < token.length; at++) {
    const letter = token.charAt(at)
    if (!isUpper(letter)) continue
    initials += letter
    if (letter === 'I' && token.charAt(at + 1) === 'J' && token.charAt(at + 2) >= 'a') at++
  }
  return initials
}

function readToken(token: string, dotted: boolean): string {
  const lower = token.toLowerCase()
  if (token !== lower && token !== token.toUpperCase()) return capitalsOf(token)
  // Six letters of one case are somebody's name, not six names without a dot between them.
  if (token.length > MOST_INITIALS || (dotted && ONE_INITIAL.has(lower))) return token.charAt(0)
  return token
}

/** @returns one small letter for each given name, in order, at most five; '' when there is none */
export function readInitials(text: string): string {
  const found = [...plainText(text).matchAll(/([A-Za-z]+)(\.?)/g)]
  let initials = ''
  for (const [, token = '', dot = ''] of found) {
    const isWord = found.length > 1 && token !== token.toUpperCase() && NOT_INITIALS.has(token.toLowerCase())
    if (!isWord) initials += readToken(token, dot !== '')
  }
  return initials.slice(0, MOST_INITIALS).toLowerCase()
}
