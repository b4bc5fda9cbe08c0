import { concatBytes, fromHex, randomBytes } from '@kruispunt/crypto'
import { ristretto255 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  drawShare,
  elementsFault,
  evaluateBatch,
  evaluationFault,
  fewestCanaries,
  finishBatch,
  groupReady,
  isShareCommitment,
  oprfInputs,
} from '../../src/oprf.ts'
import { elementsOf, honestRound, randomInputs, sharesOf } from './parties.ts'

beforeAll(groupReady)

const code = (value: string) => expect.objectContaining({ code: value })
const identity = new Uint8Array(32)
/** RFC 9496, appendix A.3: encodings that must be rejected. */
const notElements = [
  ['not reduced', '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
  ['not reduced, one above the prime', 'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['negative', '0100000000000000000000000000000000000000000000000000000000000000'],
  ['of a field element that is no square', '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371'],
  ['with a negative product', '3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e'],
  ['with y = 0', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
] as const

/** The elements with the one at this place replaced. */
function withElement(elements: Uint8Array, place: number, element: Uint8Array): Uint8Array {
  const changed = elements.slice()
  changed.set(element, place * 32)
  return changed
}

describe('attack 36: a batch with a bad element is refused as a whole', () => {
  it('takes a batch that has nothing wrong', () => {
    const { elements, secrets } = honestRound(randomInputs(5), sharesOf(2))
    expect(elementsFault(elements, 5 + fewestCanaries)).toBeUndefined()
    expect(secrets.places).toHaveLength(5 + fewestCanaries)
  })

  it.each(notElements)('an encoding that is %s', (_, hex) => {
    const { elements } = honestRound(randomInputs(3), sharesOf(2))
    const bad = withElement(elements, 30, fromHex(hex))
    expect(elementsFault(bad, 3 + fewestCanaries)).toBe('not_an_element')
    expect(() => evaluateBatch(bad, drawShare().share)).toThrow(code('malformed_element'))
  })

  it('the identity', () => {
    const { elements } = honestRound(randomInputs(3), sharesOf(2))
    const bad = withElement(elements, 0, identity)
    expect(elementsFault(bad, 3 + fewestCanaries)).toBe('not_an_element')
    expect(() => evaluateBatch(bad, drawShare().share)).toThrow(code('malformed_element'))
  })

  it('an element that occurs twice', () => {
    const { elements } = honestRound(randomInputs(3), sharesOf(2))
    expect(elementsFault(withElement(elements, 66, elements.slice(0, 32)), 3 + fewestCanaries)).toBe(
      'duplicate_element',
    )
  })

  it.each([
    ['one element short', 66],
    ['one element long', 68],
    ['nothing', 0],
  ])('another length than announced: %s', (_, count) => {
    const { elements } = honestRound(randomInputs(3), sharesOf(2))
    expect(elementsFault(elements, count)).toBe('wrong_length')
    expect(elementsFault(elements.subarray(0, -1), 67)).toBe('wrong_length')
  })

  it.each([
    ['zero', new Uint8Array(32)],
    ['not reduced', new Uint8Array(32).fill(0xff)],
    [
      'the order itself',
      Uint8Array.from(Buffer.from(ristretto255.Point.Fn.ORDER.toString(16).padStart(64, '0'), 'hex').reverse()),
    ],
  ])('a share that is %s evaluates nothing', (_, share) => {
    const { elements } = honestRound(randomInputs(1), sharesOf(2))
    expect(() => evaluateBatch(elements, share)).toThrow(code('malformed_scalar'))
  })

  it('a share of another length evaluates nothing, and inputs of another length make no batch', () => {
    const { elements } = honestRound(randomInputs(1), sharesOf(2))
    expect(() => evaluateBatch(elements, randomBytes(31))).toThrow(code('malformed_share'))
    for (const length of [0, 31]) expect(() => honestRound(randomBytes(length), [])).toThrow(code('malformed_input'))
  })

  it('random bytes as elements are nearly always refused, and never make the reader fall over', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(7), (bytes, count) => {
        const fault = elementsFault(bytes, count)
        return fault === undefined || ['wrong_length', 'not_an_element', 'duplicate_element'].includes(fault)
      }),
    )
  })

  it.each([
    ['eight digits', '12345678'],
    ['full-width digits', '１２３456782'],
    ['a space', ' 23456782'],
  ])('%s are no number to work on', (_, text) => {
    expect(() => oprfInputs(randomBytes(32), Buffer.from(text))).toThrow(code('malformed_value'))
  })
})

