/**
 * English surnames: prefixes are part of the name and joined to it (`O'Brien`, `Mc Donald`, `De Souza`, `St. John`).
 * @module
 */
import { lettersOf, plainText } from '../fold.ts'
import { isPlaceholder } from '../placeholders.ts'

const MOST_NAMES = 6

const TITLES = new Set('dr miss mr mrs ms mx prof rev sir'.split(' '))
const SUFFIXES = new Set('esq ii iii iv jnr jr mbe obe phd snr sr'.split(' '))

/** Two names of one person: double names, and what stands between a married and an earlier name. */
const BETWEEN_NAMES = /\s+(?:nee|formerly|aka|alias)\s+|[-/()&+;=]/

/** One spelling for names that begin alike: Mac and Mc, Saint and St. */
function oneSpelling(name: string): string {
  if (name.startsWith('mac') && name.length > 5) return `mc${name.slice(3)}`
  return name.startsWith('saint') && name.length > 7 ? `st${name.slice(5)}` : name
}

function coreOf(part: string): string {
  const words = part
    .split(/\s+/)
    .map(lettersOf)
    .filter((word) => word !== '')
  while (words.length > 1 && TITLES.has(words[0] as string)) words.shift()
  while (words.length > 1 && SUFFIXES.has(words.at(-1) as string)) words.pop()
  return oneSpelling(words.join(''))
}

/** @returns the names of one surname field in the order they stand, each once, a-z, at most six */
export function englishSurnames(text: string): readonly string[] {
  const cores: string[] = []
  for (const part of plainText(text).toLowerCase().split(BETWEEN_NAMES)) {
    const core =
      part
        .split(',')
        .map(coreOf)
        .find((name) => name !== '') ?? ''
    if (core !== '' && !isPlaceholder(core) && !cores.includes(core) && cores.length < MOST_NAMES) cores.push(core)
  }
  return cores
}
