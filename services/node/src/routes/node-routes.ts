/** What a person at this partner can see. */
import { ceremonyOrder, logVerification, nodeCeremony, nodeFingerprints, nodeStatus } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { KruispuntNode } from '../node.ts'
import { everybody, openToAll, operators } from '../plugins/access.ts'
import { errors } from './schemas.ts'

const config = everybody

export const nodeRoutes: FastifyPluginAsyncZod<{ node: KruispuntNode }> = async (app, { node }) => {
  app.get(
    '/health',
    { config: openToAll, schema: { response: { 200: z.strictObject({ status: z.literal('ok') }) } } },
    async () => ({
      status: 'ok' as const,
    }),
  )
  app.get('/openapi.json', { config: openToAll, schema: { hide: true } }, async () => app.swagger())
  app.get('/status', { config, schema: { response: { 200: nodeStatus, ...errors } } }, async () =>
    nodeStatus.parse(node.views.status()),
  )
  app.get('/fingerprints', { config, schema: { response: { 200: nodeFingerprints, ...errors } } }, async () =>
    nodeFingerprints.parse(node.views.fingerprints()),
  )
  app.get('/log/verification', { config, schema: { response: { 200: logVerification, ...errors } } }, async () =>
    node.verifyLog(),
  )
  // A file, not JSON: the verifier reads it line by line, and every byte of it counts.
  app.get(
    '/log/copy',
    { config, schema: { produces: ['text/plain'], response: { 200: z.string(), ...errors } } },
    async (_request, reply) =>
      reply
        .header('content-disposition', 'attachment; filename="kruispunt-log.jsonl"')
        .type('text/plain; charset=utf-8')
        .send(node.copyLog()),
  )
  app.get('/ceremonies', { config, schema: { response: { 200: z.array(nodeCeremony), ...errors } } }, async () =>
    node.views.ceremonies(),
  )
  app.post(
    '/ceremonies/abandonments',
    {
      config: operators,
      schema: {
        body: ceremonyOrder,
        response: { 202: z.strictObject({ agreement: ceremonyOrder.shape.agreement }), ...errors },
      },
    },
    async (request, reply) => {
      node.abandonCeremony(request.body.agreement)
      await node.trySending()
      return reply.code(202).send(request.body)
    },
  )
  app.post(
    '/ceremonies/restarts',
    {
      config: operators,
      schema: { body: ceremonyOrder, response: { 202: ceremonyOrder.extend({ epoch: z.int() }), ...errors } },
    },
    async (request, reply) => {
      const { epoch } = node.restartCeremony(request.body.agreement)
      await node.trySending()
      return reply.code(202).send({ ...request.body, epoch })
    },
  )
}
