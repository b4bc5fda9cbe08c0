/**
 * Given names and initials, from §4 of the written standard. The table of calling names is data that the standard names by
 * its file; only its lines are read here, none of its code.
 * @module
 */
import { readFileSync } from 'node:fs'
import { isFieldMissing, isPlaceholder, lettersOf, plainText, small } from './text.ts'

const table = new URL('../../../packages/linkage/src/node/profiles/nl1/calling-names.ts', import.meta.url)
/** Calling name to official names. */
export const callingNames: ReadonlyMap<string, readonly string[]> = new Map(
  [...readFileSync(table, 'utf8').matchAll(/^([a-z]+): ([a-z ]+)$/gm)].map(([, calling = '', official = '']) => [
    calling,
    official.split(' '),
  ]),
)

export type GivenNames = { readonly first: string; readonly initials: string }

export function plainGivenNames(raw: string): GivenNames {
  if (isFieldMissing(raw)) return { first: '', initials: '' }
  let text = small(raw)
  const bracket = [...text.matchAll(/\(/g)].find(({ index }) => /[a-z]/.test(text.slice(0, index)))
  if (bracket !== undefined) text = text.slice(0, bracket.index)
  const names = [...text.matchAll(/[a-z']+/g)]
    .map((found) => ({ name: lettersOf(found[0]), isDotted: text[found.index + found[0].length] === '.' }))
    .filter(({ name }) => name !== '')
  const { name, isDotted } = names[0] ?? { name: '', isDotted: false }
  const isMissing = name.length < 2 || (name.length <= 3 && isDotted) || isPlaceholder(name)
  return {
    first: isMissing ? '' : name,
    initials: names
      .slice(0, 5)
      .map((each) => each.name[0])
      .join(''),
  }
}

const noInitials = new Set(
  'dr drs ds dhr ing ir mr mw mevr mrs ms prof van von de den der het ter ten el vd'.split(' '),
)
const oneLetter = new Set('ch chr ij jac joh ph sj th tj'.split(' '))

function initialsOfToken(token: string, isDotted: boolean): string {
  if (/[A-Z]/.test(token) && /[a-z]/.test(token)) {
    const capitals = [...token].filter(
      (letter, at) =>
        /[A-Z]/.test(letter) && !(letter === 'J' && token[at - 1] === 'I' && /[a-z]/.test(token[at + 1] ?? '')),
    )
    return `${/^[a-z]/.test(token) ? token[0] : ''}${capitals.join('')}`
  }
  return token.length > 5 || (isDotted && oneLetter.has(token.toLowerCase())) ? (token[0] ?? '') : token
}

export function plainInitials(raw: string): string {
  const text = plainText(raw)
  const tokens = [...text.matchAll(/[A-Za-z]+/g)].map((found) => ({
    token: found[0],
    isDotted: text[found.index + found[0].length] === '.',
  }))
  const isDropped = (token: string): boolean => /[a-z]/.test(token) && noInitials.has(token.toLowerCase())
  const kept = tokens.length > 1 ? tokens.filter(({ token }) => !isDropped(token)) : tokens
  return kept
    .map(({ token, isDotted }) => initialsOfToken(token, isDotted))
    .join('')
    .toLowerCase()
    .slice(0, 5)
}
