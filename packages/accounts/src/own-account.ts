/**
 * What somebody may do with the own account: see it, end sessions, add and remove ways to sign in. Whatever changes a way to
 * sign in asks for a sign-in of just now: a browser left open must not be enough.
 * @module
 */
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { AccountError } from './errors.ts'
import { askToRegister, checkRegistration, type PasskeyPage } from './passkeys.ts'
import type { Passwords } from './passwords.ts'
import { createPending } from './pending.ts'
import type { Person } from './people.ts'
import type { AccountRecord, Records } from './records.ts'
import { requireRecentSignIn, type Sessions } from './sessions.ts'

const mostPasskeys = 20
const questionMs = 300_000

type Deps = {
  readonly records: Records
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly now: () => number
}

export function createOwnAccount({ records, sessions, passwords, now }: Deps) {
  const registrations = createPending<string>(now, questionMs)
  const passkeysOf = (account: string) => records.list('passkey').filter(({ record }) => record.account === account)
  function existing(name: string): AccountRecord {
    const record = records.get('account', name)
    if (record === undefined) throw new AccountError('account_unknown')
    return record
  }

  return {
    view: ({ account, session }: Person<unknown>) => ({
      account: account.name,
      name: account.displayName,
      hasPassword: account.password !== null,
      passkeys: passkeysOf(account.name).map(({ id, record: { label, addedAt } }) => ({ id, label, addedAt })),
      sessions: sessions.listOf(account.name).map(({ id, method, signedInAt, lastSeen }) => ({
        id,
        method,
        signedInAt,
        lastSeen,
        isThis: id === session.id,
      })),
    }),
    endSession: ({ account }: Person<unknown>, id: string): void =>
      sessions.endThose(account.name, (one) => one === id),
    offerTotp(person: Person<unknown>) {
      requireRecentSignIn(person.session, now())
      return passwords.offer(person.account.name, person.session.id)
    },
    /** Ends the other sessions: somebody else may have had the old password. */
    async setPassword({ account, session }: Person<unknown>, password: string, code: string): Promise<void> {
      requireRecentSignIn(session, now())
      await passwords.set(account.name, session.id, password, code)
      sessions.endThose(account.name, (id) => id !== session.id)
    },
    removePassword({ account, session }: Person<unknown>): void {
      requireRecentSignIn(session, now())
      records.atomically(() => {
        records.put('account', account.name, { ...existing(account.name), password: null })
        sessions.endThose(account.name, (id) => id !== session.id)
      })
    },
    async askToAddPasskey({ account, session }: Person<unknown>, page: PasskeyPage) {
      requireRecentSignIn(session, now())
      const known = passkeysOf(account.name).map(({ id }) => id)
      const options = await askToRegister(page, account, known, 'required')
      registrations.put(session.id, options.challenge)
      return options
    },
    /** @throws AccountError `credential_invalid` */
    async addPasskey(
      { account, session }: Person<unknown>,
      page: PasskeyPage,
      label: string,
      response: RegistrationResponseJSON,
    ): Promise<void> {
      requireRecentSignIn(session, now())
      const challenge = registrations.take(session.id) ?? ''
      const { id, coseKey } = await checkRegistration(page, challenge, response)
      records.atomically(() => {
        existing(account.name)
        const isFull = passkeysOf(account.name).length >= mostPasskeys
        if (isFull || records.get('passkey', id) !== undefined) throw new AccountError('credential_invalid')
        records.put('passkey', id, { account: account.name, coseKey, label, addedAt: now() })
      })
    },
    /** Ends the other sessions: the key may be in other hands. */
    removePasskey({ account, session }: Person<unknown>, id: string): void {
      requireRecentSignIn(session, now())
      records.atomically(() => {
        if (records.get('passkey', id)?.account !== account.name) throw new AccountError('credential_invalid')
        records.remove('passkey', id)
        sessions.endThose(account.name, (one) => one !== session.id)
      })
    },
  }
}
