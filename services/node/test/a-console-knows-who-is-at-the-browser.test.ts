import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConsoleRole, pageHeader } from '@kruispunt/contracts'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, startProvider } from '../../../test/oracles/identity-provider.ts'
import { buildApp } from '../src/app.ts'
import { type Lab, officer, passphraseOf, startLab } from './support/three-partners.ts'

let lab: Lab
let app: FastifyInstance
let url: string
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kruispunt-console-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Console</title>')
  lab = await startLab(['gemeente', 'politie'])
  await lab.acceptRoster()
  lab.propose()
  const { node } = lab.partner('gemeente')
  await node.agent.tick()
  app = await buildApp({ node, token: node.apiToken(), logLevel: 'silent', console: { folder, port: 0 } })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app.close()
  await lab.end()
  rmSync(folder, { recursive: true })
})

type Asked = { method?: string; cookie?: string; headers?: Record<string, string>; json?: unknown }
const ask = (path: string, { method = 'GET', cookie, headers = {}, json }: Asked = {}) =>
  fetch(`${url}${path}`, {
    method,
    headers: {
      origin: url,
      [pageHeader]: '1',
      ...(cookie === undefined ? {} : { cookie }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code]

let people = 0
async function signIn(role: ConsoleRole): Promise<string> {
  const { accounts } = lab.partner('gemeente').node
  const name = `${role}${(people += 1)}`
  accounts.add({ name, displayName: 'Sam de Boer', grants: [{ role }] })
  const answer = await ask('/v1/session/links', { method: 'POST', json: { code: accounts.makeLink(name, 15).code } })
  expect(await answer.json()).toMatchObject({ state: 'signed-in', account: name, grants: [{ role }] })
  const cookie = answer.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^kruispunt-[a-z-]+=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/)
  return cookie.split(';')[0] as string
}

describe('a console knows who is at the browser', () => {
  it('serves its page with the strict policy', async () => {
    const page = await ask('/deliveries/new')
    expect(await page.text()).toContain('<title>Console</title>')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none';script-src 'self'")
    expect(await codeOf(await ask('/v1/none'))).toEqual([404, 'not_found'])
  })

  it('shows everybody with a role how things stand, and nobody else', async () => {
    const look = [
      '/v1/status',
      '/v1/roster',
      '/v1/agreements',
      '/v1/requests',
      '/v1/deliveries',
      '/v1/log/verification',
    ]
    for (const role of ['steward', 'privacy-officer', 'signatory', 'operator', 'auditor'] as const) {
      const cookie = await signIn(role)
      for (const path of look) expect([role, path, (await ask(path, { cookie })).status]).toEqual([role, path, 200])
    }
    for (const path of look) expect(await codeOf(await ask(path))).toEqual([401, 'unauthenticated'])
    expect(await (await ask('/v1/session')).json()).toEqual({ state: 'signed-out' })
  })

  /** What each route answers somebody in this role; anything but `forbidden` means let in. */
  const doors = {
    '/v1/roster/acceptances': ['privacy-officer', 'signatory'],
    [`/v1/agreements/${'a'.repeat(64)}/decisions`]: ['privacy-officer', 'signatory'],
    [`/v1/agreements/${'a'.repeat(64)}/withdrawals`]: ['privacy-officer', 'signatory'],
    [`/v1/requests/${'a'.repeat(64)}/decisions`]: ['privacy-officer', 'signatory'],
    '/v1/roster/proposals': ['privacy-officer', 'signatory'],
    '/v1/officers/passphrases': ['privacy-officer', 'signatory'],
    '/v1/ceremonies/rotations': ['privacy-officer', 'signatory'],
    '/v1/recovery/statements': ['privacy-officer', 'signatory'],
    '/v1/ceremonies/abandonments': ['operator', 'privacy-officer', 'signatory'],
    '/v1/ceremonies/restarts': ['operator', 'privacy-officer', 'signatory'],
    '/v1/deliveries/preparations': ['steward'],
    [`/v1/deliveries/${'a'.repeat(32)}/sendings`]: ['steward'],
    [`/v1/deliveries/${'a'.repeat(32)}/withdrawals`]: ['privacy-officer', 'signatory'],
  }
  it.each(['steward', 'privacy-officer', 'signatory', 'operator', 'auditor'] as const)(
    'lets a %s do what belongs to that role only',
    async (role) => {
      const cookie = await signIn(role)
      for (const [path, roles] of Object.entries(doors)) {
        const [status, code] = await codeOf(await ask(path, { method: 'POST', cookie, json: {} }))
        expect([path, code === 'forbidden'], `${status} ${code}`).toEqual([path, !roles.includes(role)])
      }
    },
  )

  it('takes a session for no signature: that still needs the passphrase of the officer', async () => {
    const cookie = await signIn('signatory')
    const [agreement] = (await (await ask('/v1/agreements', { cookie })).json()) as { id: string; shortCode: string }[]
    const decide = (passphrase: string) => {
      const json = { officer, passphrase, shortCode: agreement?.shortCode, decision: 'approved' }
      return ask(`/v1/agreements/${agreement?.id}/decisions`, { method: 'POST', cookie, json })
    }
    expect(await codeOf(await decide(passphraseOf('politie')))).toEqual([403, 'passphrase_wrong'])
    expect((await decide(passphraseOf('gemeente'))).status).toBe(200)
  })

  it('lets another site do nothing, and a program with the token go on as before', async () => {
    const cookie = await signIn('operator')
    const headers = { origin: 'https://elders.nl' }
    const restart = { method: 'POST', json: { agreement: 'a'.repeat(64) }, headers }
    expect(await codeOf(await ask('/v1/ceremonies/restarts', { ...restart, cookie }))).toEqual([403, 'cross_site'])
    const authorization = `Bearer ${lab.partner('gemeente').node.apiToken()}`
    const asProgram = await fetch(`${url}/v1/status`, { headers: { authorization } })
    expect(asProgram.status).toBe(200)
    const wrong = { authorization: `Bearer ${'f'.repeat(64)}` }
    expect(await codeOf(await ask('/v1/status', { cookie, headers: wrong }))).toEqual([401, 'unauthenticated'])
  })

  it('shows somebody the own account, and nobody else anything of it', async () => {
    const cookie = await signIn('steward')
    expect(await (await ask('/v1/account', { cookie })).json()).toMatchObject({ hasPassword: false, passkeys: [] })
    const offer = await ask('/v1/account/password/offers', { method: 'POST', cookie, json: {} })
    expect(await offer.json()).toMatchObject({ uri: expect.stringMatching(/^otpauth:/) })
    expect(await codeOf(await ask('/v1/account'))).toEqual([401, 'unauthenticated'])
    const password = { account: 'steward1', password: 'niet het goede', code: '123456' }
    const refused = await ask('/v1/session/passwords', { method: 'POST', json: password })
    expect(await codeOf(refused)).toEqual([401, 'sign_in_failed'])
  })

  it('lets somebody in who signed in at the own organisation, as the account that was linked', async () => {
    const port = await freePort()
    const own = `http://localhost:${port}`
    const provider = await startProvider([`${own}/v1/session/providers/gemeente/callback`])
    const { node } = lab.partner('gemeente')
    const { issuer, clientId, clientSecret } = provider
    const identityProviders = [
      { id: 'gemeente', name: 'Gemeente', issuer, clientId, clientSecret, signingAlgorithm: 'RS256' as const },
    ]
    const token = node.apiToken()
    const other = await buildApp({ node, token, logLevel: 'silent', console: { folder, port, identityProviders } })
    try {
      await other.listen({ host: '127.0.0.1', port })
      node.accounts.add({ name: 'els', displayName: 'Els', grants: [{ role: 'steward' }] })
      node.accounts.linkIdentity('els', { issuer, subject: 'e-1' })
      const start = await fetch(`${own}/v1/session/providers/gemeente/starts`, {
        method: 'POST',
        headers: { origin: own, [pageHeader]: '1', 'content-type': 'application/json' },
        body: '{}',
      })
      const away = (start.headers.get('set-cookie') ?? '').split(';')[0] as string
      const back = async (subject: string) => {
        provider.signsInAs(subject)
        const address = await provider.follow(((await start.clone().json()) as { url: string }).url)
        return fetch(address, { redirect: 'manual', headers: { cookie: away } })
      }
      const answer = await back('e-1')
      expect(answer.headers.get('location')).toBe('/')
      const cookie = answer.headers
        .getSetCookie()
        .find((one) => !one.includes('-away'))
        ?.split(';')[0] as string
      const session = await fetch(`${own}/v1/session`, { headers: { cookie } })
      expect(await session.json()).toMatchObject({ account: 'els', method: 'oidc', grants: [{ role: 'steward' }] })
    } finally {
      await other.close()
      await provider.stop()
    }
  })

  it('keeps which files wait to be worked through, for whoever comes back, until they are put away', async () => {
    const cookie = await signIn('steward')
    const staged = async () =>
      ((await (await ask('/v1/deliveries', { cookie })).json()) as { staged: { file: string }[] }).staged
    expect(await staged()).toEqual([])
    // Nobody signed an agreement to deliver under: the file is refused, and is not left lying about.
    const refused = await fetch(`${url}/v1/deliveries/inspections`, {
      method: 'POST',
      headers: { cookie, origin: url, [pageHeader]: '1', 'content-type': 'application/octet-stream' },
      body: 'a;b\r\n1;2\r\n',
    })
    expect(refused.ok).toBe(false)
    expect(await staged()).toEqual([])
    const unknown = await ask(`/v1/deliveries/files/${'a'.repeat(32)}/inspection`, { cookie })
    expect(unknown.ok).toBe(false)
  })

  it.each(['/v1/roster/proposals', '/v1/officers/passphrases', '/v1/ceremonies/rotations', '/v1/recovery/statements'])(
    'does not let passphrases be tried at %s as often as one likes',
    async (path) => {
      const cookie = await signIn('signatory')
      let [status, code] = [0, '']
      for (let tried = 0; tried < 22 && status !== 429; tried += 1) {
        const json = { officer, passphrase: 'geraden', newPassphrase: 'iets heel anders' }
        ;[status, code] = (await codeOf(await ask(path, { method: 'POST', cookie, json }))) as [number, string]
      }
      expect([status, code]).toEqual([429, 'too_many_requests'])
    },
  )

  it('ends with signing out', async () => {
    const cookie = await signIn('auditor')
    expect((await ask('/v1/session', { method: 'DELETE', cookie })).status).toBe(200)
    expect(await codeOf(await ask('/v1/status', { cookie }))).toEqual([401, 'unauthenticated'])
  })
})
