import { equalBytes, fromBase64, type SigningKey, signingKeyFromSeed, utf8, verifySignature } from '@kruispunt/crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cosign,
  formatCheckpoint,
  mergeCosignatures,
  parseCheckpoint,
  quorumOf,
  signCheckpoint,
  TransparencyLogError,
  verifyCheckpoint,
  verifyCosignature,
  verifyQuorum,
} from '../src/index.ts'
import { keyHashOf, signatureType, splitNote } from '../src/note.ts'
import { bytes, coded, hex, readVectors } from './vectors.ts'

type Key = { name: string; seed: string; publicKey: string; vkey: string }
type Vectors = {
  publishedNote: { vkey: string; note: string }
  keys: { log: Key; w1: Key; w2: Key }
  checkpoints: { size: number; root: string; note: string }[]
  mustReject: { why: string; note: string; rejects?: string }[]
}
const { publishedNote, keys, checkpoints, mustReject } = readVectors<Vectors>('notes-and-envelopes.json')

const logKey = signingKeyFromSeed(bytes(keys.log.seed))
const log = { origin: keys.log.name, logKeyName: keys.log.name, logPublicKey: bytes(keys.log.publicKey) }
const witness = ({ name, publicKey }: Key) => ({ name, publicKey: bytes(publicKey) })
const witnesses = [witness(keys.w1), witness(keys.w2)]
const rule = { ...log, witnesses, quorum: 2 }

function partsOf(vkey: string) {
  const [name = '', keyHash = '', ...encoded] = vkey.split('+')
  const typed = fromBase64(encoded.join('+'))
  return { name, keyHash, type: typed[0], publicKey: typed.subarray(1) }
}
const linesOf = (note: string) => note.slice(note.indexOf('\n\n') + 2).match(/[^\n]+\n/g) ?? []
const timeOf = (line: string) =>
  Number(new DataView(fromBase64(line.split(' ')[2]?.trimEnd() ?? '').buffer).getBigUint64(4))

describe('the published signed note', () => {
  it('splits, names its key and verifies', () => {
    const { name, keyHash, type, publicKey } = partsOf(publishedNote.vkey)
    const { text, signatures } = splitNote(publishedNote.note)
    expect(text).toBe('This is an example message.\n')
    expect(type).toBe(signatureType.note)
    expect(hex(keyHashOf(name, signatureType.note, publicKey))).toBe(keyHash)
    const [line] = signatures
    expect(line?.name).toBe(name)
    expect(hex(line?.keyHash ?? new Uint8Array())).toBe(keyHash)
    expect(verifySignature(publicKey, utf8(text), line?.blob ?? new Uint8Array())).toBe(true)
  })

  it('is no checkpoint', () => {
    expect(() => parseCheckpoint(publishedNote.note)).toThrow(coded('note_malformed'))
  })

  it.each(Object.values(keys))('the key hash of $vkey follows from name, type and key', ({ vkey, name, publicKey }) => {
    const type = name === keys.log.name ? signatureType.note : signatureType.cosignature
    expect(partsOf(vkey).type).toBe(type)
    expect(hex(keyHashOf(name, type, bytes(publicKey)))).toBe(partsOf(vkey).keyHash)
  })
})

