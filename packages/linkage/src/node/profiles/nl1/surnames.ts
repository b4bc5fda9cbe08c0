/**
 * Dutch surnames: from one field to the cores of the names in it, without prefixes (linkage.md §2.2).
 * @module
 */
import { lettersOf, plainText } from '../fold.ts'
import { isPlaceholder } from '../placeholders.ts'
import { isPrefix, isTitle, type Part, surnameParts, type Word } from './surname-parts.ts'
import { SUFFIXES } from './surname-words.ts'

/** More names than anybody has: bounds the tokens of a row whatever a source sends. */
const MOST_NAMES = 6

/** Titles, initials and prefixes off the front, suffixes off the back, while a word is left; the rest joined. */
function coreOf(words: readonly Word[]): string {
  let from = 0
  let to = words.length
  while (to - from > 1 && SUFFIXES.has(words[to - 1]?.text ?? '')) to--
  while (to - from > 1) {
    const word = words[from] as Word
    if (!isTitle(word) && !isPrefix(word)) break
    from++
  }
  let core = ''
  for (const { text } of words.slice(from, to)) core += text
  return core
}

/** The words that hold the name: those before the comma, unless only prefixes stand there (`van der, Berg`). */
const nameWords = ({ before, after }: Part): readonly Word[] =>
  before.every(isPrefix) && !after.every(isPrefix) ? [...before, ...after] : before

/** When no name was found: prefixes, titles and the like are names where nothing else stands. */
const lastWord = (parts: readonly Part[], lower: string): string =>
  parts.flatMap(({ before, after }) => [...before, ...after]).at(-1)?.text ??
  /[a-z]+(?=[^a-z]*$)/.exec(lower)?.[0] ??
  ''

/**
 * @param text - one surname field, as written
 * @returns the cores of the names in it in the order they stand, each once, a-z, at most six
 */
export function surnameCores(text: string): readonly string[] {
  const lower = plainText(text).toLowerCase()
  if (isPlaceholder(lettersOf(lower))) return []
  const parts = surnameParts(lower)
  const cores: string[] = []
  let waiting: readonly Word[] = []
  for (const part of parts) {
    const words = [...waiting, ...nameWords(part)]
    // `El-Issa`, `'s-Gravesande`: a half of nothing but prefixes belongs to the next one.
    waiting = words.every(isPrefix) ? words : []
    if (waiting.length === words.length) continue
    const core = coreOf(words)
    if (!isPlaceholder(core) && !cores.includes(core) && cores.length < MOST_NAMES) cores.push(core)
  }
  if (cores.length > 0) return cores
  const last = lastWord(parts, lower)
  return last === '' || isPlaceholder(last) ? [] : [last]
}
