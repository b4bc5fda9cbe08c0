import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PortalGrant, pageHeader } from '@kruispunt/contracts'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthenticator } from '../../../test/oracles/software-authenticator.ts'
import { openStore } from '../src/db/open.ts'
import { portalAccounts } from '../src/portal-accounts.ts'
import { coordinator, lab, type TestBroker } from './support/broker.ts'
import { command, refusalOf } from './support/command-line.ts'
import { startTestLab } from './support/lab.ts'

let now = Date.parse('2026-11-01T09:00:00.000Z')
let broker: TestBroker
let url: string
let folder: string
const outside = join(tmpdir(), 'kruispunt-outside.txt')
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kruispunt-page-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Portaal</title>')
  writeFileSync(join(folder, 'assets', 'app-1a2b3c.js'), 'export {}')
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, '.env'), 'secret')
  writeFileSync(outside, 'secret')
  const environment = { KRUISPUNT_PORTAL_PORT: '0', KRUISPUNT_PORTAL_FOLDER: folder }
  broker = (await startTestLab(['ggd', 'politie'], { now: () => now, environment })).broker
  url = broker.portalUrl as string
})
afterAll(async () => {
  await broker.destroy()
  rmSync(folder, { recursive: true })
  rmSync(outside)
})

const onAccounts = <T>(work: (accounts: ReturnType<typeof portalAccounts>) => T): T => {
  const store = openStore(join(broker.dataDir, 'broker.db'))
  try {
    return work(portalAccounts({ store, keys: broker.keys, now: () => now }))
  } finally {
    store.close()
  }
}
const grantOf = (role: PortalGrant['role'], of: string = lab) =>
  ({ lab: of, role, party: role === 'partner-reader' ? 'ggd' : null }) as PortalGrant
let people = 0
/** An account with these grants, and a code for it. */
function newPerson(...grants: PortalGrant[]) {
  const name = `persoon${(people += 1)}`
  return onAccounts((accounts) => {
    accounts.add({ name, displayName: `Persoon ${people}`, grants })
    return { name, code: accounts.makeLink(name, 15).code }
  })
}
type Asked = { method?: string; cookie?: string; headers?: Record<string, string>; json?: unknown }
/** As the page asks, unless said otherwise. */
const ask = (path: string, { method = 'GET', cookie, headers = {}, json }: Asked = {}) =>
  fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      origin: url,
      [pageHeader]: '1',
      ...(cookie === undefined ? {} : { cookie }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]
async function signIn(...grants: PortalGrant[]): Promise<string> {
  const { code } = newPerson(...grants)
  const answer = await ask('/v1/session/links', { method: 'POST', json: { code } })
  expect(answer.status).toBe(200)
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
}

describe('the portal serves its page and nothing else of the disk', () => {
  it('keeps hashed files for ever and asks for the page each time, whatever its address', async () => {
    const asset = await ask('/assets/app-1a2b3c.js')
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    expect(asset.headers.get('content-type')).toContain('javascript')
    for (const path of ['/', '/sign-in', `/labs/${lab}/requests`, '/index.html']) {
      const page = await ask(path)
      expect([path, page.status, page.headers.get('cache-control')]).toEqual([path, 200, 'no-store'])
      expect(await page.text()).toContain('<title>Portaal</title>')
    }
    expect((await ask('/favicon.svg')).headers.get('content-type')).toContain('image/svg+xml')
  })

  it.each([
    '/assets/none.js',
    '/none.txt',
    '/.env',
    '/assets/',
    '/assets/..%2f.env',
    '/..%2fkruispunt-outside.txt',
    '/v1/none',
    '/v1',
  ])('has nothing at %s', async (path) => {
    const answer = await ask(path)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(await answer.text()).not.toContain('secret')
  })

  it('tells browsers to run nothing that is not its own, on pages, files, answers and refusals', async () => {
    for (const path of ['/', '/assets/app-1a2b3c.js', '/v1/session', '/v1/labs/regio', '/v1/none']) {
      const { headers } = await ask(path)
      expect(headers.get('content-security-policy')?.split(';').sort(), path).toEqual(
        [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data:",
          "font-src 'self'",
          "connect-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'self'",
        ].sort(),
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('strict-transport-security'), 'not over plain HTTP').toBeNull()
    }
  })
})

