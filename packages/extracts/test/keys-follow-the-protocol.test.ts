import { readFileSync } from 'node:fs'
import { concatBytes, fromHex, sha256, toHex, u32be, u64be, utf8 } from '@kruispunt/crypto'
import { describe, expect, it } from 'vitest'
import { columnAad, columnKey, keyCommitment } from '../src/index.ts'
import { code, place } from './columns.ts'

type KnownAnswers = {
  extract: { root: string; id: string; columns: { column: string; key: string; keyCommitment: string }[] }
}
const vectorFile = new URL('../../../test/vectors/protocol-kat.json', import.meta.url)
const known = (JSON.parse(readFileSync(vectorFile, 'utf8')) as KnownAnswers).extract

describe('keys follow the protocol', () => {
  it('derives the known key and commitment of every column', () => {
    expect(known.columns).toHaveLength(3)
    for (const expected of known.columns) {
      const key = columnKey(fromHex(known.root), known.id, expected.column)
      expect(toHex(key)).toBe(expected.key)
      expect(toHex(keyCommitment(known.id, expected.column, key))).toBe(expected.keyCommitment)
    }
  })

  it('spells the associated data with the agreement id as bytes and the names as text', () => {
    const parts = [fromHex(place.agreementId), u64be(1), utf8('gemeente-a'), utf8('x-0001'), utf8('age_band')]
    const prefixed = parts.flatMap((part) => [u32be(part.length), part])
    const spelled = concatBytes(utf8('datalab/v1/extract/aad'), Uint8Array.of(0), ...prefixed)
    expect(toHex(columnAad(place))).toBe(toHex(sha256(spelled)))
  })

  it('gives every place its own associated data', () => {
    const others = [
      { ...place, agreementId: '00'.repeat(32) },
      { ...place, epoch: 2 },
      { ...place, party: 'ggd-b' },
      { ...place, extractId: 'x-0002' },
      { ...place, column: 'on_benefit' },
      { ...place, extractId: 'x-0001age', column: '_band' },
    ]
    expect(new Set([place, ...others].map((p) => toHex(columnAad(p)))).size).toBe(7)
  })

  it('refuses ids and keys of another form', () => {
    for (const agreementId of ['', 'ab', 'AB'.repeat(32), `${'0'.repeat(63)}g`]) {
      expect(() => columnAad({ ...place, agreementId })).toThrow(expect.objectContaining(code('malformed_context')))
    }
    expect(() => columnKey(new Uint8Array(16), 'x', 'y')).toThrow(expect.objectContaining(code('malformed_key')))
    expect(() => keyCommitment('x', 'y', new Uint8Array(33))).toThrow(expect.objectContaining(code('malformed_key')))
  })
})
