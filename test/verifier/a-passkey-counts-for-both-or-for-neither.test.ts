import { keyIdOf } from '@kruispunt/crypto'
import {
  canonicalBytes,
  type Envelope,
  envelopeBytes,
  openEnvelope,
  passkeyChallenge,
  passkeySignature,
  payloadTypeOf,
  preAuthEncoding,
  StatementError,
} from '@kruispunt/statements'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLine } from '../../services/workbench/src/verify/read/envelope.ts'
import { createAuthenticator, type SoftwareAuthenticator, type Tampering } from '../oracles/software-authenticator.ts'

const page = { rpId: 'voorbeeld.nl', origin: 'https://portaal.voorbeeld.nl' }
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const zeros = '0'.repeat(64)

/** A request under this passkey; `edit` changes the bytes of the assertion. */
function requestOf(
  authenticator: SoftwareAuthenticator,
  tampering: Tampering,
  edit = (sig: Uint8Array) => sig,
): Envelope {
  const keyId = keyIdOf(Buffer.from(authenticator.publicKeyHex, 'hex'))
  const header = { v: 1, lab: 'regio', from: 'coordinator', keyId, seq: 1, prev: zeros, roster: zeros, seen: null }
  const times = { issuedAt: '2026-11-01T09:00:00.000Z', notAfter: null }
  const asked = { extractId: 'a1'.repeat(16), party: 'ggd', dataset: 'ggd.data', version: 1, columns: ['token:B1'] }
  const body = canonicalBytes({
    ...{ ...header, ...times, kind: 'request', requestId: 'b1'.repeat(16), agreement: zeros, epoch: 1 },
    ...{ question: 'Hoeveel?', extracts: [asked] },
  })
  const payloadType = payloadTypeOf('request')
  const challenge = Buffer.from(passkeyChallenge(preAuthEncoding(payloadType, body))).toString('base64url')
  const { authenticatorData, clientDataJSON, signature } = authenticator.assert(challenge, tampering).response
  const parts = { authenticatorData, clientDataJSON, signature }
  const bytes = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text, 'base64url')]))
  const sig = base64(edit(passkeySignature(bytes as never)))
  return { payload: base64(body), payloadType, signatures: [{ keyid: keyId, sig }] }
}

function believedBy(authenticator: SoftwareAuthenticator, envelope: Envelope, at = page) {
  const publicKey = Buffer.from(authenticator.publicKeyHex, 'hex')
  const keyId = keyIdOf(publicKey)
  const line = Buffer.from(envelopeBytes(envelope))
  const verifier = openLine(line, (asked) =>
    asked === keyId ? { publicKey: authenticator.publicKeyHex, page: at } : undefined,
  )
  let record = true
  try {
    openEnvelope(envelope, (asked) => (asked === keyId ? { publicKey, ...at } : undefined))
  } catch (error) {
    if (!(error instanceof StatementError)) throw error
    record = false
  }
  return { record, verifier: !('fault' in verifier) }
}

describe.each(['P-256', 'Ed25519'] as const)(
  'a passkey (%s) counts for record and verifier, or for neither',
  (kind) => {
    const authenticator = createAuthenticator(page, kind)

    it('counts when it was made for these bytes, by its own page, with somebody there', () => {
      expect(believedBy(authenticator, requestOf(authenticator, {}))).toEqual({ record: true, verifier: true })
    })

    it.each<[string, Tampering]>([
      ['made by another page', { origin: 'https://elders.nl' }],
      ['made for another domain', { rpId: 'elders.nl' }],
      ['made when a key was registered', { type: 'webauthn.create' }],
      ['made in a frame', { crossOrigin: true }],
      ['made under another page', { topOrigin: 'https://elders.nl' }],
      ['made with nobody there', { flags: 0x04 }],
      ['made by somebody nobody asked who they are', { flags: 0x01 }],
      ['made over other bytes', { challenge: Buffer.alloc(32).toString('base64url') }],
    ])('does not count when it was %s', (_name, tampering) => {
      expect(believedBy(authenticator, requestOf(authenticator, tampering))).toEqual({ record: false, verifier: false })
    })

    it('does not count with any byte changed, nor filed under another page', () => {
      fc.assert(
        fc.property(fc.nat(600), fc.integer({ min: 1, max: 255 }), (at, change) => {
          const edit = (sig: Uint8Array) => sig.with(at % sig.length, (sig[at % sig.length] ?? 0) ^ change)
          const believed = believedBy(authenticator, requestOf(authenticator, {}, edit))
          expect(believed).toEqual({ record: false, verifier: false })
        }),
        { numRuns: 60 },
      )
      const elsewhere = { ...page, origin: 'https://andere.voorbeeld.nl' }
      expect(believedBy(authenticator, requestOf(authenticator, {}), elsewhere)).toEqual({
        record: false,
        verifier: false,
      })
    })
  },
)
