import { createHmac, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { randomHex, toHex } from '@kruispunt/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { challengeMessage } from '../src/sessions/challenge-message.ts'
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
const withToken = (token: string) =>
  anonymous(broker).send({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } })
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))
const ask = (target: string, json: unknown) => anonymous(broker).send({ method: 'POST', path: target, json })
async function newChallenge(keyId: string = coordinator.keyId, of: string = lab): Promise<string> {
  return JSON.parse((await ask('/v1/session-challenges', { lab: of, keyId })).text).challenge
}

describe('a session opens with the coordinator key and a fresh challenge', () => {
  it('reads the lab', async () => {
    const { token } = await coordinatorClient(broker)
    const answer = await withToken(token)
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

describe('a token that was tampered with opens nothing (attack 40)', () => {
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
    ['an empty signature', (header, claims) => `${encode(header)}.${encode(claims)}.`],
    ['half of it', (_header, _claims, { token }) => token.slice(0, token.length / 2)],
  ]
  it.each(mangle)('%s', async (_name, change) => {
    const { token } = await coordinatorClient(broker)
    const [header, claims, signature = ''] = token.split('.')
    expect(readCode(await withToken(change(decode(header), decode(claims), { signature, token })))).toBe(
      'unauthenticated',
    )
  })

  it('a token signed by another key, in each algorithm, with everything else right', async () => {
    const { token } = await coordinatorClient(broker)
    const [header, claims] = token.split('.')
    const { privateKey } = generateKeyPairSync('ed25519')
    const body = `${header}.${claims}`
    const own = sign(null, Buffer.from(body), createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })))
    expect(readCode(await withToken(`${body}.${own.toString('base64url')}`))).toBe('unauthenticated')
    const asHmac = `${encode({ ...decode(header), alg: 'HS256' })}.${claims}`
    // The classic: the public half of the pair used as a shared secret. Any secret must fail.
    const mac = createHmac('sha256', toHex(coordinator.publicKey)).update(asHmac).digest('base64url')
    expect(readCode(await withToken(`${asHmac}.${mac}`))).toBe('unauthenticated')
  })

  it('holds algorithm, type, issuer and audience, and ten minutes', async () => {
    const { token } = await coordinatorClient(broker)
    const [header, claims] = token.split('.')
    expect(decode(header)).toEqual({ alg: 'EdDSA', typ: 'kruispunt-session+jwt' })
    const { iss, aud, exp, iat } = decode(claims)
    expect({ iss, aud, seconds: exp - iat }).toEqual({ iss: 'broker.test', aud: 'broker.test/v1', seconds: 600 })
  })

  it('is of no use after a restart, nor at another broker', async () => {
    const { token } = await coordinatorClient(broker)
    broker = await broker.restart()
    expect(readCode(await withToken(token))).toBe('unauthenticated')
  })

  it.each(['', 'Basic abc', 'Bearer', 'Bearer a b', 'Bearer ..', 'bearer x'])(
    'not a bearer token: %j',
    async (authorization) => {
      const answer = await anonymous(broker).send({ method: 'GET', path, headers: { authorization } })
      expect(readCode(answer)).toBe('unauthenticated')
    },
  )
})

describe('a session stands for no decision', () => {
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
