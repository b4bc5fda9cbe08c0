import { generateSigningSeed, keyIdOf, type SigningKey, signingKeyFromSeed, toBase64, utf8 } from '@kruispunt/crypto'
import { describe, expect, it } from 'vitest'
import {
  canonicalBytes,
  type Envelope,
  envelopeBytes,
  openEnvelope,
  parseEnvelope,
  payloadTypeOf,
  preAuthEncoding,
  readStatement,
  signStatement,
  statementHash,
} from '../src/index.ts'
import { coded, hexBytes, readVectors, textOf } from './vectors.ts'

type Vectors = { dssePae: { payloadType: string; payloadHex: string; paeHex: string }[] }
const { dssePae } = readVectors<Vectors>('notes-and-envelopes.json')

const gemeente = signingKeyFromSeed(generateSigningSeed())
const ggd = signingKeyFromSeed(generateSigningSeed())
const stranger = signingKeyFromSeed(generateSigningSeed())
const roster = new Map([gemeente, ggd].map((key) => [key.keyId, key.publicKey]))
const resolve = (keyId: string) => roster.get(keyId)

const approval = { v: 1, kind: 'agreement-approval', lab: 'lab-noord', keyId: gemeente.keyId, decision: 'approve' }

/** An envelope around any bytes and type at all, honestly signed. */
function signBytes(body: Uint8Array, payloadType: string, key: SigningKey = gemeente): Envelope {
  const sig = toBase64(key.sign(preAuthEncoding(payloadType, body)))
  return { payload: toBase64(body), payloadType, signatures: [{ keyid: key.keyId, sig }] }
}

function withSignatures(envelope: Envelope, signatures: Envelope['signatures']): Envelope {
  return { ...envelope, signatures }
}

describe('what is signed is DSSE', () => {
  it.each(dssePae)('type $payloadType over $payloadHex', ({ payloadType, payloadHex, paeHex }) => {
    expect(preAuthEncoding(payloadType, hexBytes(payloadHex))).toStrictEqual(hexBytes(paeHex))
  })

  it('types come from kinds, and only from kinds', () => {
    expect(payloadTypeOf('salt-commit')).toBe('application/vnd.datalab.salt-commit.v1+json')
    for (const kind of ['', 'Salt', 'salt commit', 'a/b', 'a+json', '-a', 'a'.repeat(65)]) {
      expect(() => payloadTypeOf(kind)).toThrow(coded('kind_malformed'))
    }
  })
})

