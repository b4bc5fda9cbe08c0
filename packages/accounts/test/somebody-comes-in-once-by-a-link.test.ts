import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Accounts, createAccounts } from '../src/index.ts'
import { memoryStorage } from './memory-storage.ts'

const grant = z.strictObject({ role: z.enum(['steward', 'auditor']) })
const minute = 60_000
let now: number
let accounts: Accounts<z.infer<typeof grant>>
let storage: ReturnType<typeof memoryStorage>
beforeEach(() => {
  now = Date.parse('2026-11-01T09:00:00.000Z')
  storage = memoryStorage()
  accounts = createAccounts({
    storage,
    grant,
    now: () => now,
    sealKey: () => new Uint8Array(32).fill(7),
    service: 'Proef',
  })
  accounts.add({ name: 'anna', displayName: 'Anna de Wit', grants: [{ role: 'steward' }] })
})
const failed = expect.objectContaining({ code: 'sign_in_failed' })

describe('somebody comes in once by a link', () => {
  it('is who the link was made for, with the grants of now', () => {
    const { code } = accounts.makeLink('anna', 15)
    expect(code).toMatch(/^[0-9a-f]{32}$/)
    const { token, account } = accounts.signInWithLink(code)
    expect(account).toMatchObject({ name: 'anna', displayName: 'Anna de Wit', grants: [{ role: 'steward' }] })
    expect(accounts.personOf(token)?.account.name).toBe('anna')
  })
  it('refuses a code twice, too late, replaced by a newer one, or never given', () => {
    const { code } = accounts.makeLink('anna', 15)
    accounts.signInWithLink(code)
    expect(() => accounts.signInWithLink(code)).toThrow(failed)
    const late = accounts.makeLink('anna', 1)
    now += minute
    expect(() => accounts.signInWithLink(late.code)).toThrow(failed)
    const older = accounts.makeLink('anna', 15)
    const newer = accounts.makeLink('anna', 15)
    expect(() => accounts.signInWithLink(older.code)).toThrow(failed)
    expect(accounts.signInWithLink(newer.code).account.name).toBe('anna')
    expect(() => accounts.signInWithLink('0'.repeat(32))).toThrow(failed)
  })
  it('keeps no code and no token, only what checks one', () => {
    const { code } = accounts.makeLink('anna', 15)
    const kept = () => JSON.stringify([storage.list('link'), storage.list('session'), storage.list('account')])
    expect(kept()).not.toContain(code)
    expect(kept()).not.toContain(accounts.signInWithLink(code).token)
  })
  it.each([0, 61, 1.5, Number.NaN])('makes no link of %s minutes', (minutes) => {
    expect(() => accounts.makeLink('anna', minutes)).toThrow(RangeError)
  })
  it('names an account that is not there, and one that is', () => {
    expect(() => accounts.makeLink('piet', 15)).toThrow(expect.objectContaining({ code: 'account_unknown' }))
    expect(() => accounts.remove('piet')).toThrow(expect.objectContaining({ code: 'account_unknown' }))
    const again = { name: 'anna', displayName: 'Anna', grants: [{ role: 'auditor' as const }] }
    expect(() => accounts.add(again)).toThrow(expect.objectContaining({ code: 'account_exists' }))
  })
})

describe('a session ends', () => {
  const signIn = () => accounts.signInWithLink(accounts.makeLink('anna', 15).code).token
  it('half an hour after it was last used, and not before', () => {
    const token = signIn()
    for (let used = 0; used < 3; used += 1) {
      now += 29 * minute
      expect(accounts.personOf(token)).toBeDefined()
    }
    now += 30 * minute
    expect(accounts.personOf(token)).toBeUndefined()
  })
  it('after twelve hours, however often it is used', () => {
    const token = signIn()
    for (let used = 0; used < 12 * 4 - 1; used += 1) {
      now += 15 * minute
      expect(accounts.personOf(token)).toBeDefined()
    }
    now += 15 * minute
    expect(accounts.personOf(token)).toBeUndefined()
  })
  it('when its person signs out, and with the account', () => {
    const [one, other] = [signIn(), signIn()]
    accounts.signOut(one)
    expect(accounts.personOf(one)).toBeUndefined()
    expect(accounts.personOf(other)).toBeDefined()
    const { code } = accounts.makeLink('anna', 15)
    accounts.remove('anna')
    expect(accounts.personOf(other)).toBeUndefined()
    accounts.add({ name: 'anna', displayName: 'Another Anna', grants: [{ role: 'auditor' }] })
    expect(accounts.personOf(other)).toBeUndefined()
    expect(() => accounts.signInWithLink(code)).toThrow(failed)
  })
  it('when its person signs in an eleventh time: the oldest makes room', () => {
    const tokens = Array.from({ length: 11 }, () => {
      now += 1000
      return signIn()
    })
    expect(tokens.map((token) => accounts.personOf(token) !== undefined)).toEqual([false, ...Array(10).fill(true)])
  })
  it.each(['', 'x', '0'.repeat(64), '__proto__'])('there is none for the token %j', (token) => {
    expect(accounts.personOf(token)).toBeUndefined()
  })
})
