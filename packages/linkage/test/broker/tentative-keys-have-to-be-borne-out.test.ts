import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkWords } from './persons.ts'
import type { WordExtract } from './tokens.ts'

/** `known` people with one name and one address in both extracts, then `moreAtA` and `moreAtB` with the address only. */
const lab = (party: string, known: number, more: number): WordExtract => {
  const row = (at: number, name: string) => ({ P1: [name], T1: [`address ${at}`] })
  const rows = [
    ...Array.from({ length: known }, (_, at) => row(at, `name ${at}`)),
    ...Array.from({ length: more }, (_, at) => row(known + at, `${party} ${at}`)),
  ]
  return { party, keys: { P1: rows.map(({ P1 }) => P1), T1: rows.map(({ T1 }) => T1) } }
}
const linkedPairs = (persons: string[][]): number => persons.filter((person) => person.length > 1).length

describe('a tentative key links two parties only where the other keys bear it out', () => {
  it('at four fifths of the pairs that share it, and not below', () => {
    const [whole, half] = [linkWords([lab('a', 8, 2), lab('b', 8, 2)]), linkWords([lab('a', 7, 2), lab('b', 7, 2)])]
    expect(linkedPairs(whole.persons)).toBe(10)
    expect(linkedPairs(half.persons)).toBe(7)
    const linksOf = ({ linked }: typeof whole) => linked.report.keys.map(({ keyId, links }) => [keyId, links])
    expect(linksOf(whole)).toStrictEqual([
      ['P1', 8],
      ['T1', 10],
    ])
    expect(linksOf(half)).toStrictEqual([
      ['P1', 7],
      ['T1', 0],
    ])
  })

  it('judged between every two parties by themselves', () => {
    const { persons } = linkWords([lab('a', 8, 2), lab('b', 8, 2), { ...lab('c', 0, 30), party: 'c' }])
    expect(linkedPairs(persons)).toBe(10)
    expect(persons.filter((person) => person.some((subject) => subject.startsWith('c')) && person.length > 1)).toEqual(
      [],
    )
  })

  it('equal citizen numbers bear it out as well', () => {
    const numbered = (party: string): WordExtract => {
      const { keys } = lab(party, 0, 5)
      return { party, says: true, keys: { ...keys, B1: [0, 1, 2, 3].map((at) => [`number ${at}`]).concat([['-']]) } }
    }
    expect(linkedPairs(linkWords([numbered('a'), numbered('b')]).persons)).toBe(5)
    expect(linkedPairs(linkWords([numbered('a'), numbered('b')], { citizenNumber: 'veto' }).persons)).toBe(0)
  })

  it('within one extract too', () => {
    const one = (known: number, more: number): WordExtract => {
      const [a, b] = [lab('a', known, more), lab('b', known, more)]
      const both = (key: string) => [...(a.keys[key] ?? []), ...(b.keys[key] ?? [])]
      return { party: 'a', keys: { P1: both('P1'), T1: both('T1') } }
    }
    expect(linkedPairs(linkWords([one(8, 2)], { withinExtracts: true }).persons)).toBe(10)
    expect(linkedPairs(linkWords([one(7, 2)], { withinExtracts: true }).persons)).toBe(7)
  })

  it('never parts what the other keys link, and either counts as any key or not at all, in either order', () => {
    const word = fc.constantFrom('-', 'p', 'q', 'r', 's', 't', 'u', 'v')
    const extract = (party: string): fc.Arbitrary<WordExtract> =>
      fc.array(fc.record({ p: word, t: word }), { minLength: 1, maxLength: 8 }).map((rows) => ({
        party,
        keys: { P1: rows.map(({ p }) => [p]), T1: rows.map(({ t }) => [t]) },
      }))
    const only = ({ party, keys }: WordExtract, ...ids: [string, string][]): WordExtract => ({
      party,
      keys: Object.fromEntries(ids.map(([from, to]) => [to, keys[from] ?? []])),
    })
    fc.assert(
      fc.property(extract('a'), extract('b'), (a, b) => {
        const found = linkWords([a, b]).persons
        expect(linkWords([b, a]).persons).toStrictEqual(found)
        const firm = linkWords([only(a, ['P1', 'P1']), only(b, ['P1', 'P1'])]).persons
        const ordinary = [a, b].map((each) => only(each, ['P1', 'P1'], ['T1', 'P2']))
        expect([JSON.stringify(firm), JSON.stringify(linkWords(ordinary).persons)]).toContain(JSON.stringify(found))
      }),
    )
  })
})