describe('checkpoints made by other software', () => {
  it.each(checkpoints)('of size $size verify, with their two witnesses', ({ size, root, note }) => {
    const { checkpoint, cosigners } = verifyQuorum(note, rule)
    expect({ ...checkpoint, root: hex(checkpoint.root) }).toMatchObject({ origin: log.origin, size, root, note })
    expect(cosigners.map(({ name }) => name)).toStrictEqual([keys.w1.name, keys.w2.name])
    const lines = linesOf(note).slice(1)
    expect(cosigners.map(({ timestampSeconds }) => timestampSeconds)).toStrictEqual(lines.map(timeOf))
  })

  it.each(checkpoints)('of size $size are written here byte for byte', ({ size, root, note }) => {
    const text = formatCheckpoint({ origin: log.origin, size, root: bytes(root) })
    const times = linesOf(note).slice(1).map(timeOf)
    const lines = [keys.w1, keys.w2].map(({ name, seed }, index) =>
      cosign(text, name, signingKeyFromSeed(bytes(seed)), times[index] ?? 0),
    )
    expect(mergeCosignatures(signCheckpoint(text, keys.log.name, logKey), lines)).toBe(note)
  })

  const codes: Record<string, string> = {
    'root replaced, signatures kept': 'log_signature_invalid',
    'tree size with leading zero': 'size_malformed',
    'tree size changed': 'log_signature_invalid',
    'origin changed': 'origin_mismatch',
    'log signature from a witness key under the log name': 'log_signature_missing',
    'witness signed the bare body without the cosignature/v1 header': 'timestamp_malformed',
    'missing blank line before signatures': 'note_malformed',
    'missing final newline of the body': 'note_malformed',
  }
  it.each(mustReject)('refused: $why', ({ why, note, rejects }) => {
    expect(() => verifyQuorum(note, { ...rule, quorum: 1 })).toThrow(coded(codes[why] ?? 'unlisted'))
    if (rejects === undefined) expect(() => verifyCheckpoint(note, log)).toThrow(coded(codes[why] ?? 'unlisted'))
    else expect(verifyCheckpoint(note, log).size).toBe(7)
  })
})

