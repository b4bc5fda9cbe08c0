/** Keeping tables under a name, notes beside them, the dashboard of a lab. The rules are in `saved/`; these are their addresses. */
import {
  dashboardRequest,
  type LabId,
  labParams,
  noQuery,
  savedNoteRequest,
  savedTableChange,
  savedTableParams,
  savedTableRequest,
  savedTables,
} from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Store } from '../db/open.ts'
import type { LedgerStore } from '../jobs/ledger.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { officeOf } from '../plugins/permissions.ts'
import { listEarlierTables } from '../reading/earlier-tables.ts'
import { createSavedTables } from '../saved/saved-tables.ts'
import { answers } from './answers.ts'

type Deps = { store: Store; logs: LabLogs; ledger: Pick<LedgerStore, 'answers'>; now: () => number }

export const savedTableRoutes: FastifyPluginAsyncZod<Deps> = async (app, { store, logs, ledger, now }) => {
  const answered = (lab: LabId) => listEarlierTables({ record: logs.get(lab).record(), ledger })
  const saved = createSavedTables({ store, answered, now })
  const path = '/labs/:lab/saved-tables'
  const write = { permission: 'session' } as const
  const response = answers(savedTables)
  const listOf = (lab: LabId) => ({ saved: saved.list(lab) })

  app.get(
    path,
    { config: { permission: 'read' }, schema: { params: labParams, querystring: noQuery, response } },
    async ({ params: { lab } }) => listOf(lab),
  )
  app.post(
    path,
    { config: write, schema: { params: labParams, body: savedTableRequest, response } },
    async ({ params: { lab }, body, caller }) => {
      saved.save(lab, body, officeOf(caller))
      return listOf(lab)
    },
  )
  app.put(
    `${path}/:saved`,
    { config: write, schema: { params: savedTableParams, body: savedTableChange, response } },
    async ({ params, body, caller }) => {
      saved.change(params.lab, params.saved, body, officeOf(caller))
      return listOf(params.lab)
    },
  )
  app.delete(
    `${path}/:saved`,
    { config: write, schema: { params: savedTableParams, response } },
    async ({ params }) => {
      saved.remove(params.lab, params.saved)
      return listOf(params.lab)
    },
  )
  app.post(
    `${path}/:saved/notes`,
    { config: write, schema: { params: savedTableParams, body: savedNoteRequest, response } },
    async ({ params, body, caller }) => {
      saved.note(params.lab, params.saved, body.text, officeOf(caller))
      return listOf(params.lab)
    },
  )
  app.put(
    '/labs/:lab/dashboard',
    { config: write, schema: { params: labParams, body: dashboardRequest, response } },
    async ({ params: { lab }, body, caller }) => {
      saved.arrange(lab, body.saved, officeOf(caller))
      return listOf(lab)
    },
  )
}
