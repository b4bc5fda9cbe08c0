import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KINDS } from '../../../src/node/profiles/en1/street-line.ts'
import * as dutch from '../../../src/node/profiles/nl1/surname-words.ts'
import { PLACEHOLDERS } from '../../../src/node/profiles/placeholders.ts'

const standard = readFileSync(new URL('../../../../../contracts/docs/linkage-profiles.md', import.meta.url), 'utf8')

/** The words of each list, by the name behind its fence. */
const lists = new Map(
  [...standard.matchAll(/```text ([a-z ]+)\n([^`]+)\n```/g)].map(([, name = '', words = '']) => [
    name,
    words.split(/\s+/),
  ]),
)

describe('the lists are those of the written standard', () => {
  it.each([
    ['placeholders', PLACEHOLDERS],
    ['prefixes', dutch.PREFIXES],
    ['inner prefixes', dutch.INNER_PREFIXES],
    ['titles', dutch.TITLES],
    ['dotted titles', dutch.DOTTED_TITLES],
    ['suffixes', dutch.SUFFIXES],
    ['between names', dutch.BETWEEN_NAMES],
    ['kinds of street', KINDS],
  ] as const)('%s', (name, words) => {
    expect([...(lists.get(name) ?? [])].sort()).toStrictEqual([...words].sort())
  })
  it('and there are no others', () => {
    expect(lists.size).toBe(8)
  })
})
