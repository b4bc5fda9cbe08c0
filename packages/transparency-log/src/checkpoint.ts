/**
 * Checkpoints: what a log says it holds, signed (C2SP tlog-checkpoint).
 *
 * Stricter than the format: no extension lines, so that origin, size and root are the whole text and nothing is signed unseen.
 * @module
 */
import { equalBytes, fromBase64, type SigningKey, toBase64, utf8, verifySignature } from '@kruispunt/crypto'
import { TransparencyLogError } from './errors.ts'
import { assertHash, assertSize } from './hashes.ts'
import { formatSignatureLine, keyHashOf, type NoteSignature, signatureType, splitNote } from './note.ts'

/** Origin names the log, size counts its leaves, root is 32 bytes. */
export type CheckpointBody = { readonly origin: string; readonly size: number; readonly root: Uint8Array }

export type Checkpoint = CheckpointBody & {
  /** What is signed: three lines with their newlines. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A checkpoint that carries a good signature of the log, with the note it came in. */
export type VerifiedCheckpoint = Checkpoint & { readonly note: string; readonly verified: true }

/** The log as the pinned roster knows it. `logPublicKey` is 32 bytes. */
export type LogIdentity = {
  readonly origin: string
  readonly logKeyName: string
  readonly logPublicKey: Uint8Array
}

/**
 * The text of a checkpoint.
 * @throws {@link TransparencyLogError} `name_malformed`, `size_malformed`, `hash_malformed`
 */
export function formatCheckpoint({ origin, size, root }: CheckpointBody): string {
  if (!/^[^\p{Cc}\u2028\u2029]{1,200}$/u.test(origin) || !origin.isWellFormed()) {
    throw new TransparencyLogError('name_malformed')
  }
  assertSize(size)
  assertHash(root)
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/**
 * A note with the log's own signature.
 * @param text - from {@link formatCheckpoint}
 */
export function signCheckpoint(text: string, keyName: string, signingKey: SigningKey): string {
  const keyHash = keyHashOf(keyName, signatureType.note, signingKey.publicKey)
  const line = formatSignatureLine({ name: keyName, keyHash, blob: signingKey.sign(utf8(text)) })
  return `${text}\n${line}`
}

function decodeRoot(base64: string): Uint8Array {
  try {
    return fromBase64(base64)
  } catch {
    throw new TransparencyLogError('note_malformed')
  }
}

/**
 * Reads a note without checking any signature.
 * @throws {@link TransparencyLogError} `note_too_large`, `note_malformed`, `name_malformed`, `size_malformed`, `hash_malformed`
 */
export function parseCheckpoint(note: string): Checkpoint {
  const { text, signatures } = splitNote(note)
  const [origin, sizeText, rootText, ...rest] = text.split('\n')
  if (origin === undefined || sizeText === undefined || rootText === undefined || rest.length !== 1) {
    throw new TransparencyLogError('note_malformed')
  }
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(sizeText)) throw new TransparencyLogError('size_malformed')
  const body = { origin, size: Number(sizeText), root: decodeRoot(rootText) }
  // Also refuses what formatCheckpoint itself would refuse to write.
  if (formatCheckpoint(body) !== text) throw new TransparencyLogError('note_malformed')
  return { ...body, text, signatures }
}

/**
 * Reads a note and checks that this log signed it. Lines of other keys are left alone.
 * @throws {@link TransparencyLogError} a code of {@link parseCheckpoint}, `origin_mismatch`, `log_signature_missing`, `log_signature_invalid`
 */
export function verifyCheckpoint(note: string, { origin, logKeyName, logPublicKey }: LogIdentity): VerifiedCheckpoint {
  const checkpoint = parseCheckpoint(note)
  if (checkpoint.origin !== origin) throw new TransparencyLogError('origin_mismatch')
  const keyHash = keyHashOf(logKeyName, signatureType.note, logPublicKey)
  const own = checkpoint.signatures.filter(
    ({ name, keyHash: hash }) => name === logKeyName && equalBytes(hash, keyHash),
  )
  if (own.length === 0) throw new TransparencyLogError('log_signature_missing')
  const message = utf8(checkpoint.text)
  if (!own.every(({ blob }) => verifySignature(logPublicKey, message, blob))) {
    throw new TransparencyLogError('log_signature_invalid')
  }
  return { ...checkpoint, note, verified: true }
}
