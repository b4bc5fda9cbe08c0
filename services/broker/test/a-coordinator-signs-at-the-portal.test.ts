import { join } from 'node:path'
import type { StatementEnvelope } from '@kruispunt/contracts'
import { toHex } from '@kruispunt/crypto'
import { createLabRecord, type LabRecord } from '@kruispunt/lab-record'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createAuthenticator,
  type SoftwareAuthenticator,
  type Tampering,
} from '../../../test/oracles/software-authenticator.ts'
import { openStore } from '../src/db/open.ts'
import { passkeysOf } from '../src/enrolment/coordinators.ts'
import { smallAgreement } from './jobs/support/small-agreement.ts'
import { lab, type TestBroker } from './support/broker.ts'
import { startTestLab } from './support/lab.ts'
import { browserAt, grantOf, onAccounts, refusalIn, signInNew } from './support/portal.ts'

type Draft = { keyId: string; payloadType: string; payload: string; options: Options }
type Options = { challenge: string; rpId: string; allowCredentials: { id: string }[]; userVerification: string }

let now = Date.parse('2026-11-01T09:00:00.000Z')
let stage: Awaited<ReturnType<typeof startTestLab>>
let broker: TestBroker
let ask: ReturnType<typeof browserAt>
let karin: string
let authenticator: SoftwareAuthenticator
const path = `/v1/labs/${lab}`

const keyPath = `${path}/coordinator-keys`
async function register(cookie: string, made: SoftwareAuthenticator, tampering: Tampering = {}): Promise<Response> {
  const asked = await ask(`${keyPath}/options`, { cookie, json: {} })
  const { options } = (await asked.json()) as { options: { challenge: string } }
  return ask(keyPath, { cookie, json: { response: made.register(options.challenge, tampering) } })
}
const pageAt = (url: string) => ({ rpId: 'localhost', origin: url })

beforeAll(async () => {
  stage = await startTestLab(['town', 'police', 'health'], {
    now: () => now,
    environment: { KRUISPUNT_PORTAL_PORT: '0' },
    async beforeRoster(started) {
      broker = started
      ask = browserAt(broker.portalUrl as string)
      karin = await signInNew(broker, 'karin', [grantOf('coordinator')], () => now)
      authenticator = createAuthenticator(pageAt(broker.portalUrl as string))
      expect(await (await register(karin, authenticator)).json()).toMatchObject({
        key: { kind: 'webauthn', publicKey: authenticator.publicKeyHex, rpId: 'localhost', origin: broker.portalUrl },
        isOwn: true,
        inRoster: false,
      })
    },
  })
  for (const member of stage.members) expect((await stage.submit(member, stage.accept(member))).status).toBe(200)
})
afterAll(() => broker.destroy())

