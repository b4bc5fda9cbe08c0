/**
 * Secrets at rest (protocol §2): seeds under the identity key, and per agreement one key under the vault key, which wraps
 * extract roots, epoch keys and what a running ceremony must remember.
 * @module
 */
import {
  erase,
  generateSigningSeed,
  randomBytes,
  type SigningKey,
  signingKeyFromSeed,
  unwrapKey,
  utf8,
  type WrappedKey,
  wrapKey,
} from '@kruispunt/crypto'
import { and, eq, isNotNull, like, lt } from 'drizzle-orm'
import type { Store } from '../db/open-store.ts'
import { agreementKeys, ceremonies, epochKeys, extracts, secrets } from '../db/schema.ts'
import type { Settings } from '../db/settings.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { NodeError } from '../errors.ts'
import type { KeyFiles } from './key-files.ts'

const open = (kek: Uint8Array, wrapped: string, context: string) =>
  unwrapKey(kek, JSON.parse(wrapped) as WrappedKey, context)
const close = (kek: Uint8Array, secret: Uint8Array, context: string) => JSON.stringify(wrapKey(kek, secret, context))

/** Contexts: a wrapped secret opens only in its own place. */
export const places = {
  agreement: (agreement: string) => `agreement-key:${agreement}`,
  root: (extractId: string) => `extract-root:${extractId}`,
  epochKey: (agreement: string, epoch: number) => `epoch-key:${agreement}:${epoch}`,
  ceremonySecrets: (agreement: string, epoch: number) => `ceremony-secrets:${agreement}:${epoch}`,
  ceremonyKeys: (agreement: string, epoch: number) => `ceremony-keys:${agreement}:${epoch}`,
}

/** `node-seed` is the first, `node-seed.2` the one after. */
const generationOf = (place: string): number => Number(place.split('.')[1] ?? 1)

export type KeyStore = ReturnType<typeof createKeyStore>