describe('an envelope opens to what was signed', () => {
  it('gives back bytes, payload, kind and signers', () => {
    const opened = openEnvelope(signStatement(approval, gemeente, ggd), resolve, { lab: 'lab-noord' })
    expect(opened).toStrictEqual({
      payloadBytes: canonicalBytes(approval),
      payload: approval,
      kind: 'agreement-approval',
      signers: [gemeente.keyId, ggd.keyId],
    })
    expect(statementHash(opened.payloadBytes)).toMatch(/^[0-9a-f]{64}$/)
  })

  it('lets a strict schema have the last word, and does not pass on what the schema says', () => {
    const opened = openEnvelope(signStatement({ ...approval, extra: 'secret' }, gemeente), resolve)
    const strict = {
      parse: (value: unknown): typeof approval => {
        if (Object.keys(value as object).length !== Object.keys(approval).length) throw new Error('extra: secret')
        return value as typeof approval
      },
    }
    expect(() => readStatement(opened, strict)).toThrow(coded('schema_mismatch'))
    expect(() => readStatement(opened, strict)).not.toThrow('secret')
    expect(readStatement(openEnvelope(signStatement(approval, gemeente), resolve), strict)).toStrictEqual(approval)
  })

  it('survives the log: leaf bytes and back', () => {
    const envelope = signStatement(approval, gemeente)
    const leaf = envelopeBytes(envelope)
    expect(parseEnvelope(leaf)).toStrictEqual(envelope)
    expect(textOf(leaf)).toMatch(/^\{"payload":"[^"]+","payloadType":"[^"]+","signatures":\[\{"keyid":/)
  })
})

describe('signing refuses what opening would refuse', () => {
  it.each([
    ['no key', approval, [], 'signer_missing'],
    ['the same key twice', approval, [gemeente, gemeente], 'signer_duplicate'],
    ['a key the statement does not name', approval, [ggd], 'signer_mismatch'],
    ['no kind', { keyId: gemeente.keyId }, [gemeente], 'kind_malformed'],
    ['a fraction', { ...approval, k: 0.1 }, [gemeente], 'number_not_whole'],
  ])('%s', (_, payload, keys, code) => {
    expect(() => signStatement(payload, ...keys)).toThrow(coded(code))
  })
})

describe('a tampered envelope stays shut', () => {
  const envelope = signStatement(approval, gemeente)
  const signature = envelope.signatures[0] ?? { keyid: '', sig: '' }
  const other = signStatement({ ...approval, decision: 'refuse' }, gemeente)
  const sigOf = (bytes: Uint8Array) => withSignatures(envelope, [{ ...signature, sig: toBase64(bytes) }])

  it.each<[string, Envelope, string]>([
    ['another payload under the same signature', { ...envelope, payload: other.payload }, 'signature_invalid'],
    ['another type', { ...envelope, payloadType: payloadTypeOf('request-approval') }, 'signature_invalid'],
    ['a type that is no text', { ...envelope, payloadType: '\ud800' }, 'payload_type_mismatch'],
    ['no signature', withSignatures(envelope, []), 'signer_missing'],
    ['a signature twice', withSignatures(envelope, [signature, signature]), 'signer_duplicate'],
    [
      'the signature under another key id',
      withSignatures(envelope, [{ ...signature, keyid: ggd.keyId }]),
      'signature_invalid',
    ],
    ['an empty signature', sigOf(new Uint8Array(0)), 'signature_invalid'],
    ['a signature of 63 bytes', sigOf(new Uint8Array(63)), 'signature_invalid'],
    ['a signature of zeros', sigOf(new Uint8Array(64)), 'signature_invalid'],
    ['base64 with a blank', { ...envelope, payload: `${envelope.payload} ` }, 'base64_malformed'],
    ['base64 with stray bits', withSignatures(envelope, [{ ...signature, sig: 'AB==' }]), 'base64_malformed'],
  ])('%s', (_, tampered, code) => {
    expect(() => openEnvelope(tampered, resolve)).toThrow(coded(code))
  })

  it('refuses one bad signature among good ones', () => {
    const both = signStatement(approval, gemeente, stranger)
    expect(() => openEnvelope(both, resolve)).toThrow(coded('signer_unknown'))
  })

  it('refuses a key that the roster files under another key id', () => {
    const confused = () => ggd.publicKey
    const forged = signBytes(canonicalBytes(approval), payloadTypeOf(approval.kind), ggd)
    const renamed = withSignatures(forged, [{ keyid: gemeente.keyId, sig: forged.signatures[0]?.sig ?? '' }])
    expect(() => openEnvelope(renamed, confused)).toThrow(coded('signer_unknown'))
  })

  it('checks signatures before it reads a byte of the payload', () => {
    const garbage = { ...envelope, payload: toBase64(utf8('{not json')) }
    expect(() => openEnvelope(garbage, resolve)).toThrow(coded('signature_invalid'))
  })

  it('refuses a payload beyond the limit before decoding it', () => {
    expect(() => openEnvelope(envelope, resolve, { maxBytes: 100 })).toThrow(coded('too_large'))
  })
})

describe('a good signature does not make a good statement', () => {
  const type = payloadTypeOf(approval.kind)
  const bytes = (text: string) => utf8(text)

  it.each<[string, Uint8Array, string]>([
    [
      'attack 18: a duplicate member',
      bytes('{"kind":"agreement-approval","kind":"agreement-approval"}'),
      'not_canonical',
    ],
    ['attack 18: members in another order', bytes('{"v":1,"kind":"agreement-approval"}'), 'not_canonical'],
    ['attack 18: a lone surrogate', bytes('{"a":"\\ud800"}'), 'text_not_well_formed'],
    ['attack 18: __proto__', bytes('{"__proto__":{"kind":"agreement-approval"}}'), 'member_name_reserved'],
    ['a list', bytes('[]'), 'kind_malformed'],
    ['null', bytes('null'), 'kind_malformed'],
    ['no kind', bytes('{}'), 'kind_malformed'],
    ['a kind that is no name', bytes('{"kind":"../x"}'), 'kind_malformed'],
    [
      'attack 19: the kind of another type',
      canonicalBytes({ ...approval, kind: 'revocation' }),
      'payload_type_mismatch',
    ],
    ['a key id that did not sign', canonicalBytes({ ...approval, keyId: ggd.keyId }), 'signer_mismatch'],
    ['no key id', canonicalBytes({ kind: approval.kind, lab: approval.lab }), 'signer_mismatch'],
  ])('%s', (_, body, code) => {
    expect(() => openEnvelope(signBytes(body, type), resolve)).toThrow(coded(code))
  })

  it('attack 19: a statement of another lab is refused', () => {
    const envelope = signStatement(approval, gemeente)
    expect(() => openEnvelope(envelope, resolve, { lab: 'lab-zuid' })).toThrow(coded('lab_mismatch'))
  })
})

describe('attack 20: malformed Ed25519 signatures never open an envelope', () => {
  type Case = { tcId: number; msg: string; sig: string; result: string; flags: string[] }
  const { groups } = readVectors<{ groups: { publicKey: { pk: string }; tests: Case[] }[] }>('wycheproof-ed25519.json')
  const invalid = groups.flatMap(({ publicKey, tests }) =>
    tests.filter(({ result }) => result !== 'valid').map((test) => ({ ...test, pk: publicKey.pk })),
  )

  it('has such cases to try', () => {
    expect(invalid.length).toBeGreaterThan(50)
  })

  it.each(invalid)('case $tcId $flags', ({ pk, sig }) => {
    const publicKey = hexBytes(pk)
    const keyid = keyIdOf(publicKey)
    const envelope = {
      payload: toBase64(canonicalBytes({ ...approval, keyId: keyid })),
      payloadType: payloadTypeOf(approval.kind),
      signatures: [{ keyid, sig: toBase64(hexBytes(sig)) }],
    }
    expect(() => openEnvelope(envelope, () => publicKey)).toThrow(coded('signature_invalid'))
  })

  it('S + L, the same signature in another guise, is refused', () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const envelope = signStatement(approval, gemeente)
    const sig = Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64')
    const scalar = BigInt(`0x${Buffer.from(sig.subarray(32)).reverse().toString('hex')}`) + order
    const shifted = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse()
    const variant = toBase64(new Uint8Array(Buffer.concat([sig.subarray(0, 32), shifted])))
    expect(() => openEnvelope(withSignatures(envelope, [{ keyid: gemeente.keyId, sig: variant }]), resolve)).toThrow(
      coded('signature_invalid'),
    )
  })

  it('a small-order key signs for nobody', () => {
    const publicKey = hexBytes('01'.padEnd(64, '0'))
    const keyid = keyIdOf(publicKey)
    // With the neutral element as key and as R, S = 0 satisfies the plain equation for every message.
    const sig = toBase64(hexBytes('01'.padEnd(64, '0') + '0'.repeat(64)))
    const body = toBase64(canonicalBytes({ ...approval, keyId: keyid }))
    const envelope = { payload: body, payloadType: payloadTypeOf(approval.kind), signatures: [{ keyid, sig }] }
    expect(() => openEnvelope(envelope, () => publicKey)).toThrow(coded('signature_invalid'))
  })
})
