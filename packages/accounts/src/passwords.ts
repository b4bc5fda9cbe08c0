/**
 * Signing in with a password and the code of an authenticator app. Whether the name, the password or the code was wrong, or
 * the account is locked, looks and lasts the same.
 * @module
 */
import { hashPassword, isPassword, type PasswordHash, unwrapKey, wrapKey } from '@kruispunt/crypto'
import { AccountError } from './errors.ts'
import { createPending } from './pending.ts'
import type { AccountRecord, Records } from './records.ts'
import { newTotpSecret, totpOfferOf, totpStepOf } from './totp.ts'

const leastLength = 12
/** Five mistakes are free; each one more doubles the wait, to an hour. */
const freeFailures = 5
const longestLockMs = 3_600_000
const forgetFailuresMs = 24 * 3_600_000
/** 19 MiB each while they last. */
const mostAtOnce = 8
const offerMs = 600_000

export type Passwords = ReturnType<typeof createPasswords>

/** @throws AccountError `password_weak` */
function requireStrong(password: string, account: string): void {
  const plain = password.normalize('NFKC').toLowerCase()
  const isEasy = plain.includes(account) || new Set(plain).size < 5
  if ([...password].length < leastLength || isEasy) throw new AccountError('password_weak')
}

/**
 * @param sealKey - 32 bytes that seal the secrets of authenticator apps
 * @param service - as the app will show it
 */
export function createPasswords(records: Records, now: () => number, sealKey: () => Uint8Array, service: string) {
  const offers = createPending<Uint8Array>(now, offerMs)
  const place = (account: string) => `totp:${account}`
  const seal = (account: string, secret: Uint8Array) => JSON.stringify(wrapKey(sealKey(), secret, place(account)))
  const unseal = (account: string, sealed: string) => unwrapKey(sealKey(), JSON.parse(sealed), place(account))
  /** What a name without a password is held against, so that it takes as long. */
  let decoy: Promise<PasswordHash> | undefined
  let running = 0

  async function matches(password: string, record: AccountRecord | undefined): Promise<boolean> {
    if (running >= mostAtOnce) throw new AccountError('sign_in_failed')
    running += 1
    try {
      decoy ??= hashPassword('nobody has this one')
      const kept = record?.password?.hash
      const right = await isPassword(password, kept ?? (await decoy))
      return right && kept !== undefined
    } finally {
      running -= 1
    }
  }

  function recordFailure(account: string): void {
    const count = (records.get('failures', account)?.count ?? 0) + 1
    const lockMs = count < freeFailures ? 0 : Math.min(longestLockMs, 60_000 * 2 ** (count - freeFailures))
    const lockedUntil = now() + lockMs
    records.put('failures', account, { count, lockedUntil }, lockedUntil + forgetFailuresMs)
  }

  return {
    /**
     * Inside no transaction: it takes its time. What it decides is decided in one.
     * @returns the account, or undefined for whatever reason
     */
    async check(name: string, password: string, code: string): Promise<AccountRecord | undefined> {
      const right = await matches(password, records.get('account', name))
      return records.atomically(() => {
        const record = records.get('account', name)
        if (record?.password === undefined || record.password === null) return undefined
        const failures = records.get('failures', name)
        if (failures !== undefined && now() < failures.lockedUntil) return undefined
        const step = totpStepOf(unseal(name, record.password.totp), code, now())
        if (!right || step === undefined || step <= record.password.lastStep) {
          recordFailure(name)
          return undefined
        }
        const used = { ...record, password: { ...record.password, lastStep: step } }
        records.put('account', name, used)
        records.remove('failures', name)
        return used
      })
    },
    /** A secret for an app; it counts once its first code came back with a password. */
    offer(account: string, sessionId: string) {
      const secret = newTotpSecret()
      offers.put(sessionId, secret)
      return totpOfferOf(secret, service, account)
    },
    /** @throws AccountError `password_weak`, `credential_invalid` for a code that is not of the secret offered */
    async set(account: string, sessionId: string, password: string, code: string): Promise<void> {
      requireStrong(password, account)
      const secret = offers.take(sessionId)
      const lastStep = secret && totpStepOf(secret, code, now())
      if (secret === undefined || lastStep === undefined) throw new AccountError('credential_invalid')
      const hash = await hashPassword(password)
      const totp = seal(account, secret)
      records.atomically(() => {
        const record = records.get('account', account)
        if (record === undefined) throw new AccountError('account_unknown')
        records.put('account', account, { ...record, password: { hash, totp, lastStep } })
        records.remove('failures', account)
      })
    },
  }
}
