/** Analysis jobs: how they stand, questions to them, closing them. The rules are in `jobs/`; this is their address. */
import {
  crossTabAnswer,
  crossTabRequest,
  jobParams,
  jobView,
  type LabId,
  linkedCrossTabAnswer,
  linkedCrossTabRequest,
  linkQuality,
  noQuery,
} from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { JobService } from '../jobs/types.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { answers } from './answers.ts'

export const jobRoutes: FastifyPluginAsyncZod<{ jobs: JobService; logs: LabLogs }> = async (app, { jobs, logs }) => {
  const path = '/labs/:lab/jobs/:requestId'
  const params = jobParams
  const read = { permission: 'read' } as const
  const ask = { permission: 'session' } as const
  /** Catches up with the log first, so that what another process recorded has reached the jobs. */
  const upToDate = (lab: LabId) => void logs.get(lab).record()

  app.get(
    path,
    { config: read, schema: { params, querystring: noQuery, response: answers(jobView) } },
    async ({ params: { lab, requestId } }) => {
      upToDate(lab)
      return jobs.view(lab, requestId)
    },
  )
  app.post(
    `${path}/cross-tabs`,
    { config: ask, schema: { params, body: crossTabRequest, response: answers(crossTabAnswer) } },
    async ({ params: { lab, requestId }, body }) => {
      upToDate(lab)
      return jobs.ask(lab, requestId, body)
    },
  )
  app.post(
    `${path}/linked-cross-tabs`,
    { config: ask, schema: { params, body: linkedCrossTabRequest, response: answers(linkedCrossTabAnswer) } },
    async ({ params: { lab, requestId }, body }) => {
      upToDate(lab)
      return { answers: [...(await jobs.askTogether(lab, requestId, body.questions))] }
    },
  )
  app.get(
    `${path}/link-quality`,
    { config: ask, schema: { params, querystring: noQuery, response: answers(linkQuality) } },
    async ({ params: { lab, requestId } }) => {
      upToDate(lab)
      return jobs.linkQuality(lab, requestId)
    },
  )
  app.post(
    `${path}/closings`,
    { config: ask, schema: { params, body: noQuery, response: answers(jobView) } },
    async ({ params: { lab, requestId } }) => {
      upToDate(lab)
      await jobs.close(lab, requestId, 'closed-by-coordinator')
      return jobs.view(lab, requestId)
    },
  )
}
