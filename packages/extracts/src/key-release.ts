/**
 * The box in which a node hands the keys of approved columns to one job (protocol §3.7).
 *
 * Sealed to the job's own KEM key, so it opens only in the broker's memory while the job lives, and bound to request
 * and job, so it opens for no other. Whether anything may be released is decided before this is called.
 * Contents: Σ u32be(|column|) ‖ column ‖ u32be(32) ‖ key, in the order given.
 * @module
 */
import {
  aeadOpen,
  aeadSeal,
  CryptoError,
  concatBytes,
  erase,
  hkdfSha256,
  kemDecapsulate,
  kemEncapsulate,
  lengthPrefixed,
  utf8,
} from '@kruispunt/crypto'
import { digestBytes, requireKey } from './column-keys.ts'
import { ExtractError } from './errors.ts'

const info = utf8('datalab/v1/key-release')
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export type ReleasedKey = { readonly column: string; readonly key: Uint8Array }
/** What a release belongs to: two hashes, each 64 hexadecimal digits. */
export type ReleasePurpose = { readonly requestHash: string; readonly jobHash: string }
/** `ciphertext` 1120 bytes, `nonce` 24 bytes, `box` 16 bytes more than what it holds. */
export type KeyReleaseBox = {
  readonly ciphertext: Uint8Array
  readonly nonce: Uint8Array
  readonly box: Uint8Array
}

/**
 * Seals the keys of some columns of one extract to a job.
 * @throws {@link ExtractError} `malformed_release` for no column or one named twice, `malformed_key` for column and
 *   job keys, `malformed_context`
 */
export function sealKeyRelease(
  input: ReleasePurpose & { readonly jobKemPublicKey: Uint8Array; readonly columnKeys: readonly ReleasedKey[] },
): KeyReleaseBox {
  const aad = releaseAad(input)
  requireDistinctColumns(input.columnKeys)
  for (const { key } of input.columnKeys) requireKey(key)
  const { ciphertext, sharedSecret } = withReleaseErrors(() => kemEncapsulate(input.jobKemPublicKey))
  const plaintext = lengthPrefixed(...input.columnKeys.flatMap(({ column, key }) => [utf8(column), key]))
  const key = releaseKey(sharedSecret)
  const { nonce, box } = aeadSeal(key, aad, plaintext)
  erase(sharedSecret, plaintext, key)
  return { ciphertext, nonce, box }
}

/**
 * Opens a release. The keys still have to be compared with the commitments of the extract they are for.
 * @throws {@link ExtractError} `release_not_authentic`, `malformed_release`, `malformed_key`, `malformed_context`
 */
export function openKeyRelease(
  input: ReleasePurpose & KeyReleaseBox & { readonly jobKemSecretKey: Uint8Array },
): ReleasedKey[] {
  const aad = releaseAad(input)
  const sharedSecret = withReleaseErrors(() => kemDecapsulate(input.ciphertext, input.jobKemSecretKey))
  const key = releaseKey(sharedSecret)
  try {
    const plaintext = withReleaseErrors(() => aeadOpen(key, input.nonce, aad, input.box))
    try {
      return readKeys(plaintext)
    } finally {
      erase(plaintext)
    }
  } finally {
    erase(sharedSecret, key)
  }
}

function releaseAad({ requestHash, jobHash }: ReleasePurpose): Uint8Array {
  return concatBytes(digestBytes(requestHash), digestBytes(jobHash))
}

function releaseKey(sharedSecret: Uint8Array): Uint8Array {
  return hkdfSha256({ ikm: sharedSecret, salt: new Uint8Array(0), info, length: 32 })
}

/** The list as its sender must have written it: nothing missing, nothing left over, no column twice. */
function readKeys(plaintext: Uint8Array): ReleasedKey[] {
  const view = new DataView(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength)
  let at = 0
  const next = (): Uint8Array => {
    if (plaintext.length - at < 4) throw new ExtractError('malformed_release')
    const length = view.getUint32(at)
    if (plaintext.length - at - 4 < length) throw new ExtractError('malformed_release')
    at += 4 + length
    return plaintext.slice(at - length, at)
  }
  const keys: ReleasedKey[] = []
  while (at < plaintext.length) {
    const column = readName(next())
    const key = next()
    if (key.length !== 32) throw new ExtractError('malformed_release')
    keys.push({ column, key })
  }
  requireDistinctColumns(keys)
  return keys
}

function readName(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new ExtractError('malformed_release')
  }
}

function requireDistinctColumns(keys: readonly ReleasedKey[]): void {
  const names = new Set(keys.map(({ column }) => column))
  if (names.size === 0 || names.size !== keys.length) throw new ExtractError('malformed_release')
}

function withReleaseErrors<T>(step: () => T): T {
  try {
    return step()
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    if (cause.code === 'open_failed') throw new ExtractError('release_not_authentic')
    if (cause.code === 'malformed_key') throw new ExtractError('malformed_key')
    throw cause
  }
}
