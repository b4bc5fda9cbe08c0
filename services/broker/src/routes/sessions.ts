/** Signing in with a coordinator's key. */
import { challenge, challengeRequest, session, sessionRequest } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { provenRequest } from '../plugins/permissions.ts'
import type { Challenges } from '../sessions/challenges.ts'
import type { Proofs } from '../sessions/proofs.ts'
import type { Tokens } from '../sessions/tokens.ts'
import { answers } from './answers.ts'

type Deps = { challenges: Challenges; tokens: Tokens; proofs: Proofs; perMinute: number }

export const sessionRoutes: FastifyPluginAsyncZod<Deps> = async (app, { challenges, tokens, proofs, perMinute }) => {
  const config = { permission: 'public', rateLimit: { max: perMinute, timeWindow: 60_000 } } as const
  const challengeSchema = { body: challengeRequest, response: answers(challenge) }
  app.post('/session-challenges', { config, schema: challengeSchema }, async ({ body }) =>
    challenges.issue(body.lab, body.keyId),
  )
  const sessionSchema = { body: sessionRequest, response: answers(session) }
  app.post('/sessions', { config, schema: sessionSchema }, async (request) => {
    const { lab, keyId } = request.body
    challenges.redeem(request.body)
    const thumbprint = await proofs.check(provenRequest(request))
    return tokens.issue({ lab, keyId, thumbprint })
  })
}
