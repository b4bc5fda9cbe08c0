import { toHex } from '@kruispunt/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCode } from './support/answers.ts'
import { lab, startTestBroker, type TestBroker } from './support/broker.ts'
import { anonymous } from './support/lab.ts'
import { certificateRequest, enrolmentFor, keyOf, makeParty } from './support/party.ts'

let broker: TestBroker
let now = Date.parse('2026-11-01T09:00:00.000Z')
const ggd = makeParty('ggd')
const politie = makeParty('politie')

beforeAll(async () => {
  broker = await startTestBroker({ now: () => now })
})
afterAll(() => broker.destroy())

const enrol = (json: unknown) => anonymous(broker).send({ method: 'POST', path: '/v1/enrolments', json })

describe('a node enrols with its invitation, and nobody else does', () => {
  it('gives a certificate in the name of party and lab, and the same one again to the same keys', async () => {
    const request = enrolmentFor(ggd, broker.invite('ggd'))
    const first = await enrol(request)
    expect(first.status).toBe(200)
    const { certificate } = JSON.parse(first.text)
    expect(certificate).toContain('BEGIN CERTIFICATE')
    expect(JSON.parse((await enrol(request)).text).certificate).toBe(certificate)
  })

  it('refuses a token that nobody was given, and one of another party, with the same answer', async () => {
    const invitation = broker.invite('politie')
    const wrong = await enrol(enrolmentFor(politie, { ...invitation, token: 'ab'.repeat(32) }))
    const other = await enrol(enrolmentFor(makeParty('school'), invitation))
    expect(readCode(wrong)).toBe('invitation_invalid')
    expect(other.text).toBe(wrong.text)
  })

  it('refuses a used token to other keys', async () => {
    const invitation = broker.invite('zorg')
    const zorg = makeParty('zorg')
    expect((await enrol(enrolmentFor(zorg, invitation))).status).toBe(200)
    const intruder = {
      ...zorg,
      node: keyOf('intruder'),
      tlsPublicKeyPem: politie.tlsPublicKeyPem,
      tlsKeyPem: politie.tlsKeyPem,
    }
    expect(readCode(await enrol(enrolmentFor(intruder, invitation)))).toBe('invitation_invalid')
  })

  it('refuses an expired invitation, and takes it until then', async () => {
    const invitation = broker.invite('politie', 1)
    const before = now
    now += 86_400_000
    expect(readCode(await enrol(enrolmentFor(politie, invitation)))).toBe('invitation_invalid')
    now -= 1
    expect((await enrol(enrolmentFor(politie, invitation))).status).toBe(200)
    now = before
  })

  it('puts an earlier invitation out of use when a new one is made', async () => {
    const first = broker.invite('corporatie')
    broker.invite('corporatie')
    expect(readCode(await enrol(enrolmentFor(makeParty('corporatie'), first)))).toBe('invitation_invalid')
  })
})

describe('an enrolment whose parts do not fit is refused', () => {
  const party = makeParty('gemeente')
  const cases: [string, (request: ReturnType<typeof enrolmentFor>) => unknown][] = [
    [
      'a certificate request in another name',
      (request) => ({ ...request, certificateRequest: certificateRequest(party, { lab, party: 'ggd' }) }),
    ],
    [
      'a certificate request for another lab',
      (request) => ({
        ...request,
        certificateRequest: certificateRequest(party, { lab: 'elders', party: 'gemeente' }),
      }),
    ],
    [
      'a certificate request signed by another key',
      (request) => ({
        ...request,
        certificateRequest: certificateRequest({ ...party, tlsKeyPem: ggd.tlsKeyPem }, { lab, party: 'gemeente' }),
      }),
    ],
    ['a certificate request that is none', (request) => ({ ...request, certificateRequest: 'not a request' })],
    [
      'a key without its proof',
      ({ proofs, ...request }) => ({ ...request, proofs: Object.fromEntries(Object.entries(proofs).slice(1)) }),
    ],
    [
      'a proof of another key',
      ({ proofs, ...request }) => ({
        ...request,
        proofs: Object.fromEntries(Object.keys(proofs).map((id) => [id, Object.values(proofs)[0]])),
      }),
    ],
    [
      'a key id that is not that of the key',
      (request) => ({ ...request, witnessKey: { ...request.witnessKey, publicKey: toHex(keyOf('x').publicKey) } }),
    ],
    ['one key in two roles', (request) => ({ ...request, witnessKey: request.nodeKey })],
  ]
  it.each(cases)('%s', async (_name, spoil) => {
    const request = enrolmentFor(party, broker.invite('gemeente'))
    expect(readCode(await enrol(spoil(request)))).toBe('enrolment_invalid')
  })

  it('a key that another party has enrolled', async () => {
    const copy = { ...party, officer: ggd.officer }
    expect(readCode(await enrol(enrolmentFor(copy, broker.invite('gemeente'))))).toBe('enrolment_invalid')
  })

  it('takes the same enrolment unspoilt', async () => {
    expect((await enrol(enrolmentFor(party, broker.invite('gemeente')))).status).toBe(200)
  })
})

it('keeps no token, in the database or in the log', async () => {
  const invitation = broker.invite('welzijn')
  await enrol(enrolmentFor(makeParty('welzijn'), invitation))
  const { readFileSync } = await import('node:fs')
  for (const name of ['broker.db', 'broker.db-wal'])
    expect(readFileSync(`${broker.dataDir}/${name}`).includes(invitation.token)).toBe(false)
  expect(broker.logText()).not.toContain(invitation.token)
})
