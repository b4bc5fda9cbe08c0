/**
 * One sealed message: XChaCha20-Poly1305 with a random 24-byte nonce (draft-irtf-cfrg-xchacha-03).
 * Not key-committing: where one box must not open under two keys, commit to the key beside it.
 * @module
 */
import { CryptoError } from './errors.ts'
import { randomBytes } from './random.ts'
import { withScratch } from './sodium-heap.ts'

const keyBytes = 32
const nonceBytes = 24
const tagBytes = 16

/** `nonce` 24 bytes, `box` 16 bytes longer than the plaintext. */
export type Sealed = { readonly nonce: Uint8Array; readonly box: Uint8Array }

/**
 * Seals a message under a fresh nonce.
 * @param aad - what must be the same at opening; it is not sent
 * @throws {@link CryptoError} `malformed_key` unless the key is 32 bytes
 */
export function aeadSeal(key: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Sealed {
  const nonce = randomBytes(nonceBytes)
  return { nonce, box: aeadSealWithNonceForTesting(key, nonce, aad, plaintext) }
}

/** As {@link aeadSeal} with the nonce given: twice the same nonce under one key gives the plaintexts away. */
export function aeadSealWithNonceForTesting(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  if (key.length !== keyBytes) throw new CryptoError('malformed_key')
  if (nonce.length !== nonceBytes) throw new CryptoError('out_of_range')
  return withScratch(({ sodium, take, put, read }) => {
    const box = take(plaintext.length + tagBytes)
    const [message, extra, at, secret] = [put(plaintext), put(aad), put(nonce), put(key)]
    const lengths = [message, plaintext.length, 0, extra, aad.length, 0] as const
    const status = sodium._crypto_aead_xchacha20poly1305_ietf_encrypt(box, 0, ...lengths, 0, at, secret)
    if (status !== 0) throw new CryptoError('out_of_range')
    return read(box, plaintext.length + tagBytes)
  })
}

/**
 * The plaintext of a sealed message.
 * @throws {@link CryptoError} `open_failed` if key, nonce, AAD or box differ in any bit; `malformed_key`
 */
export function aeadOpen(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, box: Uint8Array): Uint8Array {
  if (key.length !== keyBytes) throw new CryptoError('malformed_key')
  if (nonce.length !== nonceBytes || box.length < tagBytes) throw new CryptoError('open_failed')
  return withScratch(({ sodium, take, put, read }) => {
    const length = box.length - tagBytes
    const message = take(length)
    const [sealed, extra, at, secret] = [put(box), put(aad), put(nonce), put(key)]
    const lengths = [sealed, box.length, 0, extra, aad.length, 0] as const
    const status = sodium._crypto_aead_xchacha20poly1305_ietf_decrypt(message, 0, 0, ...lengths, at, secret)
    if (status !== 0) throw new CryptoError('open_failed')
    return read(message, length)
  })
}
