/**
 * Secrets at rest: sealed under a passphrase or under a key-encryption key, as objects that can be stored as JSON.
 * @module
 */
import { argon2Sync } from 'node:crypto'
import { aeadOpen, aeadSeal } from './aead.ts'
import { erase, fromHex, toHex, u32be, utf8 } from './bytes.ts'
import { CryptoError } from './errors.ts'
import { domainHash } from './hashing.ts'
import { randomBytes } from './random.ts'

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. */
const memoryKiB = 19_456
const passes = 2
const parallelism = 1
const saltBytes = 16

/** A secret under a key-encryption key; all members but `v` are hexadecimal. */
export type WrappedKey = { readonly v: 1; readonly nonceHex: string; readonly boxHex: string }
/** A secret under a passphrase; the costs stand in it so that they can be raised later. */
export type WrappedSecret = {
  readonly v: 1
  readonly kdf: 'argon2id'
  readonly memoryKiB: number
  readonly passes: number
  readonly parallelism: number
  readonly saltHex: string
  readonly nonceHex: string
  readonly boxHex: string
}

/** Seals a secret under a passphrase. Deliberately slow: tens of milliseconds. */
export function wrapWithPassphrase(passphrase: string, secret: Uint8Array): WrappedSecret {
  const salt = randomBytes(saltBytes)
  const key = passphraseKey(passphrase, salt)
  const { nonce, box } = aeadSeal(key, passphraseContext(salt), secret)
  erase(key)
  const costs = { v: 1, kdf: 'argon2id', memoryKiB, passes, parallelism } as const
  return { ...costs, saltHex: toHex(salt), nonceHex: toHex(nonce), boxHex: toHex(box) }
}

/**
 * Opens a secret with its passphrase.
 * @throws {@link CryptoError} `open_failed` for another passphrase; `malformed_wrap` for costs this version does not
 *   write (a file must not be able to ask for weaker, or for endless, work); `malformed_hex`
 */
export function unwrapWithPassphrase(passphrase: string, wrapped: WrappedSecret): Uint8Array {
  const isOurs = wrapped.v === 1 && wrapped.kdf === 'argon2id' && wrapped.memoryKiB === memoryKiB
  if (!isOurs || wrapped.passes !== passes || wrapped.parallelism !== parallelism) {
    throw new CryptoError('malformed_wrap')
  }
  const salt = fromHex(wrapped.saltHex)
  if (salt.length !== saltBytes) throw new CryptoError('malformed_wrap')
  const key = passphraseKey(passphrase, salt)
  try {
    return aeadOpen(key, fromHex(wrapped.nonceHex), passphraseContext(salt), fromHex(wrapped.boxHex))
  } finally {
    erase(key)
  }
}

/**
 * Seals a secret under a key-encryption key.
 * @param kek - 32 bytes
 * @param context - what the secret is and whose, for example `extract-root:<id>`; a wrap does not open in another place
 */
export function wrapKey(kek: Uint8Array, secret: Uint8Array, context: string): WrappedKey {
  const { nonce, box } = aeadSeal(kek, domainHash('wrap/key', utf8(context)), secret)
  return { v: 1, nonceHex: toHex(nonce), boxHex: toHex(box) }
}

/** @throws {@link CryptoError} `open_failed` for another key or context; `malformed_wrap`, `malformed_hex`, `malformed_key` */
export function unwrapKey(kek: Uint8Array, wrapped: WrappedKey, context: string): Uint8Array {
  if (wrapped.v !== 1) throw new CryptoError('malformed_wrap')
  const aad = domainHash('wrap/key', utf8(context))
  return aeadOpen(kek, fromHex(wrapped.nonceHex), aad, fromHex(wrapped.boxHex))
}

function passphraseKey(passphrase: string, salt: Uint8Array): Uint8Array {
  // NFKC, so that a passphrase typed on another keyboard or system is the same passphrase (NIST SP 800-63B §5.1.1.2).
  const message = utf8(passphrase.normalize('NFKC'))
  const parameters = { message, nonce: salt, memory: memoryKiB, passes, parallelism, tagLength: 32 }
  const key = Uint8Array.from(argon2Sync('argon2id', parameters))
  erase(message)
  return key
}

function passphraseContext(salt: Uint8Array): Uint8Array {
  return domainHash('wrap/passphrase', u32be(memoryKiB), u32be(passes), u32be(parallelism), salt)
}
