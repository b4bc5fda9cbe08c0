/** An envelope, its form, its place in a chain, and when it is judged. */
import type { StatementEnvelope } from '@kruispunt/contracts'
import { toBase64, toHex, utf8 } from '@kruispunt/crypto'
import { payloadTypeOf, preAuthEncoding } from '@kruispunt/statements'
import { describe, expect, it } from 'vitest'
import { createLabRecord } from '../../src/index.ts'
import { agreementDocument } from '../support/agreement.ts'
import { coordinator, ggd, keyOf, lab, logKey, minute, publicOf, rosterDocument, start } from '../support/cast.ts'
import { createScribe, hex } from '../support/scribe.ts'
import { approval, refusals, unknown } from './refusals.ts'

describe('an envelope', () => {
  refusals('must be one, signed by keys that are known, over the very bytes', (scribe) => {
    scribe.until.accepted()
    const good = scribe.sign('ggd', [ggd.officers[0]], approval(unknown))
    const [signature] = good.signatures
    if (!signature) throw new Error('no signature')
    const signed = (text: string): StatementEnvelope => {
      const payloadType = payloadTypeOf('agreement-approval')
      const sig = toBase64(ggd.officers[0].sign(preAuthEncoding(payloadType, utf8(text))))
      return { payloadType, payload: toBase64(utf8(text)), signatures: [{ keyid: signature.keyid, sig }] }
    }
    const text = Buffer.from(good.payload, 'base64').toString('utf8')
    return [
      ['envelope_malformed', { ...good, payload: `${good.payload.slice(0, -1)}!` }],
      ['envelope_malformed', { ...good, payloadType: 'text/plain' }],
      ['envelope_malformed', { ...good, signatures: [signature, signature] }],
      ['envelope_malformed', signed('[]')],
      ['signature_invalid', { ...good, signatures: [{ ...signature, sig: toBase64(new Uint8Array(64)) }] }],
      ['signature_invalid', { ...good, signatures: [{ ...signature, sig: toBase64(new Uint8Array(63)) }] }],
      ['signature_invalid', { ...good, signatures: [{ ...signature, sig: '' }] }],
      ['signer_unknown', scribe.sign('ggd', [keyOf('stranger')], approval(unknown))],
      ['signer_unknown', scribe.sign('broker', [logKey], approval(unknown))],
      // Signed, valid JSON, and yet not the one spelling: blanks, order, a member twice, another spelling of a number.
      ['envelope_not_canonical', signed(text.replace(':', ': '))],
      ['envelope_not_canonical', signed(text.replace('{', '{"decision":"rejected",'))],
      ['envelope_not_canonical', signed(text.replace('"seq":2', '"seq":2.0'))],
      ['statement_malformed', scribe.sign('ggd', [ggd.officers[0]], approval(unknown), { extra: true })],
      [
        'statement_malformed',
        scribe.sign('ggd', [ggd.officers[0]], { ...approval(unknown), decision: 'maybe' } as never),
      ],
      ['statement_malformed', scribe.sign('ggd', [ggd.officers[0]], { kind: 'no-such-kind' } as never)],
    ]
  })

  refusals('must fit its lab, its chain, its roster, its time and what the signer saw', (scribe) => {
    scribe.until.accepted()
    const sign = (header: Record<string, unknown>) => scribe.sign('ggd', [ggd.officers[0]], approval(unknown), header)
    const { tree } = scribe.record
    const past = new Date(scribe.now() - 1).toISOString()
    const expires = Date.parse(rosterDocument().expires)
    return [
      ['wrong_lab', sign({ lab: 'elders' })],
      ['chain_gap', sign({ seq: 3 })],
      ['chain_fork', sign({ prev: hex(32, '0') })],
      ['chain_fork', sign({ seq: 1 })],
      ['chain_replay', scribe.envelopes[1] as StatementEnvelope],
      ['wrong_roster', sign({ roster: hex(32, '0') })],
      ['statement_expired', sign({ notAfter: past })],
      ['roster_expired', sign({}), expires],
      ['seen_conflict', sign({ seen: { size: tree.size, root: hex(32, '0') } })],
      ['seen_conflict', sign({ seen: { size: tree.size + 1, root: toHex(tree.root()) } })],
      ['agreement_unknown', sign({}), expires - 1],
    ]
  })
})

it('is judged at the time it comes in, and on replay at its own', () => {
  const scribe = createScribe()
  scribe.until.accepted()
  const notAfter = new Date(scribe.now() + minute).toISOString()
  const envelope = scribe.sign(
    'coordinator',
    [coordinator],
    { kind: 'agreement', document: agreementDocument() },
    { notAfter },
  )
  scribe.refuses('statement_expired', envelope, scribe.now() + 2 * minute)
  expect(scribe.record.check(envelope).recorded.statement.kind).toBe('agreement')
  expect(start).toBeLessThan(scribe.now())
})

it('starts from nothing but the broker key of the invitation', () => {
  const scribe = createScribe()
  scribe.until.roster()
  const [envelope] = scribe.envelopes
  if (!envelope) throw new Error('no envelope')
  const other = createLabRecord({ lab, brokerPublicKey: publicOf(keyOf('another broker')).publicKey })
  expect(() => other.check(envelope)).toThrow(expect.objectContaining({ code: 'signer_unknown' }))
})
