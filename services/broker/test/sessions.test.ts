import { createHash, createHmac, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyId, LabId } from '@kruispunt/contracts'
import { randomHex, toHex } from '@kruispunt/crypto'
import fastify from 'fastify'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { challengeMessage } from '../src/sessions/challenge-message.ts'
import { createTokens } from '../src/sessions/tokens.ts'
import { readCode } from './support/answers.ts'
import { coordinator, lab, startTestBroker, type TestBroker } from './support/broker.ts'
import { anonymous, coordinatorClient } from './support/lab.ts'
import { keyOf } from './support/party.ts'

let broker: TestBroker
let now = Date.parse('2026-11-01T09:00:00.000Z')
beforeAll(async () => {
  broker = await startTestBroker({ now: () => now })
})
afterAll(() => broker.destroy())

const path = `/v1/labs/${lab}`
/** By the program that signed in, which proves its key; with this token in place of its own. */
async function withToken(change: (token: string) => string) {
  const { client, token } = await coordinatorClient(broker)
  client.useToken(change(token))
  return client.send({ method: 'GET', path })
}
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))
const ask = (target: string, json: unknown) =>
  anonymous(broker).send({ method: 'POST', path: target, json, withProof: target === '/v1/sessions' })
async function newChallenge(keyId: string = coordinator.keyId, of: string = lab): Promise<string> {
  return JSON.parse((await ask('/v1/session-challenges', { lab: of, keyId })).text).challenge
}

describe('a session opens with the coordinator key and a fresh challenge', () => {
  it('reads the lab', async () => {
    const answer = await withToken((token) => token)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({
      lab,
      title: 'Proefregio',
      parties: [],
      rosterHash: null,
      logSize: 0,
    })
  })

  it('refuses a challenge twice, of another key, of another lab, too late, or never issued', async () => {
    const { keyId } = coordinator
    const answerTo = (challenge: string, key = coordinator, of: string = lab) => ({
      lab: of,
      keyId: key.keyId,
      challenge,
      signature: toHex(key.sign(challengeMessage(of, key.keyId, challenge))),
    })
    const used = await newChallenge()
    expect((await ask('/v1/sessions', answerTo(used))).status).toBe(200)
    expect(readCode(await ask('/v1/sessions', answerTo(used)))).toBe('unauthenticated')
    const stranger = keyOf('stranger')
    const ofStranger = await newChallenge(stranger.keyId)
    expect(readCode(await ask('/v1/sessions', answerTo(ofStranger, stranger)))).toBe('unauthenticated')
    const swapped = await newChallenge()
    expect(readCode(await ask('/v1/sessions', { ...answerTo(swapped, stranger), keyId }))).toBe('unauthenticated')
    const elsewhere = await newChallenge(keyId, 'elders')
    expect(readCode(await ask('/v1/sessions', answerTo(elsewhere, coordinator, 'elders')))).toBe('unauthenticated')
    expect(readCode(await ask('/v1/sessions', answerTo(randomHex(32))))).toBe('unauthenticated')
    const late = await newChallenge()
    now += 120_000
    expect(readCode(await ask('/v1/sessions', answerTo(late)))).toBe('unauthenticated')
  })
})

