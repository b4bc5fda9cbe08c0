/**
 * The primitives of the protocol, in its own words. The only package that touches libsodium.
 * @module
 */
export { aeadOpen, aeadSeal, type Sealed } from './aead.ts'
export {
  concatBytes,
  equalBytes,
  erase,
  fromBase64,
  fromHex,
  lengthPrefixed,
  toBase64,
  toHex,
  u32be,
  u64be,
  utf8,
} from './bytes.ts'
export { CryptoError, type CryptoErrorCode } from './errors.ts'
export { createSha256, domainHash, hkdfSha256, hmacSha256, keyIdOf, type Sha256, sha256 } from './hashing.ts'
export { type Encapsulated, generateKemKeyPair, type KemKeyPair, kemDecapsulate, kemEncapsulate } from './kem.ts'
export { createKeyedHash128, keyedHash128OfRows, keyedHash128OfSlices } from './keyed-hash.ts'
export { hashPassword, isPassword, type PasswordHash } from './passwords.ts'
export { randomBytes, randomHex, shuffledOrder } from './random.ts'
export { createStreamOpener, createStreamSealer, type StreamOpener, type StreamSealer } from './secretstream.ts'
export {
  generateSigningSeed,
  type SigningKey,
  signingKeyFromSeed,
  verifyP256Signature,
  verifySignature,
} from './signing.ts'
export { cryptoReady } from './sodium-heap.ts'
export {
  unwrapKey,
  unwrapWithPassphrase,
  type WrappedKey,
  type WrappedSecret,
  wrapKey,
  wrapWithPassphrase,
} from './wrapping.ts'
