import { cryptoReady, fromHex, toHex, utf8 } from '@kruispunt/crypto'
import { Secret, TOTP } from 'otpauth'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createAuthenticator, type Tampering } from '../../../test/oracles/software-authenticator.ts'
import { type Accounts, createAccounts, type Person, pageOf } from '../src/index.ts'
import { totpStepOf } from '../src/totp.ts'
import { memoryStorage } from './memory-storage.ts'

const grant = z.strictObject({ role: z.literal('steward') })
const minute = 60_000
const password = 'een lange zin met woorden'
let now: number
let accounts: Accounts<{ role: 'steward' }>
let storage: ReturnType<typeof memoryStorage>
let person: Person<{ role: 'steward' }>
let secret: string
const codeAt = (at: number, of = secret) => TOTP.generate({ secret: Secret.fromBase32(of), timestamp: at })
const failed = expect.objectContaining({ code: 'sign_in_failed' })
const signInByLink = () => accounts.signInWithLink(accounts.makeLink('anna', 15).code)

beforeEach(async () => {
  await cryptoReady()
  now = Date.parse('2026-11-01T09:00:00.000Z')
  storage = memoryStorage()
  const sealKey = () => new Uint8Array(32).fill(7)
  accounts = createAccounts({ storage, grant, now: () => now, sealKey, service: 'Proef' })
  accounts.add({ name: 'anna', displayName: 'Anna', grants: [{ role: 'steward' }] })
  person = signInByLink()
  secret = accounts.own.offerTotp(person).secret
  await accounts.own.setPassword(person, password, codeAt(now))
  now += minute
})
const signIn = (with_: { name?: string; password?: string; code?: string } = {}) =>
  accounts.signInWithPassword(with_.name ?? 'anna', with_.password ?? password, with_.code ?? codeAt(now))

describe('codes are those of RFC 6238, appendix B', () => {
  // Six digits: the last six of the eight printed there.
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at %i s: %s', (seconds, eight) => {
    const key = utf8('12345678901234567890')
    expect(totpStepOf(key, eight.slice(2), seconds * 1000)).toBe(Math.floor(seconds / 30))
    expect(totpStepOf(key, eight.slice(2), seconds * 1000 + 90_000)).toBeUndefined()
    expect(totpStepOf(fromHex(`${toHex(key).slice(0, -2)}31`), eight.slice(2), seconds * 1000)).toBeUndefined()
  })
})

describe('a password needs an app beside it', () => {
  it('signs in with both', async () => {
    const { token, session } = await signIn()
    expect(session.method).toBe('password')
    expect(accounts.personOf(token)?.account.name).toBe('anna')
  })
  it.each([
    ['another password', { password: `${password}!` }],
    ['no such name', { name: 'piet' }],
    ['another code', { code: '000000' }],
  ])('refuses %s, and says the same', async (_name, wrong) => {
    await expect(signIn(wrong)).rejects.toThrow(failed)
  })
  it('takes a code once, and not one from before', async () => {
    const code = codeAt(now)
    await signIn({ code })
    await expect(signIn({ code })).rejects.toThrow(failed)
    await expect(signIn({ code: codeAt(now - 30_000) })).rejects.toThrow(failed)
    now += 30_000
    await expect(signIn()).resolves.toMatchObject({ account: { name: 'anna' } })
  })
  it('locks after five mistakes in a row, longer each time, also for who knows the password', async () => {
    for (let at = 0; at < 5; at += 1) await expect(signIn({ password: 'wrong wrong wrong' })).rejects.toThrow(failed)
    await expect(signIn()).rejects.toThrow(failed)
    now += minute
    await expect(signIn({ password: 'wrong wrong wrong' })).rejects.toThrow(failed)
    now += minute
    await expect(signIn(), 'two minutes by now').rejects.toThrow(failed)
    now += minute
    await expect(signIn()).resolves.toBeDefined()
    await expect(signIn({ password: 'wrong wrong wrong' }), 'counted from the start again').rejects.toThrow(failed)
    now += 30_000
    await expect(signIn()).resolves.toBeDefined()
  })
  it('is locked for passwords only: a link from the operator still lets in', async () => {
    for (let at = 0; at < 6; at += 1) await expect(signIn({ code: '000000' })).rejects.toThrow(failed)
    expect(signInByLink().account.name).toBe('anna')
  })
  it('remembers nothing of names that do not exist', async () => {
    await expect(signIn({ name: 'piet' })).rejects.toThrow(failed)
    expect(storage.list('failures')).toEqual([])
  })
  it('keeps neither the password nor the secret of the app where a thief could read them', () => {
    const kept = JSON.stringify([...storage.list('account'), ...storage.list('session')])
    expect(kept).not.toContain(password)
    expect(kept).not.toContain(secret)
    expect(kept).not.toContain(toHex(Secret.fromBase32(secret).bytes))
  })
  it.each(['kort', 'anna anna anna', 'aaaaaaaaaaaaaaaa', 'abababababababab'])(
    'refuses the password %j',
    async (weak) => {
      const { secret: offered } = accounts.own.offerTotp(person)
      const set = accounts.own.setPassword(person, weak, codeAt(now, offered))
      await expect(set).rejects.toThrow(expect.objectContaining({ code: 'password_weak' }))
    },
  )
  it('is set only with the first code of the secret offered, to this session, just now', async () => {
    const invalid = expect.objectContaining({ code: 'credential_invalid' })
    accounts.own.offerTotp(person)
    await expect(accounts.own.setPassword(person, password, '000000')).rejects.toThrow(invalid)
    await expect(accounts.own.setPassword(person, password, codeAt(now))).rejects.toThrow(invalid)
    now += 15 * minute
    expect(() => accounts.own.offerTotp(person)).toThrow(expect.objectContaining({ code: 'sign_in_again' }))
  })
  it('ends the other sessions when it changes, and opens nothing when it is removed', async () => {
    const other = await signIn()
    person = signInByLink()
    const offered = accounts.own.offerTotp(person).secret
    await accounts.own.setPassword(person, 'een heel andere zin nu', codeAt(now, offered))
    expect(accounts.personOf(other.token)).toBeUndefined()
    await expect(signIn()).rejects.toThrow(failed)
    accounts.own.removePassword(person)
    now += minute
    await expect(signIn({ password: 'een heel andere zin nu', code: codeAt(now, offered) })).rejects.toThrow(failed)
  })
})