describe('a token that was tampered with opens nothing', () => {
  const mangle: [
    string,
    (header: object, claims: Record<string, unknown>, rest: { signature: string; token: string }) => string,
  ][] = [
    ['alg none', (header, claims) => `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`],
    [
      'alg none with the old signature',
      (header, claims, { signature }) => `${encode({ ...header, alg: 'none' })}.${encode(claims)}.${signature}`,
    ],
    [
      'another lab',
      (header, claims, { signature }) => `${encode(header)}.${encode({ ...claims, lab: 'elders' })}.${signature}`,
    ],
    [
      'a later end',
      (header, claims, { signature }) =>
        `${encode(header)}.${encode({ ...claims, exp: Number(claims.exp) + 9999 })}.${signature}`,
    ],
    [
      'another key to be proven',
      (header, claims, { signature }) => `${encode(header)}.${encode({ ...claims, cnf: { jkt: 'x' } })}.${signature}`,
    ],
    ['an empty signature', (header, claims) => `${encode(header)}.${encode(claims)}.`],
    ['half of it', (_header, _claims, { token }) => token.slice(0, token.length / 2)],
  ]
  it.each(mangle)('attack 40: %s', async (_name, change) => {
    const answer = await withToken((token) => {
      const [header, claims, signature = ''] = token.split('.')
      return change(decode(header), decode(claims), { signature, token })
    })
    expect(readCode(answer)).toBe('unauthenticated')
    expect(answer.status).toBe(401)
  })

  it('attack 40: a token signed by another key, in each algorithm, with everything else right', async () => {
    const forge = (algorithm: string, signed: (body: string) => Buffer) => (token: string) => {
      const [header, claims] = token.split('.')
      const body = `${encode({ ...decode(header), alg: algorithm })}.${claims}`
      return `${body}.${signed(body).toString('base64url')}`
    }
    const { privateKey } = generateKeyPairSync('ed25519')
    const own = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))
    expect(readCode(await withToken(forge('EdDSA', (body) => sign(null, Buffer.from(body), own))))).toBe(
      'unauthenticated',
    )
    // The classic: the public half of a pair used as a shared secret. Any secret must fail.
    for (const algorithm of ['HS256', 'HS512'])
      expect(
        readCode(
          await withToken(
            forge(algorithm, (body) =>
              createHmac(algorithm.replace('HS', 'sha'), toHex(coordinator.publicKey)).update(body).digest(),
            ),
          ),
        ),
      ).toBe('unauthenticated')
  })

  it('attack 40: a token past its ten minutes, though its proof is new', async () => {
    const { client } = await coordinatorClient(broker)
    expect((await client.send({ method: 'GET', path })).status).toBe(200)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 })
    try {
      expect(readCode(await client.send({ method: 'GET', path }))).toBe('unauthenticated')
    } finally {
      vi.useRealTimers()
    }
  })

  it('attack 40: a token of another type, algorithm, issuer or audience', async () => {
    const { token } = await coordinatorClient(broker)
    const [header, claims] = token.split('.')
    expect(decode(header)).toEqual({ alg: 'EdDSA', typ: 'kruispunt-session+jwt' })
    const { iss, aud, exp, iat } = decode(claims)
    expect({ iss, aud, seconds: exp - iat }).toEqual({ iss: 'broker.test', aud: 'broker.test/v1', seconds: 600 })
    // By the same code, at a broker of another name.
    const stranger = fastify()
    const foreign = await createTokens(stranger, 'elders.test', () => now)
    const thumbprint = 'x'
    const { token: elsewhere } = foreign.issue({ lab: lab as LabId, keyId: coordinator.keyId as KeyId, thumbprint })
    await stranger.close()
    expect(readCode(await withToken(() => elsewhere))).toBe('unauthenticated')
    for (const name of ['typ', 'alg'])
      expect(
        readCode(
          await withToken((own) => {
            const [first, ...rest] = own.split('.')
            return [encode({ ...decode(first), [name]: 'JWT' }), ...rest].join('.')
          }),
        ),
      ).toBe('unauthenticated')
  })

  it('is of no use after a restart, nor at another broker', async () => {
    const { client } = await coordinatorClient(broker)
    broker = await broker.restart()
    const { token } = await coordinatorClient(broker)
    expect(token).toBeDefined()
    const old = anonymous(broker)
    old.useToken('ended')
    expect(readCode(await old.send({ method: 'GET', path }))).toBe('unauthenticated')
    client.close()
  })

  it.each(['', 'Basic abc', 'DPoP', 'DPoP a b', 'DPoP ..', 'dpop x', 'Bearer x'])(
    'not a token: %j',
    async (authorization) => {
      const answer = await anonymous(broker).send({ method: 'GET', path, headers: { authorization } })
      expect(readCode(answer)).toBe('unauthenticated')
    },
  )
})

