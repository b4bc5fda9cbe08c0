/** A throw-away certificate authority for tests. */
import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

const { pki, md } = forge
type Pair = { publicPem: string; keyPem: string }

function rsaPair(): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    keyPem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  }
}

function blank(publicKey: forge.pki.PublicKey, subject: { name: string; value: string }[]): forge.pki.Certificate {
  const certificate = pki.createCertificate()
  certificate.publicKey = publicKey
  certificate.serialNumber = `4${Math.random().toString(16).slice(2, 14)}`
  certificate.validity.notBefore = new Date(Date.now() - 3_600_000)
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000)
  certificate.setSubject(subject)
  return certificate
}

export function testAuthority(name: string) {
  const own = rsaPair()
  const subject = [{ name: 'commonName', value: name }]
  const root = blank(pki.publicKeyFromPem(own.publicPem), subject)
  root.setIssuer(subject)
  root.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ])
  root.sign(pki.privateKeyFromPem(own.keyPem), md.sha256.create())
  const issue = (certificate: forge.pki.Certificate, extensions: object[]): string => {
    certificate.setIssuer(subject)
    certificate.setExtensions([{ name: 'basicConstraints', cA: false }, ...extensions])
    certificate.sign(pki.privateKeyFromPem(own.keyPem), md.sha256.create())
    return pki.certificateToPem(certificate)
  }
  return {
    certificate: pki.certificateToPem(root),
    server(): { cert: string; key: string } {
      const pair = rsaPair()
      const altNames = [
        { type: 2, value: 'localhost' },
        { type: 7, ip: '127.0.0.1' },
      ]
      const certificate = blank(pki.publicKeyFromPem(pair.publicPem), [{ name: 'commonName', value: 'localhost' }])
      return {
        cert: issue(certificate, [
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames },
        ]),
        key: pair.keyPem,
      }
    },
    /** Signs a certificate request as it stands. */
    client(requestPem: string): string {
      const request = pki.certificationRequestFromPem(requestPem)
      const names = request.subject.attributes.map((field: forge.pki.CertificateField) => ({
        name: String(field.name),
        value: String(field.value),
      }))
      return issue(blank(request.publicKey as forge.pki.PublicKey, names), [{ name: 'extKeyUsage', clientAuth: true }])
    },
  }
}
