/** Going on after the log contradicted itself: looking, signing, saying that this node was put back. */
import { count, nodeRecovery, recoveryOrder } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { KruispuntNode } from '../node.ts'
import { everybody, officers, operators } from '../plugins/access.ts'
import { errors } from './schemas.ts'

export const recoveryRoutes: FastifyPluginAsyncZod<{ node: KruispuntNode }> = async (app, { node }) => {
  app.get(
    '/recovery',
    { config: everybody, schema: { response: { 200: nodeRecovery, ...errors } } },
    async () => await node.recovery.show(),
  )
  app.post(
    '/recovery/statements',
    {
      config: officers,
      schema: { body: recoveryOrder, response: { 200: z.strictObject({ index: count }), ...errors } },
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
