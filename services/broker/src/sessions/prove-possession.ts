/**
 * The client's half of DPoP (RFC 9449): each request carries a proof, signed with a key that was made for this program's run
 * and never leaves it. A token that is copied out of a log or a proxy is of no use without that key.
 * @module
 */
import { randomHex } from '@kruispunt/crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { accessTokenHash } from './token-hash.ts'

export type Prover = {
  /** @param token - that the request carries; none while signing in */
  prove(method: string, url: URL, token?: string): Promise<string>
}

/** @param now - ms since 1970 */
export async function createProver(now: () => number = Date.now): Promise<Prover & { readonly thumbprint: string }> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
  const jwk = await exportJWK(publicKey)
  return {
    thumbprint: await calculateJwkThumbprint(jwk),
    prove: (method, url, token) =>
      new SignJWT({
        jti: randomHex(16),
        htm: method,
        htu: `${url.origin}${url.pathname}`,
        ...(token === undefined ? {} : { ath: accessTokenHash(token) }),
      })
        .setProtectedHeader({ typ: 'dpop+jwt', alg: 'EdDSA', jwk })
        .setIssuedAt(Math.floor(now() / 1000))
        .sign(privateKey),
  }
}
