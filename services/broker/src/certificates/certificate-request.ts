/**
 * Reading a node's certificate signing request. What it asks for besides its key and name is not looked at.
 * @module
 */
import forge from 'node-forge'
import { BrokerError, refuseUnless } from '../errors.ts'

const { pki } = forge
const leastBits = 2048
const mostBits = 4096

export type CertificateRequest = {
  readonly publicKey: forge.pki.rsa.PublicKey
  /** One spelling of the key, to tell whether the same node comes again. */
  readonly publicKeyPem: string
}

function parse(pem: string): forge.pki.CertificateSigningRequest {
  try {
    const request = pki.certificationRequestFromPem(pem)
    // The signature first: it shows that the sender holds the private key.
    if (request.verify()) return request
  } catch (error) {
    throw new BrokerError('enrolment_invalid', [{ path: 'certificateRequest', message: 'cannot be read' }], {
      cause: error,
    })
  }
  throw new BrokerError('enrolment_invalid', [{ path: 'certificateRequest', message: 'signature does not verify' }])
}

/** @throws BrokerError `enrolment_invalid` unless it is a signed RSA request in the name of this party of this lab */
export function readCertificateRequest(pem: string, node: { lab: string; party: string }): CertificateRequest {
  const request = parse(pem)
  const fields = new Map(
    request.subject.attributes.map((field: forge.pki.CertificateField) => [field.name, field.value]),
  )
  refuseUnless(
    fields.size === 2 && fields.get('commonName') === node.party && fields.get('organizationName') === node.lab,
    'enrolment_invalid',
  )
  const publicKey = request.publicKey as forge.pki.rsa.PublicKey
  const bits = publicKey.n?.bitLength() ?? 0
  refuseUnless(bits >= leastBits && bits <= mostBits, 'enrolment_invalid')
  return { publicKey, publicKeyPem: pki.publicKeyToPem(publicKey) }
}
