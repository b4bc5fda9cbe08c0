/**
 * Accounts of people at one service: who there is, what they may see, how they come in.
 * @module
 */
import { accountName, displayName, type SignInMethod } from '@kruispunt/contracts'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import { AccountError } from './errors.ts'
import { createOwnAccount } from './own-account.ts'
import { askToAssert, isAnswerOf, type PasskeyPage } from './passkeys.ts'
import { createPasswords } from './passwords.ts'
import { createPending } from './pending.ts'
import type { Account, Person, SignedIn } from './people.ts'
import { type AccountRecord, createRecords, type SessionRecord } from './records.ts'
import { digestOf, newSecret } from './secrets.ts'
import { createSessions, timesOf } from './sessions.ts'
import type { AccountStorage } from './storage.ts'

/** A newer link puts older ones of the same account out of use. */
const linkMinutesMost = 60
const mostAccounts = 10_000
const questionMs = 300_000

export type AccountsDeps<G> = {
  readonly storage: AccountStorage
  /** What a role looks like at this service. */
  readonly grant: z.ZodType<G>
  /** Ms since 1970. */
  readonly now: () => number
  /** 32 bytes that seal secrets of authenticator apps; asked for when one is needed. */
  readonly sealKey: () => Uint8Array
  /** As an authenticator app shows it. */
  readonly service: string
}
export type Accounts<G> = ReturnType<typeof createAccounts<G>>

/** What the browser says it was asked; checked against what was asked here. */
function challengeIn({ response }: AuthenticationResponseJSON): string {
  try {
    const said: unknown = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8'))
    return String((said as { challenge?: unknown } | null)?.challenge ?? '')
  } catch {
    return ''
  }
}

/** Who somebody is at an identity provider: both together, and neither alone, say who (OpenID Connect Core §2). */
export type Identity = { readonly issuer: string; readonly subject: string }
const identityIdOf = ({ issuer, subject }: Identity) => digestOf(JSON.stringify([issuer, subject]))

export function createAccounts<G>({ storage, grant, now, sealKey, service }: AccountsDeps<G>) {
  const records = createRecords(storage)
  const sessions = createSessions(records, now)
  const passwords = createPasswords(records, now, sealKey, service)
  /** Questions to passkeys, by their challenge. */
  const questions = createPending<true>(now, questionMs)
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

  const passkeysOf = (account: string) => records.list('passkey').filter(({ record }) => record.account === account)
  /** @throws AccountError `sign_in_failed` where there is nobody: the only answer a stranger gets */
  function begin(record: AccountRecord | undefined, method: SignInMethod): SignedIn<G> {
    return records.atomically(() => {
      // Removed while it was being checked, and perhaps made anew for somebody else.
      const current = record && records.get('account', record.name)
      if (current === undefined || current.createdAt !== record?.createdAt) throw new AccountError('sign_in_failed')
      const { token, session } = sessions.open(current.name, method)
      return { token, ...asPerson(current, session) }
    })
  }

  return {
    /** @throws AccountError `account_exists`; ZodError where name or grants have not their form */
    add(wanted: { readonly name: string; readonly displayName: string; readonly grants: readonly G[] }): Account<G> {
      const record: AccountRecord = {
        name: accountName.parse(wanted.name),
        displayName: displayName.parse(wanted.displayName),
        grants: grants.parse(wanted.grants),
        createdAt: now(),
        password: null,
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
        sessions.endThose(name, () => true)
        removeLinksOf(name)
        for (const { id } of passkeysOf(name)) records.remove('passkey', id)
        records.remove('failures', name)
        for (const { id, record } of records.list('identity'))
          if (record.account === name) records.remove('identity', id)
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

    /** @throws AccountError `sign_in_failed`, one answer for every reason */
    signInWithPassword: async (name: string, password: string, code: string): Promise<SignedIn<G>> =>
      begin(await passwords.check(name, password, code), 'password'),
    /** Asks whatever passkey the browser has for this page; no name is asked for, so none can be tried. */
    async askForPasskey(page: PasskeyPage) {
      const options = await askToAssert(page, [])
      questions.put(options.challenge, true)
      return options
    },
    /** @throws AccountError `sign_in_failed`, one answer for every reason */
    async signInWithPasskey(page: PasskeyPage, response: AuthenticationResponseJSON): Promise<SignedIn<G>> {
      const challenge = challengeIn(response)
      const wasAsked = questions.take(challenge) !== undefined
      const passkey = records.get('passkey', response.id)
      const isRight =
        passkey !== undefined &&
        (await isAnswerOf(page, { id: response.id, coseKey: passkey.coseKey }, challenge, response))
      return begin(wasAsked && isRight ? records.get('account', passkey.account) : undefined, 'passkey')
    },

    /**
     * Lets somebody of an identity provider in as this account; its own roles, whatever the provider says of them.
     * @throws AccountError `account_unknown`, `account_exists` when that person is another account's
     */
    linkIdentity(name: string, identity: Identity): void {
      records.atomically(() => {
        existing(name)
        const known = records.get('identity', identityIdOf(identity))
        if (known !== undefined && known.account !== name) throw new AccountError('account_exists')
        records.put('identity', identityIdOf(identity), { account: name, ...identity })
      })
    },
    /** @throws AccountError `sign_in_failed` for somebody nobody linked */
    signInWithIdentity(identity: Identity): SignedIn<G> {
      const known = records.get('identity', identityIdOf(identity))
      return begin(known && records.get('account', known.account), 'oidc')
    },

    own: createOwnAccount({ records, sessions, passwords, now }),
  }
}
