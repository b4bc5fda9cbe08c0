/**
 * Officers' keys. Each opens with its officer's own passphrase and with nothing else, so the node cannot sign for a person.
 * @module
 */
import {
  CryptoError,
  erase,
  generateSigningSeed,
  type SigningKey,
  signingKeyFromSeed,
  toHex,
  unwrapWithPassphrase,
  wrapWithPassphrase,
} from '@kruispunt/crypto'
import { eq } from 'drizzle-orm'
import type { Store } from '../db/open-store.ts'
import { officers } from '../db/schema.ts'
import { NodeError, refuseUnless } from '../errors.ts'
import { wrappedSecret } from './key-files.ts'

const shortestPassphrase = 12

export type Officer = {
  readonly name: string
  readonly role: 'privacy-officer' | 'signatory'
  readonly keyId: string
  readonly publicKey: string
}
export type OfficerKeys = ReturnType<typeof createOfficerKeys>

export function createOfficerKeys({ db, immediately }: Store) {
  const rowOf = (name: string) => db.select().from(officers).where(eq(officers.name, name)).get()

  /** @throws NodeError `officer_unknown`, `passphrase_wrong` */
  function unlock(name: string, passphrase: string): SigningKey {
    const row = rowOf(name)
    refuseUnless(row !== undefined, 'officer_unknown')
    try {
      const seed = unwrapWithPassphrase(passphrase, wrappedSecret.parse(JSON.parse(row.wrapped)))
      const key = signingKeyFromSeed(seed)
      erase(seed)
      return key
    } catch (cause) {
      if (cause instanceof CryptoError) throw new NodeError('passphrase_wrong', { cause })
      throw cause
    }
  }

  return {
    unlock,
    /**
     * The same key under another passphrase. The old one opens nothing from then on.
     * @throws NodeError `officer_unknown`, `passphrase_wrong`, `passphrase_weak`
     */
    changePassphrase(name: string, before: string, after: string): void {
      refuseUnless(after.length >= shortestPassphrase, 'passphrase_weak')
      immediately(() => {
        const row = rowOf(name)
        refuseUnless(row !== undefined, 'officer_unknown')
        try {
          const seed = unwrapWithPassphrase(before, wrappedSecret.parse(JSON.parse(row.wrapped)))
          const wrapped = JSON.stringify(wrapWithPassphrase(after, seed))
          erase(seed)
          db.update(officers).set({ wrapped }).where(eq(officers.name, name)).run()
        } catch (cause) {
          if (cause instanceof CryptoError) throw new NodeError('passphrase_wrong', { cause })
          throw cause
        }
      })
    },
    list: (): Officer[] =>
      db
        .select({ name: officers.name, role: officers.role, keyId: officers.keyId, publicKey: officers.publicKey })
        .from(officers)
        .all(),
    /**
     * Makes an officer's key, or opens the one of that name: repeating an enrolment makes no second key.
     * @throws NodeError `passphrase_weak`, `passphrase_wrong`
     */
    ensure(name: string, role: Officer['role'], passphrase: string): SigningKey {
      refuseUnless(passphrase.length >= shortestPassphrase, 'passphrase_weak')
      return immediately(() => {
        if (rowOf(name) !== undefined) return unlock(name, passphrase)
        const seed = generateSigningSeed()
        const key = signingKeyFromSeed(seed)
        const wrapped = JSON.stringify(wrapWithPassphrase(passphrase, seed))
        erase(seed)
        db.insert(officers)
          .values({ name, role, keyId: key.keyId, publicKey: toHex(key.publicKey), wrapped })
          .run()
        return key
      })
    },
  }
}
