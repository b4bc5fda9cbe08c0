import { readFileSync } from 'node:fs'
import { concatBytes, cryptoReady, fromHex, toHex, utf8 } from '@kruispunt/crypto'
import { generatorTimes } from '@kruispunt/crypto/group'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTokenMaker } from '../../src/index.ts'
import { blindInputs } from '../../src/oprf/blind.ts'
import { finalizeInputs, sumOfEvaluations } from '../../src/oprf/finish.ts'
import { evaluateBatch, groupReady, oprfInputs } from '../../src/oprf.ts'
import { splitKey } from './split-key.ts'

type Rfc = {
  suites: {
    mode: string
    suite: string
    skSm: string
    vectors: Record<'input' | 'blind' | 'blindedElement' | 'evaluatedElement' | 'output', [string]>[]
  }[]
}
type KnownAnswers = {
  keys: { pseudonym: string; oprfInput: string }
  oprfShare: Record<string, string>
  oprfShareCommitment: Record<string, string>
  pseudonyms: {
    id: string
    oprfInput: string
    blind: string
    blindedElement: string
    evaluated: Record<string, string>
    oprfOutput: string
    jointToken: string
  }[]
}
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../test/vectors/${name}.json`, import.meta.url), 'utf8')) as unknown
const base = (read('oprf-rfc9497') as Rfc).suites.filter(
  ({ mode, suite }) => mode === 'OPRF' && suite === 'ristretto255-SHA512',
)
const cases = base.flatMap(({ skSm, vectors }) =>
  vectors.map((vector) => ({
    key: fromHex(skSm),
    input: fromHex(vector.input[0]),
    blind: fromHex(vector.blind[0]),
    blindedElement: vector.blindedElement[0],
    evaluatedElement: vector.evaluatedElement[0],
    output: vector.output[0],
  })),
)
const known = read('protocol-kat') as KnownAnswers

beforeAll(async () => {
  await cryptoReady()
  await groupReady()
})

describe('published vectors hold, whole and in shares', () => {
  it('has the two vectors of RFC 9497, appendix A.1.1', () => expect(cases).toHaveLength(2))

  it.each(cases)('RFC 9497: blinded $blindedElement, under the whole key', (vector) => {
    const blinded = blindInputs(vector.input, vector.input.length, vector.blind)
    expect(toHex(blinded)).toBe(vector.blindedElement)
    const evaluated = evaluateBatch(blinded, vector.key)
    expect(toHex(evaluated)).toBe(vector.evaluatedElement)
    expect(toHex(finalizeInputs(vector.input, vector.input.length, vector.blind, evaluated))).toBe(vector.output)
  })

  it.each(cases)('RFC 9497: blinded $blindedElement, under five random shares of the key', (vector) => {
    const shares = splitKey(vector.key, 5)
    const evaluations = shares.map((share) => evaluateBatch(fromHex(vector.blindedElement), share))
    expect(evaluations.map(toHex)).not.toContain(vector.evaluatedElement)
    const evaluated = sumOfEvaluations(evaluations)
    expect(toHex(evaluated)).toBe(vector.evaluatedElement)
    expect(toHex(finalizeInputs(vector.input, vector.input.length, vector.blind, evaluated))).toBe(vector.output)
  })

  it.each(Object.keys(known.oprfShare))('the worked example: what commits to the share of %s', (party) => {
    expect(toHex(generatorTimes(fromHex(known.oprfShare[party] ?? '')))).toBe(known.oprfShareCommitment[party])
  })

  it.each(known.pseudonyms)('the worked example: number $id up to its joint token', (one) => {
    const input = oprfInputs(fromHex(known.keys.oprfInput), utf8(one.id))
    expect(toHex(input)).toBe(one.oprfInput)
    const blinded = blindInputs(input, 32, fromHex(one.blind))
    expect(toHex(blinded)).toBe(one.blindedElement)
    const evaluations = Object.entries(known.oprfShare).map(([party, share]) => {
      const evaluation = evaluateBatch(blinded, fromHex(share))
      expect(toHex(evaluation)).toBe(one.evaluated[party])
      return evaluation
    })
    const y = finalizeInputs(input, 32, fromHex(one.blind), sumOfEvaluations(evaluations))
    expect(toHex(y)).toBe(one.oprfOutput)
    const token = new Uint8Array(16)
    createTokenMaker(fromHex(known.keys.pseudonym)).tokensInto('B1', y, Uint32Array.of(0, 64), token, 0)
    expect(toHex(token)).toBe(one.jointToken)
  })

  it('the inputs of several numbers at once are those of each', () => {
    const all = oprfInputs(fromHex(known.keys.oprfInput), concatBytes(...known.pseudonyms.map(({ id }) => utf8(id))))
    expect(toHex(all)).toBe(known.pseudonyms.map(({ oprfInput }) => oprfInput).join(''))
  })
})
