/**
 * X-Wing: a shared secret that holds while either ML-KEM-768 or X25519 does (draft-connolly-cfrg-xwing-kem-05 and later).
 *
 * libsodium leaves parts of the secrets on its stack here. So every operation is run once more on throwaway secrets:
 * the same frames lie over the first ones, and what stays behind belongs to nobody.
 * @module
 */

import { erase } from './bytes.ts'
import { CryptoError } from './errors.ts'
import { randomBytes } from './random.ts'
import { withScratch } from './sodium-heap.ts'

const publicKeyBytes = 1216
const secretKeyBytes = 32
const ciphertextBytes = 1120
const sharedSecretBytes = 32
const encapsulationSeedBytes = 64

/** `publicKey` 1216 bytes, `secretKey` 32 bytes. */
export type KemKeyPair = { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array }
/** `ciphertext` 1120 bytes, `sharedSecret` 32 bytes. */
export type Encapsulated = { readonly ciphertext: Uint8Array; readonly sharedSecret: Uint8Array }

/** A fresh key pair. */
export function generateKemKeyPair(): KemKeyPair {
  const seed = randomBytes(secretKeyBytes)
  try {
    return kemKeyPairFromSeedForTesting(seed)
  } finally {
    erase(seed)
  }
}

/** The key pair of a 32-byte seed, as the published vectors ask. @throws {@link CryptoError} `malformed_key` */
export function kemKeyPairFromSeedForTesting(seed: Uint8Array): KemKeyPair {
  if (seed.length !== secretKeyBytes) throw new CryptoError('malformed_key')
  return withScratch(({ sodium, take, put, read }) => {
    const [publicKey, secretKey] = [take(publicKeyBytes), take(secretKeyBytes)]
    const status = sodium._crypto_kem_xwing_seed_keypair(publicKey, secretKey, put(seed))
    const throwaway = put(randomBytes(secretKeyBytes))
    sodium._crypto_kem_xwing_seed_keypair(take(publicKeyBytes), take(secretKeyBytes), throwaway)
    if (status !== 0) throw new CryptoError('malformed_key')
    return { publicKey: read(publicKey, publicKeyBytes), secretKey: read(secretKey, secretKeyBytes) }
  })
}

/**
 * A secret only the holder of this key can learn, and the ciphertext that carries it. It says nothing about the sender.
 * @throws {@link CryptoError} `malformed_key` for wrong lengths and for keys the algorithm refuses
 */
export function kemEncapsulate(publicKey: Uint8Array): Encapsulated {
  const seed = randomBytes(encapsulationSeedBytes)
  try {
    return encapsulate(publicKey, seed)
  } finally {
    erase(seed)
  }
}

/** As {@link kemEncapsulate} with the 64 random bytes given. */
export function kemEncapsulateForTesting(publicKey: Uint8Array, seed: Uint8Array): Encapsulated {
  if (seed.length !== encapsulationSeedBytes) throw new CryptoError('malformed_key')
  return encapsulate(publicKey, seed)
}

function encapsulate(publicKey: Uint8Array, seed: Uint8Array): Encapsulated {
  if (publicKey.length !== publicKeyBytes) throw new CryptoError('malformed_key')
  return withScratch(({ sodium, take, put, read }) => {
    const [ciphertext, secret] = [take(ciphertextBytes), take(sharedSecretBytes)]
    const key = put(publicKey)
    const status = sodium._crypto_kem_xwing_enc_deterministic(ciphertext, secret, key, put(seed))
    const throwaway = put(randomBytes(encapsulationSeedBytes))
    sodium._crypto_kem_xwing_enc_deterministic(take(ciphertextBytes), take(sharedSecretBytes), key, throwaway)
    if (status !== 0) throw new CryptoError('malformed_key')
    return { ciphertext: read(ciphertext, ciphertextBytes), sharedSecret: read(secret, sharedSecretBytes) }
  })
}

/**
 * The secret that {@link kemEncapsulate} made. A changed ciphertext of the right length mostly gives *another* secret
 * and no error (implicit rejection): what is sealed with it then does not open.
 * @throws {@link CryptoError} `malformed_key` for a wrong key length, `open_failed` for a ciphertext that is refused
 */
export function kemDecapsulate(ciphertext: Uint8Array, secretKey: Uint8Array): Uint8Array {
  if (secretKey.length !== secretKeyBytes) throw new CryptoError('malformed_key')
  if (ciphertext.length !== ciphertextBytes) throw new CryptoError('open_failed')
  return withScratch(({ sodium, take, put, read }) => {
    const secret = take(sharedSecretBytes)
    const sealed = put(ciphertext)
    const status = sodium._crypto_kem_xwing_dec(secret, sealed, put(secretKey))
    sodium._crypto_kem_xwing_dec(take(sharedSecretBytes), sealed, put(randomBytes(secretKeyBytes)))
    if (status !== 0) throw new CryptoError('open_failed')
    return read(secret, sharedSecretBytes)
  })
}
