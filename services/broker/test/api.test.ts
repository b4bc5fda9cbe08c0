import fc from 'fast-check'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installPermissions } from '../src/plugins/permissions.ts'
import { openToAll } from '../src/routes/public.ts'
import { readCode } from './support/answers.ts'
import { lab } from './support/broker.ts'
import { anonymous, coordinatorClient, startTestLab } from './support/lab.ts'

type Operation = {
  parameters?: { name: string; in: string; required?: boolean }[]
  requestBody?: { content: Record<string, unknown> }
  responses: Record<string, { content?: Record<string, { schema?: unknown }> }>
  security?: Record<string, string[]>[]
}
type OpenApi = {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { securitySchemes: Record<string, { type: string }> }
}

let stage: Awaited<ReturnType<typeof startTestLab>>
let document: OpenApi
let operations: { method: 'GET' | 'POST' | 'PUT'; path: string; operation: Operation }[]

beforeAll(async () => {
  stage = await startTestLab(['ggd', 'politie'])
  document = (await anonymous(stage.broker).ask({ method: 'GET', path: '/v1/openapi.json' })) as OpenApi
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase() as 'GET',
      path,
      operation,
    })),
  )
})
afterAll(() => stage.broker.destroy())

describe('the interface describes itself in OpenAPI 3.1', () => {
  it('lists every route there is', () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'DELETE /v1/labs/{lab}/elements/{party}/{sha256}',
      'DELETE /v1/labs/{lab}/saved-tables/{saved}',
      'GET /v1/health',
      'GET /v1/labs/{lab}',
      'GET /v1/labs/{lab}/agreements/{agreementId}',
      'GET /v1/labs/{lab}/contributions',
      'GET /v1/labs/{lab}/cross-tabs',
      'GET /v1/labs/{lab}/dossier',
      'GET /v1/labs/{lab}/dossier/document',
      'GET /v1/labs/{lab}/elements/{party}/{sha256}',
      'GET /v1/labs/{lab}/jobs',
      'GET /v1/labs/{lab}/jobs/{requestId}',
      'GET /v1/labs/{lab}/jobs/{requestId}/link-quality',
      'GET /v1/labs/{lab}/log/checkpoints',
      'GET /v1/labs/{lab}/log/consistency-proofs',
      'GET /v1/labs/{lab}/log/copy',
      'GET /v1/labs/{lab}/log/entries',
      'GET /v1/labs/{lab}/log/inclusion-proofs',
      'GET /v1/labs/{lab}/releases/{release}/cross-tabs/{tableHash}',
      'GET /v1/labs/{lab}/saved-tables',
      'GET /v1/openapi.json',
      'POST /v1/enrolments',
      'POST /v1/labs/{lab}/contributions',
      'POST /v1/labs/{lab}/jobs/{requestId}/closings',
      'POST /v1/labs/{lab}/jobs/{requestId}/cross-tabs',
      'POST /v1/labs/{lab}/jobs/{requestId}/linked-cross-tabs',
      'POST /v1/labs/{lab}/log/cosignatures',
      'POST /v1/labs/{lab}/saved-tables',
      'POST /v1/labs/{lab}/saved-tables/{saved}/notes',
      'POST /v1/labs/{lab}/statements',
      'POST /v1/session-challenges',
      'POST /v1/sessions',
      'PUT /v1/labs/{lab}/contributions/{contribution}',
      'PUT /v1/labs/{lab}/dashboard',
      'PUT /v1/labs/{lab}/elements/{sha256}',
      'PUT /v1/labs/{lab}/extracts/{extractId}/columns/{column}',
      'PUT /v1/labs/{lab}/saved-tables/{saved}',
    ])
  })

  it('is a well-formed document: version, parameters of every path, answers, references that resolve', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
    for (const { method, path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      expect(declared.map(({ name }) => name).sort()).toEqual(named.sort())
      expect(declared.every(({ required }) => required === true)).toBe(true)
      const media =
        method === 'GET' && path.includes('/elements/')
          ? 'application/octet-stream'
          : path.endsWith('/log/copy')
            ? 'text/plain'
            : path.endsWith('/dossier/document')
              ? 'application/pdf'
              : 'application/json'
      expect(operation.responses['200']?.content?.[media]?.schema).toBeDefined()
      expect(operation.responses.default?.content?.['application/problem+json']?.schema).toBeDefined()
      for (const requirement of operation.security ?? [])
        for (const scheme of Object.keys(requirement))
          expect(document.components.securitySchemes).toHaveProperty(scheme)
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target)
    for (const target of references) {
      const found = target
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document)
      expect(found, target).toBeDefined()
    }
  })

  it('says of every route who it is for', () => {
    const isOpen = operations.filter(({ operation }) => operation.security?.length === 0).map(({ path }) => path)
    expect(isOpen.sort()).toEqual([
      '/v1/enrolments',
      '/v1/health',
      '/v1/openapi.json',
      '/v1/session-challenges',
      '/v1/sessions',
    ])
    expect(operations.every(({ operation }) => operation.security !== undefined)).toBe(true)
  })
})

