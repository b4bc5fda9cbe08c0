/**
 * Joining a lab with an invitation. Keys and certificate request are stored before they are sent, so that a crash in between
 * leads to the same enrolment and not to a second one.
 * @module
 */
import { createPublicKey, X509Certificate } from 'node:crypto'
import { type Invitation, type KeyId, keyId, publicKeyHex } from '@kruispunt/contracts'
import { domainHash, type SigningKey, toHex, utf8 } from '@kruispunt/crypto'
import { createBrokerClient } from './broker-client/broker-client.ts'
import { createCertificateRequest, createTlsKey } from './broker-client/tls.ts'
import type { Settings } from './db/settings.ts'
import type { OnDurableStep } from './durable-steps.ts'
import { NodeError, refuseUnless } from './errors.ts'
import type { KeyStore } from './keys/key-store.ts'
import type { Officer, OfficerKeys } from './keys/officer-keys.ts'

export type NewOfficer = { readonly name: string; readonly role: Officer['role']; readonly passphrase: string }

const publicPart = (key: SigningKey) => ({
  keyId: keyId.parse(key.keyId),
  publicKey: publicKeyHex.parse(toHex(key.publicKey)),
})

/** The client certificate must be for our own key: anything else would fail later and say less. */
function assertOwnCertificate(pem: string, tlsKeyPem: string): void {
  try {
    const certificate = new X509Certificate(pem)
    if (certificate.publicKey.export({ type: 'spki', format: 'pem' }) === publicPem(tlsKeyPem)) return
  } catch (cause) {
    throw new NodeError('broker_answer_invalid', { cause })
  }
  throw new NodeError('broker_answer_invalid')
}

const publicPem = (tlsKeyPem: string) => createPublicKey(tlsKeyPem).export({ type: 'spki', format: 'pem' })

export async function enrol(
  deps: {
    readonly settings: Settings
    readonly keyStore: KeyStore
    readonly officers: OfficerKeys
    readonly clock: () => number
    readonly onDurableStep: OnDurableStep
  },
  invitation: Invitation,
  newOfficers: readonly NewOfficer[],
): Promise<void> {
  const { settings, keyStore, officers, clock, onDurableStep } = deps
  const before = settings.get('invitation')
  const isSame = before?.token === invitation.token
  if (settings.get('certificate') !== undefined) {
    refuseUnless(isSame, 'already_enrolled')
    return
  }
  refuseUnless(isSame || clock() < Date.parse(invitation.expires), 'invitation_expired')
  // An invitation that never led to a certificate may have been replaced or expired: the next one counts, with the same keys.
  if (!isSame) settings.remove('certificateRequest')

  settings.set('invitation', invitation)
  const { lab, party, token } = invitation
  const nodeKey = keyStore.ensureSigningKey('node')
  const witnessKey = keyStore.ensureSigningKey('witness')
  const officerKeys = newOfficers.map(({ name, role, passphrase }) => officers.ensure(name, role, passphrase))
  // An earlier attempt may have made officers that are not named now; the broker must hear the same keys again.
  refuseUnless(officers.list().length === officerKeys.length && officerKeys.length > 0, 'officer_unknown')
  if (keyStore.readText('tls-key') === undefined) keyStore.writeText('tls-key', createTlsKey())
  const tlsKey = keyStore.readText('tls-key') ?? ''
  const certificateRequest = settings.get('certificateRequest') ?? createCertificateRequest(tlsKey, { party, lab })
  settings.set('certificateRequest', certificateRequest)
  onDurableStep('enrolment-keys-stored')

  const prove = (key: SigningKey): [KeyId, string] => [
    keyId.parse(key.keyId),
    toHex(key.sign(domainHash('enrolment', utf8(lab), utf8(party), key.publicKey))),
  ]
  const client = createBrokerClient({ url: invitation.brokerUrl, caCertificate: invitation.caCertificate, lab })
  try {
    const roles = new Map(officers.list().map((officer) => [officer.keyId, officer.role]))
    const { certificate } = await client.enrol({
      lab,
      party,
      token,
      certificateRequest,
      nodeKey: publicPart(nodeKey),
      witnessKey: publicPart(witnessKey),
      officers: officerKeys.map((key) => ({ ...publicPart(key), role: roles.get(key.keyId) ?? 'privacy-officer' })),
      proofs: Object.fromEntries([nodeKey, witnessKey, ...officerKeys].map(prove)),
    })
    onDurableStep('enrolment-answered')
    assertOwnCertificate(certificate, tlsKey)
    settings.set('certificate', certificate)
    onDurableStep('certificate-stored')
  } finally {
    await client.close()
  }
}
