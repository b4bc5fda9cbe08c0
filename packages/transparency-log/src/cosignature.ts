/**
 * Cosignatures: a witness says when it saw a checkpoint, and that it fits all it saw before (C2SP cosignature/v1).
 * @module
 */
import { concatBytes, equalBytes, type SigningKey, utf8, verifySignature } from '@kruispunt/crypto'
import { parseCheckpoint } from './checkpoint.ts'
import { TransparencyLogError } from './errors.ts'
import { formatSignatureLine, keyHashOf, type NoteSignature, parseSignatureLine, signatureType } from './note.ts'

/** A witness as the pinned roster knows it. `publicKey` is 32 bytes. */
export type Witness = { readonly name: string; readonly publicKey: Uint8Array }

const timestampLength = 8
const cosignatureLength = timestampLength + 64

function messageOf(checkpointText: string, timestampSeconds: number): Uint8Array {
  if (!Number.isSafeInteger(timestampSeconds) || timestampSeconds <= 0) {
    throw new TransparencyLogError('timestamp_malformed')
  }
  return utf8(`cosignature/v1\ntime ${timestampSeconds}\n${checkpointText}`)
}

function writeTimestamp(timestampSeconds: number): Uint8Array {
  const bytes = new Uint8Array(timestampLength)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(timestampSeconds))
  return bytes
}

function readTimestamp(blob: Uint8Array): number {
  const value = new DataView(blob.buffer, blob.byteOffset, blob.byteLength).getBigUint64(0)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new TransparencyLogError('timestamp_malformed')
  return Number(value)
}

/**
 * @param checkpointText - `text` of a verified checkpoint that {@link decideCosign} let through and that is stored already
 * @param timestampSeconds - the witness's clock, in seconds since 1970
 * @returns a signature line, with its newline
 * @throws {@link TransparencyLogError} `timestamp_malformed`, `name_malformed`
 */
export function cosign(
  checkpointText: string,
  witnessName: string,
  witnessKey: SigningKey,
  timestampSeconds: number,
): string {
  const signature = witnessKey.sign(messageOf(checkpointText, timestampSeconds))
  const keyHash = keyHashOf(witnessName, signatureType.cosignature, witnessKey.publicKey)
  return formatSignatureLine({
    name: witnessName,
    keyHash,
    blob: concatBytes(writeTimestamp(timestampSeconds), signature),
  })
}

/** Whether a line claims to be of this witness: same name, same key hash. */
export function isLineOf(line: NoteSignature, { name, publicKey }: Witness): boolean {
  return line.name === name && equalBytes(line.keyHash, keyHashOf(name, signatureType.cosignature, publicKey))
}

/**
 * Checks a line that claims to be of this witness.
 * @returns seconds since 1970
 * @throws {@link TransparencyLogError} `cosignature_invalid`, `timestamp_malformed`
 */
export function verifyCosignatureLine(checkpointText: string, line: NoteSignature, witness: Witness): number {
  if (line.blob.length !== cosignatureLength) throw new TransparencyLogError('cosignature_invalid')
  const timestampSeconds = readTimestamp(line.blob)
  const signature = line.blob.subarray(timestampLength)
  if (!verifySignature(witness.publicKey, messageOf(checkpointText, timestampSeconds), signature)) {
    throw new TransparencyLogError('cosignature_invalid')
  }
  return timestampSeconds
}

/**
 * Checks the line a witness answered with.
 * @param checkpointText - `text` of the checkpoint it was asked to cosign
 * @returns when the witness says it signed, in seconds since 1970
 * @throws {@link TransparencyLogError} `note_malformed`, `name_malformed`, `cosignature_missing`, `cosignature_invalid`, `timestamp_malformed`
 */
export function verifyCosignature(checkpointText: string, line: string, witness: Witness): number {
  const parsed = parseSignatureLine(line)
  if (!isLineOf(parsed, witness)) throw new TransparencyLogError('cosignature_missing')
  return verifyCosignatureLine(checkpointText, parsed, witness)
}

/**
 * Adds cosignature lines to a note; a line of the same name and key takes the place of the earlier one.
 * Check each with {@link verifyCosignature} first: a reader refuses a note in which one known witness's line is wrong.
 * @throws {@link TransparencyLogError} a code of `parseCheckpoint`, or `note_malformed` for a line that is no cosignature
 */
export function mergeCosignatures(note: string, lines: readonly string[]): string {
  const { text, signatures } = parseCheckpoint(note)
  const merged = [...signatures]
  for (const line of lines.map(parseSignatureLine)) {
    // By length: a line must not be able to push the log's own signature out.
    if (line.blob.length !== cosignatureLength) throw new TransparencyLogError('note_malformed')
    const at = merged.findIndex(
      ({ name, keyHash, blob }) =>
        name === line.name && blob.length === cosignatureLength && equalBytes(keyHash, line.keyHash),
    )
    if (at === -1) merged.push(line)
    else merged[at] = line
  }
  return `${text}\n${merged.map(formatSignatureLine).join('')}`
}
