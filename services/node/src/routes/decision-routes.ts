/** What officers read and decide. Each decision carries the officer's passphrase, which is used once and not kept. */
import {
  agreementDecisionOrder,
  agreementDifferences,
  agreementExport,
  nodeAgreement,
  nodeAgreementText,
  nodeReceipt,
  nodeRequest,
  nodeRoster,
  passphraseOrder,
  requestDecisionOrder,
  rosterAcceptanceOrder,
  rosterProposalOrder,
  rotationOrder,
  withdrawalConsequences,
  withdrawalOrder,
} from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { KruispuntNode } from '../node.ts'
import { consequencesText, type WithdrawalOf } from '../officers/consequences.ts'
import { renderAgreement } from '../officers/render-agreement.ts'
import { everybody, officers } from '../plugins/access.ts'
import { agreementParams, errors, languageQuery, requestParams } from './schemas.ts'

const config = everybody

export const decisionRoutes: FastifyPluginAsyncZod<{ node: KruispuntNode }> = async (app, { node }) => {
  const { acts, views } = node

  app.get('/roster', { config, schema: { response: { 200: nodeRoster, ...errors } } }, async () => views.roster())
  app.post(
    '/roster/acceptances',
    { config: officers, schema: { body: rosterAcceptanceOrder, response: { 200: nodeReceipt, ...errors } } },
    async (request) => node.sendDecision(acts.acceptRoster(request.body)),
  )

  app.post(
    '/roster/proposals',
    { config: officers, schema: { body: rosterProposalOrder, response: { 200: nodeReceipt, ...errors } } },
    async (request) => node.sendDecision(acts.proposeRoster(request.body)),
  )
  app.post(
    '/officers/passphrases',
    { config: officers, schema: { body: passphraseOrder, response: { 204: z.null(), ...errors } } },
    async ({ body: { officer, passphrase, newPassphrase } }, reply) => {
      node.changePassphrase(officer, passphrase, newPassphrase)
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/ceremonies/rotations',
    { config: officers, schema: { body: rotationOrder, response: { 200: nodeReceipt, ...errors } } },
    async (request) => node.sendDecision(acts.rotateEpoch(request.body)),
  )

  app.get('/agreements', { config, schema: { response: { 200: z.array(nodeAgreement), ...errors } } }, async () =>
    views.agreements(),
  )
  app.get(
    '/agreements/:id',
    {
      config,
      schema: { params: agreementParams, querystring: languageQuery, response: { 200: nodeAgreementText, ...errors } },
    },
    async (request) => {
      const found = views.agreement(request.params.id)
      return { ...found, text: renderAgreement(found.id, found.document, found, request.query.lang) }
    },
  )
  app.get(
    '/agreements/:id/differences',
    {
      config,
      schema: {
        params: agreementParams,
        querystring: languageQuery,
        response: { 200: agreementDifferences, ...errors },
      },
    },
    async (request) => views.differences(request.params.id, request.query.lang),
  )
  // Files, not JSON: every byte of them counts.
  app.get(
    '/agreements/:id/exports/:kind',
    {
      config,
      schema: {
        params: agreementParams.extend({ kind: agreementExport }),
        querystring: languageQuery,
        produces: ['application/pdf', 'text/csv', 'application/json', 'application/jsonl'],
        response: { 200: z.any(), ...errors },
      },
    },
    async ({ params: { id, kind }, query: { lang } }, reply) => {
      const { bytes, mediaType, name } = await node.exportAgreement(id, kind, lang)
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .serializer((body: unknown) => body as string)
        .type(mediaType)
        .send(Buffer.from(bytes))
    },
  )
  app.post(
    '/agreements/:id/decisions',
    {
      config: officers,
      schema: { params: agreementParams, body: agreementDecisionOrder, response: { 200: nodeReceipt, ...errors } },
    },
    async (request) => node.sendDecision(acts.decideAgreement({ ...request.body, agreement: request.params.id })),
  )
  const told = (what: WithdrawalOf, language: 'nl' | 'en') => {
    const found = node.consequences(what)
    return withdrawalConsequences.parse({
      ...found,
      text: consequencesText(found, (nl, en) => (language === 'nl' ? nl : en)),
    })
  }
  app.get(
    '/agreements/:id/withdrawal',
    {
      config: everybody,
      schema: {
        params: agreementParams,
        querystring: languageQuery,
        response: { 200: withdrawalConsequences, ...errors },
      },
    },
    async (request) => told({ scope: 'agreement', id: request.params.id }, request.query.lang),
  )
  app.get(
    '/requests/:hash/withdrawal',
    {
      config: everybody,
      schema: {
        params: requestParams,
        querystring: languageQuery,
        response: { 200: withdrawalConsequences, ...errors },
      },
    },
    async (request) => told({ scope: 'request', requestHash: request.params.hash }, request.query.lang),
  )
  app.post(
    '/requests/:hash/withdrawals',
    {
      config: officers,
      schema: { params: requestParams, body: withdrawalOrder, response: { 200: nodeReceipt, ...errors } },
    },
    async (request) => node.sendDecision(acts.withdrawRequest({ ...request.body, requestHash: request.params.hash })),
  )
  app.post(
    '/agreements/:id/withdrawals',
    {
      config: officers,
      schema: { params: agreementParams, body: withdrawalOrder, response: { 200: nodeReceipt, ...errors } },
    },
    async (request) => node.sendDecision(acts.withdrawAgreement({ ...request.body, agreement: request.params.id })),
  )

  app.get('/requests', { config, schema: { response: { 200: z.array(nodeRequest), ...errors } } }, async () =>
    nodeRequest.array().parse(views.requests()),
  )
  app.post(
    '/requests/:hash/decisions',
    {
      config: officers,
      schema: { params: requestParams, body: requestDecisionOrder, response: { 200: nodeReceipt, ...errors } },
    },
    async (request) => node.sendDecision(acts.decideRequest({ ...request.body, requestHash: request.params.hash })),
  )
}