const filled = (path: string) =>
  path
    .replace('{lab}', lab)
    .replace('{requestId}', 'ab'.repeat(16))
    .replace('{extractId}', 'cd'.repeat(16))
    .replace('{column}', 'wmo')

describe('a route is closed unless it says for whom it is open', () => {
  it('lets nobody in without a certificate or session', async () => {
    const client = anonymous(stage.broker)
    for (const { method, path, operation } of operations) {
      if (operation.security?.length === 0) continue
      const answer = await client.send({ method, path: filled(path), ...(method === 'GET' ? {} : { json: {} }) })
      expect(readCode(answer), path).toBe('unauthenticated')
    }
  })

  it('does not start with a route that forgot', async () => {
    const app = fastify()
    installPermissions(app, async () => undefined)
    expect(() => app.get('/forgotten', async () => ({}))).toThrow('names no permission')
    expect(() => app.get('/misspelt', { config: { permission: 'everybody' as never } }, async () => ({}))).toThrow()
    expect(() => app.get('/flooded', { config: { permission: 'public' } }, async () => ({}))).toThrow('has no limit')
    expect(() => app.get('/public', { config: openToAll }, async () => ({}))).not.toThrow()
    await app.close()
  })

  it('takes a certificate that was not issued here for no certificate', async () => {
    const { makeParty } = await import('./support/party.ts')
    const { createAuthority, issueNodeCertificate } = await import('../src/certificates/authority.ts')
    const { createApiClient } = await import('../src/cli/api-client.ts')
    const forge = (await import('node-forge')).default
    const party = makeParty('ggd')
    const other = await createAuthority('broker.test', new Date())
    const publicKey = forge.pki.publicKeyFromPem(party.tlsPublicKeyPem)
    for (const authority of [other, stage.broker.keys.authority]) {
      const certificate = issueNodeCertificate(authority, publicKey, { lab, party: 'ggd' }, new Date())
      const caCertificate = stage.broker.keys.authority.certificatePem
      const client = createApiClient({ url: stage.broker.url, caCertificate, certificate, key: party.tlsKeyPem })
      // Also with the right authority: only the very certificate of an enrolment counts.
      expect(readCode(await client.send({ method: 'GET', path: `/v1/labs/${lab}` }))).toBe('unauthenticated')
    }
  })
})

