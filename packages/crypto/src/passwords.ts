/**
 * Checking a password without keeping it: argon2id, off the main thread.
 * @module
 */
import { argon2 } from 'node:crypto'
import { equalBytes, erase, fromHex, toHex, utf8 } from './bytes.ts'
import { CryptoError } from './errors.ts'
import { randomBytes } from './random.ts'

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. */
const costs = { memoryKiB: 19_456, passes: 2, parallelism: 1 } as const
const saltBytes = 16
const hashBytes = 32

/** The costs stand in it so that they can be raised later. */
export type PasswordHash = {
  readonly v: 1
  readonly kdf: 'argon2id'
  readonly memoryKiB: number
  readonly passes: number
  readonly parallelism: number
  readonly saltHex: string
  readonly hashHex: string
}

function hashOf(password: string, salt: Uint8Array): Promise<Uint8Array> {
  // NFKC, so that a password typed on another keyboard or system is the same password (NIST SP 800-63B §5.1.1.2).
  const message = utf8(password.normalize('NFKC'))
  const { memoryKiB: memory, passes, parallelism } = costs
  const parameters = { message, nonce: salt, memory, passes, parallelism, tagLength: hashBytes }
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, hash) => {
      erase(message)
      if (error === null) resolve(Uint8Array.from(hash))
      else reject(error)
    })
  })
}

/** Deliberately slow: tens of milliseconds, and 19 MiB while it lasts. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(saltBytes)
  return { v: 1, kdf: 'argon2id', ...costs, saltHex: toHex(salt), hashHex: toHex(await hashOf(password, salt)) }
}

/** @throws {@link CryptoError} `malformed_wrap` for costs this version does not write */
export async function isPassword(password: string, kept: PasswordHash): Promise<boolean> {
  const isOurs = kept.v === 1 && kept.kdf === 'argon2id' && kept.memoryKiB === costs.memoryKiB
  if (!isOurs || kept.passes !== costs.passes || kept.parallelism !== costs.parallelism) {
    throw new CryptoError('malformed_wrap')
  }
  return equalBytes(await hashOf(password, fromHex(kept.saltHex)), fromHex(kept.hashHex))
}
