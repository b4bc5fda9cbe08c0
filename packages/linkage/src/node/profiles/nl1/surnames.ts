/**
 * Dutch surnames: from one field to the cores of the names in it, without prefixes (linkage.md §2.2).
 * @module
 */
import { plainText } from '../fold.ts'
import { isPlaceholder } from '../placeholders.ts'
import { BETWEEN_NAMES, DOTTED_TITLES, INNER_PREFIXES, PREFIXES, SUFFIXES, TITLES } from './surname-words.ts'

/** More names than anybody has: bounds the tokens of a row whatever a source sends. */
const MOST_NAMES = 6

/** A word with the sign behind it: what tells `mr. Jansen` from Mr, and `v.d.` from initials. */
type Word = { readonly text: string; readonly dotted: boolean }

/** One name of a field, cut at its first comma. */
type Part = { readonly before: Word[]; readonly after: Word[]; comma: boolean }

/** Letters with apostrophes inside, a comma, or a sign between two names; blanks, digits and other signs only separate. */
const PIECES = /[a-z]+|'|\.|,|[-/()&+;=]/g

const isPrefix = (word: Word): boolean => PREFIXES.has(word.text)

/** `e/v` and `e.v.` mean spouse of, and are written with the signs that separate names. */
const withoutSpouseSigns = (lower: string): string =>
  lower.includes('e/v') || lower.includes('e.v.') ? lower.replace(/(^|[^a-z])e[/.]v(?![a-z])\.?/g, '$1 ev ') : lower

/** Splits into names; an apostrophe joins (`o'brien`) unless a prefix stands before it (`d'ancona`, `in 't veld`). */
function partsOf(lower: string): Part[] {
  let part: Part = { before: [], after: [], comma: false }
  const parts = [part]
  const words = (): Word[] => (part.comma ? part.after : part.before)
  const next = (): void => void parts.push((part = { before: [], after: [], comma: false }))
  let joins = false
  let end = 0
  for (const found of lower.matchAll(PIECES)) {
    const piece = found[0]
    const touches = found.index === end
    end = found.index + piece.length
    const last = words().at(-1)
    if (piece >= 'a') {
      if (joins && touches && last !== undefined)
        words()[words().length - 1] = { text: last.text + piece, dotted: false }
      else if (BETWEEN_NAMES.has(piece)) next()
      else {
        const startsName = INNER_PREFIXES.has(piece) && !part.comma && last !== undefined && !isPrefix(last)
        if (startsName && !TITLES.has(last.text) && !DOTTED_TITLES.has(last.text)) next()
        words().push({ text: piece, dotted: false })
      }
      joins = false
    } else if (piece === "'") joins = touches && last !== undefined && !isPrefix(last)
    else if (piece === '.') {
      if (last !== undefined && touches) words()[words().length - 1] = { text: last.text, dotted: true }
    } else if (piece === ',') part.comma = true
    else next()
  }
  return parts
}

/** What is left of one name: titles, initials with a dot and prefixes off the front, suffixes off the back, the rest joined. */
function coreOf(words: readonly Word[]): string {
  let from = 0
  let to = words.length
  const isSuffix = (word: Word): boolean => SUFFIXES.has(word.text)
  while (to - from > 1 && isSuffix(words[to - 1] as Word)) to--
  while (to - from > 1) {
    const { text, dotted } = words[from] as Word
    const isTitle = TITLES.has(text) || (dotted && (DOTTED_TITLES.has(text) || text.length === 1))
    if (!isTitle && !PREFIXES.has(text)) break
    from++
  }
  let core = ''
  for (let at = from; at < to; at++) core += (words[at] as Word).text
  return core
}

/** The words that hold the name: those before the comma, unless only prefixes stand there (`van der, Berg`). */
const nameWords = ({ before, after }: Part): readonly Word[] =>
  before.every(isPrefix) && after.some((word) => !isPrefix(word)) ? [...before, ...after] : before

/**
 * @param text - one surname field, as written
 * @returns the cores of the names in it in the order they stand, each once, a-z, at most six
 */
export function surnameCores(text: string): readonly string[] {
  const parts = partsOf(withoutSpouseSigns(plainText(text).toLowerCase()))
  const cores: string[] = []
  let waiting: readonly Word[] = []
  let onlyPrefixes = ''
  for (const part of parts) {
    const words = [...waiting, ...nameWords(part)]
    // `El-Issa`, `'s-Gravesande`: a half of nothing but prefixes belongs to the next one.
    if (words.every(isPrefix)) {
      waiting = words
      onlyPrefixes = coreOf(words)
      continue
    }
    waiting = []
    const core = coreOf(words)
    if (!isPlaceholder(core) && !cores.includes(core) && cores.length < MOST_NAMES) cores.push(core)
  }
  return cores.length === 0 && onlyPrefixes !== '' ? [onlyPrefixes] : cores
}
