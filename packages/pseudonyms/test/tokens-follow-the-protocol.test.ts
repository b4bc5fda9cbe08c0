import { readFileSync } from 'node:fs'
import {
  concatBytes,
  createKeyedHash128,
  cryptoReady,
  fromHex,
  randomBytes,
  toHex,
  u32be,
  utf8,
} from '@kruispunt/crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTokenMaker } from '../src/index.ts'

type KnownAnswers = {
  keys: { pseudonym: string }
  pseudonyms: { id: string; saltedToken: string }[]
  nameToken: { keyId: string; value: string; token: string }
}
const vectorFile = new URL('../../../test/vectors/protocol-kat.json', import.meta.url)
const known = JSON.parse(readFileSync(vectorFile, 'utf8')) as KnownAnswers
const maker = createTokenMaker(fromHex(known.keys.pseudonym))

beforeAll(cryptoReady)

const code = (value: string) => expect.objectContaining({ code: value })

describe('tokens follow the protocol', () => {
  it('gives the known token of every number, one by one and in bulk', () => {
    expect(known.pseudonyms).toHaveLength(4)
    for (const { id, saltedToken } of known.pseudonyms) expect(toHex(maker.token('B1', id))).toBe(saltedToken)
    const out = new Uint8Array(4 * 16)
    const numbers = utf8(known.pseudonyms.map(({ id }) => id).join(''))
    maker.tokensInto('B1', numbers, Uint32Array.of(0, 9, 18, 27, 36), out, 0)
    expect(toHex(out)).toBe(known.pseudonyms.map(({ saltedToken }) => saltedToken).join(''))
  })

  it('gives the known token of a name compound', () => {
    const { keyId, value, token } = known.nameToken
    expect(toHex(maker.token(keyId, value))).toBe(token)
  })

  it('is the keyed hash of the two length-prefixed texts, whatever they are', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    const hash = createKeyedHash128(fromHex(known.keys.pseudonym))
    fc.assert(
      fc.property(text, text, (keyId, value) => {
        const [id, content] = [utf8(keyId), utf8(value)]
        const spelled = concatBytes(u32be(id.length), id, u32be(content.length), content)
        return toHex(maker.token(keyId, value)) === toHex(hash(spelled))
      }),
    )
  })

  it('gives other tokens for another match key, another border and another salt', () => {
    const tokens = [maker.token('B1', '123456782'), maker.token('N1', '123456782'), maker.token('B', '1123456782')]
    const other = createTokenMaker(randomBytes(32)).token('B1', '123456782')
    expect(new Set([...tokens, other].map(toHex)).size).toBe(4)
  })

  it('writes where it is told and nowhere else', () => {
    const out = new Uint8Array(64).fill(9)
    maker.tokensInto('B1', utf8('x123456782'), Uint32Array.of(1, 10), out, 16)
    expect([...out.subarray(0, 16), ...out.subarray(32)]).toStrictEqual(Array.from({ length: 48 }, () => 9))
    expect(toHex(out.subarray(16, 32))).toBe(toHex(maker.token('B1', '123456782')))
  })

  it('refuses keys, places and texts that do not fit, and says nothing of the value', () => {
    const out = new Uint8Array(16)
    expect(() => createTokenMaker(new Uint8Array(31))).toThrow(code('malformed_key'))
    for (const offset of [1, -1, 0.5, Number.NaN]) {
      expect(() => maker.tokensInto('B1', utf8('1'), Uint32Array.of(0, 1), out, offset)).toThrow(
        code('tokens_do_not_fit'),
      )
    }
    for (const offsets of [[], [0, 1, 2], [0, 3], [1, 0]]) {
      expect(() => maker.tokensInto('B1', utf8('12'), Uint32Array.from(offsets), out, 0)).toThrow(
        code('tokens_do_not_fit'),
      )
    }
    const attempt = () => maker.token('N1', 'vries\ud800')
    expect(attempt).toThrow(code('malformed_value'))
    expect(attempt).not.toThrow(/vries/)
    expect(() => maker.token('N\ud800', 'vries')).toThrow(code('malformed_value'))
  })
})
