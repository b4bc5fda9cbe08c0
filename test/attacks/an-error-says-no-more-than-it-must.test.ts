import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { citizenNumbers } from '../scenarios/support/hostile/people.ts'

const minutes = 60_000
let lab: AttackLab

beforeAll(async () => {
  lab = await startAttackLab({ upTo: 'keyed' })
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

type Prepared = {
  readonly report: {
    readonly subjects: {
      readonly bsn: { readonly valid: number }
      readonly keys: readonly { readonly keyId: string; readonly withValue: number }[]
    }
    readonly findings: readonly {
      readonly code: string
      readonly rows: readonly number[]
      readonly values: readonly string[]
    }[]
  }
}
/** What a program says of itself when it is careless. */
const careless = /\bat [\w.<>]+ \(|node_modules|\.ts:\d|file:\/\/|SQLITE|ZodError|TypeError|RangeError|SyntaxError/
/** Lines of a log that say too much. */
const told = (output: string) =>
  output
    .split('\n')
    .filter((line) => careless.test(line))
    .slice(0, 3)
type Route = { readonly path: string; readonly method: string }
type OpenApi = { readonly paths: Record<string, Record<string, unknown>> }

function routesOf(description: OpenApi, fill: Readonly<Record<string, string>>): Route[] {
  return Object.entries(description.paths).flatMap(([pattern, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => fill[name] ?? 'ab'.repeat(16)),
    })),
  )
}

const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
/** Bodies that mean nothing, or something else than they seem. */
const bodies: Readonly<Record<string, string | Buffer>> = {
  nothing: '',
  'half of something': '{"envelope":{"payload":"',
  'no JSON': '<html></html>',
  null: 'null',
  'a list': '[]',
  'a number': '1e999',
  'nested without end': deep,
  'the prototype': '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
  'other types':
    '{"envelope":7,"note":{},"officer":[],"passphrase":{},"lab":null,"party":3,"keyId":false,"agreement":{}}',
  'bytes that are no text': Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x80]),
  'zero bytes': '\0'.repeat(64),
}

async function refusesEverything(
  url: string,
  routes: readonly Route[],
  send: (route: Route, body: string | Buffer, type: string) => Promise<{ status: number; text: string }>,
) {
  expect(url).toMatch(/^https?:/)
  expect(routes.length).toBeGreaterThan(8)
  for (const route of routes)
    for (const [name, body] of Object.entries(bodies))
      for (const type of ['application/json', 'text/plain']) {
        if (route.method === 'GET' && name !== 'nothing') continue
        const where = `${route.method} ${route.path} with ${name} as ${type}`
        const { status, text } = await send(route, body, type)
        expect([where, status]).toEqual([where, status < 500 || status === 501 ? status : 'a refusal'])
        expect([where, careless.exec(text)?.[0] ?? null]).toEqual([where, null])
        if (status >= 400)
          expect([where, (JSON.parse(text) as { code?: string }).code]).toEqual([where, expect.any(String)])
      }
}

describe('an error says no more than it must', () => {
  it(
    'attack 49: every endpoint of the broker answers nonsense with a refusal of its own, and goes on',
    async () => {
      const description = JSON.parse((await lab.relay.call('ggd', 'GET', '/v1/openapi.json')).body.toString('utf8'))
      const routes = routesOf(description as OpenApi, { lab: lab.lab, column: 'x' })
      const { certificate, tlsKey } = await lab.keysOf('ggd')
      const { Agent } = await import('undici')
      const dispatcher = new Agent({
        connect: { ca: lab.keys.authority.certificatePem, cert: certificate, key: tlsKey },
      })
      await refusesEverything(lab.broker.url(), routes, async ({ method, path }, body, type) => {
        const reply = await request(`${lab.broker.url()}${path}`, {
          dispatcher,
          method: method as 'POST',
          headers: method === 'GET' ? {} : { 'content-type': type },
          body: method === 'GET' ? null : body,
        })
        return { status: reply.statusCode, text: await reply.body.text() }
      })
      await dispatcher.close()
      expect(told(lab.broker.output())).toEqual([])
      expect((await lab.relay.call('ggd', 'GET', '/v1/health')).status).toBe(200)
    },
    3 * minutes,
  )

  it(
    'attack 49: every endpoint of a node does the same',
    async () => {
      const node = lab.node('politie')
      const { body: description } = await node.ask<OpenApi>('GET', '/openapi.json')
      const { readFileSync } = await import('node:fs')
      const { join } = await import('node:path')
      const token = readFileSync(join(node.folder, 'api-token'), 'utf8').trim()
      const passphrase = lab.passphraseOf('politie')
      await refusesEverything(node.url(), routesOf(description, {}), async ({ method, path }, body, type) => {
        const reply = await request(`${node.url()}${path}`, {
          method: method as 'POST',
          headers: { authorization: `Bearer ${token}`, ...(method === 'GET' ? {} : { 'content-type': type }) },
          body: method === 'GET' ? null : body,
        })
        return { status: reply.statusCode, text: await reply.body.text() }
      })
      expect(told(node.output())).toEqual([])
      expect(node.output()).not.toContain(passphrase)
      expect((await node.ask('GET', '/health')).status).toBe(200)
    },
    3 * minutes,
  )

  it(
    'attack 39: a number that is none is refused by its row, and is written nowhere',
    async () => {
      const node = lab.node('gemeente')
      const bad = ['000000000', '123456789', '12345678', '１２３４５６７８２', '1234567820', '12345678a']
      const [good = ''] = citizenNumbers(1)
      const csv = ['bsn,bekend', `${good},ja`, ...bad.map((number) => `${number},nee`)].join('\n')
      const inspected = await node.ask<{ file: string; mapping: { field: string; column: number | null }[] }>(
        'POST',
        '/deliveries/inspections',
        csv,
      )
      expect(inspected.status).toBe(200)
      const { file, mapping } = inspected.body
      const order = { file, mapping: Object.fromEntries(mapping.map(({ field, column }) => [field, column])) }
      const prepared = await node.ask<Prepared>('POST', '/deliveries/preparations', order)
      expect(prepared.status).toBe(201)
      const { subjects, findings } = prepared.body.report
      // Of the seven only the good one has a number, so only it has a token; the others are named by row.
      expect(subjects.bsn.valid).toBe(1)
      expect(subjects.keys).toEqual([expect.objectContaining({ keyId: 'B1', withValue: 1 })])
      const named = findings.filter(({ code }) => code.startsWith('bsn_'))
      expect(named.flatMap(({ rows }) => rows).sort()).toEqual([3, 4, 5, 6, 7, 8])
      expect(named.flatMap(({ values }) => values)).toEqual([])
      const said = JSON.stringify([inspected.body, prepared.body])
      for (const number of [...bad, good]) {
        expect([number, said.includes(number)]).toEqual([number, false])
        for (const each of [...lab.nodes.map((one) => one.output()), lab.broker.output()])
          expect([number, each.includes(number)]).toEqual([number, false])
      }
    },
    2 * minutes,
  )
})
