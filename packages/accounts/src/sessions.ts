/**
 * Browser sessions: kept at the service, known to the browser as a random token. They end when nothing is asked for half
 * an hour, after half a day whatever is asked, when the person signs out, and with their account.
 * @module
 */
import type { SignInMethod } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import { AccountError } from './errors.ts'
import type { Records, SessionRecord } from './records.ts'
import { digestOf, newSecret } from './secrets.ts'

const idleMs = 30 * 60_000
const longestMs = 12 * 3_600_000
/** Written no more often than this: a look at the clock is no reason for a write to disk. */
const touchMs = 60_000
/** An eleventh sign-in ends the oldest session of that account. */
const mostPerAccount = 10
const tokenPattern = /^[0-9a-f]{64}$/

export type SessionTimes = { readonly idleUntil: number; readonly endsAt: number }
export const timesOf = ({ signedInAt, lastSeen }: SessionRecord): SessionTimes => ({
  idleUntil: Math.min(lastSeen + idleMs, signedInAt + longestMs),
  endsAt: signedInAt + longestMs,
})

/** What a stolen session must not be enough for. */
const recentMs = 15 * 60_000

/** @throws AccountError `sign_in_again` when the person came in more than a quarter of an hour ago */
export function requireRecentSignIn({ signedInAt }: Pick<SessionRecord, 'signedInAt'>, now: number): void {
  if (now - signedInAt > recentMs) throw new AccountError('sign_in_again')
}

export type Sessions = ReturnType<typeof createSessions>

export function createSessions(records: Records, now: () => number) {
  const put = (digest: string, session: SessionRecord) =>
    records.put('session', digest, session, timesOf(session).idleUntil)
  const living = () => records.list('session').filter(({ record }) => now() < timesOf(record).idleUntil)
  const of = (account: string) => living().filter(({ record }) => record.account === account)

  return {
    /** Inside a transaction of the caller. @returns the token, told once */
    open(account: string, method: SignInMethod): { readonly token: string; readonly session: SessionRecord } {
      const at = now()
      records.tidy(at)
      const oldestFirst = of(account).sort((a, b) => a.record.signedInAt - b.record.signedInAt)
      for (const { id } of oldestFirst.slice(0, Math.max(0, oldestFirst.length + 1 - mostPerAccount)))
        records.remove('session', id)
      const { secret: token, digest } = newSecret(32)
      const session = { id: randomHex(16), account, method, signedInAt: at, lastSeen: at }
      put(digest, session)
      return { token, session }
    },
    /** The session of a token that still runs, with this moment as the last it was seen. */
    find(token: string): SessionRecord | undefined {
      if (!tokenPattern.test(token)) return undefined
      const digest = digestOf(token)
      const session = records.get('session', digest)
      const at = now()
      if (session === undefined || at >= timesOf(session).idleUntil) return undefined
      if (at - session.lastSeen < touchMs) return session
      const seen = { ...session, lastSeen: at }
      return records.atomically(() => {
        // Signed out meanwhile: it must not come back.
        if (records.get('session', digest) === undefined) return undefined
        put(digest, seen)
        return seen
      })
    },
    end: (token: string): void => records.remove('session', digestOf(token)),
    listOf: (account: string): SessionRecord[] => of(account).map(({ record }) => record),
    /** Those of an account that `which` picks, by their public id. */
    endThose(account: string, which: (sessionId: string) => boolean): void {
      for (const { id, record } of records.list('session'))
        if (record.account === account && which(record.id)) records.remove('session', id)
    },
  }
}