describe('a passkey signs in without a name', () => {
  const page = pageOf('https://console.voorbeeld.nl', 'Proef')
  const authenticator = createAuthenticator(page)
  async function add(tampering: Tampering = {}, made = authenticator) {
    const { challenge } = await accounts.own.askToAddPasskey(person, page)
    await accounts.own.addPasskey(person, page, 'sleutelbos', made.register(challenge, tampering))
  }
  async function enter(tampering: Tampering = {}, made = authenticator) {
    const { challenge } = await accounts.askForPasskey(page)
    return accounts.signInWithPasskey(page, made.assert(challenge, tampering))
  }

  it('knows whose it is', async () => {
    await add()
    const { account, session } = await enter()
    expect([account.name, session.method]).toEqual(['anna', 'passkey'])
    expect(accounts.own.view(person).passkeys).toMatchObject([{ id: authenticator.id, label: 'sleutelbos' }])
  })
  it.each<[string, Tampering]>([
    ['another page', { origin: 'https://elders.nl' }],
    ['another domain', { rpId: 'elders.nl' }],
    ['nobody verified', { flags: 0x01 }],
    ['a question nobody asked', { challenge: 'A'.repeat(43) }],
    ['another ceremony', { type: 'payment.get' }],
  ])('refuses %s, at signing in and at adding', async (_name, tampering) => {
    await expect(add(tampering)).rejects.toThrow(expect.objectContaining({ code: 'credential_invalid' }))
    await add()
    await expect(enter(tampering)).rejects.toThrow(failed)
  })
  it('refuses an answer twice, a key nobody added, and one that was removed', async () => {
    await add()
    const { challenge } = await accounts.askForPasskey(page)
    const answer = authenticator.assert(challenge)
    await accounts.signInWithPasskey(page, answer)
    await expect(accounts.signInWithPasskey(page, answer)).rejects.toThrow(failed)
    await expect(enter({}, createAuthenticator(page))).rejects.toThrow(failed)
    accounts.own.removePasskey(person, authenticator.id)
    await expect(enter()).rejects.toThrow(failed)
  })
  it('cannot be added to two accounts, nor be removed by another, and goes with its account', async () => {
    await add()
    accounts.add({ name: 'piet', displayName: 'Piet', grants: [{ role: 'steward' }] })
    const piet = accounts.signInWithLink(accounts.makeLink('piet', 15).code)
    const { challenge } = await accounts.own.askToAddPasskey(piet, page)
    const invalid = expect.objectContaining({ code: 'credential_invalid' })
    const stolen = accounts.own.addPasskey(piet, page, 'van Anna', authenticator.register(challenge))
    await expect(stolen).rejects.toThrow(invalid)
    expect(() => accounts.own.removePasskey(piet, authenticator.id)).toThrow(invalid)
    accounts.remove('anna')
    expect(storage.list('passkey')).toEqual([])
    await expect(enter()).rejects.toThrow(failed)
  })
})

it('shows somebody the own sessions and ends one of them', async () => {
  const other = await signIn()
  const { sessions } = accounts.own.view(person)
  expect(sessions.map(({ method, isThis }) => [method, isThis]).sort()).toEqual([
    ['link', true],
    ['password', false],
  ])
  accounts.own.endSession(person, other.session.id)
  expect(accounts.personOf(other.token)).toBeUndefined()
})
