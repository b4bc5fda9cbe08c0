/** What a lab writes together, phase by phase. The rules are in `packages/lab-method`; these are their addresses. */
import {
  contributionChange,
  contributionParams,
  contributionRequest,
  labBoard,
  labParams,
  noQuery,
} from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Store } from '../db/open.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { labContributions } from '../method/contributions.ts'
import { lookingFor, officesOf } from '../plugins/permissions.ts'
import { answers } from './answers.ts'

type Deps = { store: Store; logs: LabLogs; now: () => number }

export const contributionRoutes: FastifyPluginAsyncZod<Deps> = async (app, { store, logs, now }) => {
  const contributions = labContributions({ store, logs, now })
  const path = '/labs/:lab/contributions'
  const response = answers(labBoard)
  const write = { permission: 'member' } as const

  app.get(
    path,
    { config: { permission: 'read' }, schema: { params: labParams, querystring: noQuery, response } },
    async ({ params: { lab }, caller }) => contributions.board(lab, lookingFor(caller)),
  )
  app.post(
    path,
    { config: write, schema: { params: labParams, body: contributionRequest, response } },
    async ({ params: { lab }, body: { content }, caller }) => {
      contributions.write(lab, { id: null, version: 0, content, offices: officesOf(caller) })
      return contributions.board(lab, lookingFor(caller))
    },
  )
  app.put(
    `${path}/:contribution`,
    { config: write, schema: { params: contributionParams, body: contributionChange, response } },
    async ({ params: { lab, contribution: id }, body, caller }) => {
      contributions.write(lab, { id, ...body, offices: officesOf(caller) })
      return contributions.board(lab, lookingFor(caller))
    },
  )
}
