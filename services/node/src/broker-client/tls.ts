/**
 * Keys and certificate requests for the connection to the broker. Signatures of statements have nothing to do with these.
 * @module
 */
import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

/** An RSA key, which every certificate library on the broker's side reads. PEM. */
export function createTlsKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
}

/** A certificate request (PKCS #10, PEM) with the party as CN and the lab as O. */
export function createCertificateRequest(
  tlsKeyPem: string,
  names: { readonly party: string; readonly lab: string },
): string {
  const privateKey = forge.pki.privateKeyFromPem(tlsKeyPem)
  const request = forge.pki.createCertificationRequest()
  request.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e)
  request.setSubject([
    { name: 'commonName', value: names.party },
    { name: 'organizationName', value: names.lab },
  ])
  request.sign(privateKey, forge.md.sha256.create())
  return forge.pki.certificationRequestToPem(request)
}
