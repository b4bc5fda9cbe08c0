/**
 * The broker's half of DPoP (RFC 9449 §4.3): whether a request was made by whoever holds the key its token is bound to, for
 * this method and address, now, and for the first time.
 * @module
 */
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import { z } from 'zod'
import { BrokerError } from '../errors.ts'
import { accessTokenHash } from './token-hash.ts'

/** As far as a clock may be off, one way or the other. */
const toleranceMs = 300_000
/** Proofs of so long are remembered; more than that in so short a time is a flood, and is refused. */
const mostRemembered = 200_000
const mostLength = 4096

const claims = z.looseObject({
  jti: z.string().min(8).max(100),
  htm: z.string(),
  htu: z.string(),
  iat: z.int(),
  ath: z.string().optional(),
})

export type ProvenRequest = {
  readonly method: string
  /** As the caller wrote it, without query: `https://broker.example.org/v1/sessions`. */
  readonly url: string
  readonly proof: unknown
}

export type Proofs = {
  /**
   * @param token - the access token of the request; none while signing in
   * @returns thumbprint of the key (RFC 7638), to be held against `cnf.jkt`
   * @throws BrokerError `unauthenticated`, one answer for every reason
   */
  check(request: ProvenRequest, token?: string): Promise<string>
}

export function createProofs(now: () => number): Proofs {
  /** Thumbprint and `jti` → until when a repetition would still be in time. Oldest first. */
  const seen = new Map<string, number>()

  function rememberOnce(name: string): boolean {
    for (const [old, until] of seen) {
      if (until > now()) break
      seen.delete(old)
    }
    if (seen.has(name) || seen.size >= mostRemembered) return false
    seen.set(name, now() + 2 * toleranceMs)
    return true
  }

  async function read(proof: unknown) {
    if (typeof proof !== 'string' || proof.length > mostLength) throw new Error('no proof')
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['EdDSA', 'Ed25519', 'ES256'],
      currentDate: new Date(now()),
    })
    const { jwk } = protectedHeader
    if (jwk === undefined) throw new Error('no key')
    return { claims: claims.parse(payload), thumbprint: await calculateJwkThumbprint(jwk) }
  }

  return {
    async check({ method, url, proof }, token) {
      try {
        const { claims: said, thumbprint } = await read(proof)
        const isFor =
          said.htm === method &&
          said.htu === url &&
          Math.abs(now() - said.iat * 1000) <= toleranceMs &&
          said.ath === (token === undefined ? undefined : accessTokenHash(token))
        if (!isFor || !rememberOnce(`${thumbprint}/${said.jti}`)) throw new Error('not this request')
        return thumbprint
      } catch (error) {
        throw new BrokerError('unauthenticated', undefined, { cause: error })
      }
    },
  }
}
