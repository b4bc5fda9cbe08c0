import { cryptoReady } from '@kruispunt/crypto'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { startCeremony } from '../src/index.ts'
import { agreementId, type Broker, gather, honestBroker, type Outcome, payloadOf, runCeremony } from './parties.ts'

beforeAll(cryptoReady)

const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `partij-${index}`)
const keysOf = (outcomes: Map<string, Outcome>) =>
  [...outcomes.values()].flatMap((outcome) => (outcome.status === 'agreed' ? [outcome.pseudonymKey] : []))

describe('all parties agree', () => {
  it.each([2, 3, 4, 5, 6, 7, 8])('on one key, when there are %i', (count) => {
    const keys = keysOf(runCeremony(gather(namesOf(count))))
    expect(keys).toHaveLength(count)
    expect(new Set(keys).size).toBe(1)
  })

  it('on one key, whatever order each lists the others in and whatever their names', () => {
    const names = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), {
      minLength: 2,
      maxLength: 5,
    })
    fc.assert(
      fc.property(names, (parties) => {
        const shuffled = gather(parties).map((player, index) => ({
          ...player,
          ceremony: { ...player.ceremony, parties: [...parties.slice(index), ...parties.slice(0, index)] },
        }))
        const keys = keysOf(runCeremony(shuffled))
        expect(keys).toHaveLength(parties.length)
        expect(new Set(keys).size).toBe(1)
      }),
      { numRuns: 40 },
    )
  })

  it('on another key in every ceremony', () => {
    const keys = [1, 1, 2].flatMap((epoch) => keysOf(runCeremony(gather(namesOf(2), { epoch }))).slice(0, 1))
    expect(new Set(keys).size).toBe(3)
  })

  const jointWith = (fill: number) => ({
    joint: { shareCommitment: new Uint8Array(32).fill(fill), isShareCommitment: (bytes: Uint8Array) => bytes[0] !== 0 },
  })

  it('also when each commits to an OPRF share', () => {
    const keys = keysOf(runCeremony(gather(namesOf(3), jointWith(7))))
    expect(new Set(keys).size).toBe(1)
    expect(keys).toHaveLength(3)
  })

  it('not when one commits to a share that is none: all others name it', () => {
    const [cheat, ...honest] = gather(namesOf(3), jointWith(0))
    if (cheat === undefined) throw new Error('no player')
    const others = honest.map(({ ceremony }) => gather(namesOf(3), { ...jointWith(7), party: ceremony.party }))
    const players = [cheat, ...others.flatMap(([player]) => player ?? [])]
    const outcomes = runCeremony(players)
    for (const { ceremony } of players.slice(1))
      expect(outcomes.get(ceremony.party)).toStrictEqual({ status: 'complaint', accused: [cheat.ceremony.party] })
    expect(keysOf(outcomes)).toStrictEqual([])
  })

  it('not when one is of the other mode', () => {
    const [odd] = gather(namesOf(2))
    const [, joint] = gather(namesOf(2), jointWith(7))
    if (odd === undefined || joint === undefined) throw new Error('no player')
    expect(keysOf(runCeremony([odd, joint]))).toStrictEqual([])
  })
})

describe('a ceremony needs a frame that makes sense', () => {
  const ceremony = { agreementId, epoch: 1, party: 'gemeente', parties: ['gemeente', 'ggd'] }
  it.each([
    ['one party', { parties: ['gemeente'] }],
    ['a party twice', { parties: ['gemeente', 'ggd', 'ggd'] }],
    ['itself missing', { parties: ['ggd', 'politie'] }],
    ['a party without a name', { parties: ['gemeente', ''] }],
    ['epoch nought', { epoch: 0 }],
    ['half an epoch', { epoch: 1.5 }],
    ['an agreement id that is none', { agreementId: 'AB' }],
  ])('not %s', (_, change) => {
    expect(() => startCeremony({ ...ceremony, ...change })).toThrow(
      expect.objectContaining({ code: 'ceremony_malformed' }),
    )
  })
})

/** Changes the n-th message that passes, at one character of one member, and remembers having done so. */
function tamperingBroker(target: number, pick: number, flip: number): { broker: Broker; hit: () => boolean } {
  let seen = -1
  let changed = false
  function tamper<Body extends object>(body: Body): Body {
    seen += 1
    if (seen !== target) return body
    const members = Object.entries(body)
    const [name, value] = members[pick % members.length] ?? ['', '']
    const text = String(value)
    const at = flip % (text.length + 1)
    const other = text[at] === 'a' ? 'b' : 'a'
    const next = typeof value === 'number' ? value + 1 + (flip % 3) : text.slice(0, at) + other + text.slice(at + 1)
    changed = true
    return { ...body, [name]: next }
  }
  const broker: Broker = {
    ...honestBroker,
    commit: ({ party, body }) => {
      const tampered = tamper(body)
      return { party, body: tampered, payloadBytes: payloadOf(tampered) }
    },
    reveal: ({ party, body }) => ({ party, body: tamper(body) }),
    confirm: ({ party, body }) => ({ party, body: tamper(body) }),
  }
  return { broker, hit: () => changed }
}

describe('anything changed on the way, even by one character, ends in a stop', () => {
  it.each([2, 3])('among %i parties', (count) => {
    // commits: n²; reveals: n(n−1); confirms: n²
    const messages = count * count + count * (count - 1) + count * count
    fc.assert(
      fc.property(fc.nat(messages - 1), fc.nat(), fc.nat(), (target, pick, flip) => {
        const { broker, hit } = tamperingBroker(target, pick, flip)
        const outcomes = runCeremony(gather(namesOf(count)), broker)
        expect(hit()).toBe(true)
        const keys = keysOf(outcomes)
        expect(keys.length).toBeLessThan(count)
        expect(new Set(keys).size).toBeLessThanOrEqual(1)
      }),
      { numRuns: 250 },
    )
  })

  it('also when only the signed bytes differ, and nothing that is read from them', () => {
    const other = (bytes: Uint8Array) => Uint8Array.from([...bytes, 32])
    const broker: Broker = {
      ...honestBroker,
      commit: (m, recipient) => (recipient === 'ggd' ? { ...m, payloadBytes: other(m.payloadBytes) } : m),
    }
    const outcomes = runCeremony(gather(['gemeente', 'ggd']), broker)
    expect([...outcomes.values()].map((o) => o.status === 'refused' && o.code)).toStrictEqual([
      'transcript_mismatch',
      'transcript_mismatch',
    ])
  })
})