describe('a note in any other shape is refused', () => {
  const note = checkpoints[2]?.note ?? ''
  const [origin, size, root] = note.split('\n')
  const rest = note.slice(note.indexOf('\n\n'))
  it.each([
    ['nothing', '', 'note_malformed'],
    ['no signatures', `${origin}\n${size}\n${root}\n\n`, 'note_malformed'],
    ['no final newline', note.slice(0, -1), 'note_malformed'],
    ['an extension line', `${origin}\n${size}\n${root}\nmore${rest}`, 'note_malformed'],
    ['a carriage return', note.replace('\n', '\r\n'), 'note_malformed'],
    ['half a surrogate pair', `\ud800${note}`, 'note_malformed'],
    ['a root of 31 bytes', `${origin}\n${size}\n${Buffer.alloc(31).toString('base64')}${rest}`, 'hash_malformed'],
    ['a root in loose base64', `${origin}\n${size}\n${root?.slice(0, -1)}${rest}`, 'note_malformed'],
    ['a negative size', `${origin}\n-1\n${root}${rest}`, 'size_malformed'],
    ['a size beyond whole numbers', `${origin}\n9999999999999999\n${root}${rest}`, 'size_malformed'],
    ['no origin', `\n${size}\n${root}${rest}`, 'name_malformed'],
    ['a signature line with a hyphen', note.replace('\u2014', '-'), 'note_malformed'],
    ['a signature of four bytes', `${note}\u2014 x AAAAAA==\n`, 'note_malformed'],
    ['a name with a plus', `${note}\u2014 x+y AAAAAAAA\n`, 'name_malformed'],
    ['a name with a wide blank', `${note}\u2014 x\u3000y AAAAAAAA\n`, 'name_malformed'],
    ['a megabyte', `${note}${'\u2014 x AAAAAAAA\n'.repeat(70_000)}`, 'note_too_large'],
  ])('%s', (_, bad, code) => {
    expect(() => parseCheckpoint(bad)).toThrow(coded(code))
  })

  it('whichever character is changed, no quorum holds any more', () => {
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        fc.pre(note[at] !== character)
        const changed = note.slice(0, at) + character + note.slice(at + 1)
        try {
          verifyQuorum(changed, rule)
          return false
        } catch (error) {
          return error instanceof TransparencyLogError
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('cosignatures', () => {
  const text = formatCheckpoint({ origin: log.origin, size: 3, root: bytes('07'.repeat(32)) })
  const note = signCheckpoint(text, log.logKeyName, logKey)
  const w1 = signingKeyFromSeed(bytes(keys.w1.seed))
  const line = (key: SigningKey = w1, name = keys.w1.name, time = 1_764_000_000) => cosign(text, name, key, time)

  it('say when', () => {
    expect(verifyCosignature(text, line(), witness(keys.w1))).toBe(1_764_000_000)
  })

  it('count for their own witness, text and time only', () => {
    expect(() => verifyCosignature(text, line(), witness(keys.w2))).toThrow(coded('cosignature_missing'))
    expect(() => verifyCosignature(text, line(logKey), witness(keys.w1))).toThrow(coded('cosignature_missing'))
    expect(() => verifyCosignature(text.replace('3', '4'), line(), witness(keys.w1))).toThrow(
      coded('cosignature_invalid'),
    )
    const [dash, name, base64 = ''] = line().trimEnd().split(' ')
    const later = fromBase64(base64)
    later[11] = 1 + (later[11] ?? 0)
    const forged = `${dash} ${name} ${Buffer.from(later).toString('base64')}\n`
    expect(() => verifyCosignature(text, forged, witness(keys.w1))).toThrow(coded('cosignature_invalid'))
  })

  it.each([0, -1, 1.5, Number.NaN])('are not given at second %s', (time) => {
    expect(() => line(w1, keys.w1.name, time)).toThrow(coded('timestamp_malformed'))
  })

  it('take the place of an earlier one of the same witness, and never of the log signature', () => {
    const merged = mergeCosignatures(mergeCosignatures(note, [line()]), [line(w1, keys.w1.name, 1_764_000_060)])
    expect(linesOf(merged)).toHaveLength(2)
    expect(verifyQuorum(merged, { ...rule, quorum: 1 }).cosigners).toStrictEqual([
      { name: keys.w1.name, timestampSeconds: 1_764_000_060 },
    ])
    const logLine = linesOf(note)[0] ?? ''
    expect(() => mergeCosignatures(note, [logLine])).toThrow(coded('note_malformed'))
    expect(equalBytes(verifyCheckpoint(merged, log).root, bytes('07'.repeat(32)))).toBe(true)
  })

  it('of one witness twice make one witness, at its earlier time', () => {
    const twice = `${mergeCosignatures(note, [line()])}${line(w1, keys.w1.name, 1_764_000_060)}`
    expect(() => verifyQuorum(twice, rule)).toThrow(coded('quorum_missing'))
    expect(verifyQuorum(twice, { ...rule, quorum: 1 }).cosigners).toStrictEqual([
      { name: keys.w1.name, timestampSeconds: 1_764_000_000 },
    ])
  })

  it('of strangers are left alone and count for nothing', () => {
    const stranger = line(signingKeyFromSeed(bytes('09'.repeat(32))), 'w9.example/witness')
    const merged = mergeCosignatures(note, [stranger, line()])
    expect(verifyQuorum(merged, { ...rule, quorum: 1 }).cosigners).toHaveLength(1)
    expect(() => verifyQuorum(merged, rule)).toThrow(coded('quorum_missing'))
  })

  it.each([
    [
      'two witnesses of one key',
      { witnesses: [witness(keys.w1), { ...witness(keys.w1), name: 'w3' }] },
      'witness_duplicate',
    ],
    [
      'two witnesses of one name',
      { witnesses: [witness(keys.w1), { ...witness(keys.w2), name: keys.w1.name }] },
      'witness_duplicate',
    ],
    ['no quorum at all', { quorum: 0 }, 'quorum_malformed'],
    ['more than there are', { quorum: 3 }, 'quorum_malformed'],
  ])('a rule with %s is refused', (_, change, code) => {
    expect(() => verifyQuorum(note, { ...rule, ...change })).toThrow(coded(code))
  })
})

describe('a quorum', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 3],
    [5, 4],
    [7, 5],
    [10, 7],
  ])('of %i nodes is %i', (nodes, quorum) => {
    expect(quorumOf(nodes)).toBe(quorum)
  })

  it('twice over always shares more nodes than may lie', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 1000 }), (n) => 2 * quorumOf(n) - n > Math.max(1, Math.floor((n - 1) / 3))),
    )
  })

  it.each([0, -1, 2.5])('of %s nodes does not exist', (n) => {
    expect(() => quorumOf(n)).toThrow(coded('quorum_malformed'))
  })
})
