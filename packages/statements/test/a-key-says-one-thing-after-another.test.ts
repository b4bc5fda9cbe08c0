import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChainHead, canonicalBytes, checkChain, genesisPrev, nextHeader, statementHash } from '../src/index.ts'

const hashOf = (text: string) => statementHash(canonicalBytes({ text }))
const head: ChainHead = { seq: 4, hash: hashOf('four') }

describe('a key says one thing after another', () => {
  it('begins at one, on nothing', () => {
    expect(nextHeader(undefined)).toStrictEqual({ seq: 1, prev: genesisPrev })
    expect(genesisPrev).toBe('0'.repeat(64))
    expect(checkChain(undefined, { seq: 1, prev: genesisPrev })).toStrictEqual({ ok: true })
  })

  it('goes on by one, on the statement before', () => {
    expect(checkChain(head, { seq: 5, prev: head.hash })).toStrictEqual({ ok: true })
  })

  it.each([
    ['a first statement that is not number one', undefined, { seq: 2, prev: genesisPrev }, 'chain_gap'],
    ['a number too far', head, { seq: 6, prev: head.hash }, 'chain_gap'],
    ['attack 50: an older statement', head, { seq: 3, prev: hashOf('two') }, 'chain_replay'],
    ['the last statement once more', head, { seq: 4, prev: hashOf('three'), hash: head.hash }, 'chain_replay'],
    [
      'a second statement of the last number',
      head,
      { seq: 4, prev: hashOf('three'), hash: hashOf('IV') },
      'chain_fork',
    ],
    ['attack 50: the next number on another past', head, { seq: 5, prev: hashOf('IV') }, 'chain_fork'],
    ['a first statement on a past', undefined, { seq: 1, prev: hashOf('nought') }, 'chain_fork'],
    ['number nought', undefined, { seq: 0, prev: genesisPrev }, 'chain_replay'],
  ])('refuses %s', (_, at, statement, code) => {
    expect(checkChain(at, statement)).toStrictEqual({ ok: false, code })
  })

  it('accepts a whole chain in order and in no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), fc.nat(), (length, a, b) => {
        const chain: { seq: number; prev: string; hash: string }[] = []
        for (let index = 0; index < length; index += 1) {
          chain.push({ ...nextHeader(chain.at(-1)), hash: hashOf(`statement ${index}`) })
        }
        const accepts = (order: typeof chain) =>
          order.every((statement, index) => checkChain(order[index - 1], statement).ok)
        const [i, j] = [a % length, b % length]
        const swapped = chain.map((statement, index) => chain[index === i ? j : index === j ? i : index] ?? statement)
        expect(accepts(chain)).toBe(true)
        expect(accepts(swapped)).toBe(i === j)
      }),
    )
  })
})
