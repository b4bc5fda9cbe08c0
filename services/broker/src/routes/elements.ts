/** Blinded elements and evaluations, from the node that made them to the node they are for (protocol §3.5). */
import { elementsParams, elementsReceipt, mostElementsBytes, ownElementsParams } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ElementStore } from '../blobs/element-store.ts'
import { partyOf } from '../plugins/permissions.ts'
import { answers } from './answers.ts'

const config = { permission: 'node' } as const

export const elementRoutes: FastifyPluginAsyncZod<{ elements: ElementStore }> = async (app, { elements }) => {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )

  app.put(
    '/labs/:lab/elements/:sha256',
    {
      bodyLimit: mostElementsBytes,
      config,
      schema: {
        params: ownElementsParams,
        consumes: ['application/octet-stream'],
        body: z.instanceof(Buffer),
        response: answers(elementsReceipt),
      },
    },
    async ({ params, body, caller }) =>
      elements.put(params.lab, { party: partyOf(caller), sha256: params.sha256 }, body),
  )

  app.get(
    '/labs/:lab/elements/:party/:sha256',
    {
      config,
      schema: {
        params: elementsParams,
        produces: ['application/octet-stream'],
        // Sent as bytes, which no serializer touches; the schema is for who reads the description.
        response: answers(z.string().describe('the elements one after the other, 32 bytes each')),
      },
    },
    async ({ params, caller }, reply) => {
      const bytes = elements.read(params.lab, params, partyOf(caller))
      return reply.type('application/octet-stream').send(Buffer.from(bytes) as never)
    },
  )

  app.delete(
    '/labs/:lab/elements/:party/:sha256',
    { config, schema: { params: elementsParams, response: answers(z.strictObject({ dropped: z.literal(true) })) } },
    async ({ params, caller }) => {
      elements.drop(params.lab, params, partyOf(caller))
      return { dropped: true } as const
    },
  )
}