describe('a person comes in by a link and goes out', () => {
  it('says who is there, with which roles, and until when', async () => {
    expect(await (await ask('/v1/session')).json()).toEqual({ state: 'signed-out' })
    const { name, code } = newPerson(grantOf('coordinator'))
    const signedIn = await ask('/v1/session/links', { method: 'POST', json: { code } })
    const setCookie = signedIn.headers.get('set-cookie') ?? ''
    expect(setCookie).toMatch(/^kruispunt-0=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/)
    const cookie = setCookie.split(';')[0] as string
    const expected = {
      state: 'signed-in',
      account: name,
      name: `Persoon ${people}`,
      grants: [{ lab, role: 'coordinator', party: null }],
      method: 'link',
      signedInAt: new Date(now).toISOString(),
      idleUntil: new Date(now + 30 * 60_000).toISOString(),
      endsAt: new Date(now + 12 * 3_600_000).toISOString(),
    }
    expect(await signedIn.json()).toEqual(expected)
    expect(await (await ask('/v1/session', { cookie })).json()).toEqual(expected)
    expect((await ask('/v1/session/links', { method: 'POST', json: { code } })).status).toBe(401)
    const out = await ask('/v1/session', { method: 'DELETE', cookie })
    expect(out.headers.get('set-cookie')).toContain('Expires=Thu, 01 Jan 1970')
    expect(await codeOf(await ask(`/v1/labs/${lab}`, { cookie }))).toEqual([401, 'unauthenticated'])
  })

  it('is still there after a restart, and gone half an hour after the last question', async () => {
    const cookie = await signIn(grantOf('auditor'))
    broker = await broker.restart()
    url = broker.portalUrl as string
    expect((await ask(`/v1/labs/${lab}`, { cookie })).status).toBe(200)
    now += 31 * 60_000
    expect(await codeOf(await ask(`/v1/labs/${lab}`, { cookie }))).toEqual([401, 'unauthenticated'])
  })

  it('keeps no code, cookie or name in its log', async () => {
    const { name, code } = newPerson(grantOf('auditor'))
    const answer = await ask('/v1/session/links', { method: 'POST', json: { code } })
    const token = /=([0-9a-f]{64})/.exec(answer.headers.get('set-cookie') ?? '')?.[1] as string
    for (const secret of [code, token, name]) expect(broker.logText()).not.toContain(secret)
  })
})

describe('a person makes own ways to sign in', () => {
  const json = async (answer: Response) => {
    expect(answer.status, await answer.clone().text()).toBe(200)
    return answer.json()
  }
  it('with a password and an app', async () => {
    const cookie = await signIn(grantOf('auditor'))
    const { secret, uri } = (await json(
      await ask('/v1/account/password/offers', { method: 'POST', cookie, json: {} }),
    )) as {
      secret: string
      uri: string
    }
    expect(uri).toMatch(/^otpauth:\/\/totp\/Kruispunt/)
    const code = () => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now })
    const wanted = { password: 'vier woorden achter elkaar', code: code() }
    expect(await json(await ask('/v1/account/password', { method: 'PUT', cookie, json: wanted }))).toMatchObject({
      hasPassword: true,
      sessions: [{ method: 'link', isThis: true }],
    })
    now += 30_000
    const attempt = { account: `persoon${people}`, ...wanted, code: code() }
    const right = await ask('/v1/session/passwords', { method: 'POST', json: attempt })
    expect(await json(right)).toMatchObject({ state: 'signed-in', method: 'password' })
    const twice = await ask('/v1/session/passwords', { method: 'POST', json: attempt })
    expect(await codeOf(twice)).toEqual([401, 'sign_in_failed'])
    const nobody = { ...attempt, account: 'niemand' }
    expect(await codeOf(await ask('/v1/session/passwords', { method: 'POST', json: nobody }))).toEqual([
      401,
      'sign_in_failed',
    ])
    for (const secretText of [secret, wanted.password]) expect(broker.logText()).not.toContain(secretText)
  })

  it('with a passkey, and takes it away again', async () => {
    const cookie = await signIn(grantOf('auditor'))
    const authenticator = createAuthenticator({ rpId: 'localhost', origin: url })
    type Question = { options: { challenge: string } }
    const asked = (await json(
      await ask('/v1/account/passkeys/options', { method: 'POST', cookie, json: {} }),
    )) as Question
    const added = { label: 'sleutelbos', response: authenticator.register(asked.options.challenge) }
    expect(await json(await ask('/v1/account/passkeys', { method: 'POST', cookie, json: added }))).toMatchObject({
      passkeys: [{ id: authenticator.id, label: 'sleutelbos' }],
    })
    const question = (await json(await ask('/v1/session/passkeys/options', { method: 'POST', json: {} }))) as Question
    const response = authenticator.assert(question.options.challenge)
    const signedIn = await ask('/v1/session/passkeys', { method: 'POST', json: { response } })
    expect(await json(signedIn)).toMatchObject({ state: 'signed-in', method: 'passkey' })
    const again = await ask('/v1/session/passkeys', { method: 'POST', json: { response } })
    expect(await codeOf(again)).toEqual([401, 'sign_in_failed'])
    const gone = await ask(`/v1/account/passkeys/${authenticator.id}`, { method: 'DELETE', cookie })
    expect(await json(gone)).toMatchObject({ passkeys: [], sessions: [{ isThis: true }] })
  })

  it('and sees and ends own sessions, which nobody else does', async () => {
    const cookie = await signIn(grantOf('auditor'))
    const { sessions } = (await json(await ask('/v1/account', { cookie }))) as { sessions: { id: string }[] }
    const other = await signIn(grantOf('auditor'))
    await ask(`/v1/account/sessions/${sessions[0]?.id}`, { method: 'DELETE', cookie: other })
    expect((await ask('/v1/account', { cookie })).status, 'not by another').toBe(200)
    await ask(`/v1/account/sessions/${sessions[0]?.id}`, { method: 'DELETE', cookie })
    expect(await codeOf(await ask('/v1/account', { cookie }))).toEqual([401, 'unauthenticated'])
  })
})

