/**
 * The broker's own keys: the certificate authority, the key of its statements and the key of its checkpoints. One file,
 * readable by the owner only, every secret in it wrapped under a key that may stand on another disk.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyId, RosterDocument } from '@kruispunt/contracts'
import {
  erase,
  fromHex,
  generateSigningSeed,
  randomBytes,
  randomHex,
  type SigningKey,
  signingKeyFromSeed,
  toHex,
  unwrapKey,
  wrapKey,
} from '@kruispunt/crypto'
import { z } from 'zod'
import { createAuthority } from '../certificates/authority.ts'
import { writeSecretFile } from './secret-file.ts'

const wrapped = z.strictObject({ v: z.literal(1), nonceHex: z.string(), boxHex: z.string() })
const keyFile = z.strictObject({
  v: z.literal(1),
  brokerName: z.string(),
  authorityCertificate: z.string(),
  authorityKey: wrapped,
  brokerSeed: wrapped,
  logSeed: wrapped,
  ledgerSecret: wrapped,
  /** Pairs that were replaced, oldest first: a lab goes on with its pair until its roster names the next. */
  earlier: z.array(z.strictObject({ brokerSeed: wrapped, logSeed: wrapped })).optional(),
})

type Pair = { readonly brokerKey: SigningKey; readonly logKey: SigningKey }

export type BrokerKeys = Pair & {
  /** Part of every log's origin, so it never changes after `init`. */
  readonly brokerName: string
  readonly authority: { readonly certificatePem: string; readonly keyPem: string }
  readonly earlier: readonly Pair[]
  /** 32 bytes; breaks ties in disclosure control the same way over restarts. */
  readonly ledgerSecret: Uint8Array
}

const keysPath = (dataDir: string) => join(dataDir, 'keys.json')
const context = (name: string) => `broker:${name}`

export const publicPart = (key: SigningKey) => ({ keyId: key.keyId as KeyId, publicKey: toHex(key.publicKey) })

export const keysExist = (dataDir: string): boolean => existsSync(keysPath(dataDir))

/** Makes all keys. Needs `cryptoReady`. Refuses to write over keys that are there. */
export async function createKeys(dataDir: string, kekFile: string, brokerName: string, at: Date): Promise<void> {
  if (keysExist(dataDir)) throw new Error('there are keys already')
  if (!existsSync(kekFile)) writeSecretFile(kekFile, `${randomHex(32)}\n`)
  const kek = readKek(kekFile)
  const authority = await createAuthority(brokerName, at)
  const brokerSeed = generateSigningSeed()
  const logSeed = generateSigningSeed()
  const ledgerSecret = randomBytes(32)
  const file: z.infer<typeof keyFile> = {
    v: 1,
    brokerName,
    authorityCertificate: authority.certificatePem,
    authorityKey: wrapKey(kek, Buffer.from(authority.keyPem), context('authority')),
    brokerSeed: wrapKey(kek, brokerSeed, context('statements')),
    logSeed: wrapKey(kek, logSeed, context('log')),
    ledgerSecret: wrapKey(kek, ledgerSecret, context('ledger')),
  }
  erase(brokerSeed, logSeed, ledgerSecret, kek)
  writeSecretFile(keysPath(dataDir), `${JSON.stringify(file, null, 2)}\n`)
}

/**
 * Makes a new pair of keys for statements and checkpoints, and keeps the old ones: a lab changes over when its partners have
 * accepted a roster that names the new pair.
 */
export function renewKeys(dataDir: string, kekFile: string): void {
  const path = keysPath(dataDir)
  const file = keyFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  const kek = readKek(kekFile)
  const [brokerSeed, logSeed] = [generateSigningSeed(), generateSigningSeed()]
  const renewed: z.infer<typeof keyFile> = {
    ...file,
    brokerSeed: wrapKey(kek, brokerSeed, context('statements')),
    logSeed: wrapKey(kek, logSeed, context('log')),
    earlier: [...(file.earlier ?? []), { brokerSeed: file.brokerSeed, logSeed: file.logSeed }],
  }
  erase(brokerSeed, logSeed, kek)
  writeSecretFile(path, `${JSON.stringify(renewed, null, 2)}\n`)
}

export const allBrokerKeys = (keys: BrokerKeys): SigningKey[] =>
  [...keys.earlier, keys].map(({ brokerKey }) => brokerKey)

/** The pair that a roster names; the newest where there is no roster yet. */
export function keysUnder(keys: BrokerKeys, roster: RosterDocument | undefined): Pair {
  if (roster === undefined) return keys
  const pairs = [...keys.earlier, keys]
  const brokerKey = pairs.find((pair) => pair.brokerKey.keyId === roster.broker.brokerKey.keyId)?.brokerKey
  const logKey = pairs.find((pair) => pair.logKey.keyId === roster.broker.logKey.keyId)?.logKey
  if (brokerKey === undefined || logKey === undefined)
    throw new Error('the roster names keys that are not in the key file')
  return { brokerKey, logKey }
}

/** @throws when the file is missing or does not open with this key */
export function readKeys(dataDir: string, kekFile: string): BrokerKeys {
  const file = keyFile.parse(JSON.parse(readFileSync(keysPath(dataDir), 'utf8')))
  const kek = readKek(kekFile)
  const signing = (secret: z.infer<typeof wrapped>, name: string) => {
    const seed = unwrapKey(kek, secret, context(name))
    const key = signingKeyFromSeed(seed)
    erase(seed)
    return key
  }
  const keyPem = Buffer.from(unwrapKey(kek, file.authorityKey, context('authority'))).toString('utf8')
  const keys = {
    brokerName: file.brokerName,
    authority: { certificatePem: file.authorityCertificate, keyPem },
    brokerKey: signing(file.brokerSeed, 'statements'),
    logKey: signing(file.logSeed, 'log'),
    earlier: (file.earlier ?? []).map(({ brokerSeed, logSeed }) => ({
      brokerKey: signing(brokerSeed, 'statements'),
      logKey: signing(logSeed, 'log'),
    })),
    ledgerSecret: unwrapKey(kek, file.ledgerSecret, context('ledger')),
  }
  erase(kek)
  return keys
}

function readKek(kekFile: string): Uint8Array {
  const kek = fromHex(readFileSync(kekFile, 'utf8').trim())
  if (kek.length !== 32) throw new Error('the key file must hold 32 bytes in hex')
  return kek
}
