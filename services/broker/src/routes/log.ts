/** Reading a lab's log and its proofs, and cosigning its checkpoints. */
import {
  checkpoints,
  consistencyProofQuery,
  cosignatureRequest,
  inclusionProofQuery,
  labParams,
  logEntries,
  logEntriesQuery,
  noQuery,
  proof,
} from '@kruispunt/contracts'
import { toHex } from '@kruispunt/crypto'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Store } from '../db/open.ts'
import type { BrokerKeys } from '../keys/key-store.ts'
import { addCosignature, currentCheckpoints } from '../log/checkpoints.ts'
import { copyOfLog } from '../log/copy-log.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import type { LongPolls } from '../log/long-polls.ts'
import { partyOf } from '../plugins/permissions.ts'
import { answers } from './answers.ts'

type Deps = { store: Store; keys: BrokerKeys; logs: LabLogs; longPolls: LongPolls }

/** Aborted when the answer is sent or the caller hangs up. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => controller.abort())
  return controller.signal
}

export const logRoutes: FastifyPluginAsyncZod<Deps> = async (app, { store, keys, logs, longPolls }) => {
  const config = { permission: 'read' } as const
  const params = labParams

  const entriesSchema = { params, querystring: logEntriesQuery, response: answers(logEntries) }
  app.get('/labs/:lab/log/entries', { config, schema: entriesSchema }, async ({ params: { lab }, query }, reply) => {
    const log = logs.get(lab)
    if (query.from >= log.record().tree.size) await longPolls.wait(lab, query.waitMs, goneSignal(reply))
    return { entries: log.entries(query.from, query.limit), size: log.record().tree.size }
  })

  // A file, not JSON: the verifier reads it line by line, and every byte of it counts.
  const copySchema = { params, querystring: noQuery, produces: ['text/plain'], response: answers(z.string()) }
  app.get('/labs/:lab/log/copy', { config, schema: copySchema }, async ({ params: { lab } }, reply) =>
    reply
      .header('content-disposition', 'attachment; filename="kruispunt-log.jsonl"')
      .type('text/plain; charset=utf-8')
      .send(copyOfLog({ store, keys }, logs.get(lab))),
  )

  const checkpointsSchema = { params, querystring: noQuery, response: answers(checkpoints) }
  app.get('/labs/:lab/log/checkpoints', { config, schema: checkpointsSchema }, async ({ params: { lab } }) =>
    currentCheckpoints({ store, keys }, logs.get(lab)),
  )

  const cosignatureSchema = { params, body: cosignatureRequest, response: answers(checkpoints) }
  app.post(
    '/labs/:lab/log/cosignatures',
    { config: { permission: 'node' }, schema: cosignatureSchema },
    async ({ params: { lab }, body, caller }) => {
      addCosignature({ store, keys }, logs.get(lab), partyOf(caller), body.note)
      return currentCheckpoints({ store, keys }, logs.get(lab))
    },
  )

  const inclusionSchema = { params, querystring: inclusionProofQuery, response: answers(proof) }
  app.get(
    '/labs/:lab/log/inclusion-proofs',
    { config, schema: inclusionSchema },
    async ({ params: { lab }, query }) => ({
      proof: logs.get(lab).record().tree.inclusionProof(query.index, query.size).map(toHex),
    }),
  )

  const consistencySchema = { params, querystring: consistencyProofQuery, response: answers(proof) }
  app.get(
    '/labs/:lab/log/consistency-proofs',
    { config, schema: consistencySchema },
    async ({ params: { lab }, query }) => ({
      proof: logs.get(lab).record().tree.consistencyProof(query.first, query.second).map(toHex),
    }),
  )
}
