import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  documentHash,
  type JsonValue,
  matchesRosterCode,
  matchesShortCode,
  parseCanonical,
  rosterCode,
  shortCode,
} from '../src/index.ts'
import { coded, readVectors } from './vectors.ts'

const kat = readVectors<{ agreementJcsUtf8: string; agreementId: string }>('protocol-kat.json')
const hash = kat.agreementId
const hashes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))

describe('an agreement is its bytes', () => {
  it('has the id of the worked example', () => {
    const document = parseCanonical(new TextEncoder().encode(kat.agreementJcsUtf8), { maxBytes: 1000, maxDepth: 4 })
    expect(documentHash('agreement', document as object)).toBe(kat.agreementId)
  })

  const document = { title: 'Café', k: 10, attachments: [{ sha256: '00'.repeat(32), bytes: 120 }] }
  it.each<[string, JsonValue & object]>([
    ['one space', { ...document, title: 'Café ' }],
    ['another Unicode form', { ...document, title: 'Café'.normalize('NFD') }],
    ['a number as text', { ...document, k: '10' }],
    ['one bit of an attachment', { ...document, attachments: [{ sha256: `${'00'.repeat(31)}01`, bytes: 120 }] }],
  ])('attack 17: %s makes another id', (_, changed) => {
    expect(documentHash('agreement', changed)).not.toBe(documentHash('agreement', document))
  })

  it('attack 17: 10.0 is not a second way to write 10', () => {
    const limits = { maxBytes: 100, maxDepth: 2 }
    expect(() => parseCanonical(new TextEncoder().encode('{"k":10.0}'), limits)).toThrow(coded('not_canonical'))
  })

  it('does not depend on the order of members, and does on the tag', () => {
    const reordered = { attachments: document.attachments, k: document.k, title: document.title }
    expect(documentHash('agreement', reordered)).toBe(documentHash('agreement', document))
    expect(documentHash('roster', document)).not.toBe(documentHash('agreement', document))
  })
})

describe('two people can compare a hash aloud', () => {
  it('is the base32 of RFC 4648, twelve characters in groups of four', () => {
    // Section 10 of the RFC: "foobar" is MZXW6YTBOI.
    const foobar = Buffer.from('foobar').toString('hex').padEnd(64, '0')
    expect(shortCode(foobar)).toBe('MZXW-6YTB-OIAA')
    expect(shortCode('ff'.repeat(32))).toBe('7777-7777-7777')
  })

  it.each(['r7oq4pta', '', '0000-0000-0000', `${shortCode(hash)}A`, shortCode(hash).slice(0, -1)])(
    'does not take %j',
    (typed) => expect(matchesShortCode(hash, typed)).toBe(false),
  )

  it('takes its own code however it is typed', () => {
    fc.assert(
      fc.property(hashes, fc.constantFrom('', ' ', '-', ' – '), fc.boolean(), (value, gap, lower) => {
        const typed = ` ${shortCode(value).replaceAll('-', gap)} `
        return matchesShortCode(value, lower ? typed.toLowerCase() : typed)
      }),
    )
  })

  it('depends on the first sixty bits', () => {
    fc.assert(
      fc.property(hashes, fc.nat(59), (value, bit) => {
        const bytes = Buffer.from(value, 'hex')
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7))
        return !matchesShortCode(bytes.toString('hex'), shortCode(value))
      }),
    )
  })

  it('compares a roster by twice as much: whoever wrote both could make two that share sixty bits', () => {
    expect(rosterCode(hash).startsWith(`${shortCode(hash)}-`)).toBe(true)
    expect(rosterCode('ff'.repeat(32))).toBe('7777-7777-7777-7777-7777-7777')
    expect(matchesRosterCode(hash, rosterCode(hash).toLowerCase().replaceAll('-', ' '))).toBe(true)
    expect(matchesRosterCode(hash, shortCode(hash))).toBe(false)
    fc.assert(
      fc.property(hashes, fc.nat(119), (value, bit) => {
        const bytes = Buffer.from(value, 'hex')
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7))
        return !matchesRosterCode(bytes.toString('hex'), rosterCode(value))
      }),
    )
  })

  it.each(['', 'zz'.repeat(32), 'AA'.repeat(32), '00'.repeat(31)])('refuses %j as a hash', (bad) => {
    expect(() => shortCode(bad)).toThrow(coded('hash_malformed'))
  })
})
