/**
 * What requests ask of this node to be made for them, and the steward's yes or no.
 * @module
 */
import {
  deliveryReceipt,
  digest,
  requestConfirmation,
  requestDecline,
  requestExtract,
  requestExtracts,
} from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { viewReceipt } from '../delivery/views.ts'
import { everybody, stewards } from '../plugins/access.ts'
import { errors } from '../routes/schemas.ts'
import type { RequestExtracts } from './request-extracts.ts'

const params = z.strictObject({ requestHash: digest })

export const requestExtractRoutes: FastifyPluginAsyncZod<{ requestExtracts: RequestExtracts }> = async (
  app,
  { requestExtracts: made },
) => {
  app.get(
    '/request-extracts',
    { config: everybody, schema: { response: { 200: requestExtracts, ...errors } } },
    () => ({
      asked: made.list(),
    }),
  )

  app.post(
    '/request-extracts/:requestHash/confirmations',
    { config: stewards, schema: { params, body: requestConfirmation, response: { 200: requestExtract, ...errors } } },
    async ({ params: { requestHash }, body }) => made.confirm(requestHash, body.dataset, body.source),
  )

  app.post(
    '/request-extracts/:requestHash/refusals',
    { config: stewards, schema: { params, body: requestDecline, response: { 200: deliveryReceipt, ...errors } } },
    async ({ params: { requestHash }, body }) => viewReceipt(await made.decline(requestHash, body.dataset)),
  )
}
