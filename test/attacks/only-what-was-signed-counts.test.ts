import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AgreementDocument, StatementEnvelope } from '@kruispunt/contracts'
import { fromBase64, fromHex, keyIdOf, type SigningKey, toBase64, toHex } from '@kruispunt/crypto'
import { canonicalBytes, documentHash, type JsonValue, payloadTypeOf, preAuthEncoding } from '@kruispunt/statements'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrolmentFor, makeParty } from '../../services/broker/test/support/party.ts'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { evidenceIn } from '../scenarios/support/hostile/evidence-of.ts'
import { payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { command, until } from '../scenarios/support/processes.ts'

const minutes = 60_000
const wycheproof = fileURLToPath(new URL('../vectors/wycheproof-ed25519.json', import.meta.url))
type Published = { readonly groups: readonly { readonly tests: readonly { sig: string; result: string }[] }[] }
/** Points whose order divides eight (RFC 8032, §5.1; the list of libsodium). */
const smallOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]
let lab: AttackLab

beforeAll(async () => {
  lab = await startAttackLab({ upTo: 'accepted' })
  await lab.save('accepted')
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

/** Signs these very bytes, whatever they say. */
function signedBytes(kind: string, bytes: Uint8Array, key: SigningKey): StatementEnvelope {
  const payloadType = payloadTypeOf(kind)
  const sig = toBase64(key.sign(preAuthEncoding(payloadType, bytes)))
  return { payloadType, payload: toBase64(bytes), signatures: [{ keyid: key.keyId, sig }] } as StatementEnvelope
}
const utf8 = (text: string) => new TextEncoder().encode(text)

/** A statement that puts an agreement forward, continued from the log, as text. */
async function proposal(document: AgreementDocument): Promise<string> {
  const envelope = (await lab.forgeLog()).sign(
    { kind: 'agreement', document },
    { from: 'coordinator' },
    lab.coordinatorKey,
  )
  return Buffer.from(envelope.payload, 'base64').toString('utf8')
}
/** As the coordinator, over its session. */
async function submit(envelope: unknown): Promise<{ status: number; code?: string }> {
  const { api, base } = await lab.coordinator()
  const { status, text } = await api.send({ method: 'POST', path: `${base}/statements`, json: { envelope } })
  return { status, code: (JSON.parse(text) as { code?: string }).code as string }
}
const codeOf = async (kind: string, bytes: Uint8Array) =>
  (await submit(signedBytes(kind, bytes, lab.coordinatorKey))).code

describe('only what was signed counts, and only as it was signed', () => {
  it(
    'attack 18: members twice, in another order, half a character, __proto__ or one too many are refused before use',
    async () => {
      const good = await proposal(lab.documentWith({ reference: 'GOED' }))
      const bad: Record<string, [string, string]> = {
        'a member twice, the last one wins': [good.replace('"v":1}', '"v":1,"v":1}'), 'envelope_not_canonical'],
        'members in another order': [`{"v":1,${good.slice(1).replace(/,"v":1}$/, '}')}`, 'envelope_not_canonical'],
        'half a character': [good.replace('"GOED"', '"\\ud800"'), 'envelope_malformed'],
        'the prototype': [
          good.replace('{"document"', '{"__proto__":{"polluted":true},"document"'),
          'envelope_malformed',
        ],
        'a member too many': [good.replace('"v":1}', '"v":1,"zz":1}'), 'statement_malformed'],
        'white space': [good.replace('"v":1}', '"v": 1}'), 'envelope_not_canonical'],
      }
      for (const [name, [text, code]] of Object.entries(bad)) {
        expect([name, text === good]).toEqual([name, false])
        expect([name, await codeOf('agreement', utf8(text))]).toEqual([name, code])
      }
      // The same thing as it should be is taken, by a process that nothing has changed.
      expect((await submit(signedBytes('agreement', utf8(good), lab.coordinatorKey))).status).toBe(200)
    },
    2 * minutes,
  )

  it(
    'attack 19: a signature is good for its own kind and its own lab',
    async () => {
      const text = await proposal(lab.documentWith({ reference: 'ELDERS' }))
      const good = signedBytes('agreement', utf8(text), lab.coordinatorKey)
      expect((await submit({ ...good, payloadType: payloadTypeOf('request') })).code).toBe('signature_invalid')
      // Signed as another type than it says it is.
      expect((await submit(signedBytes('request', utf8(text), lab.coordinatorKey))).code).toBe('envelope_malformed')
      const elsewhere = canonicalBytes({ ...(JSON.parse(text) as object), lab: 'elders' } as JsonValue)
      expect(await codeOf('agreement', elsewhere)).toBe('wrong_lab')
      expect((await submit(good)).status).toBe(200)
    },
    2 * minutes,
  )

  it(
    'attack 20: a signature of another shape, a shifted one, or one by a weak key opens nothing',
    async () => {
      const text = await proposal(lab.documentWith({ reference: 'HANDTEKENING' }))
      const good = signedBytes('agreement', utf8(text), lab.coordinatorKey)
      const [signature] = good.signatures
      if (signature === undefined) throw new Error('no signature')
      const bytes = fromBase64(signature.sig)
      const withSignature = (sig: Uint8Array, keyid: string = signature.keyid) => ({
        ...good,
        signatures: [{ keyid, sig: toBase64(sig) }],
      })
      // S + L: the same signature to a verifier that does not reduce (RFC 8032 §5.1.7).
      const order = 2n ** 252n + 27742317777372353535851937790883648493n
      let s = bytes.slice(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + order
      const shifted = Uint8Array.from(bytes)
      for (let at = 32; at < 64; at += 1, s /= 256n) shifted[at] = Number(s % 256n)
      const weak = new Uint8Array(32)
      weak[0] = 1
      const identity = new Uint8Array(64)
      identity[0] = 1
      const tried = [
        ['shifted', withSignature(shifted), 'signature_invalid'],
        ['empty', withSignature(new Uint8Array(0)), 'signature_invalid'],
        ['63 bytes', withSignature(bytes.slice(0, 63)), 'signature_invalid'],
        ['65 bytes', withSignature(Uint8Array.from([...bytes, 0])), 'signature_invalid'],
        ['a key of order one', withSignature(identity, keyIdOf(weak)), 'signer_unknown'],
        ['the identity', withSignature(identity), 'signature_invalid'],
        ['none', { ...good, signatures: [] }, 'invalid_request'],
        ['twice', { ...good, signatures: [signature, signature] }, 'envelope_malformed'],
      ] as const
      for (const [name, envelope, code] of tried) expect([name, (await submit(envelope)).code]).toEqual([name, code])
      // Every signature of the published set that is none, of whatever shape, in the place of this one.
      const published = JSON.parse(readFileSync(wycheproof, 'utf8')) as Published
      const invalid = published.groups.flatMap(({ tests }) => tests).filter(({ result }) => result === 'invalid')
      expect(invalid.length).toBeGreaterThan(50)
      for (const sig of new Set(invalid.map((one) => one.sig))) {
        const { status } = await submit(withSignature(fromHex(sig)))
        expect([sig, [400, 403, 422].includes(status)]).toEqual([sig, true])
      }
      // A broker that records it all the same: nodes look for themselves.
      for (const [party, envelope] of [
        ['gemeente', withSignature(shifted)],
        ['politie', withSignature(bytes.slice(0, 63))],
        ['ggd', withSignature(identity)],
      ] as const) {
        const forged = await lab.forgeLog()
        forged.append(envelope as StatementEnvelope)
        lab.relay.on(forged.servedTo(party))
        await until(`${party} freezes`, async () =>
          (await lab.node(party).status()).frozen.length > 0 ? true : undefined,
        )
        expect(evidenceIn(lab.node(party).folder)).toMatchObject([
          { reason: 'log_entry_invalid', detail: { code: 'signature_invalid' } },
        ])
      }
      // Nor does a key of small order come into a lab: with one, the identity is a signature of everything.
      const invitation = join(lab.root, 'zwak.invitation')
      const words = ['partner', 'invite', '--lab', lab.lab, '--party', 'zwak', '--name', 'Zwak', '--out', invitation]
      expect((await command('broker', words, { KRUISPUNT_DATA_DIR: lab.broker.dataDir })).code).toBe(0)
      const request = enrolmentFor(makeParty('zwak'), JSON.parse(readFileSync(invitation, 'utf8')))
      const enrol = async (json: object) => {
        const { status, body } = await lab.relay.call(undefined, 'POST', '/v1/enrolments', json)
        return { status, code: (JSON.parse(body.toString('utf8')) as { code?: string }).code }
      }
      for (const publicKey of smallOrder) {
        const nodeKey = { keyId: keyIdOf(fromHex(publicKey)), publicKey }
        const { [request.nodeKey.keyId]: _, ...others } = request.proofs
        const proofs = { ...others, [nodeKey.keyId]: toHex(identity) }
        expect([publicKey, (await enrol({ ...request, nodeKey, proofs })).code]).toEqual([
          publicKey,
          'enrolment_invalid',
        ])
      }
      expect((await enrol(request)).status).toBe(200)
      expect((await submit(good)).status).toBe(200)
      await lab.back('accepted')
    },
    5 * minutes,
  )

  it(
    'attack 17: texts that differ in a space, a Unicode form or a byte of an attachment have different ids and never become active',
    async () => {
      expect(
        await codeOf('agreement', utf8((await proposal(lab.document)).replace(/"minimum":10\b/, '"minimum":10.0'))),
      ).toBe('envelope_not_canonical')
      const attachment = (sha256: string) => [{ name: 'bijlage.pdf', sha256, mediaType: 'application/pdf', bytes: 1 }]
      const pairs: [Partial<AgreementDocument>, Partial<AgreementDocument>][] = [
        [{ title: 'Zorg en overlast' }, { title: 'Zorg  en overlast' }],
        [{ title: 'Coördinatie' }, { title: 'Coo\u0308rdinatie' }],
        [
          { attachments: attachment('ab'.repeat(32)) as AgreementDocument['attachments'] },
          { attachments: attachment(`ab${'ab'.repeat(30)}ac`) as AgreementDocument['attachments'] },
        ],
      ]
      const sides = ['gemeente', 'politie'].map((party, at) => ({
        party,
        documents: pairs.map((pair) => lab.documentWith(pair[at])),
      }))
      const shown = []
      for (const { party, documents } of sides) {
        const log = await lab.forgeLog()
        lab.relay.on(log.servedTo(party))
        const ids = documents.map((document) => {
          log.append(log.sign({ kind: 'agreement', document }, { from: 'coordinator' }, lab.coordinatorKey))
          return documentHash('agreement', document)
        })
        for (const id of ids) await lab.node(party).sign(id)
        shown.push({ party, log, ids })
      }
      const [a, b] = shown
      if (a === undefined || b === undefined) throw new Error('no sides')
      for (const [at, id] of a.ids.entries()) expect(id).not.toBe(b.ids[at])
      // The broker brings each what the other signed: it fits nothing that was read there.
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const)
        for (const envelope of from.log.entries.filter((one) => payloadOf(one).kind === 'agreement-approval'))
          expect(() => to.log.record.check(envelope)).toThrow(
            expect.objectContaining({ code: expect.stringMatching(/^(?:agreement_unknown|seen_conflict|chain_gap)$/) }),
          )
      for (const { party, ids } of shown) {
        const { body } = await lab
          .node(party)
          .ask<{ id: string; shortCode: string; status: string; waitingFor: string[] }[]>('GET', '/agreements')
        for (const id of ids) {
          const found = body.find((agreement) => agreement.id === id)
          expect(found).toMatchObject({ status: 'in-review' })
          expect(found?.waitingFor).toHaveLength(2)
        }
        expect(
          await lab
            .node(party)
            .ceremonies()
            .then((all) => all.every(({ keyUsable }) => !keyUsable)),
        ).toBe(true)
      }
      // And who shows it to them all the same is found out.
      a.log.append(b.log.entries.at(-1) as StatementEnvelope)
      await until('gemeente freezes', async () =>
        (await lab.node('gemeente').status()).frozen.length > 0 ? true : undefined,
      )
    },
    2 * minutes,
  )
})
