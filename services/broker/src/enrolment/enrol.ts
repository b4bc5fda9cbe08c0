/**
 * Enrolment: an invitation, the public keys of a node with a proof for each, and a certificate request become a client
 * certificate. The same keys may come again with the same token and get the same certificate; nobody else may.
 * @module
 */
import { X509Certificate } from 'node:crypto'
import type { EnrolmentRequest, LabId } from '@kruispunt/contracts'
import { domainHash, fromHex, keyIdOf, sha256, toHex, utf8, verifySignature } from '@kruispunt/crypto'
import { canonicalBytes, type JsonValue } from '@kruispunt/statements'
import { and, eq } from 'drizzle-orm'
import { issueNodeCertificate } from '../certificates/authority.ts'
import { readCertificateRequest } from '../certificates/certificate-request.ts'
import type { Store } from '../db/open.ts'
import { enrolments, invitations, labCoordinators } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import { type BrokerKeys, publicPart } from '../keys/key-store.ts'
import { tokenDigest } from './labs.ts'

type EnrolledKeys = Pick<EnrolmentRequest, 'nodeKey' | 'witnessKey' | 'officers'>

/** Hex SHA-256 of a certificate, by which a caller is recognised. */
const certificateDigest = (pem: string): string => toHex(sha256(new X509Certificate(pem).raw))

const allKeys = (keys: EnrolledKeys) => [keys.nodeKey, keys.witnessKey, ...keys.officers]

/** Each key signs its own enrolment, so that nobody enrols a key that another holds. */
function checkProofs(request: EnrolmentRequest): void {
  const keys = allKeys(request)
  refuseUnless(new Set(keys.map((key) => key.keyId)).size === keys.length, 'enrolment_invalid')
  refuseUnless(Object.keys(request.proofs).length === keys.length, 'enrolment_invalid')
  for (const key of keys) {
    const publicKey = fromHex(key.publicKey)
    const proof = request.proofs[key.keyId]
    refuseUnless(proof !== undefined && keyIdOf(publicKey) === key.keyId, 'enrolment_invalid')
    const message = domainHash('enrolment', utf8(request.lab), utf8(request.party), publicKey)
    refuseUnless(verifySignature(publicKey, message, fromHex(proof)), 'enrolment_invalid')
  }
}

/** One key, one role in a lab: a roster with a key twice would be refused by everybody. */
function checkNotInUse({ db }: Store, broker: BrokerKeys, lab: LabId, request: EnrolmentRequest): void {
  const others = db.select().from(enrolments).where(eq(enrolments.lab, lab)).all()
  const taken = new Set([
    ...[broker, ...broker.earlier].flatMap(({ brokerKey, logKey }) =>
      [brokerKey, logKey].map((key) => publicPart(key).keyId),
    ),
    ...db
      .select()
      .from(labCoordinators)
      .where(eq(labCoordinators.lab, lab))
      .all()
      .map((key) => key.keyId),
    ...others.flatMap((other) => allKeys(JSON.parse(other.keys) as EnrolledKeys).map((key) => key.keyId)),
  ])
  refuseUnless(
    allKeys(request).every((key) => !taken.has(key.keyId)),
    'enrolment_invalid',
  )
}

/**
 * @returns the client certificate, in PEM
 * @throws BrokerError `invitation_invalid` (one answer for wrong, used and expired: a guesser learns nothing), `enrolment_invalid`
 */
export function enrol(
  deps: { readonly store: Store; readonly keys: BrokerKeys },
  request: EnrolmentRequest,
  now: number,
): string {
  const { store, keys } = deps
  const digest = tokenDigest(request.token)
  const find = () => store.db.select().from(invitations).where(eq(invitations.tokenSha256, digest)).get()
  const invitation = find()
  const fits = invitation?.lab === request.lab && invitation.party === request.party
  refuseUnless(invitation !== undefined && fits, 'invitation_invalid')
  refuseUnless(invitation.usedBy !== null || now < Date.parse(invitation.expires), 'invitation_invalid')

  checkProofs(request)
  const { publicKey, publicKeyPem } = readCertificateRequest(request.certificateRequest, request)
  const enrolledKeys: EnrolledKeys = {
    nodeKey: request.nodeKey,
    witnessKey: request.witnessKey,
    officers: request.officers,
  }
  const identity = toHex(sha256(canonicalBytes({ ...enrolledKeys, publicKeyPem } as unknown as JsonValue)))

  const issued = store.atomically(() => {
    const current = find()
    if (current === undefined) throw new BrokerError('invitation_invalid')
    const own = and(eq(enrolments.lab, request.lab), eq(enrolments.party, request.party))
    if (current.usedBy !== null) {
      const enrolled = store.db.select().from(enrolments).where(own).get()
      refuseUnless(current.usedBy === identity && enrolled !== undefined, 'invitation_invalid')
      return enrolled.certificate
    }
    checkNotInUse(store, keys, request.lab, request)
    const certificate = issueNodeCertificate(keys.authority, publicKey, request, new Date(now))
    const enrolment = {
      name: current.partyName,
      keys: JSON.stringify(enrolledKeys),
      certificate,
      certificateSha256: certificateDigest(certificate),
      enrolledAt: new Date(now).toISOString(),
    }
    // A party that was invited anew has a new node: from here on the certificate of the old one opens nothing.
    store.db
      .insert(enrolments)
      .values({ lab: request.lab, party: request.party, ...enrolment })
      .onConflictDoUpdate({ target: [enrolments.lab, enrolments.party], set: enrolment })
      .run()
    store.db.update(invitations).set({ usedBy: identity }).where(eq(invitations.tokenSha256, digest)).run()
    return certificate
  })
  store.onDurableStep('enrolment-recorded')
  return issued
}