describe('a role opens what belongs to it', () => {
  const read = [`/v1/labs/${lab}`, `/v1/labs/${lab}/log/entries?from=0`, `/v1/labs/${lab}/log/checkpoints`]
  const statement = {
    envelope: { payloadType: 'x', payload: 'AAAA', signatures: [{ keyid: coordinator.keyId, sig: 'AAAA' }] },
  }

  it.each(['coordinator', 'auditor', 'partner-reader'] as const)('a %s reads the lab and its log', async (role) => {
    const cookie = await signIn(grantOf(role))
    for (const path of read) expect([path, (await ask(path, { cookie })).status]).toEqual([path, 200])
  })

  it('only a coordinator passes statements on, and those carry their own signature', async () => {
    const submit = async (role: PortalGrant['role']) =>
      codeOf(
        await ask(`/v1/labs/${lab}/statements`, {
          method: 'POST',
          cookie: await signIn(grantOf(role)),
          json: statement,
        }),
      )
    expect(await submit('auditor')).toEqual([403, 'forbidden'])
    expect(await submit('partner-reader')).toEqual([403, 'forbidden'])
    expect(await submit('coordinator')).toEqual([400, 'envelope_malformed'])
  })

  it('nobody at a browser does what is for nodes', async () => {
    const cookie = await signIn(grantOf('coordinator'))
    const path = `/v1/labs/${lab}/log/cosignatures`
    expect(await codeOf(await ask(path, { method: 'POST', cookie, json: { note: 'x' } }))).toEqual([403, 'forbidden'])
    for (const absent of ['/v1/enrolments', '/v1/session-challenges', '/v1/sessions'])
      expect(await codeOf(await ask(absent, { method: 'POST', cookie, json: {} }))).toEqual([404, 'not_found'])
  })

  it('shows no other lab, and loses a role when it is taken away', async () => {
    const cookie = await signIn(grantOf('coordinator'))
    expect(await codeOf(await ask('/v1/labs/elders', { cookie }))).toEqual([404, 'not_found'])
    onAccounts((accounts) => accounts.remove(`persoon${people}`))
    expect(await codeOf(await ask(`/v1/labs/${lab}`, { cookie }))).toEqual([401, 'unauthenticated'])
  })

  it('takes no token and no certificate: those are for the other door, which takes no cookie', async () => {
    const cookie = await signIn(grantOf('coordinator'))
    const authorization = { authorization: 'Bearer x.y.z' }
    expect(await codeOf(await ask(`/v1/labs/${lab}`, { headers: authorization }))).toEqual([401, 'unauthenticated'])
    const { anonymous } = await import('./support/lab.ts')
    const { status } = await anonymous(broker).send({ method: 'GET', path: `/v1/labs/${lab}`, headers: { cookie } })
    expect(status).toBe(401)
  })
})

