/** What people read about a lab. The readings are in `reading/`; these are their addresses. */
import {
  agreementParams,
  agreementView,
  earlierTableParams,
  earlierTables,
  earlierTableView,
  jobList,
  labParams,
  noQuery,
} from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { LedgerStore } from '../jobs/ledger.ts'
import type { JobService } from '../jobs/types.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { listEarlierTables, viewEarlierTable } from '../reading/earlier-tables.ts'
import { listJobs } from '../reading/list-jobs.ts'
import { viewAgreement } from '../reading/view-agreement.ts'
import { answers } from './answers.ts'

type Deps = { jobs: JobService; logs: LabLogs; ledger: Pick<LedgerStore, 'answers'>; now: () => number }

export const readingRoutes: FastifyPluginAsyncZod<Deps> = async (app, { jobs, logs, ledger, now }) => {
  const config = { permission: 'read' } as const
  const inLab = { params: labParams, querystring: noQuery }

  app.get(
    '/labs/:lab/agreements/:agreementId',
    { config, schema: { params: agreementParams, querystring: noQuery, response: answers(agreementView) } },
    async ({ params: { lab, agreementId } }) => viewAgreement(logs.get(lab).record(), agreementId, now()),
  )
  app.get(
    '/labs/:lab/jobs',
    { config, schema: { ...inLab, response: answers(jobList) } },
    async ({ params: { lab } }) => listJobs(logs.get(lab).record(), jobs),
  )
  app.get(
    '/labs/:lab/cross-tabs',
    { config, schema: { ...inLab, response: answers(earlierTables) } },
    async ({ params: { lab } }) => ({ tables: listEarlierTables({ record: logs.get(lab).record(), ledger }) }),
  )
  app.get(
    '/labs/:lab/releases/:release/cross-tabs/:tableHash',
    { config, schema: { params: earlierTableParams, querystring: noQuery, response: answers(earlierTableView) } },
    async ({ params: { lab, release, tableHash } }) =>
      viewEarlierTable({ record: logs.get(lab).record(), ledger }, release, tableHash),
  )
}