describe('attack 37: an evaluator with another share is found', () => {
  const others = () => drawShare()

  it('finds nothing wrong with the committed share', () => {
    const shares = sharesOf(2)
    const { secrets, evaluations } = honestRound(randomInputs(40), shares)
    for (const [at, { commitment }] of shares.entries())
      expect(evaluationFault(secrets, evaluations[at] ?? identity, commitment)).toBeUndefined()
  })

  it('for the whole batch: always', () => {
    const { secrets, elements } = honestRound(randomInputs(1), sharesOf(1))
    const evaluation = evaluateBatch(elements, others().share)
    expect(evaluationFault(secrets, evaluation, others().commitment)).toBe('canary_differs')
  })

  it('for a twentieth of the elements: in nearly every batch', () => {
    const honest = drawShare()
    const other = drawShare()
    // 6 of 120 elements, of which 64 are canaries: C(56, 6) / C(120, 6) = 0.9 % stay unseen, more than 5 of 40 once in 10^6 runs.
    let unseen = 0
    for (let round = 0; round < 40; round++) {
      const { secrets, elements } = honestRound(randomInputs(56), [])
      const evaluation = evaluateBatch(elements, honest.share)
      const wrong = evaluateBatch(elements, other.share)
      for (let place = 0; place < 120; place += 20)
        evaluation.set(wrong.subarray(place * 32, (place + 1) * 32), place * 32)
      if (evaluationFault(secrets, evaluation, honest.commitment) === undefined) unseen += 1
    }
    expect(unseen).toBeLessThanOrEqual(5)
  })

  it.each([
    ['an identity', (z: Uint8Array) => withElement(z, 3, identity), 'not_an_element'],
    ['one element too few', (z: Uint8Array) => z.slice(32), 'wrong_length'],
    ['the answer to another element twice', (z: Uint8Array) => withElement(z, 3, z.slice(0, 32)), 'duplicate_element'],
    ['the elements in another order', (z: Uint8Array) => concatBytes(z.slice(32), z.slice(0, 32)), 'canary_differs'],
  ])('%s', (_, bend, fault) => {
    const { secrets, elements } = honestRound(randomInputs(2), [])
    const { share, commitment } = drawShare()
    expect(evaluationFault(secrets, bend(evaluateBatch(elements, share)), commitment)).toBe(fault)
  })

  it('whoever bends one record loses that record its links and stops nobody', () => {
    const shares = sharesOf(2)
    const { secrets, elements, evaluations } = honestRound(randomInputs(4), shares)
    const right = finishBatch(secrets, evaluations)
    const place = secrets.places[1] ?? 0
    // The negative of the other's answer: together they are the identity.
    const others = (evaluations[0] ?? identity).subarray(place * 32, (place + 1) * 32)
    const negative = ristretto255.Point.fromBytes(others).negate().toBytes()
    const bent = withElement(evaluations[1] ?? identity, place, negative)
    const outputs = finishBatch(secrets, [evaluations[0] ?? identity, bent])
    const isSame = (i: number) => outputs.slice(i * 64, i * 64 + 64).every((byte, at) => byte === right[i * 64 + at])
    const differs = [0, 1, 2, 3].filter((record) => !isSame(record))
    expect(differs).toStrictEqual([1])
    expect(elementsOf(elements)).toHaveLength(4 + fewestCanaries)
  })

  it.each([
    ['the identity', identity],
    ['31 bytes', new Uint8Array(31).fill(1)],
    ['no encoding', new Uint8Array(32).fill(0xff)],
  ])('%s commits to no share', (_, bytes) => expect(isShareCommitment(bytes)).toBe(false))
})
