/**
 * The certificate authority of the broker: it signs its own server certificate and one client certificate a node.
 *
 * A certificate only says who is calling. What a node may say is decided by the roster and its own signatures, so this
 * authority can let nobody approve or release anything.
 * @module
 */
import { generateKeyPair } from 'node:crypto'
import { isIP } from 'node:net'
import { promisify } from 'node:util'
import { randomHex } from '@kruispunt/crypto'
import forge from 'node-forge'

const { pki, md } = forge
const makeKeyPair = promisify(generateKeyPair)
const day = 86_400_000
const authorityDays = 3650
const leafDays = 825

export type Authority = { readonly certificatePem: string; readonly keyPem: string }

/** RSA: what node-forge can certify. Made by node:crypto, which is a hundred times as fast. */
async function rsaKeyPair(modulusLength: number): Promise<{ publicKeyPem: string; keyPem: string }> {
  const { publicKey, privateKey } = await makeKeyPair('rsa', { modulusLength })
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    // The form node-forge reads.
    keyPem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  }
}

type Subject = readonly { readonly name: string; readonly value: string }[]

function unsigned(publicKey: forge.pki.PublicKey, subject: Subject, at: Date, days: number): forge.pki.Certificate {
  const certificate = pki.createCertificate()
  certificate.publicKey = publicKey
  // Positive and of 126 random bits, as RFC 5280 §4.1.2.2 asks.
  certificate.serialNumber = `4${randomHex(16).slice(1)}`
  // A little before now: clocks of partners differ.
  certificate.validity.notBefore = new Date(at.getTime() - 3_600_000)
  certificate.validity.notAfter = new Date(at.getTime() + days * day)
  certificate.setSubject([...subject])
  return certificate
}

export async function createAuthority(brokerName: string, at: Date): Promise<Authority> {
  const { publicKeyPem, keyPem } = await rsaKeyPair(3072)
  const subject = [
    { name: 'commonName', value: `Kruispunt CA ${brokerName}` },
    { name: 'organizationName', value: brokerName },
  ]
  const certificate = unsigned(pki.publicKeyFromPem(publicKeyPem), subject, at, authorityDays)
  certificate.setIssuer(subject)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ])
  certificate.sign(pki.privateKeyFromPem(keyPem), md.sha256.create())
  return { certificatePem: pki.certificateToPem(certificate), keyPem }
}

function issue(authority: Authority, certificate: forge.pki.Certificate, extensions: object[]): string {
  const issuer = pki.certificateFromPem(authority.certificatePem)
  certificate.setIssuer(issuer.subject.attributes)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'authorityKeyIdentifier', keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
    ...extensions,
  ])
  certificate.sign(pki.privateKeyFromPem(authority.keyPem), md.sha256.create())
  return pki.certificateToPem(certificate)
}

/**
 * A fresh key and certificate for the HTTPS port; made at every start and kept in memory, so that no copy lies about.
 * @param names - host names and addresses besides localhost, 127.0.0.1 and ::1
 */
export async function issueServerCertificate(
  authority: Authority,
  names: readonly string[],
  at: Date,
): Promise<{ certificatePem: string; keyPem: string }> {
  const { publicKeyPem, keyPem } = await rsaKeyPair(2048)
  const all = [...new Set(['localhost', '127.0.0.1', '::1', ...names])]
  const subject = [{ name: 'commonName', value: names[0] ?? 'localhost' }]
  const certificate = unsigned(pki.publicKeyFromPem(publicKeyPem), subject, at, leafDays)
  const altNames = all.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name }))
  const certificatePem = issue(authority, certificate, [
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames },
  ])
  return { certificatePem, keyPem }
}

/** A node's client certificate: common name the party, organisation the lab. */
export function issueNodeCertificate(
  authority: Authority,
  publicKey: forge.pki.PublicKey,
  node: { readonly lab: string; readonly party: string },
  at: Date,
): string {
  const subject = [
    { name: 'commonName', value: node.party },
    { name: 'organizationName', value: node.lab },
  ]
  return issue(authority, unsigned(publicKey, subject, at, leafDays), [{ name: 'extKeyUsage', clientAuth: true }])
}
