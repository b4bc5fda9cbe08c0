import { concatBytes, keyIdOf, sha256, toBase64, verifyP256Signature } from '@kruispunt/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createAuthenticator,
  type SoftwareAuthenticator,
  type Tampering,
} from '../../../test/oracles/software-authenticator.ts'
import {
  canonicalBytes,
  type Envelope,
  openEnvelope,
  type Passkey,
  passkeyChallenge,
  passkeySignature,
  payloadTypeOf,
  preAuthEncoding,
} from '../src/index.ts'
import { verifyPasskey } from '../src/passkey.ts'
import { bytesOf, coded, hexBytes, readVectors } from './vectors.ts'

const page = { rpId: 'voorbeeld.nl', origin: 'https://portaal.voorbeeld.nl' }
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const fromBase64url = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))

type Response = ReturnType<SoftwareAuthenticator['assert']>['response']
const signatureOf = ({ authenticatorData, clientDataJSON, signature }: Response) =>
  passkeySignature({
    authenticatorData: fromBase64url(authenticatorData),
    clientDataJSON: fromBase64url(clientDataJSON),
    signature: fromBase64url(signature),
  })
const passkeyOf = (authenticator: SoftwareAuthenticator): Passkey => ({
  ...page,
  publicKey: hexBytes(authenticator.publicKeyHex),
})

/** A request signed by this passkey, with what an attacker would change about the assertion. */
function signed(authenticator: SoftwareAuthenticator, members: object = {}, tampering: Tampering = {}): Envelope {
  const keyId = keyIdOf(hexBytes(authenticator.publicKeyHex))
  const body = canonicalBytes({ kind: 'request', lab: 'regio', keyId, question: 'Hoeveel?', ...members })
  const payloadType = payloadTypeOf('request')
  const challenge = base64url(passkeyChallenge(preAuthEncoding(payloadType, body)))
  const sig = toBase64(signatureOf(authenticator.assert(challenge, tampering).response))
  return { payload: toBase64(body), payloadType, signatures: [{ keyid: keyId, sig }] }
}
const open = (authenticator: SoftwareAuthenticator, envelope: Envelope, passkey = passkeyOf(authenticator)) =>
  openEnvelope(envelope, (keyId) => (keyId === keyIdOf(passkey.publicKey) ? passkey : undefined), { lab: 'regio' })

