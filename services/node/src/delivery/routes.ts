/**
 * Delivering a file through the node's local API: hand over, inspect, prepare, send, withdraw.
 * @module
 */
import { Readable } from 'node:stream'
import {
  assignment,
  checkOrder,
  deliveryReceipt,
  extractId,
  fileCheck,
  nodeDeliveries,
  nodeExtract,
  preparationOrder,
  stagedFile,
  stagedInspection,
  withdrawalConsequences,
} from '@kruispunt/contracts'
import { z } from 'zod'
import type { DeliveryRoutes } from '../delivery-port.ts'
import { refuseUnless } from '../errors.ts'
import { consequencesText } from '../officers/consequences.ts'
import { everybody, officers, stewards } from '../plugins/access.ts'
import { nodeProblem } from '../problems/codes.ts'
import { languageQuery } from '../routes/schemas.ts'
import { checkRows } from './check-rows.ts'
import { confirmMapping, inspectFile } from './inspect.ts'
import { parseObjections } from './objections.ts'
import { prepareExtract } from './prepare.ts'
import { sendExtract } from './send.ts'
import { clearStaging, stagedPath, stageFile, unstage } from './staging.ts'
import { viewExtract, viewInspection, viewReceipt } from './views.ts'
import { createWaitingFiles } from './waiting-files.ts'
import { createWorkList } from './work-list.ts'

/** A page waits less long than a command: what was asked stays asked, and asking again goes on with it. */
const patienceMs = 60_000
const maxFileBytes = 20 * 1024 ** 3
const errors = { 400: nodeProblem, 404: nodeProblem, 409: nodeProblem, 422: nodeProblem }
const extractParams = z.strictObject({ extractId })

export const deliveryRoutes: DeliveryRoutes = async (app, { port }) => {
  const folder = port.stagingFolder()
  await clearStaging(folder)
  const work = createWorkList()
  const waiting = createWaitingFiles(() => Date.parse(port.now()))
  const putAway = async (file: string) => {
    await unstage(folder, file)
    waiting.remove(file)
  }
  // The file streams to disk; nothing else may arrive in this form.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))

  app.post(
    '/deliveries/inspections',
    {
      bodyLimit: maxFileBytes,
      config: stewards,
      schema: {
        querystring: z.strictObject(assignment),
        response: { 200: stagedInspection, ...errors },
      },
    },
    async (request) => {
      // As JSON or as text it has been read whole and is no stream.
      refuseUnless(request.body instanceof Readable, 'invalid_request')
      const file = await stageFile(folder, request.body, maxFileBytes)
      try {
        const inspected = await inspectFile(port, request.query, stagedPath(folder, file))
        waiting.add(file, inspected)
        return { file, ...viewInspection(inspected) }
      } catch (error) {
        await unstage(folder, file)
        throw error
      }
    },
  )

  // A file that is here already, looked at once more: for a tab that was closed in between.
  app.get(
    '/deliveries/files/:file/inspection',
    {
      config: stewards,
      schema: {
        params: z.strictObject({ file: stagedFile }),
        querystring: z.strictObject(assignment),
        response: { 200: stagedInspection, ...errors },
      },
    },
    async ({ params: { file }, query }) => ({
      file,
      ...viewInspection(await inspectFile(port, query, stagedPath(folder, file))),
    }),
  )

  app.post(
    '/deliveries/checks',
    { config: stewards, schema: { body: checkOrder, response: { 200: fileCheck, ...errors } } },
    async (request) => {
      const { file, mapping, ...wanted } = request.body
      const inspected = await inspectFile(port, wanted, stagedPath(folder, file))
      const confirmed = confirmMapping(inspected, mapping)
      return work.during('checking', inspected, null, (onProgress) => checkRows(inspected, confirmed, onProgress))
    },
  )

  app.post(
    '/deliveries/preparations',
    { config: stewards, schema: { body: preparationOrder, response: { 201: nodeExtract, ...errors } } },
    async (request, reply) => {
      const { file, mapping, leaveOutBadRows, objections: lines, ...wanted } = request.body
      const inspected = await inspectFile(port, wanted, stagedPath(folder, file))
      const confirmed = confirmMapping(inspected, mapping)
      const { extractId: prepared } = await work.during('preparing', inspected, null, (onProgress, onJointNumbers) =>
        prepareExtract(port, inspected, confirmed, {
          leaveOutBadRows,
          patienceMs,
          onProgress,
          onJointNumbers,
          ...(lines === undefined ? {} : { objections: parseObjections(lines.join('\n')) }),
        }),
      )
      await putAway(file)
      return reply.code(201).send(viewExtract(port.extract(prepared)))
    },
  )

  app.delete(
    '/deliveries/files/:file',
    {
      config: stewards,
      schema: { params: z.strictObject({ file: stagedFile }), response: { 204: z.null(), ...errors } },
    },
    async (request, reply) => {
      await putAway(request.params.file)
      return reply.code(204).send(null)
    },
  )

  app.get('/deliveries', { config: everybody, schema: { response: { 200: nodeDeliveries } } }, async () => ({
    deliveries: port.extracts().map(viewExtract),
    outstanding: [...port.outstanding()],
    work: work.list(),
    staged: waiting.list(),
  }))

  // Goes on when nobody waits for the answer any more: a tab may be closed.
  app.post(
    '/deliveries/:extractId/sendings',
    { config: stewards, schema: { params: extractParams, response: { 200: deliveryReceipt, ...errors } } },
    async (request) => {
      const { extractId: id } = request.params
      const { agreement, dataset } = port.extract(id)
      const sent = await work.during(
        'sending',
        { agreement: { id: agreement }, dataset: { id: dataset } },
        id,
        (tell) => sendExtract(port, id, tell),
      )
      return viewReceipt(sent)
    },
  )

  app.delete(
    '/deliveries/:extractId',
    { config: stewards, schema: { params: extractParams, response: { 204: z.null(), ...errors } } },
    async (request, reply) => {
      port.discard(request.params.extractId)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/deliveries/:extractId/withdrawal',
    {
      config: everybody,
      schema: {
        params: extractParams,
        querystring: languageQuery,
        response: { 200: withdrawalConsequences, ...errors },
      },
    },
    async (request) => {
      const found = port.withdrawalOf(request.params.extractId)
      const text = consequencesText(found, (nl, en) => (request.query.lang === 'nl' ? nl : en))
      return withdrawalConsequences.parse({ ...found, text })
    },
  )

  app.post(
    '/deliveries/:extractId/withdrawals',
    {
      config: officers,
      schema: {
        params: extractParams,
        body: z.strictObject({
          officer: z.string().min(1).max(120),
          passphrase: z.string().min(1).max(1024),
          reason: z.string().min(1).max(600),
        }),
        response: { 200: deliveryReceipt, ...errors },
      },
    },
    async (request) => viewReceipt(await port.withdraw({ extractId: request.params.extractId, ...request.body })),
  )
}