describe('a stolen token is of no use without the key of the program it was given to', () => {
  const bearer = (token: string, headers: Record<string, string>) =>
    anonymous(broker).send({ method: 'GET', path, headers: { authorization: `DPoP ${token}`, ...headers } })
  type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>
  /** A proof like the thief could make, with one thing wrong or borrowed. */
  async function proofBy(key: KeyPair, token: string, change: { header?: object; claims?: object } = {}) {
    const claims = {
      jti: randomHex(16),
      htm: 'GET',
      htu: `${broker.url}${path}`,
      ath: createHash('sha256').update(token).digest('base64url'),
      iat: Math.floor(now / 1000),
      ...change.claims,
    }
    const jwk = await exportJWK(key.publicKey)
    return new SignJWT(claims)
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'EdDSA', jwk, ...change.header } as never)
      .sign(key.privateKey)
  }
  /** A session whose key is known here, as it is to its own program. */
  async function openSession() {
    const key = (await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })) as KeyPair
    const { keyId } = coordinator
    const challenge = await newChallenge()
    const json = { lab, keyId, challenge, signature: toHex(coordinator.sign(challengeMessage(lab, keyId, challenge))) }
    const claims = { htm: 'POST', htu: `${broker.url}/v1/sessions`, ath: undefined }
    const dpop = await proofBy(key, '', { claims })
    const answer = await anonymous(broker).send({ method: 'POST', path: '/v1/sessions', json, headers: { dpop } })
    expect(answer.status).toBe(200)
    return { key, token: JSON.parse(answer.text).token as string }
  }

  it('attack 40: without a proof, with that of another key, and with a proof used twice', async () => {
    const { key, token } = await openSession()
    expect(readCode(await bearer(token, {}))).toBe('unauthenticated')
    const thief = (await generateKeyPair('EdDSA', { crv: 'Ed25519' })) as KeyPair
    expect(readCode(await bearer(token, { dpop: await proofBy(thief, token) }))).toBe('unauthenticated')
    const dpop = await proofBy(key, token)
    expect((await bearer(token, { dpop })).status, 'the program itself').toBe(200)
    expect(readCode(await bearer(token, { dpop })), 'seen on its way and sent again').toBe('unauthenticated')
  })

  it.each<[string, { header?: object; claims?: object }]>([
    ['another method', { claims: { htm: 'POST' } }],
    ['another address', { claims: { htu: 'https://localhost/v1/labs/elders' } }],
    ['another token', { claims: { ath: createHash('sha256').update('x').digest('base64url') } }],
    ['no token', { claims: { ath: undefined } }],
    ['long ago', { claims: { iat: Math.floor(Date.parse('2026-10-01') / 1000) } }],
    ['still to come', { claims: { iat: Math.floor(Date.parse('2027-10-01') / 1000) } }],
    ['no number of its own', { claims: { jti: undefined } }],
    ['another type', { header: { typ: 'JWT' } }],
    ['no key in it', { header: { jwk: undefined } }],
  ])('attack 40: a proof by the right key for %s', async (_name, change) => {
    const { key, token } = await openSession()
    expect(readCode(await bearer(token, { dpop: await proofBy(key, token, change) }))).toBe('unauthenticated')
  })

  it.each(['', 'x', 'x.y.z', `${'a'.repeat(5000)}.b.c`])('attack 40: %j is no proof', async (dpop) => {
    const { token } = await openSession()
    expect(readCode(await bearer(token, { dpop }))).toBe('unauthenticated')
  })

  it('attack 40: a symmetric or private key in a proof is no key', async () => {
    const { key, token } = await openSession()
    const secret = { kty: 'oct', k: Buffer.from('secret').toString('base64url') }
    const withPrivate = await exportJWK(key.privateKey)
    for (const jwk of [secret, withPrivate])
      expect(readCode(await bearer(token, { dpop: await proofBy(key, token, { header: { jwk } }) }))).toBe(
        'unauthenticated',
      )
  })

  it('opens no session without a proof, and keeps the query out of what is proven', async () => {
    const { keyId } = coordinator
    const challenge = await newChallenge()
    const json = { lab, keyId, challenge, signature: toHex(coordinator.sign(challengeMessage(lab, keyId, challenge))) }
    const answer = await anonymous(broker).send({ method: 'POST', path: '/v1/sessions', json })
    expect(readCode(answer)).toBe('unauthenticated')
    const { client } = await coordinatorClient(broker)
    expect((await client.send({ method: 'GET', path: `${path}/log/entries?from=0` })).status).toBe(200)
  })
})

describe('a session stands for no decision', () => {
  it('attack 40: there is no route by which a token approves, releases or asks; only statements with their own signature pass', async () => {
    const { client } = await coordinatorClient(broker)
    for (const kind of ['request-approval', 'agreement-approval', 'key-release', 'request']) {
      const payload = Buffer.from(JSON.stringify({ kind, lab, keyId: coordinator.keyId })).toString('base64')
      const signatures = [{ keyid: coordinator.keyId, sig: Buffer.alloc(64).toString('base64') }]
      const envelope = { payloadType: `application/vnd.datalab.${kind}.v1+json`, payload, signatures }
      const answer = await client.send({ method: 'POST', path: `${path}/statements`, json: { envelope } })
      expect([kind, answer.status >= 400 && answer.status < 500]).toEqual([kind, true])
    }
    for (const target of ['approvals', 'releases', 'requests', 'key-releases', 'agreements/x/approvals'])
      expect(readCode(await client.send({ method: 'POST', path: `${path}/${target}`, json: {} }))).toBe('not_found')
  })

  it.each([
    ['POST', `${path}/log/cosignatures`, { note: 'x' }],
    ['PUT', `${path}/extracts/${'ab'.repeat(16)}/columns/token:B1`, undefined],
  ] as const)('%s %s is for nodes', async (method, target, json) => {
    const { client } = await coordinatorClient(broker)
    const request =
      json === undefined ? { method, path: target, bytes: new Uint8Array(1) } : { method, path: target, json }
    expect(readCode(await client.send(request))).toBe('forbidden')
  })

  it('sees no other lab', async () => {
    const { client } = await coordinatorClient(broker)
    expect(readCode(await client.send({ method: 'GET', path: '/v1/labs/elders' }))).toBe('not_found')
  })
})

it('makes guessing slow: sign-ins and enrolments are limited per minute', async () => {
  const limited = await startTestBroker({ environment: { KRUISPUNT_LIMITS_SIGN_INS_PER_MINUTE: '3' } })
  try {
    const client = anonymous(limited)
    const codes: number[] = []
    for (let at = 0; at < 5; at += 1)
      codes.push(
        (await client.send({ method: 'POST', path: '/v1/session-challenges', json: { lab, keyId: coordinator.keyId } }))
          .status,
      )
    expect(codes).toEqual([200, 200, 200, 429, 429])
    const last = await client.send({
      method: 'POST',
      path: '/v1/session-challenges',
      json: { lab, keyId: coordinator.keyId },
    })
    expect(readCode(last)).toBe('too_many_requests')
    client.close()
  } finally {
    await limited.destroy()
  }
})
