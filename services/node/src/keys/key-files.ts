/**
 * The two keys under which everything else is wrapped, as files outside the database.
 *
 * `identity.json` wraps the seeds of this node and never changes. `vault-<n>.json` wraps the keys of the agreements and is
 * made anew each time a key has to be destroyed: an older copy of the database then opens with nothing that still exists.
 * With a passphrase the files are wrapped under it (argon2id); without one their rights (0600) are the protection.
 * @module
 */
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CryptoError, fromHex, randomBytes, toHex, unwrapWithPassphrase, wrapWithPassphrase } from '@kruispunt/crypto'
import { z } from 'zod'
import { NodeError } from '../errors.ts'
import { readSecretFile, writeSecretFile } from '../folder.ts'

const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const hexText = z.string().regex(/^[0-9a-f]*$/)
export const wrappedSecret = z.strictObject({
  v: z.literal(1),
  kdf: z.literal('argon2id'),
  memoryKiB: z.int(),
  passes: z.int(),
  parallelism: z.int(),
  saltHex: hexText,
  nonceHex: hexText,
  boxHex: hexText,
})
const keyFile = z.discriminatedUnion('protection', [
  z.strictObject({ v: z.literal(1), protection: z.literal('file-rights'), key: hex32 }),
  z.strictObject({ v: z.literal(1), protection: z.literal('passphrase'), wrapped: wrappedSecret }),
])

export type KeyFiles = ReturnType<typeof createKeyFiles>

/** @param passphrase - of the node, not of an officer; undefined: protection by file rights */
export function createKeyFiles(folder: string, passphrase: string | undefined) {
  const path = (name: string) => join(folder, `${name}.json`)
  const vault = (generation: number) => `vault-${generation}`

  function write(name: string, key: Uint8Array): void {
    const content =
      passphrase === undefined
        ? { v: 1, protection: 'file-rights', key: toHex(key) }
        : { v: 1, protection: 'passphrase', wrapped: wrapWithPassphrase(passphrase, key) }
    writeSecretFile(path(name), JSON.stringify(content))
  }

  function read(name: string): Uint8Array {
    const parsed = keyFile.safeParse(JSON.parse(readSecretFile(path(name))))
    if (!parsed.success) throw new NodeError('key_store_locked')
    if (parsed.data.protection === 'file-rights') return fromHex(parsed.data.key)
    if (passphrase === undefined) throw new NodeError('key_store_locked')
    try {
      return unwrapWithPassphrase(passphrase, parsed.data.wrapped)
    } catch (cause) {
      if (cause instanceof CryptoError) throw new NodeError('key_store_locked', { cause })
      throw cause
    }
  }

  return {
    exists: () => existsSync(path('identity')),
    createIdentity: () => write('identity', randomBytes(32)),
    readIdentity: () => read('identity'),
    createVault: (generation: number): Uint8Array => {
      const key = randomBytes(32)
      write(vault(generation), key)
      return key
    },
    readVault: (generation: number) => read(vault(generation)),
    /** Removes every vault but one: zeros over the file first, for what that is worth on the disk at hand. */
    removeOtherVaults(generation: number): void {
      for (const file of readdirSync(folder)) {
        if (!/^vault-\d+\.json$/.test(file) || file === `${vault(generation)}.json`) continue
        const stale = join(folder, file)
        writeFileSync(stale, new Uint8Array(statSync(stale).size), { flag: 'r+', flush: true })
        rmSync(stale)
      }
    },
  }
}
