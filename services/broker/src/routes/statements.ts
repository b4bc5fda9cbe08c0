/** Submitting a signed statement. Sending one twice gives the receipt of the first time. */
import { labParams, statementReceipt, statementSubmission } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { explainRefusal } from '../log/explain-refusal.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { senderOf } from '../plugins/permissions.ts'
import { answers } from './answers.ts'

/** A statement of four megabytes, in base64 and JSON. */
const bodyLimit = 6_000_000

export const statementRoutes: FastifyPluginAsyncZod<{ logs: LabLogs }> = async (app, { logs }) => {
  const schema = { params: labParams, body: statementSubmission, response: answers(statementReceipt) }
  app.post(
    '/labs/:lab/statements',
    { config: { permission: 'node-or-session' }, bodyLimit, schema },
    async ({ params: { lab }, body: { envelope }, caller }) => {
      try {
        return logs.get(lab).submit(envelope, senderOf(caller))
      } catch (error) {
        throw explainRefusal(error, envelope)
      }
    },
  )
}
