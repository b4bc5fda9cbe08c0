import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { linkPersons } from '../../src/broker.ts'
import { linkWords } from './persons.ts'
import { b1, toTokens, type WordExtract } from './tokens.ts'

const name = (party: string, ...rows: [string, string, string?][]): WordExtract => ({
  party,
  keys: {
    B1: rows.map(([bsn]) => [bsn]),
    N1: rows.map(([, n1]) => [n1]),
    N2: rows.map(([, , n2]) => [n2 ?? '-']),
  },
})

describe('subjects that share tokens are one person', () => {
  it('joins the same token across parties and keeps everybody else apart', () => {
    const { linked, persons } = linkWords([b1('a', 'x', 'y', '-'), b1('b', 'y', '-'), b1('c', 'z', 'y')])
    expect(persons).toStrictEqual([['a/0'], ['a/1', 'b/0', 'c/1'], ['a/2'], ['b/1'], ['c/0']])
    expect(linked.personOf.map((numbers) => [...numbers])).toStrictEqual([
      [0, 1, 2],
      [1, 3],
      [4, 1],
    ])
    expect(linked.report.pairs).toMatchObject([
      { parties: ['a', 'b'], linked: 1, rates: [1 / 3, 1 / 2] },
      { parties: ['a', 'c'], linked: 1, rates: [1 / 3, 1 / 2] },
      { parties: ['b', 'c'], linked: 1, rates: [1 / 2, 1 / 2] },
    ])
  })

  it('voids a token that one extract holds for two subjects, for every party', () => {
    const { linked, persons } = linkWords([b1('a', 'x', 'x'), b1('b', 'x'), b1('c', 'x')])
    expect(persons).toStrictEqual([['a/0'], ['a/1'], ['b/0'], ['c/0']])
    expect(linked.report.keys).toMatchObject([{ keyId: 'B1', voidTokens: 1, links: 0 }])
    expect(linked.report.parties.map(({ ambiguous }) => ambiguous)).toStrictEqual([2, 1, 1])
  })

  it('does not void a value that one subject holds twice', () => {
    const twice = (party: string): WordExtract => ({ party, keys: { N1: [['x', 'x']] } })
    expect(linkWords([twice('a'), twice('b')]).persons).toStrictEqual([['a/0', 'b/0']])
  })

  it('compares tokens within one key only', () => {
    const tokens = randomBytes(16)
    const column = (keyId: string) => [{ keyId, slots: 1, tokens: new Uint8Array(tokens) }]
    const extracts = [
      { party: 'a', subjects: 1, tokenColumns: column('N1') },
      { party: 'b', subjects: 1, tokenColumns: column('N2') },
    ]
    expect(linkPersons(extracts, { jobKey: randomBytes(32) }).persons).toBe(2)
  })

  it('refuses to join two citizen numbers on a name, and counts it', () => {
    // a/0 and b/0 carry numbers that c confirms as real; the shared name may not join them.
    const { linked, persons } = linkWords([
      name('a', ['x', 'jansen']),
      name('b', ['y', 'jansen']),
      name('c', ['x', '-'], ['y', '-']),
    ])
    expect(persons).toStrictEqual([
      ['a/0', 'c/0'],
      ['b/0', 'c/1'],
    ])
    expect(linked.report.conflicts).toStrictEqual({ sameParty: 1, differentIdentity: 0 })
    const four = [name('a', ['x', 'jansen']), name('b', ['y', 'jansen']), name('c', ['x', '-']), name('d', ['y', '-'])]
    expect(linkWords(four).linked.report.conflicts).toStrictEqual({ sameParty: 0, differentIdentity: 1 })
  })

  it('lets a filled slot veto nothing', () => {
    const { persons } = linkWords([name('a', ['x', 'jansen']), name('b', ['-', 'jansen']), name('c', ['x', '-'])])
    expect(persons).toStrictEqual([['a/0', 'b/0', 'c/0']])
  })

  it('drops edges of equal weight that contradict each other together', () => {
    const { linked, persons } = linkWords([
      name('a', ['-', 'jansen', 'piet']),
      name('b', ['-', 'jansen'], ['-', '-', 'piet']),
    ])
    expect(persons).toStrictEqual([['a/0'], ['b/0'], ['b/1']])
    expect(linked.report.ties).toBe(2)
  })

  it('lets the heavier edge win', () => {
    const a = { party: 'a', keys: { N1: [['p']], N2: [['q']], N3: [['r']] } }
    const b = { party: 'b', keys: { N1: [['p'], ['-']], N2: [['q'], ['-']], N3: [['-'], ['r']] } }
    const { linked, persons } = linkWords([a, b])
    expect(persons).toStrictEqual([['a/0', 'b/0'], ['b/1']])
    expect(linked.report.conflicts.sameParty).toBe(1)
  })

  it('wipes the tokens and the key of the job', () => {
    const extract = toTokens(b1('a', 'x', 'y'))
    const jobKey = randomBytes(32)
    linkPersons([extract], { jobKey })
    expect(extract.tokenColumns[0]?.tokens.every((byte) => byte === 0)).toBe(true)
    expect(jobKey.every((byte) => byte === 0)).toBe(true)
  })
})
