/** Writing an agreement, and rehearsing it before anybody is asked to sign. The rules are in `drafting/`; these are their addresses. */
import {
  agreementDraft,
  agreementDraftChange,
  agreementDraftParams,
  agreementDraftRequest,
  agreementDrafts,
  type LabId,
  labParams,
  noQuery,
  rehearsal,
  rehearsalRequest,
} from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Store } from '../db/open.ts'
import { createAgreementDrafts } from '../drafting/agreement-drafts.ts'
import { createRehearser } from '../drafting/rehearser.ts'
import { viewLab } from '../enrolment/view-lab.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { officeOf } from '../plugins/permissions.ts'
import { viewAgreement } from '../reading/view-agreement.ts'
import { answers } from './answers.ts'

/** An agreement of the largest size, in JSON. */
const bodyLimit = 4_000_000
const config = { permission: 'session' } as const

type Deps = { store: Store; logs: LabLogs; now: () => number }

export const agreementDraftRoutes: FastifyPluginAsyncZod<Deps> = async (app, { store, logs, now }) => {
  const drafts = createAgreementDrafts({ store, now })
  const rehearser = createRehearser()
  const path = '/labs/:lab/agreement-drafts'
  const listOf = (lab: LabId) => ({ drafts: drafts.list(lab) })

  app.get(
    path,
    { config, schema: { params: labParams, querystring: noQuery, response: answers(agreementDrafts) } },
    async ({ params: { lab } }) => listOf(lab),
  )
  app.post(
    path,
    { config, schema: { params: labParams, body: agreementDraftRequest, response: answers(agreementDraft) } },
    async ({ params: { lab }, body: { basedOn }, caller }) => {
      const by = officeOf(caller)
      if (basedOn === null)
        return drafts.begin(lab, { on: 'model', parties: viewLab(store, logs.get(lab), now()).parties }, by)
      const { document } = viewAgreement(logs.get(lab).record(), basedOn, now())
      return drafts.begin(lab, { on: 'agreement', document }, by)
    },
  )
  const params = agreementDraftParams
  app.get(
    `${path}/:draft`,
    { config, schema: { params, querystring: noQuery, response: answers(agreementDraft) } },
    async ({ params: { lab, draft } }) => drafts.read(lab, draft),
  )
  app.put(
    `${path}/:draft`,
    { config, bodyLimit, schema: { params, body: agreementDraftChange, response: answers(agreementDraft) } },
    async ({ params: { lab, draft }, body, caller }) =>
      drafts.change(lab, draft, body.version, body.document, officeOf(caller)),
  )
  app.delete(
    `${path}/:draft`,
    { config, schema: { params, response: answers(agreementDrafts) } },
    async ({ params: { lab, draft } }) => {
      drafts.remove(lab, draft)
      return listOf(lab)
    },
  )
  app.post(
    '/labs/:lab/rehearsals',
    { config, bodyLimit, schema: { params: labParams, body: rehearsalRequest, response: answers(rehearsal) } },
    async ({ body }) => rehearser.rehearse(body),
  )
}
