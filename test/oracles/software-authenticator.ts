/**
 * A browser and its authenticator, as WebAuthn Level 3 describes them, in software: for tests where nobody can touch a key.
 * Shares no code with what it tests.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** CBOR (RFC 8949), as much as a credential needs. */
function cbor(value: number | string | Uint8Array | Map<number | string, unknown>): Buffer {
  const head = (major: number, length: number) =>
    length < 24
      ? Buffer.from([(major << 5) | length])
      : length < 256
        ? Buffer.from([(major << 5) | 24, length])
        : Buffer.from([(major << 5) | 25, length >> 8, length & 255])
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  const pairs = [...value].map(([key, held]) => Buffer.concat([cbor(key), cbor(held as never)]))
  return Buffer.concat([head(5, value.size), ...pairs])
}

/** What an attacker, or a careless browser, would change. */
export type Tampering = {
  readonly type?: string
  readonly origin?: string
  readonly rpId?: string
  readonly crossOrigin?: unknown
  readonly topOrigin?: string
  readonly challenge?: string
  /** UP 0x01, UV 0x04 */
  readonly flags?: number
}

export type SoftwareAuthenticator = ReturnType<typeof createAuthenticator>

/** One credential, for one page. */
export function createAuthenticator(page: { rpId: string; origin: string }, kind: 'P-256' | 'Ed25519' = 'P-256') {
  const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } =
    kind === 'P-256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519')
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const [xBytes, yBytes] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  const id = randomBytes(32)

  const clientData = (type: string, challenge: string, tampering: Tampering) =>
    Buffer.from(
      JSON.stringify({
        type: tampering.type ?? type,
        challenge: tampering.challenge ?? challenge,
        origin: tampering.origin ?? page.origin,
        crossOrigin: tampering.crossOrigin ?? false,
        ...(tampering.topOrigin === undefined ? {} : { topOrigin: tampering.topOrigin }),
      }),
    )
  const authenticatorData = (flags: number, tampering: Tampering, rest: Uint8Array = Buffer.alloc(0)) =>
    Buffer.concat([sha256(tampering.rpId ?? page.rpId), Buffer.from([flags, 0, 0, 0, 0]), rest])

  return {
    id: base64url(id),
    /** As a roster has it. */
    publicKeyHex:
      kind === 'P-256' ? Buffer.concat([Buffer.from([4]), xBytes, yBytes]).toString('hex') : xBytes.toString('hex'),
    /** `navigator.credentials.create()`, in the JSON form of WebAuthn §5.1. @param challenge - base64url */
    register(challenge: string, tampering: Tampering = {}) {
      const cose: [number, unknown][] =
        kind === 'P-256'
          ? [
              [1, 2],
              [3, -7],
              [-1, 1],
              [-2, xBytes],
              [-3, yBytes],
            ]
          : [
              [1, 1],
              [3, -8],
              [-1, 6],
              [-2, xBytes],
            ]
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(new Map(cose))])
      const authData = authenticatorData((tampering.flags ?? 0x05) | 0x40, tampering, attested)
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ])
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key' as const,
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge, tampering)),
          attestationObject: base64url(cbor(attestation)),
        },
      }
    },
    /** `navigator.credentials.get()`, in the JSON form. @param challenge - base64url */
    assert(challenge: string, tampering: Tampering = {}) {
      const client = clientData('webauthn.get', challenge, tampering)
      const data = authenticatorData(tampering.flags ?? 0x05, tampering)
      const signature = sign(kind === 'P-256' ? 'sha256' : null, Buffer.concat([data, sha256(client)]), privateKey)
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key' as const,
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature),
        },
      }
    },
  }
}
