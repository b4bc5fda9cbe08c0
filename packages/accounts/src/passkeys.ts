/**
 * Passkeys (WebAuthn): what a page is to ask its browser, and whether what comes back is right. Attestation is not asked
 * for: which make of key somebody uses is nobody's business here.
 * @module
 */
import { toHex } from '@kruispunt/crypto'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import { AccountError } from './errors.ts'

/** The page that asks, and the domain its keys belong to. */
export type PasskeyPage = { readonly origin: string; readonly rpId: string; readonly name: string }

export type RegisteredPasskey = {
  readonly id: string
  /** COSE, base64url: as the library wants it back. */
  readonly coseKey: string
  /** As a roster has it: P-256 as 04, x, y; Ed25519 as 32 bytes. */
  readonly publicKeyHex: string
}

/** EdDSA and ES256: what every node can verify. */
const algorithms = [-8, -7]
const timeout = 120_000

export const pageOf = (origin: string, name: string): PasskeyPage => ({ origin, rpId: new URL(origin).hostname, name })

/**
 * @param known - ids of keys this person has already, so that one key is not registered twice
 * @param residentKey - required for keys that sign in without a name being typed; discouraged for keys that only sign statements,
 *   which would otherwise be offered beside them where somebody signs in
 */
export function askToRegister(
  page: PasskeyPage,
  person: { readonly name: string; readonly displayName: string },
  known: readonly string[],
  residentKey: 'discouraged' | 'required',
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: page.name,
    rpID: page.rpId,
    userName: person.name,
    userDisplayName: person.displayName,
    attestationType: 'none',
    authenticatorSelection: { residentKey, userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: known.map((id) => ({ id })),
    timeout,
  })
}

function publicKeyHexOf(key: Uint8Array<ArrayBuffer>): string {
  const decoded = decodeCredentialPublicKey(key)
  if (cose.isCOSEPublicKeyEC2(decoded)) {
    const [x, y] = [decoded.get(cose.COSEKEYS.x), decoded.get(cose.COSEKEYS.y)]
    if (x !== undefined && y !== undefined) return `04${toHex(x)}${toHex(y)}`
  }
  if (cose.isCOSEPublicKeyOKP(decoded)) {
    const x = decoded.get(cose.COSEKEYS.x)
    if (x !== undefined) return toHex(x)
  }
  throw new AccountError('credential_invalid')
}

/** @throws AccountError `credential_invalid` */
export async function checkRegistration(
  page: PasskeyPage,
  challenge: string,
  response: RegistrationResponseJSON,
): Promise<RegisteredPasskey> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: page.origin,
      expectedRPID: page.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified) throw new AccountError('credential_invalid')
    const { id, publicKey } = registrationInfo.credential
    return { id, coseKey: Buffer.from(publicKey).toString('base64url'), publicKeyHex: publicKeyHexOf(publicKey) }
  } catch (error) {
    throw new AccountError('credential_invalid', { cause: error })
  }
}

/**
 * @param ids - of the keys that may answer; none: whichever the browser has for this page
 * @param challenge - 32 bytes; drawn when absent
 */
export function askToAssert(
  page: PasskeyPage,
  ids: readonly string[],
  challenge?: Uint8Array,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: page.rpId,
    allowCredentials: ids.map((id) => ({ id })),
    userVerification: 'required',
    timeout,
    ...(challenge === undefined ? {} : { challenge: Uint8Array.from(challenge) }),
  })
}

/** Whether this key answered this question. Counters are not looked at: a key on more devices has none. */
export async function isAnswerOf(
  page: PasskeyPage,
  passkey: Pick<RegisteredPasskey, 'id' | 'coseKey'>,
  challenge: string,
  response: AuthenticationResponseJSON,
): Promise<boolean> {
  try {
    const { verified } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: page.origin,
      expectedRPID: page.rpId,
      requireUserVerification: true,
      credential: { id: passkey.id, publicKey: Uint8Array.from(Buffer.from(passkey.coseKey, 'base64url')), counter: 0 },
    })
    return verified && response.id === passkey.id
  } catch {
    return false
  }
}