/** What a node does with the log: believes nothing but the broker key of its invitation. */
async function replay(): Promise<LabRecord> {
  const { entries } = (await (await ask(`${path}/log/entries?from=0`, { cookie: karin })).json()) as {
    entries: { envelope: StatementEnvelope }[]
  }
  const record = createLabRecord({ lab, brokerPublicKey: toHex(broker.keys.brokerKey.publicKey) })
  for (const { envelope } of entries) record.check(envelope).commit()
  return record
}
const agreement = (title: string) => ({ ...smallAgreement(lab, new Date(now)), title })
async function draft(title: string, cookie = karin): Promise<Draft> {
  const answer = await ask(`${path}/statement-drafts`, {
    cookie,
    json: { kind: 'agreement', document: agreement(title) },
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as Draft
}
const sign = ({ keyId, payloadType, payload, options }: Draft, tampering: Tampering = {}, made = authenticator) => ({
  keyId,
  payloadType,
  payload,
  response: made.assert(options.challenge, tampering),
})
const submit = (json: object, cookie = karin) => ask(`${path}/signed-drafts`, { cookie, json })

describe('a coordinator signs at the portal with a passkey', () => {
  it('has a key in the roster that partners accepted, with its page', async () => {
    const { state } = await replay()
    expect(state.roster?.document.coordinators).toContainEqual(
      expect.objectContaining({ kind: 'webauthn', publicKey: authenticator.publicKeyHex, origin: broker.portalUrl }),
    )
    const { keys } = (await (await ask(keyPath, { cookie: karin })).json()) as { keys: object[] }
    expect(keys).toContainEqual(expect.objectContaining({ isOwn: true, inRoster: true }))
  })

  it('gets the exact bytes, signs them, and every reader of the log verifies that alone', async () => {
    const drafted = await draft('Samen tellen')
    expect(drafted.options).toMatchObject({
      rpId: 'localhost',
      userVerification: 'required',
      allowCredentials: [{ id: authenticator.id }],
    })
    const bytes = JSON.parse(Buffer.from(drafted.payload, 'base64').toString('utf8')) as Record<string, unknown>
    expect(bytes).toMatchObject({ from: 'coordinator', kind: 'agreement', document: { title: 'Samen tellen' } })
    const answer = await submit(sign(drafted))
    expect(answer.status, await answer.clone().text()).toBe(200)
    const { state } = await replay()
    expect([...state.agreements.values()].map(({ document }) => document.title)).toEqual(['Samen tellen'])
    expect(await (await submit(sign(drafted))).json(), 'sent twice').toMatchObject({ existing: true })
  })

  it.each<[string, Tampering]>([
    ['another page', { origin: 'https://elders.nl' }],
    ['nobody verified', { flags: 0x01 }],
    ['a registration', { type: 'webauthn.create' }],
    ['another challenge', { challenge: 'AAAA' }],
  ])('is not believed with %s', async (_name, tampering) => {
    expect(await refusalIn(await submit(sign(await draft('Anders'), tampering)))).toEqual([403, 'signature_invalid'])
  })

  it('signs for these bytes only, and with the own key', async () => {
    const one = await draft('Een')
    const other = await draft('Twee')
    const swapped = { ...sign(one), payload: other.payload }
    expect(await refusalIn(await submit(swapped))).toEqual([403, 'signature_invalid'])
    const stranger = createAuthenticator(pageAt(broker.portalUrl as string))
    expect(await refusalIn(await submit(sign(one, {}, stranger)))).toEqual([403, 'signature_invalid'])
  })

  it('is told what is unfinished before anything is signed', async () => {
    const json = { kind: 'agreement', document: agreement('<titel>') }
    const answer = await ask(`${path}/statement-drafts`, { cookie: karin, json })
    expect(await refusalIn(answer)).toEqual([422, 'agreement_invalid'])
    const request = { kind: 'request', agreement: 'a'.repeat(64), question: 'Hoeveel?', dimensions: null }
    const unknown = await ask(`${path}/statement-drafts`, { cookie: karin, json: request })
    expect(await refusalIn(unknown)).toEqual([404, 'agreement_unknown'])
  })
})

describe("a passkey is somebody's own, and counts when partners accepted it", () => {
  it('does not sign for a colleague, nor before it is in a roster', async () => {
    const piet = await signInNew(broker, 'piet', [grantOf('coordinator')], () => now)
    const json = { kind: 'agreement', document: agreement('Van Piet') }
    const without = await ask(`${path}/statement-drafts`, { cookie: piet, json })
    expect(await refusalIn(without)).toEqual([403, 'signer_unknown'])
    expect((await register(piet, createAuthenticator(pageAt(broker.portalUrl as string), 'Ed25519'))).status).toBe(200)
    const notYet = await ask(`${path}/statement-drafts`, { cookie: piet, json })
    expect(await refusalIn(notYet)).toEqual([403, 'signer_unknown'])
  })

  it.each<[string, Tampering]>([
    ['another page', { origin: 'https://elders.nl' }],
    ['another domain', { rpId: 'elders.nl' }],
    ['nobody verified', { flags: 0x01 }],
    ['another question', { challenge: 'AAAA' }],
  ])('is not registered with %s', async (_name, tampering) => {
    const made = createAuthenticator(pageAt(broker.portalUrl as string))
    expect(await refusalIn(await register(karin, made, tampering))).toEqual([422, 'credential_invalid'])
  })

  it('is not registered twice, nor with an answer to no question, nor by an old session', async () => {
    expect(await refusalIn(await register(karin, authenticator))).toEqual([409, 'conflict'])
    const made = createAuthenticator(pageAt(broker.portalUrl as string))
    const unasked = await ask(keyPath, { cookie: karin, json: { response: made.register('AAAA') } })
    expect(await refusalIn(unasked)).toEqual([422, 'credential_invalid'])
    now += 16 * 60_000
    expect(await refusalIn(await ask(`${keyPath}/options`, { cookie: karin, json: {} }))).toEqual([
      403,
      'sign_in_again',
    ])
  })

  it('is for coordinators: nobody else drafts, signs or registers', async () => {
    const auditor = await signInNew(broker, 'auditor', [grantOf('auditor')], () => now)
    for (const [target, json] of [
      [`${keyPath}/options`, {}],
      [`${path}/statement-drafts`, { kind: 'agreement', document: agreement('Nee') }],
      [`${path}/signed-drafts`, sign(await draft('Nee'))],
    ] as const)
      expect(await refusalIn(await ask(target, { cookie: auditor, json }))).toEqual([403, 'forbidden'])
    onAccounts(broker, (accounts) => accounts.remove('auditor'))
  })

  it('is asked for the newest of its own keys, in whatever order their names come', async () => {
    const anna = await signInNew(broker, 'anna', [grantOf('coordinator')], () => now)
    const made = Array.from({ length: 6 }, () => createAuthenticator(pageAt(broker.portalUrl as string)))
    for (const one of made) expect((await register(anna, one)).status).toBe(200)
    const store = openStore(join(broker.dataDir, 'broker.db'))
    const known = passkeysOf(store, lab, 'anna').map(({ credentialId }) => credentialId)
    store.close()
    expect(known).toStrictEqual(made.map(({ id }) => id))
  })
})
