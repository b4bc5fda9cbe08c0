/**
 * Signed notes: a text, a blank line, and a line per signature (C2SP signed-note).
 * @module
 */
import { concatBytes, fromBase64, sha256, toBase64, utf8 } from '@kruispunt/crypto'
import { TransparencyLogError } from './errors.ts'

/** One line under a note. `keyHash` is 4 bytes, `blob` what follows it: a signature, or a time and a signature. */
export type NoteSignature = { readonly name: string; readonly keyHash: Uint8Array; readonly blob: Uint8Array }

/** Which signature a key makes; part of the key hash, so that one cannot pass for the other. */
export const signatureType = { note: 0x01, cosignature: 0x04 } as const
type SignatureType = (typeof signatureType)[keyof typeof signatureType]

/** Far above what sixty witnesses need. */
const maxNoteLength = 64 * 1024
const keyHashLength = 4
const dash = '\u2014 '

/** @throws {@link TransparencyLogError} `name_malformed` */
function assertKeyName(name: string): void {
  if (!/^[^\p{White_Space}\p{Cc}+]{1,200}$/u.test(name) || !name.isWellFormed()) {
    throw new TransparencyLogError('name_malformed')
  }
}

/** `SHA-256(name ‖ "\n" ‖ type ‖ public key)`, first 4 bytes: says which key to try, proves nothing. */
export function keyHashOf(name: string, type: SignatureType, publicKey: Uint8Array): Uint8Array {
  assertKeyName(name)
  return sha256(utf8(`${name}\n`), Uint8Array.of(type), publicKey).subarray(0, keyHashLength)
}

/** `— name base64(key hash ‖ blob)` with its newline. */
export function formatSignatureLine({ name, keyHash, blob }: NoteSignature): string {
  assertKeyName(name)
  return `${dash}${name} ${toBase64(concatBytes(keyHash, blob))}\n`
}

function decodeBlob(base64: string): Uint8Array {
  try {
    return fromBase64(base64)
  } catch {
    throw new TransparencyLogError('note_malformed')
  }
}

/** @throws {@link TransparencyLogError} `note_malformed`, `name_malformed` */
export function parseSignatureLine(line: string): NoteSignature {
  const match = /^\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)\n$/u.exec(line)
  const [, name, base64] = match ?? []
  if (name === undefined || base64 === undefined) throw new TransparencyLogError('note_malformed')
  assertKeyName(name)
  const bytes = decodeBlob(base64)
  if (bytes.length <= keyHashLength) throw new TransparencyLogError('note_malformed')
  return { name, keyHash: bytes.slice(0, keyHashLength), blob: bytes.slice(keyHashLength) }
}

/**
 * Splits a note at its last blank line.
 * @returns the text with its final newline, as it is signed, and at least one signature
 * @throws {@link TransparencyLogError} `note_too_large`, `note_malformed`, `name_malformed`
 */
export function splitNote(note: string): { text: string; signatures: NoteSignature[] } {
  if (note.length > maxNoteLength) throw new TransparencyLogError('note_too_large')
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f\u007f]/.test(note)) {
    throw new TransparencyLogError('note_malformed')
  }
  const blank = note.lastIndexOf('\n\n')
  if (blank < 1 || !note.endsWith('\n')) throw new TransparencyLogError('note_malformed')
  const lines = note.slice(blank + 2).match(/[^\n]*\n/g) ?? []
  if (lines.length === 0) throw new TransparencyLogError('note_malformed')
  return { text: note.slice(0, blank + 1), signatures: lines.map(parseSignatureLine) }
}
