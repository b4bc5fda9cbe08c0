/** Going on after the log contradicted itself: looking, signing, saying that this node was put back. */
import { count, digest, instant, partyId } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { KruispuntNode } from '../node.ts'
import { everybody, officers, operators } from '../plugins/access.ts'
import { errors } from './schemas.ts'

const checkpoint = z.strictObject({ size: count, root: digest, code: z.string() })
const recoveryView = z.strictObject({
  frozen: z.array(z.strictObject({ reason: z.string(), foundAt: instant })),
  own: checkpoint,
  offered: checkpoint,
  isSame: z.boolean().describe('as far as both go'),
  signed: z.array(z.strictObject({ size: count, code: z.string(), by: z.array(partyId) })),
  needed: count.describe('parties whose officers must sign the same'),
})
const recoveryBody = z.strictObject({
  officer: z.string().min(1).max(80),
  passphrase: z.string().min(1).max(1000),
  size: z.int().min(1),
  code: z.string().min(1).max(40).describe('as heard from the other partners'),
  reason: z.string().min(1).max(600),
})

export const recoveryRoutes: FastifyPluginAsyncZod<{ node: KruispuntNode }> = async (app, { node }) => {
  app.get(
    '/recovery',
    { config: everybody, schema: { response: { 200: recoveryView, ...errors } } },
    async () => await node.recovery.show(),
  )
  app.post(
    '/recovery/statements',
    {
      config: officers,
      schema: { body: recoveryBody, response: { 200: z.strictObject({ index: count }), ...errors } },
    },
    async ({ body }) => node.recovery.sign(body),
  )
  app.post(
    '/recovery/restorations',
    { config: operators, schema: { response: { 202: z.strictObject({ waiting: z.literal(true) }), ...errors } } },
    async (_request, reply) => {
      node.recovery.restored()
      return reply.code(202).send({ waiting: true as const })
    },
  )
}
