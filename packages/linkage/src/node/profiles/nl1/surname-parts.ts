/**
 * Cuts a Dutch surname field into the names it holds, each a list of words, before anything is left out.
 * @module
 */
import { BETWEEN_NAMES, DOTTED_TITLES, INNER_PREFIXES, PREFIXES, TITLES } from './surname-words.ts'

/** A word, and whether a dot follows: what tells `mr. Jansen` from Mr, and `J. Jansen` from a name of one letter. */
export type Word = { readonly text: string; readonly dotted: boolean }

/** One name of a field, cut at its first comma. */
export type Part = { readonly before: Word[]; readonly after: Word[]; comma: boolean }

/** Letters, a dot, an apostrophe, a comma, or a sign that stands between two names; anything else only separates. */
const PIECES = /[a-z]+|[.',]|[-/()&+;=]/g

export const isPrefix = (word: Word): boolean => PREFIXES.has(word.text)

/** A title, or an initial: with a dot where it could be a name as well. */
export const isTitle = ({ text, dotted }: Word): boolean =>
  TITLES.has(text) || (dotted && (DOTTED_TITLES.has(text) || text.length === 1))

/** `e/v` and `e.v.` mean spouse of, and are written with signs that mean something else. */
const withoutSpouseSigns = (lower: string): string =>
  lower.includes('e/v') || lower.includes('e.v') ? lower.replace(/(^|[^a-z])e[/.]v(?![a-z])\.?/g, '$1 ev ') : lower

/** A prefix behind a name begins the next one. */
const beginsName = (piece: string, last: Word | undefined): boolean =>
  INNER_PREFIXES.has(piece) && last !== undefined && !isPrefix(last) && !isTitle(last)

/**
 * @param lower - plain text in small letters
 * @returns the names in the order they stand, some perhaps without words. An apostrophe joins two words (`o'brien`) unless
 *   the first is a prefix (`d'ancona`, `van't hof`)
 */
export function surnameParts(lower: string): readonly Part[] {
  let part: Part = { before: [], after: [], comma: false }
  const parts = [part]
  const next = (): void => void parts.push((part = { before: [], after: [], comma: false }))
  let wordEnd = -1
  let joinsAt = -1
  for (const { 0: piece, index } of withoutSpouseSigns(lower).matchAll(PIECES)) {
    let words = part.comma ? part.after : part.before
    const last = words.at(-1)
    const end = index + piece.length
    if (piece >= 'a') {
      wordEnd = end
      if (index === joinsAt && last !== undefined) words[words.length - 1] = { text: last.text + piece, dotted: false }
      else if (BETWEEN_NAMES.has(piece)) next()
      else {
        if (!part.comma && beginsName(piece, last)) {
          next()
          words = part.before
        }
        words.push({ text: piece, dotted: false })
      }
    } else if (piece === ',') part.comma = true
    else if (piece !== '.' && piece !== "'") next()
    else if (index === wordEnd && last !== undefined) {
      if (piece === '.') words[words.length - 1] = { text: last.text, dotted: true }
      else if (!isPrefix(last)) joinsAt = end
    }
  }
  return parts
}
