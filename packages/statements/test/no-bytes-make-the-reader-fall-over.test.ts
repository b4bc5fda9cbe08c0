import { toBase64, utf8 } from '@kruispunt/crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalBytes,
  envelopeBytes,
  type JsonValue,
  parseCanonical,
  parseEnvelope,
  StatementError,
} from '../src/index.ts'
import { coded } from './vectors.ts'

const limits = { maxBytes: 10_000, maxDepth: 8 }

function refusesCleanly(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    return error instanceof StatementError
  }
}

/** JSON texts, some with reserved names, fractions and oddities, then scratched at one place. */
const nearlyJson = fc
  .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', '\\', '\u0000', '1e999', '__proto__', ','))
  .map(([text, at, scratch]) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + scratch + text.slice(place)
  })

const statementValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name)),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value

describe('no bytes make the reader fall over', () => {
  it('whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => refusesCleanly(() => parseCanonical(bytes, limits))))
    fc.assert(fc.property(fc.uint8Array(), (bytes) => refusesCleanly(() => parseEnvelope(bytes))))
  })

  it('whatever almost-JSON', () => {
    fc.assert(fc.property(nearlyJson, (text) => refusesCleanly(() => parseCanonical(utf8(text), limits))))
    fc.assert(fc.property(nearlyJson, (text) => refusesCleanly(() => parseEnvelope(utf8(text)))))
  })

  it('whatever is read is what would be written', () => {
    fc.assert(
      fc.property(statementValue, (value) => {
        const bytes = canonicalBytes(value)
        expect(canonicalBytes(parseCanonical(bytes, limits))).toStrictEqual(bytes)
      }),
    )
  })

  const envelope = {
    payload: toBase64(utf8('{}')),
    payloadType: 'application/vnd.datalab.x.v1+json',
    signatures: [{ keyid: '0'.repeat(32), sig: toBase64(new Uint8Array(64)) }],
  }

  it('whichever byte of an envelope is changed', () => {
    const leaf = envelopeBytes(envelope)
    fc.assert(
      fc.property(fc.nat(leaf.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(leaf, (byte, index) => (index === at ? byte ^ flip : byte))
        return refusesCleanly(() => parseEnvelope(changed))
      }),
    )
  })

  it.each<[string, JsonValue, string]>([
    ['an extra member', { ...envelope, note: '' }, 'envelope_malformed'],
    ['a missing member', { payload: '', payloadType: '' }, 'envelope_malformed'],
    ['signatures that are no list', { ...envelope, signatures: {} }, 'envelope_malformed'],
    ['a signature that is text', { ...envelope, signatures: ['x'] }, 'envelope_malformed'],
    [
      'a signature with an extra member',
      { ...envelope, signatures: [{ keyid: '', sig: '', cert: '' }] },
      'envelope_malformed',
    ],
    ['a payload that is no text', { ...envelope, payload: 1 }, 'envelope_malformed'],
    ['a payload that is no base64', { ...envelope, payload: 'e30' }, 'base64_malformed'],
    ['a list', [], 'envelope_malformed'],
  ])('an envelope with %s is refused', (_, value, code) => {
    expect(() => parseEnvelope(canonicalBytes(value))).toThrow(coded(code))
  })
})