describe('another site gets nothing done with the cookie of a person', () => {
  it.each([
    ['another origin', { origin: 'https://elders.nl' }],
    ['no header of the page', { [pageHeader]: '' }],
    ['another site, by Fetch Metadata', { 'sec-fetch-site': 'cross-site' }],
  ])('%s', async (_name, headers) => {
    const cookie = await signIn(grantOf('coordinator'))
    const statement = { method: 'POST', cookie, headers, json: { envelope: {} } }
    expect(await codeOf(await ask(`/v1/labs/${lab}/statements`, statement))).toEqual([403, 'cross_site'])
    expect(await codeOf(await ask('/v1/session', { method: 'DELETE', cookie, headers }))).toEqual([403, 'cross_site'])
    expect((await ask(`/v1/labs/${lab}`, { cookie })).status, 'still signed in').toBe(200)
  })
})

it('limits what anybody may ask, most of all guesses at a code', async () => {
  const guess = () => ask('/v1/session/links', { method: 'POST', json: { code: '0'.repeat(32) } })
  expect(await codeOf(await guess())).toEqual([401, 'sign_in_failed'])
  const limited = await startTestLab(['ggd', 'politie'], {
    environment: {
      KRUISPUNT_PORTAL_PORT: '0',
      KRUISPUNT_PORTAL_FOLDER: folder,
      KRUISPUNT_LIMITS_SIGN_INS_PER_MINUTE: '2',
    },
  })
  const other = limited.broker.portalUrl as string
  try {
    const statuses: number[] = []
    for (let at = 0; at < 3; at += 1) {
      const headers = { origin: other, [pageHeader]: '1', 'content-type': 'application/json' }
      const body = JSON.stringify({ code: '0'.repeat(32) })
      statuses.push((await fetch(`${other}/v1/session/links`, { method: 'POST', headers, body })).status)
    }
    expect(statuses).toEqual([401, 401, 429])
    expect((await fetch(`${other}/`)).headers.get('x-ratelimit-limit')).toBe('600')
  } finally {
    await limited.broker.destroy()
  }
})

describe('the operator manages people by command', () => {
  const run = (...args: string[]) =>
    command(['--json', '--data-dir', broker.dataDir, 'user', ...args], { KRUISPUNT_PORTAL_PORT: '8450' })
  it('adds, lists, links and removes', async () => {
    const added = await run(
      'add',
      '--name',
      'karin',
      '--display',
      'Karin Smit',
      '--role',
      `${lab}:coordinator`,
      `${lab}:partner-reader:ggd`,
    )
    expect(JSON.parse(added.out)).toEqual({ name: 'karin', roles: [`${lab}:coordinator`, `${lab}:partner-reader:ggd`] })
    expect(JSON.parse((await run('list')).out)).toContainEqual({
      name: 'karin',
      displayName: 'Karin Smit',
      roles: [`${lab}:coordinator`, `${lab}:partner-reader:ggd`],
    })
    const link = JSON.parse((await run('link', '--name', 'karin')).out) as { url: string }
    expect(link.url).toMatch(/^http:\/\/localhost:8450\/sign-in#code=[0-9a-f]{32}$/)
    expect(JSON.parse((await run('remove', '--name', 'karin')).out)).toEqual({ removed: 'karin' })
    expect(refusalOf(await run('link', '--name', 'karin'))).toMatchObject({
      exitCode: 3,
      problem: { code: 'account_unknown' },
    })
  })
  it.each([
    [['add', '--name', 'Karin', '--display', 'K', '--role', `${lab}:auditor`], 2],
    [['add', '--name', 'karin', '--display', 'K', '--role', `${lab}:steward`], 2],
    [['add', '--name', 'karin', '--display', 'K', '--role', `${lab}:partner-reader`], 2],
    [['add', '--name', 'karin', '--display', 'K', '--role', 'elders:auditor'], 3],
    [['link', '--name', 'karin', '--minutes', '61'], 2],
  ])('refuses %j', async (args, exitCode) => expect((await run(...args)).exitCode).toBe(exitCode))
})

it('listens elsewhere than on this machine only with a certificate of its own', async () => {
  const environment = { KRUISPUNT_PORTAL_PORT: '0', KRUISPUNT_PORTAL_HOST: '0.0.0.0' }
  await expect(startTestLab(['ggd', 'politie'], { environment })).rejects.toThrow('Without a certificate of its own')
})
