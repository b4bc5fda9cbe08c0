import { randomBytes, toHex } from '@kruispunt/crypto'
import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { finishBatch, groupReady, oprfInputs, packSecrets, unpackSecrets } from '../../src/oprf.ts'
import { elementsOf, honestRound, outputAt, randomInputs, sharesOf, wholeKey } from './parties.ts'

beforeAll(groupReady)

/** Another implementation of RFC 9497, under the whole key. */
function oracle(key: Uint8Array, input: Uint8Array): string {
  const { blind, blinded } = ristretto255_oprf.oprf.blind(input)
  return toHex(ristretto255_oprf.oprf.finalize(input, blind, ristretto255_oprf.oprf.blindEvaluate(key, blinded)))
}

describe('any shares give what one key gives', () => {
  it('for any number of parties and records, as another implementation has it', () => {
    const sizes = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 6 }))
    fc.assert(
      fc.property(sizes, ([parties, records]) => {
        const [shares, inputs] = [sharesOf(parties), randomInputs(records)]
        const { secrets, evaluations } = honestRound(inputs, shares)
        const outputs = finishBatch(secrets, evaluations)
        for (let i = 0; i < records; i++)
          expect(toHex(outputAt(outputs, i))).toBe(oracle(wholeKey(shares), inputs.subarray(i * 32, (i + 1) * 32)))
      }),
      { numRuns: 8 },
    )
  })

  it('the same number gives the same result in another batch, at another party', () => {
    const shares = sharesOf(3)
    const inputs = randomInputs(700)
    const first = honestRound(inputs, shares)
    const again = honestRound(inputs.slice(32 * 300, 32 * 301), shares.toReversed())
    const outputs = finishBatch(first.secrets, first.evaluations)
    expect(toHex(finishBatch(again.secrets, again.evaluations))).toBe(toHex(outputAt(outputs, 300)))
  })

  it('with one share missing, or another one in its place, every result is another', () => {
    const shares = sharesOf(3)
    const inputs = randomInputs(20)
    const { secrets, evaluations } = honestRound(inputs, shares)
    const right = finishBatch(secrets, evaluations)
    const other = honestRound(inputs, [...shares.slice(1), ...sharesOf(1)])
    const wrong = [finishBatch(secrets, evaluations.slice(1)), finishBatch(other.secrets, other.evaluations)]
    for (const outputs of wrong)
      for (let i = 0; i < 20; i++) expect(toHex(outputAt(outputs, i))).not.toBe(toHex(outputAt(right, i)))
  })

  it('what is remembered of a batch is read back the same, and finishes it', () => {
    const shares = sharesOf(2)
    const inputs = oprfInputs(randomBytes(32), Buffer.from('123456782111222333'))
    const { secrets, evaluations } = honestRound(inputs, shares)
    const outputs = finishBatch(secrets, evaluations)
    expect(toHex(finishBatch(unpackSecrets(packSecrets(secrets)), evaluations))).toBe(toHex(outputs))
  })

  it.each([
    ['cut short', (packed: Uint8Array) => packed.slice(0, -1)],
    ['one byte too long', (packed: Uint8Array) => Uint8Array.of(...packed, 0)],
    ['without its head', () => new Uint8Array(4)],
    ['with a place named twice', (packed: Uint8Array) => packed.with(packed.length - 1, packed.at(-5) ?? 0)],
  ])('what is remembered of a batch is refused %s', (_, bend) => {
    const { secrets } = honestRound(randomInputs(2), sharesOf(2))
    expect(() => unpackSecrets(bend(packSecrets(secrets)))).toThrow(
      expect.objectContaining({ code: 'malformed_batch' }),
    )
  })

  it('attack 38: two batches of the same records have no element in common', () => {
    const inputs = randomInputs(200)
    const [first, second] = [honestRound(inputs, sharesOf(2)), honestRound(inputs, sharesOf(2))]
    const all = [first, second].flatMap(({ elements, evaluations }) => [elements, ...evaluations].flatMap(elementsOf))
    expect(new Set(all).size).toBe(all.length)
  })
})