describe.each(['P-256', 'Ed25519'] as const)('a passkey signs for these bytes only (%s)', (kind) => {
  const authenticator = createAuthenticator(page, kind)

  it('is believed by whoever has the key, the domain and the page', () => {
    expect(open(authenticator, signed(authenticator)).kind).toBe('request')
  })
  it('does not fit other bytes, another kind, or another key', () => {
    const envelope = signed(authenticator)
    const other = signed(authenticator, { question: 'Wie?' })
    expect(() => open(authenticator, { ...envelope, payload: other.payload })).toThrow(coded('signature_invalid'))
    const otherKind = payloadTypeOf('agreement')
    expect(() => open(authenticator, { ...envelope, payloadType: otherKind })).toThrow(coded('signature_invalid'))
    const stranger = createAuthenticator(page, kind)
    expect(() => open(stranger, envelope)).toThrow(coded('signer_unknown'))
    const [{ sig = '' } = {}] = signed(stranger).signatures
    const swapped = { ...envelope, signatures: envelope.signatures.map((one) => ({ ...one, sig })) }
    expect(() => open(authenticator, swapped)).toThrow(coded('signature_invalid'))
  })
  it.each<[string, Tampering]>([
    ['made by another page', { origin: 'https://elders.nl' }],
    ['made by a page of the same domain that is not the one', { origin: 'https://voorbeeld.nl' }],
    ['made for another domain', { rpId: 'elders.nl' }],
    ['made when a key was registered', { type: 'webauthn.create' }],
    ['made in a frame of another page', { crossOrigin: true }],
    ['made under another page', { topOrigin: 'https://elders.nl' }],
    ['made with nobody there', { flags: 0x04 }],
    ['made by somebody nobody asked who they are', { flags: 0x01 }],
    ['made over another challenge', { challenge: base64url(new Uint8Array(32)) }],
  ])('refuses one %s', (_name, tampering) => {
    expect(() => open(authenticator, signed(authenticator, {}, tampering))).toThrow(coded('signature_invalid'))
  })
  it('refuses a key filed under another domain or page than it was made for', () => {
    const envelope = signed(authenticator)
    for (const elsewhere of [{ rpId: 'nl' }, { origin: 'https://andere.voorbeeld.nl' }])
      expect(() => open(authenticator, envelope, { ...passkeyOf(authenticator), ...elsewhere })).toThrow(
        coded('signature_invalid'),
      )
  })
  it('takes one spelling of the three parts, and no other bytes whatever', () => {
    const body = canonicalBytes({ kind: 'request' })
    const message = preAuthEncoding(payloadTypeOf('request'), body)
    const { response } = authenticator.assert(base64url(passkeyChallenge(message)))
    const right = signatureOf(response)
    const passkey = passkeyOf(authenticator)
    expect(verifyPasskey(passkey, message, right)).toBe(true)
    const value = JSON.parse(new TextDecoder().decode(right)) as object
    for (const text of [JSON.stringify(value, null, 1), JSON.stringify({ ...value, more: 1 }), '[]', 'null', '{}'])
      expect(verifyPasskey(passkey, message, new TextEncoder().encode(text))).toBe(false)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => !verifyPasskey(passkey, message, bytes)))
    fc.assert(
      fc.property(fc.nat(right.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = right.slice()
        changed[at] = (changed[at] as number) ^ change
        return !verifyPasskey(passkey, message, changed)
      }),
    )
  })
  it('is no Ed25519 signature over the bytes, and such a signature is no assertion', () => {
    const envelope = signed(authenticator)
    const publicKey = hexBytes(authenticator.publicKeyHex)
    expect(() => openEnvelope(envelope, () => publicKey)).toThrow(coded('signature_invalid'))
    const bare = {
      ...envelope,
      signatures: envelope.signatures.map((one) => ({ ...one, sig: toBase64(new Uint8Array(64)) })),
    }
    expect(() => open(authenticator, bare)).toThrow(coded('signature_invalid'))
  })
})

type Case = Record<'name' | 'publicKey' | 'challenge' | 'authenticatorData' | 'clientDataJSON' | 'signature', string>
const { cases } = readVectors<{ cases: Case[] }>('webauthn-level3.json')

describe('published WebAuthn vectors hold', () => {
  it.each(cases)('$name: the signature fits, and fits nothing else', (one) => {
    const [key, data, client] = [hexBytes(one.publicKey), hexBytes(one.authenticatorData), hexBytes(one.clientDataJSON)]
    const message = concatBytes(data, sha256(client))
    expect(verifyP256Signature(key, message, hexBytes(one.signature))).toBe(true)
    expect(verifyP256Signature(key, concatBytes(data, client), hexBytes(one.signature))).toBe(false)
    expect(
      verifyP256Signature(
        hexBytes(cases.find(({ name }) => name !== one.name)?.publicKey ?? ''),
        message,
        hexBytes(one.signature),
      ),
    ).toBe(false)
    const { challenge } = JSON.parse(new TextDecoder().decode(client)) as { challenge: string }
    expect(bytesOf(challenge)).toEqual(hexBytes(one.challenge))
  })
  it.each([
    ['a point off the curve', `04${'11'.repeat(64)}`],
    ['a compressed point', `02${cases[0]?.publicKey.slice(2, 66)}`],
    ['the point at infinity', `04${'00'.repeat(64)}`],
    ['nothing', ''],
  ])('refuses %s as a key', (_name, hex) => {
    expect(verifyP256Signature(hexBytes(hex), new Uint8Array(3), hexBytes(cases[0]?.signature ?? ''))).toBe(false)
  })
})
