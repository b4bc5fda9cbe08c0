import { cryptoReady, randomBytes, toHex } from '@kruispunt/crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createJobRekeyer } from '../src/broker.ts'

beforeAll(cryptoReady)

const split = (tokens: Uint8Array): string[] => toHex(tokens).match(/.{32}/g) ?? []

describe('a job has its own tokens', () => {
  it('keeps equal tokens equal and different ones different, over parties and calls', () => {
    const people = Array.from({ length: 20 }, () => randomBytes(16))
    fc.assert(
      fc.property(fc.array(fc.nat(19), { maxLength: 30 }), fc.array(fc.nat(19), { maxLength: 30 }), (one, two) => {
        const rekey = createJobRekeyer()
        const tokensOf = (party: number[]) => Uint8Array.from(party.flatMap((i) => [...(people[i] ?? [])]))
        const before = [...one, ...two]
        const after = [...split(rekey(tokensOf(one))), ...split(rekey(tokensOf(two)))]
        return before.every((a, i) => before.every((b, j) => (a === b) === (after[i] === after[j])))
      }),
    )
  })

  it('shares no token with the extract or with another job', () => {
    const tokens = randomBytes(16 * 50)
    const all = [tokens, createJobRekeyer()(tokens), createJobRekeyer()(tokens)].flatMap(split)
    expect(new Set(all).size).toBe(150)
  })

  it('leaves its input alone and refuses half a token', () => {
    const tokens = randomBytes(32)
    const before = toHex(tokens)
    const rekey = createJobRekeyer()
    expect(rekey(tokens)).toHaveLength(32)
    expect(toHex(tokens)).toBe(before)
    expect(() => rekey(tokens.subarray(1))).toThrow(expect.objectContaining({ code: 'malformed_tokens' }))
    expect(rekey(new Uint8Array(0))).toHaveLength(0)
  })
})
