/** How a lab stands, for people and nodes to see. What counts is the log; this is a reading of it. */
import { labParams, labView, noQuery } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Store } from '../db/open.ts'
import { viewLab } from '../enrolment/view-lab.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { answers } from './answers.ts'

type Deps = { store: Store; logs: LabLogs; now: () => number }

export const labRoutes: FastifyPluginAsyncZod<Deps> = async (app, { store, logs, now }) => {
  const schema = { params: labParams, querystring: noQuery, response: answers(labView) }
  app.get('/labs/:lab', { config: { permission: 'read' }, schema }, async ({ params: { lab } }) =>
    viewLab(store, logs.get(lab), now()),
  )
}
