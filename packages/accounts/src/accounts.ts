/**
 * Accounts of people at one service: who there is, what they may see, how they come in.
 * @module
 */
import { accountName, displayName } from '@kruispunt/contracts'
import { z } from 'zod'
import { AccountError } from './errors.ts'
import { type AccountRecord, createRecords, type SessionRecord } from './records.ts'
import { digestOf, newSecret } from './secrets.ts'
import { createSessions, type SessionTimes, timesOf } from './sessions.ts'
import type { AccountStorage } from './storage.ts'

/** A newer link puts older ones of the same account out of use. */
const linkMinutesMost = 60
const mostAccounts = 10_000

export type Account<G> = Omit<AccountRecord, 'grants'> & { readonly grants: readonly G[] }
/** Somebody with a session that runs. */
export type Person<G> = { readonly account: Account<G>; readonly session: SessionRecord & SessionTimes }
export type SignedIn<G> = Person<G> & { readonly token: string }

export type AccountsDeps<G> = {
  readonly storage: AccountStorage
  /** What a role looks like at this service. */
  readonly grant: z.ZodType<G>
  /** Ms since 1970. */
  readonly now: () => number
}
export type Accounts<G> = ReturnType<typeof createAccounts<G>>

export function createAccounts<G>({ storage, grant, now }: AccountsDeps<G>) {
  const records = createRecords(storage)
  const sessions = createSessions(records, now)
  const grants = z.array(grant).min(1).max(100)

  const asAccount = (record: AccountRecord): Account<G> => ({ ...record, grants: z.array(grant).parse(record.grants) })
  function existing(name: string): AccountRecord {
    const record = records.get('account', name)
    if (record === undefined) throw new AccountError('account_unknown')
    return record
  }
  const asPerson = (record: AccountRecord, session: SessionRecord): Person<G> => ({
    account: asAccount(record),
    session: { ...session, ...timesOf(session) },
  })
  function removeLinksOf(account: string): void {
    for (const { id, record } of records.list('link')) if (record.account === account) records.remove('link', id)
  }

  return {
    /** @throws AccountError `account_exists`; ZodError where name or grants have not their form */
    add(wanted: { readonly name: string; readonly displayName: string; readonly grants: readonly G[] }): Account<G> {
      const record: AccountRecord = {
        name: accountName.parse(wanted.name),
        displayName: displayName.parse(wanted.displayName),
        grants: grants.parse(wanted.grants),
        createdAt: now(),
      }
      return records.atomically(() => {
        if (records.get('account', record.name) !== undefined) throw new AccountError('account_exists')
        if (records.list('account').length >= mostAccounts) throw new Error('too many accounts')
        records.put('account', record.name, record)
        return asAccount(record)
      })
    },
    list: (): Account<G>[] => records.list('account').map(({ record }) => asAccount(record)),
    /** With their sessions and links. @throws AccountError `account_unknown` */
    remove(name: string): void {
      records.atomically(() => {
        existing(name)
        sessions.endAllOf(name)
        removeLinksOf(name)
        records.remove('account', name)
      })
    },
    /**
     * A code that signs this account in once.
     * @param minutes - how long it works, 1 to 60
     * @throws AccountError `account_unknown`
     */
    makeLink(name: string, minutes: number): { readonly code: string; readonly expires: number } {
      if (!Number.isInteger(minutes) || minutes < 1 || minutes > linkMinutesMost) throw new RangeError('minutes')
      const { secret: code, digest } = newSecret(16)
      const expires = now() + minutes * 60_000
      records.atomically(() => {
        existing(name)
        records.tidy(now())
        removeLinksOf(name)
        records.put('link', digest, { account: name, expires }, expires)
      })
      return { code, expires }
    },
    /** @throws AccountError `sign_in_failed`, one answer for unknown, used and expired */
    signInWithLink(code: string): SignedIn<G> {
      const digest = digestOf(code)
      const signedIn = records.atomically(() => {
        const link = records.get('link', digest)
        records.remove('link', digest)
        const record = link && records.get('account', link.account)
        if (link === undefined || record === undefined || now() >= link.expires) return undefined
        const { token, session } = sessions.open(record.name, 'link')
        return { token, ...asPerson(record, session) }
      })
      // Thrown outside, so that a used link stays used.
      if (signedIn === undefined) throw new AccountError('sign_in_failed')
      return signedIn
    },
    /** Who holds this token now; grants as they are now. */
    personOf(token: string): Person<G> | undefined {
      const session = sessions.find(token)
      const record = session && records.get('account', session.account)
      return session && record && asPerson(record, session)
    },
    signOut: sessions.end,
  }
}