export function createKeyStore(deps: {
  readonly store: Store
  readonly settings: Settings
  readonly files: KeyFiles
  readonly onDurableStep: OnDurableStep
}) {
  const { store, settings, files, onDurableStep } = deps
  const { db } = store
  const identity = files.readIdentity()

  /** The generation is read under the write lock, so that no other process can move on in between. */
  function vaultKey(): Uint8Array {
    const generation = settings.get('vaultGeneration')
    if (generation === undefined) throw new NodeError('not_initialised')
    return files.readVault(generation)
  }

  function agreementKey(agreement: string): Uint8Array {
    const vault = vaultKey()
    const row = db.select().from(agreementKeys).where(eq(agreementKeys.agreement, agreement)).get()
    if (row !== undefined) return open(vault, row.wrapped, places.agreement(agreement))
    const fresh = randomBytes(32)
    db.insert(agreementKeys)
      .values({ agreement, wrapped: close(vault, fresh, places.agreement(agreement)) })
      .run()
    return fresh
  }

  /** Every secret of an agreement under another key; secrets that are no longer in the tables are left behind. */
  function rewrapAgreement(agreement: string, from: Uint8Array, to: Uint8Array): void {
    const again = (wrapped: string, place: string) => {
      const secret = open(from, wrapped, place)
      const moved = close(to, secret, place)
      erase(secret)
      return moved
    }
    for (const row of db.select().from(extracts).where(eq(extracts.agreement, agreement)).all())
      if (row.wrappedRoot !== null)
        db.update(extracts)
          .set({ wrappedRoot: again(row.wrappedRoot, places.root(row.extractId)) })
          .where(eq(extracts.extractId, row.extractId))
          .run()
    for (const row of db.select().from(epochKeys).where(eq(epochKeys.agreement, agreement)).all())
      db.$client
        .prepare('UPDATE epoch_keys SET wrapped = ? WHERE agreement = ? AND epoch = ?')
        .run(again(row.wrapped, places.epochKey(agreement, row.epoch)), agreement, row.epoch)
    for (const row of db.select().from(ceremonies).where(eq(ceremonies.agreement, agreement)).all()) {
      const moved = (wrapped: string | null, place: string) => (wrapped === null ? null : again(wrapped, place))
      db.$client
        .prepare('UPDATE ceremonies SET wrapped_secrets = ?, wrapped_keys = ? WHERE agreement = ? AND epoch = ?')
        .run(
          moved(row.wrappedSecrets, places.ceremonySecrets(agreement, row.epoch)),
          moved(row.wrappedKeys, places.ceremonyKeys(agreement, row.epoch)),
          agreement,
          row.epoch,
        )
    }
  }

  /**
   * Makes what was deleted from these agreements impossible to read again, also from older copies of the database:
   * survivors move to fresh keys, the old ones are destroyed (protocol §2).
   */
  function shred(agreements: readonly string[]): void {
    store.immediately(() => {
      const generation = (settings.get('vaultGeneration') ?? 0) + 1
      const oldVault = vaultKey()
      const vault = files.createVault(generation)
      onDurableStep('vault-written')
      for (const { agreement, wrapped } of db.select().from(agreementKeys).all()) {
        const place = places.agreement(agreement)
        const current = open(oldVault, wrapped, place)
        const next = agreements.includes(agreement) ? randomBytes(32) : current
        if (next !== current) rewrapAgreement(agreement, current, next)
        db.update(agreementKeys)
          .set({ wrapped: close(vault, next, place) })
          .where(eq(agreementKeys.agreement, agreement))
          .run()
        erase(current, next)
      }
      settings.set('vaultGeneration', generation)
      settings.set(
        'shredDue',
        (settings.get('shredDue') ?? []).filter((due) => !agreements.includes(due)),
      )
      settings.set('truncateDue', true)
      erase(oldVault, vault)
    })
    onDurableStep('keys-rewrapped')
    tidy()
    onDurableStep('vault-removed')
  }

  /** Destroys what an earlier shredding left because the process died: old vault files, bytes in the write-ahead log. */
  function tidy(): void {
    store.immediately(() => {
      const generation = settings.get('vaultGeneration')
      if (generation !== undefined) files.removeOtherVaults(generation)
    })
    if (settings.get('truncateDue') === true && store.truncateLog()) settings.set('truncateDue', false)
  }

  return {
    /** Stores a fresh seed, or gives the key of the one that is there. */
    ensureSigningKey(name: 'node' | 'witness'): SigningKey {
      return store.immediately(() => {
        const place = `${name}-seed`
        const row = db.select().from(secrets).where(eq(secrets.name, place)).get()
        const seed = row === undefined ? generateSigningSeed() : open(identity, row.wrapped, place)
        if (row === undefined)
          db.insert(secrets)
            .values({ name: place, wrapped: close(identity, seed, place) })
            .run()
        const key = signingKeyFromSeed(seed)
        erase(seed)
        return key
      })
    },
    /** Every key of this kind, oldest first. */
    signingKeys(name: 'node' | 'witness'): SigningKey[] {
      return db
        .select()
        .from(secrets)
        .where(like(secrets.name, `${name}-seed%`))
        .all()
        .sort((a, b) => generationOf(a.name) - generationOf(b.name))
        .map(({ name: place, wrapped }) => {
          const seed = open(identity, wrapped, place)
          const key = signingKeyFromSeed(seed)
          erase(seed)
          return key
        })
    },
    /** Stores one key more. */
    addSigningKey(name: 'node' | 'witness'): SigningKey {
      return store.immediately(() => {
        const places = db
          .select()
          .from(secrets)
          .where(like(secrets.name, `${name}-seed%`))
          .all()
        const place = `${name}-seed.${Math.max(...places.map((row) => generationOf(row.name))) + 1}`
        const seed = generateSigningSeed()
        db.insert(secrets)
          .values({ name: place, wrapped: close(identity, seed, place) })
          .run()
        const key = signingKeyFromSeed(seed)
        erase(seed)
        return key
      })
    },
    /** A text secret of the node itself, such as its TLS key. */
    readText(name: string): string | undefined {
      const row = db.select().from(secrets).where(eq(secrets.name, name)).get()
      return row && Buffer.from(open(identity, row.wrapped, name)).toString('utf8')
    },
    writeText(name: string, text: string): void {
      const wrapped = close(identity, utf8(text), name)
      db.insert(secrets).values({ name, wrapped }).onConflictDoUpdate({ target: secrets.name, set: { wrapped } }).run()
    },
    wrapFor(agreement: string, secret: Uint8Array, place: string): string {
      return store.immediately(() => close(agreementKey(agreement), secret, place))
    },
    unwrapFor(agreement: string, wrapped: string, place: string): Uint8Array {
      return store.immediately(() => open(agreementKey(agreement), wrapped, place))
    },
    shred,
    tidy,
    /** Deletes the roots of these extracts and shreds them. Other extracts of the agreement go on. */
    destroyExtractKeys(agreement: string, extractIds: readonly string[]): void {
      store.immediately(() => {
        for (const { extractId } of db.select().from(extracts).where(isNotNull(extracts.wrappedRoot)).all())
          if (extractIds.includes(extractId))
            db.update(extracts).set({ wrappedRoot: null }).where(eq(extracts.extractId, extractId)).run()
        settings.set('shredDue', [...new Set([...(settings.get('shredDue') ?? []), agreement])])
      })
      shred([agreement])
    },
    /** Forgets the keys of an agreement's epochs below this one: of those that are over. */
    destroyEpochKeys(agreement: string, below: number): void {
      store.immediately(() => {
        db.delete(epochKeys)
          .where(and(eq(epochKeys.agreement, agreement), lt(epochKeys.epoch, below)))
          .run()
        db.update(ceremonies)
          .set({ wrappedSecrets: null, wrappedKeys: null })
          .where(and(eq(ceremonies.agreement, agreement), lt(ceremonies.epoch, below)))
          .run()
        settings.set('shredDue', [...new Set([...(settings.get('shredDue') ?? []), agreement])])
      })
      shred([agreement])
    },
  }
}
