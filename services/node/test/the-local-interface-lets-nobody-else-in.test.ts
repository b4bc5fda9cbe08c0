import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp, requireSafeAddress } from '../src/app.ts'
import { nodeProblem } from '../src/problems/codes.ts'
import { type Lab, officer, passphraseOf, startLab } from './support/three-partners.ts'

let lab: Lab
let app: FastifyInstance
let token: string
const routes: { method: string; url: string; access: unknown }[] = []
beforeAll(async () => {
  lab = await startLab(['gemeente', 'politie'])
  await lab.acceptRoster()
  lab.propose()
  const { node } = lab.partner('gemeente')
  await node.agent.tick()
  token = node.apiToken()
  app = await buildApp({ node, token, logLevel: 'silent', console: { folder: 'none', port: 0 } })
  const { paths } = app.swagger() as { paths: Record<string, Record<string, unknown>> }
  for (const [url, methods] of Object.entries(paths))
    for (const method of Object.keys(methods)) routes.push({ method: method.toUpperCase(), url, access: undefined })
})
afterAll(async () => {
  await app.close()
  await lab.end()
})

const call = (method: string, url: string, options: { token?: string | undefined; body?: object } = { token }) =>
  app.inject({
    method: method as 'GET',
    url: url.replaceAll(/\{[a-zA-Z]+\}/g, 'a'.repeat(64)),
    headers: options.token === undefined ? {} : { authorization: `Bearer ${options.token}` },
    ...(options.body === undefined ? {} : { payload: options.body }),
  })

describe('the local interface lets nobody else in', () => {
  it('answers no route but health and its own description without the token', async () => {
    expect(routes.length).toBeGreaterThan(15)
    for (const { method, url } of routes) {
      // A browser that is not signed in yet: what it may do is in the tests of the console.
      if (url === '/v1/health' || /^\/v1\/(?:session|account)/.test(url)) continue
      for (const wrong of [undefined, 'f'.repeat(64), token.toUpperCase(), `${token}0`]) {
        const answer = await call(method, url, { token: wrong })
        expect([method, url, answer.statusCode, answer.json().code]).toStrictEqual([
          method,
          url,
          401,
          'unauthenticated',
        ])
      }
    }
  })
  it('listens on this machine only, unless it has a certificate of its own', () => {
    expect(() => requireSafeAddress('0.0.0.0', undefined)).toThrow(expect.objectContaining({ code: 'listen_refused' }))
    expect(() => requireSafeAddress('192.168.1.10', undefined)).toThrow(
      expect.objectContaining({ code: 'listen_refused' }),
    )
    expect(() => requireSafeAddress('127.0.0.1', undefined)).not.toThrow()
    expect(() => requireSafeAddress('0.0.0.0', { cert: 'pem', key: 'pem' })).not.toThrow()
  })
  it('does not start with a route that says not who may call it', async () => {
    const { default: fastify } = await import('fastify')
    const { installAccess } = await import('../src/plugins/access.ts')
    const bare = fastify()
    installAccess(bare, token, {} as never)
    expect(() => bare.get('/anything', async () => ({}))).toThrow('names no access')
    expect(() => bare.get('/anything', { config: { access: 'local' } }, async () => ({}))).toThrow('names no access')
    expect(() => bare.get('/anything', { config: { access: 'public' } }, async () => ({}))).toThrow('has no limit')
  })
  it('names every violation by its place and never repeats a value', async () => {
    const body = { officer: 3, passphrase: 'geheim', shortCode: '', extra: 'geheim' }
    const answer = await call('POST', '/v1/roster/acceptances', { token, body })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    const problem = nodeProblem.parse(answer.json())
    expect(problem.violations?.length).toBeGreaterThan(2)
    expect(answer.body).not.toContain('geheim')
  })
  it('decides only with an officer passphrase, token or not', async () => {
    const [agreement] = (await call('GET', '/v1/agreements')).json() as { id: string; shortCode: string }[]
    const decide = (passphrase: string) =>
      call('POST', `/v1/agreements/${agreement?.id}/decisions`, {
        token,
        body: { officer, passphrase, shortCode: agreement?.shortCode, decision: 'approved' },
      })
    const refused = await decide(passphraseOf('politie'))
    expect([refused.statusCode, refused.json().code]).toStrictEqual([403, 'passphrase_wrong'])
    const signed = await decide(passphraseOf('gemeente'))
    expect(signed.statusCode).toBe(200)
    expect(signed.json()).toMatchObject({ index: lab.broker.entries.length - 1 })
    for (let attempt = 0; attempt < 25; attempt += 1) await decide('gokken gokken')
    expect((await decide(passphraseOf('gemeente'))).json().code).toBe('too_many_requests')
  })
  it('shows status, roster, agreements with their text, ceremonies, requests and the verified log', async () => {
    const read = async (url: string) => {
      const answer = await call('GET', url)
      expect([url, answer.statusCode]).toStrictEqual([url, 200])
      expect(answer.headers['api-version']).toBe('1')
      return answer.json()
    }
    expect(await read('/v1/status')).toMatchObject({ party: 'gemeente', rosterAccepted: true })
    expect(await read('/v1/fingerprints')).toMatchObject({ officers: [{ name: officer }] })
    expect(await read('/v1/roster')).toMatchObject({ parties: [{ accepted: true }, { accepted: true }] })
    const [agreement] = await read('/v1/agreements')
    const dutch = await read(`/v1/agreements/${agreement.id}`)
    const english = await read(`/v1/agreements/${agreement.id}?lang=en`)
    expect(dutch.text).toContain(agreement.shortCode)
    expect(english.text).toContain('SHARING AGREEMENT')
    expect(await read('/v1/ceremonies')).toHaveLength(1)
    expect(await read('/v1/requests')).toStrictEqual([])
    expect(await read('/v1/log/verification')).toMatchObject({ valid: true })
    const copy = await call('GET', '/v1/log/copy')
    expect([copy.statusCode, copy.headers['content-type']]).toStrictEqual([200, 'text/plain; charset=utf-8'])
    expect(copy.body.split('\n')[0]).toContain('"format":"kruispunt-log/1"')
    expect((await call('GET', '/v1/agreements/niets')).json().code).toBe('invalid_request')
    expect((await call('GET', `/v1/agreements/${'0'.repeat(64)}`)).json().code).toBe('agreement_unknown')
    expect((await call('GET', '/v1/niets')).json().code).toBe('not_found')
  })
  it('passes on why the broker refused, and says when it is down', async () => {
    const body = { agreement: ((await call('GET', '/v1/agreements')).json() as { id: string }[])[0]?.id }
    const none = await call('POST', '/v1/ceremonies/abandonments', { token, body })
    expect(none.json().code).toBe('ceremony_not_running')
    await lab.broker.stop()
    const restart = await call('POST', '/v1/ceremonies/restarts', { token, body })
    expect(restart.json().code).toBe('ceremony_not_aborted')
    expect((await call('GET', '/v1/status')).json().broker.name).toBe('schakelpunt.test')
    await lab.broker.start()
  })
})
