/** A partner's keys, its enrolment, and the statements it makes. */
import { generateKeyPairSync } from 'node:crypto'
import type {
  EnrolmentRequest,
  Invitation,
  KeyId,
  LabId,
  PartyId,
  StatementBody,
  StatementEnvelope,
} from '@kruispunt/contracts'
import { domainHash, type SigningKey, sha256, signingKeyFromSeed, toHex, utf8 } from '@kruispunt/crypto'
import { type ChainHead, nextHeader, signStatement, statementHash } from '@kruispunt/statements'
import forge from 'node-forge'

const seedOf = (name: string) => sha256(utf8(`insecure seed for testing: ${name}`))
export const keyOf = (name: string): SigningKey => signingKeyFromSeed(seedOf(name))
export const publicOf = (key: SigningKey) => ({ keyId: key.keyId as KeyId, publicKey: toHex(key.publicKey) })

export type Party = {
  readonly id: PartyId
  readonly node: SigningKey
  readonly witness: SigningKey
  readonly officer: SigningKey
  readonly tlsKeyPem: string
  readonly tlsPublicKeyPem: string
}

export function makeParty(id: string): Party {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    id: id as PartyId,
    node: keyOf(`${id}/node`),
    witness: keyOf(`${id}/witness`),
    officer: keyOf(`${id}/officer`),
    tlsKeyPem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    tlsPublicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

export function certificateRequest(party: Party, subject: { lab: string; party: string }): string {
  const request = forge.pki.createCertificationRequest()
  request.publicKey = forge.pki.publicKeyFromPem(party.tlsPublicKeyPem)
  request.setSubject([
    { name: 'commonName', value: subject.party },
    { name: 'organizationName', value: subject.lab },
  ])
  request.sign(forge.pki.privateKeyFromPem(party.tlsKeyPem), forge.md.sha256.create())
  return forge.pki.certificationRequestToPem(request)
}

export function enrolmentFor(party: Party, invitation: Pick<Invitation, 'lab' | 'party' | 'token'>): EnrolmentRequest {
  const { lab, token } = invitation
  const proofs = Object.fromEntries(
    [party.node, party.witness, party.officer].map((key) => [
      key.keyId,
      toHex(key.sign(domainHash('enrolment', utf8(lab), utf8(party.id), key.publicKey))),
    ]),
  ) as EnrolmentRequest['proofs']
  return {
    lab,
    party: party.id,
    token,
    certificateRequest: certificateRequest(party, { lab, party: party.id }),
    nodeKey: publicOf(party.node),
    witnessKey: publicOf(party.witness),
    officers: [{ ...publicOf(party.officer), role: 'privacy-officer' }],
    proofs,
  }
}

/** Signs statements in the order of each key's chain. */
export function createSigner(lab: LabId, rosterHash: string, now: () => number = Date.now) {
  const heads = new Map<string, ChainHead>()
  return {
    heads,
    sign(
      from: string,
      keys: readonly [SigningKey, ...SigningKey[]],
      body: StatementBody,
      header: Record<string, unknown> = {},
    ): StatementEnvelope {
      const [own] = keys
      const payload = {
        v: 1,
        lab,
        from,
        keyId: own.keyId,
        ...nextHeader(heads.get(own.keyId)),
        issuedAt: new Date(now()).toISOString(),
        notAfter: null,
        roster: rosterHash,
        seen: null,
        ...body,
        ...header,
      }
      const envelope = signStatement(payload, ...keys) as StatementEnvelope
      const hash = statementHash(Buffer.from(envelope.payload, 'base64'))
      heads.set(own.keyId, { seq: payload.seq as number, hash })
      return envelope
    },
  }
}