describe('malformed input gives a problem, and the process goes on (attack 49)', () => {
  const secrets = ['123456782', 'Jansen', 'geheim']
  it('on every route, for every kind of caller', async () => {
    const [member] = stage.members
    if (!member) throw new Error('no member')
    const { client: session } = await coordinatorClient(stage.broker)
    const callers = [anonymous(stage.broker), session, member.client(stage.broker)]
    const bodies = [
      '{',
      'null',
      '[]',
      '"123456782"',
      '{"__proto__":{"a":1}}',
      '{"constructor":1,"geheim":"Jansen"}',
      '{"lab":"geheim"}',
      '\ud800',
      '0'.repeat(300_000),
    ]
    for (const { method, path } of operations) {
      if (method === 'GET') continue
      for (const client of callers)
        for (const body of bodies) {
          const type = method === 'PUT' ? 'application/octet-stream' : 'application/json'
          const answer = await client.send({
            method,
            path: filled(path),
            bytes: Buffer.from(body),
            headers: { 'content-type': type },
          })
          // A column may hold any bytes.
          if (method === 'PUT' && answer.status === 200) continue
          expect(answer.status, `${path} ${body.slice(0, 20)}`).toBeGreaterThanOrEqual(400)
          expect(answer.status, `${path} ${body.slice(0, 20)}`).toBeLessThan(500)
          readCode(answer)
          expect(secrets.filter((secret) => answer.text.includes(secret))).toEqual([])
        }
    }
    expect(stage.broker.logText()).not.toMatch(/123456782|Jansen/)
    expect((await anonymous(stage.broker).send({ method: 'GET', path: '/v1/health' })).status).toBe(200)
  }, 60_000)

  it('lists everything that is wrong, at once', async () => {
    const answer = await anonymous(stage.broker).send({
      method: 'POST',
      path: '/v1/enrolments',
      json: { lab: 'X', party: 7 },
    })
    expect(readCode(answer)).toBe('invalid_request')
    const paths = JSON.parse(answer.text).violations.map(({ path }: { path: string }) => path)
    expect(paths).toEqual(expect.arrayContaining(['body.lab', 'body.party', 'body.token', 'body.nodeKey']))
  })

  it('with whatever JSON in place of an envelope', async () => {
    const [member] = stage.members
    if (!member) throw new Error('no member')
    const client = member.client(stage.broker)
    const asEnvelope = fc.record({
      payloadType: fc.string(),
      payload: fc.oneof(fc.base64String(), fc.string()),
      signatures: fc.array(fc.record({ keyid: fc.constant('ab'.repeat(16)), sig: fc.base64String() }), {
        maxLength: 3,
      }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json().map((text) => JSON.parse(text)),
          asEnvelope,
        ),
        async (envelope) => {
          const answer = await client.send({ method: 'POST', path: `/v1/labs/${lab}/statements`, json: { envelope } })
          expect(answer.status).toBeGreaterThanOrEqual(400)
          expect(answer.status).toBeLessThan(500)
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each([
    '/',
    '/v1',
    '/v1/nothing',
    '/v1/labs',
    '/v1/labs/%zz',
    `/v1/labs/${'x'.repeat(5000)}`,
    '/v1/labs/regio?a=1',
  ])('an address that is none: %#', async (path) => {
    const { client } = await coordinatorClient(stage.broker)
    const answer = await client.send({ method: 'GET', path: path.slice(0, 6000) })
    expect(['not_found', 'invalid_request']).toContain(readCode(answer))
  })

  it.each(['GET / HTTP/9.9\r\n\r\n', 'nonsense\r\n\r\n', 'GET / HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n'])(
    'not even HTTP: %j',
    async (text) => {
      const { connect } = await import('node:tls')
      const port = Number(new URL(stage.broker.url).port)
      const ca = stage.broker.keys.authority.certificatePem
      const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca })
      socket.write(text)
      let answer = ''
      for await (const chunk of socket) answer += String(chunk)
      expect(answer).toMatch(/^HTTP\/1.1 400 [\s\S]*application\/problem\+json[\s\S]*invalid_request/)
    },
  )

  it('counts a bad request in the log by pattern and code, without what was asked', async () => {
    const { client } = await coordinatorClient(stage.broker)
    await client.send({ method: 'GET', path: `/v1/labs/${lab}/log/entries?from=geheim` })
    const lines = stage.broker
      .logText()
      .split('\n')
      .filter((line) => line.includes('log/entries'))
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      route: '/v1/labs/:lab/log/entries',
      status: 400,
      code: 'invalid_request',
    })
    expect(lines.join()).not.toContain('geheim')
  })
})
