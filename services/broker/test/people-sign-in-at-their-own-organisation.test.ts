import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, startProvider, type TestProvider } from '../../../test/oracles/identity-provider.ts'
import { lab, startTestBroker, type TestBroker } from './support/broker.ts'
import { browserAt, cookieOf, grantOf, onAccounts, refusalIn } from './support/portal.ts'

let broker: TestBroker
let provider: TestProvider
let folder: string
let url: string
let ask: ReturnType<typeof browserAt>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kruispunt-oidc-'))
  const port = await freePort()
  url = `http://localhost:${port}`
  provider = await startProvider([`${url}/v1/session/providers/ggd/callback`])
  const secretFile = join(folder, 'secret')
  writeFileSync(secretFile, `${provider.clientSecret}\n`)
  const config = join(folder, 'broker.toml')
  const one = (id: string, issuer: string, name: string) =>
    `[[portal.identityProviders]]\nid = "${id}"\nname = "${name}"\nissuer = "${issuer}"\nclientId = "${provider.clientId}"\nclientSecretFile = "${secretFile}"\n`
  const nobody = `http://localhost:${await freePort()}`
  writeFileSync(config, `[portal]\nport = ${port}\n${one('ggd', provider.issuer, 'GGD')}${one('weg', nobody, 'Weg')}`)
  broker = await startTestBroker({ environment: { KRUISPUNT_CONFIG: config } })
  ask = browserAt(url)
  onAccounts(broker, (accounts) => {
    for (const [name, subject] of [
      ['karin', 'k-123'],
      ['piet', 'p-456'],
    ] as const) {
      accounts.add({ name, displayName: name, grants: [grantOf(name === 'karin' ? 'coordinator' : 'auditor')] })
      accounts.linkIdentity(name, { issuer: provider.issuer, subject })
    }
  })
})
afterAll(async () => {
  await broker.destroy()
  await provider.stop()
  rmSync(folder, { recursive: true })
})

/** The browser leaves for the provider. */
async function leave(id = 'ggd') {
  const answer = await ask(`/v1/session/providers/${id}/starts`, { json: {} })
  expect(answer.status, await answer.clone().text()).toBe(200)
  expect(answer.headers.get('set-cookie')).toMatch(/-away=[0-9a-f]{64}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/)
  return { url: ((await answer.json()) as { url: string }).url, cookie: cookieOf(answer) }
}
/** The browser comes back from another site: with its cookies, without a header or origin of ours. */
const comeBack = (address: string, cookie: string) =>
  fetch(address, { redirect: 'manual', headers: { cookie, 'sec-fetch-site': 'cross-site' } })
const sessionIn = (answer: Response) =>
  answer.headers.getSetCookie().find((cookie) => /^kruispunt-\d+=[0-9a-f]{64};/.test(cookie))
const refused = (answer: Response) => {
  expect(sessionIn(answer)).toBeUndefined()
  return [answer.status, answer.headers.get('location')]
}
const notIn = [303, '/sign-in?refused=sign_in_failed']

describe('people sign in at their own organisation', () => {
  it('comes back as the account the operator linked, with its own roles', async () => {
    provider.signsInAs('k-123')
    const left = await leave()
    const asked = new URL(left.url).searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect([asked.get('scope'), asked.get('state')?.length, asked.get('nonce')?.length]).toEqual(['openid', 43, 43])
    const answer = await comeBack(await provider.follow(left.url), left.cookie)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
    const cookie = sessionIn(answer)?.split(';')[0] as string
    expect(sessionIn(answer)).toMatch(/HttpOnly; SameSite=Strict$/)
    expect(await (await ask('/v1/session', { cookie })).json()).toMatchObject({
      state: 'signed-in',
      account: 'karin',
      method: 'oidc',
      grants: [{ lab, role: 'coordinator' }],
    })
  })

  it('tells the page where one can sign in', async () => {
    expect(await (await ask('/v1/session/providers')).json()).toEqual({
      providers: [
        { id: 'ggd', name: 'GGD' },
        { id: 'weg', name: 'Weg' },
      ],
    })
  })

  it('lets in nobody whom the operator did not link, whatever the provider says', async () => {
    provider.signsInAs('stranger')
    const left = await leave()
    expect(refused(await comeBack(await provider.follow(left.url), left.cookie))).toEqual(notIn)
  })

  it('ends what another browser began: without its cookie, or with that of another attempt', async () => {
    provider.signsInAs('k-123')
    const [mine, other] = [await leave(), await leave()]
    const address = await provider.follow(mine.url)
    expect(refused(await comeBack(address, ''))).toEqual(notIn)
    expect(refused(await comeBack(address, other.cookie))).toEqual(notIn)
    expect(refused(await comeBack(address, mine.cookie.slice(0, -1)))).toEqual(notIn)
  })

  it('takes a code once, with the state and the provider it belongs to', async () => {
    provider.signsInAs('p-456')
    const left = await leave()
    const address = await provider.follow(left.url)
    expect(sessionIn(await comeBack(address, left.cookie))).toBeDefined()
    expect(refused(await comeBack(address, left.cookie)), 'again').toEqual(notIn)
    for (const change of [
      (params: URLSearchParams) => params.set('state', 'x'.repeat(43)),
      (params: URLSearchParams) => params.set('iss', 'http://elders.nl'),
      (params: URLSearchParams) => params.set('code', 'x'.repeat(43)),
      (params: URLSearchParams) => params.set('error', 'access_denied'),
      (params: URLSearchParams) => params.delete('code'),
    ]) {
      const next = await leave()
      const changed = new URL(await provider.follow(next.url))
      change(changed.searchParams)
      expect(refused(await comeBack(changed.href, next.cookie)), changed.search).toEqual(notIn)
    }
  })

  it('does not take the code of one attempt for another: the verifier and nonce are of one only', async () => {
    provider.signsInAs('k-123')
    const [first, second] = [await leave(), await leave()]
    const [one, two] = [new URL(await provider.follow(first.url)), new URL(await provider.follow(second.url))]
    two.searchParams.set('code', one.searchParams.get('code') ?? '')
    expect(refused(await comeBack(two.href, second.cookie))).toEqual(notIn)
  })

  it('says so when the provider does not answer, or is not set up', async () => {
    for (const id of ['weg', 'onbekend'])
      expect(await refusalIn(await ask(`/v1/session/providers/${id}/starts`, { json: {} }))).toEqual([
        502,
        'provider_unavailable',
      ])
  })

  it('is begun by the own page only, and leaves no name in the log', async () => {
    const elsewhere = await ask('/v1/session/providers/ggd/starts', {
      json: {},
      headers: { origin: 'https://elders.nl' },
    })
    expect(await refusalIn(elsewhere)).toEqual([403, 'cross_site'])
    for (const secret of ['k-123', 'p-456', provider.clientSecret]) expect(broker.logText()).not.toContain(secret)
  })

  it('gives one person at a provider to one account, until that is removed', () => {
    const identity = { issuer: provider.issuer, subject: 'p-456' }
    onAccounts(broker, (accounts) => {
      expect(() => accounts.linkIdentity('karin', identity)).toThrow(
        expect.objectContaining({ code: 'account_exists' }),
      )
      expect(() => accounts.linkIdentity('nobody', identity)).toThrow(
        expect.objectContaining({ code: 'account_unknown' }),
      )
      accounts.remove('piet')
      expect(() => accounts.signInWithIdentity(identity)).toThrow(expect.objectContaining({ code: 'sign_in_failed' }))
      accounts.linkIdentity('karin', identity)
    })
  })
})
