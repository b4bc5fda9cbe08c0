/**
 * Files that people hand to each other: the coordinator's key, and how to reach a lab.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { type Bilingual, keyId, labId, publicKeyHex } from '@kruispunt/contracts'
import {
  erase,
  fromHex,
  generateSigningSeed,
  type SigningKey,
  signingKeyFromSeed,
  toHex,
  unwrapWithPassphrase,
  wrapWithPassphrase,
} from '@kruispunt/crypto'
import { z } from 'zod'
import { publicPart } from '../keys/key-store.ts'
import { writeSecretFile } from '../keys/secret-file.ts'
import { UsageError } from './exit-codes.ts'

const key = z.strictObject({ keyId, publicKey: publicKeyHex })
const publicKeyFile = z.strictObject({
  v: z.literal(1),
  kind: z.literal('kruispunt-coordinator-public-key'),
  ...key.shape,
})

const wrappedSeed = z.strictObject({
  v: z.literal(1),
  kdf: z.literal('argon2id'),
  memoryKiB: z.int(),
  passes: z.int(),
  parallelism: z.int(),
  saltHex: z.string(),
  nonceHex: z.string(),
  boxHex: z.string(),
})
const keyFile = z.strictObject({
  v: z.literal(1),
  kind: z.literal('kruispunt-coordinator-key'),
  ...key.shape,
  seed: z.union([z.string().regex(/^[0-9a-f]{64}$/), wrappedSeed]),
})

/** What a coordinator must know of a broker to trust what it says: handed over by the operator, not fetched. */
export const labAccess = z.strictObject({
  v: z.literal(1),
  kind: z.literal('kruispunt-lab-access'),
  brokerUrl: z.url(),
  brokerName: z.string(),
  caCertificate: z.string(),
  lab: labId,
  brokerKey: key,
  logKey: key,
})
export type LabAccess = z.infer<typeof labAccess>

/** Where it is wrong. Of members that should not be there, their names; never what a member holds. */
function placesOf(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...at, key].join('.'))
  return [at.join('.') || issue.code]
}

export function readJsonFile<S extends z.ZodType>(path: string, schema: S, what: Bilingual): z.infer<S> {
  if (!existsSync(path))
    throw new UsageError(
      `Het bestand ${what.nl} bestaat niet. Controleer de naam en de map.`,
      `The ${what.en} file does not exist. Check its name and folder.`,
    )
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(
      `Het bestand ${what.nl} is geen geldige JSON of is niet leesbaar. Open het in een editor die JSON controleert.`,
      `The ${what.en} file is not valid JSON or cannot be read. Open it in an editor that checks JSON.`,
      { cause: error },
    )
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.slice(0, 20).flatMap(placesOf)
  throw new UsageError(
    `Het bestand ${what.nl} klopt niet bij: ${places.join(', ')}.`,
    `The ${what.en} file is not right at: ${places.join(', ')}.`,
  )
}

/** First line of a file, so that an editor's newline is no part of the passphrase. */
export function readPassphrase(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  if (!existsSync(path))
    throw new UsageError(
      'Het bestand met het wachtwoord bestaat niet. Controleer --passphrase-file.',
      'The passphrase file does not exist. Check --passphrase-file.',
    )
  return readFileSync(path, 'utf8').split(/\r?\n/)[0]
}

/** Writes the key for its owner only, and beside it the public half for the operator, as `<path>.pub`. */
export function writeCoordinatorKey(path: string, passphrase: string | undefined) {
  if (existsSync(path))
    throw new UsageError(
      'Er is al een bestand met die naam. Kies een andere naam.',
      'There is a file of that name already. Choose another name.',
    )
  const seed = generateSigningSeed()
  const publicHalf = publicPart(signingKeyFromSeed(seed))
  const stored = passphrase === undefined ? toHex(seed) : wrapWithPassphrase(passphrase, seed)
  const secret = { v: 1, kind: 'kruispunt-coordinator-key', ...publicHalf, seed: stored }
  erase(seed)
  const open = { v: 1, kind: 'kruispunt-coordinator-public-key', ...publicHalf }
  writeSecretFile(`${path}.pub`, `${JSON.stringify(open, null, 2)}\n`)
  // Last, so that a key that is there has its public half beside it.
  writeSecretFile(path, `${JSON.stringify(secret, null, 2)}\n`)
  return publicHalf
}

export const readCoordinatorPublicKey = (path: string): string =>
  readJsonFile(path, publicKeyFile, {
    nl: 'met de openbare sleutel van de coördinator (.pub)',
    en: 'coordinator public key (.pub)',
  }).publicKey

export function readCoordinatorKey(path: string, passphrase: string | undefined): SigningKey {
  const { seed } = readJsonFile(path, keyFile, { nl: 'met de sleutel van de coördinator', en: 'coordinator key' })
  if (typeof seed === 'string') return signingKeyFromSeed(fromHex(seed))
  if (passphrase === undefined)
    throw new UsageError(
      'Deze sleutel is met een wachtwoord gesloten. Geef --passphrase-file.',
      'This key is locked with a passphrase. Give --passphrase-file.',
    )
  let opened: Uint8Array
  try {
    opened = unwrapWithPassphrase(passphrase, seed)
  } catch (error) {
    throw new UsageError(
      'Het wachtwoord van deze sleutel klopt niet. Probeer het opnieuw.',
      'The passphrase of this key is wrong. Try again.',
      { cause: error },
    )
  }
  const signing = signingKeyFromSeed(opened)
  erase(opened)
  return signing
}
