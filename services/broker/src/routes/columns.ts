/** Receiving one encrypted column of an extract, as a stream of announced length. */
import { columnParams, columnReceipt } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ColumnStore } from '../blobs/column-store.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { partyOf } from '../plugins/permissions.ts'
import { answers } from './answers.ts'

const headers = z.looseObject({
  'content-type': z.literal('application/octet-stream'),
  'content-length': z.coerce.number().pipe(z.int().min(0)),
})

type Deps = { columns: ColumnStore; logs: LabLogs; maxColumnBytes: number }

export const columnRoutes: FastifyPluginAsyncZod<Deps> = async (app, { columns, logs, maxColumnBytes }) => {
  // Handed on as it arrives: a column is larger than memory should be.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))

  const schema = {
    params: columnParams,
    headers,
    consumes: ['application/octet-stream'],
    response: answers(columnReceipt),
  }
  app.put(
    '/labs/:lab/extracts/:extractId/columns/:column',
    { config: { permission: 'node' }, schema },
    async (request, reply) => {
      const { lab, extractId, column } = request.params
      const bytes = request.headers['content-length']
      if (bytes > maxColumnBytes) {
        // Nobody is going to read the rest of it.
        reply.header('connection', 'close')
        throw new BrokerError('payload_too_large')
      }
      // Who is not in yet, or not any more, leaves nothing here.
      const members = logs.get(lab).record().state.roster?.document.parties
      const party = partyOf(request.caller)
      refuseUnless(members === undefined || members.some(({ id }) => id === party), 'forbidden')
      const body = request.body as AsyncIterable<Uint8Array>
      return columns.put({ lab, party, extractId, column, bytes, body })
    },
  )
}
