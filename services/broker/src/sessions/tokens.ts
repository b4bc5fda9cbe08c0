/**
 * Session tokens: EdDSA only, ten minutes at most, under a key that lives as long as the process.
 *
 * A token is bound to a key of the program it was given to (DPoP). It lets that program read and pass on. It stands for no decision: what is passed on carries its own signature.
 * @module
 */
import { generateKeyPairSync } from 'node:crypto'
import fastifyJwt from '@fastify/jwt'
import { keyId, type LabId, labId } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { BrokerError } from '../errors.ts'

const minutes = 10
const tokenType = 'kruispunt-session+jwt'

const claims = z.strictObject({
  lab: labId,
  sub: keyId,
  cnf: z.strictObject({ jkt: z.string() }),
  jti: z.string(),
  iss: z.string(),
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
})
type Session = {
  readonly lab: LabId
  readonly keyId: z.infer<typeof keyId>
  /** Of the key whose proof every request must carry (RFC 9449 §6.1). */
  readonly thumbprint: string
}

export type Tokens = {
  issue(session: Session): { token: string; expires: string }
  /** @throws BrokerError `unauthenticated` */
  verify(token: string): Session
}

/** Registers @fastify/jwt on the app and wraps it, so that no route chooses its own algorithm, issuer or audience. */
export async function createTokens(app: FastifyInstance, brokerName: string, now: () => number): Promise<Tokens> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const audience = `${brokerName}/v1`
  await app.register(fastifyJwt, {
    secret: {
      private: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      public: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
    sign: {
      algorithm: 'EdDSA',
      iss: brokerName,
      aud: audience,
      expiresIn: `${minutes}m`,
      header: { alg: 'EdDSA', typ: tokenType },
    },
    verify: {
      algorithms: ['EdDSA'],
      allowedIss: brokerName,
      allowedAud: audience,
      checkTyp: tokenType,
      maxAge: `${minutes}m`,
      requiredClaims: ['exp', 'iat', 'iss', 'aud', 'sub', 'jti'],
    },
  })
  return {
    issue({ lab, keyId: sub, thumbprint: jkt }) {
      const token = app.jwt.sign({ lab, sub, cnf: { jkt }, jti: randomHex(16) })
      return { token, expires: new Date(now() + minutes * 60_000).toISOString() }
    },
    verify(token) {
      try {
        const parsed = claims.parse(app.jwt.verify(token))
        return { lab: parsed.lab, keyId: parsed.sub, thumbprint: parsed.cnf.jkt }
      } catch (error) {
        throw new BrokerError('unauthenticated', undefined, { cause: error })
      }
    },
  }
}
