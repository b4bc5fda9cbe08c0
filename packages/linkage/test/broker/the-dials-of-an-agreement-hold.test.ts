import { describe, expect, it } from 'vitest'
import { linkWords } from './persons.ts'
import type { WordExtract } from './tokens.ts'

/** Rows of citizen number and two names; the party says who has a number. */
const lab = (party: string, ...rows: [string, string, string?][]): WordExtract => ({
  party,
  says: true,
  keys: {
    B1: rows.map(([number]) => [number]),
    N1: rows.map(([, name]) => [name]),
    N2: rows.map(([, , name]) => [name ?? '-']),
  },
})
const apart = [['a/0'], ['b/0']]
const together = [['a/0', 'b/0']]

describe('the dials of an agreement hold', () => {
  it('keeps two numbers apart that occur once each, when the parties say that they are numbers', () => {
    const extracts = [lab('a', ['x', 'jansen', 'piet']), lab('b', ['y', 'jansen', 'piet'])]
    const { persons, linked } = linkWords(extracts)
    expect(persons).toStrictEqual(apart)
    expect(linked.report.conflicts).toStrictEqual({ sameParty: 0, differentIdentity: 1 })
    const silent = extracts.map((extract) => ({ ...extract, says: false }))
    expect(linkWords(silent).persons).toStrictEqual(together)
  })

  it('takes no notice of a number of which the party says that it is filling', () => {
    const [a, b] = [lab('a', ['x', '-']), { ...lab('b', ['x', '-']), says: false }]
    expect(linkWords([a, b]).persons).toStrictEqual(together)
    const filling = { ...lab('c', ['-', '-']), says: true }
    expect(linkWords([a, filling]).persons).toStrictEqual([['a/0'], ['c/0']])
  })

  it('links on equal numbers as a key, and does not as a veto', () => {
    const extracts = [lab('a', ['x', '-']), lab('b', ['x', '-'])]
    expect(linkWords(extracts, { citizenNumber: 'key' }).persons).toStrictEqual(together)
    expect(linkWords(extracts, { citizenNumber: 'veto' }).persons).toStrictEqual(apart)
    const named = [lab('a', ['x', 'jansen']), lab('b', ['y', 'jansen'])]
    expect(linkWords(named, { citizenNumber: 'veto' }).persons).toStrictEqual(apart)
  })

  it('keeps or drops two people with one number who agree on nothing else, and counts them either way', () => {
    const extracts = [lab('a', ['x', 'jansen']), lab('b', ['x', 'smit'])]
    const [kept, dropped] = [linkWords(extracts, { suspects: 'keep' }), linkWords(extracts, { suspects: 'drop' })]
    expect(kept.persons).toStrictEqual(together)
    expect(dropped.persons).toStrictEqual(apart)
    expect([kept, dropped].map(({ linked }) => linked.report.suspects)).toStrictEqual([1, 1])
  })

  it('suspects nobody whose party sends no names, or who agree on a name that is void', () => {
    const numbersOnly = { party: 'b', keys: { B1: [['x']] } }
    expect(linkWords([lab('a', ['x', 'jansen']), numbersOnly], { suspects: 'drop' }).persons).toStrictEqual(together)
    const twins = [lab('a', ['x', 'jansen'], ['z', 'jansen']), lab('b', ['x', 'jansen'])]
    expect(linkWords(twins, { suspects: 'drop' }).persons).toStrictEqual([['a/0', 'b/0'], ['a/1']])
  })

  it('asks for as many keys as the agreement says, unless numbers agree', () => {
    const one = [lab('a', ['-', 'jansen', 'piet']), lab('b', ['-', 'jansen', 'kees'])]
    const two = [lab('a', ['-', 'jansen', 'piet']), lab('b', ['-', 'jansen', 'piet'])]
    const numbered = [lab('a', ['x', 'jansen']), lab('b', ['x', 'jansen'])]
    expect(linkWords(one, { fewestKeys: 1 }).persons).toStrictEqual(together)
    expect(linkWords(one, { fewestKeys: 2 }).persons).toStrictEqual(apart)
    expect(linkWords(two, { fewestKeys: 2 }).persons).toStrictEqual(together)
    expect(linkWords(numbered, { fewestKeys: 2 }).persons).toStrictEqual(together)
  })

  it('counts links that rest on one key', () => {
    const extracts = [
      lab('a', ['-', 'jansen', 'piet'], ['-', 'smit', 'kees']),
      lab('b', ['-', 'jansen', 'piet'], ['-', 'smit']),
    ]
    const { report } = linkWords(extracts).linked
    expect(report).toMatchObject({ singleKey: 1, pairs: [{ linked: 2, singleKey: 1 }] })
    expect(report.keys.map(({ keyId, links }) => [keyId, links])).toStrictEqual([
      ['B1', 0],
      ['N1', 2],
      ['N2', 1],
    ])
  })

  it('joins records of one extract only when told to look within extracts', () => {
    const file = [lab('a', ['-', 'jansen'], ['-', 'jansen'], ['-', 'smit'])]
    expect(linkWords(file).persons).toStrictEqual([['a/0'], ['a/1'], ['a/2']])
    expect(linkWords(file, { withinExtracts: true }).persons).toStrictEqual([['a/0', 'a/1'], ['a/2']])
    const crowd = [lab('a', ...Array.from({ length: 21 }, (): [string, string] => ['-', 'jansen']))]
    expect(linkWords(crowd, { withinExtracts: true }).persons).toHaveLength(21)
  })
})
