/**
 * How accounts, sessions and links are kept. No password, code or token is in them: only what checks one.
 * @module
 */
import { accountName, displayName, signInMethod } from '@kruispunt/contracts'
import { z } from 'zod'
import type { AccountStorage, RecordKind } from './storage.ts'

const at = z.int().min(0)

const passwordHash = z.strictObject({
  v: z.literal(1),
  kdf: z.literal('argon2id'),
  memoryKiB: z.int(),
  passes: z.int(),
  parallelism: z.int(),
  saltHex: z.string(),
  hashHex: z.string(),
})

const accountRecord = z.strictObject({
  name: accountName,
  displayName,
  /** Parsed by the service's own schema when read. */
  grants: z.array(z.unknown()).max(100),
  createdAt: at,
  password: z
    .strictObject({
      hash: passwordHash,
      /** Of the authenticator app, sealed. */
      totp: z.string(),
      /** Number of the last period whose code was used: a code works once. */
      lastStep: z.int(),
    })
    .nullable()
    .default(null),
})
export type AccountRecord = z.infer<typeof accountRecord>

/** Kept under the digest of its token. */
const sessionRecord = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  account: accountName,
  method: signInMethod,
  signedInAt: at,
  lastSeen: at,
})
export type SessionRecord = z.infer<typeof sessionRecord>

/** Kept under the digest of its code. */
const linkRecord = z.strictObject({ account: accountName, expires: at })

/** Kept under the id that the authenticator gave it. */
const passkeyRecord = z.strictObject({ account: accountName, coseKey: z.string(), label: displayName, addedAt: at })

/** Wrong passwords in a row, under the name of the account. */
const failuresRecord = z.strictObject({ count: z.int().min(1), lockedUntil: at })

/** Somebody at an identity provider, kept under the digest of issuer and subject. */
const identityRecord = z.strictObject({ account: accountName, issuer: z.string(), subject: z.string() })

const schemas = {
  account: accountRecord,
  session: sessionRecord,
  link: linkRecord,
  passkey: passkeyRecord,
  failures: failuresRecord,
  identity: identityRecord,
} as const
type RecordOf<K extends RecordKind> = z.infer<(typeof schemas)[K]>

export type Records = ReturnType<typeof createRecords>

/** The storage with its shapes: what does not have its shape is a damaged database, and throws. */
export function createRecords(storage: AccountStorage) {
  const read = <K extends RecordKind>(kind: K, value: string) => schemas[kind].parse(JSON.parse(value)) as RecordOf<K>
  return {
    get<K extends RecordKind>(kind: K, id: string): RecordOf<K> | undefined {
      const value = storage.get(kind, id)
      return value === undefined ? undefined : read(kind, value)
    },
    list: <K extends RecordKind>(kind: K): { readonly id: string; readonly record: RecordOf<K> }[] =>
      storage.list(kind).map(({ id, value }) => ({ id, record: read(kind, value) })),
    put<K extends RecordKind>(kind: K, id: string, record: RecordOf<K>, expires: number | null = null): void {
      storage.put(kind, id, JSON.stringify(record), expires)
    },
    remove: storage.remove,
    tidy: storage.tidy,
    atomically: storage.atomically,
  }
}
