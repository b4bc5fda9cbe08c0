/** Signing at the portal: the bytes of a statement, and the statement with a passkey's signature. */
import { askToAssert, type PasskeyPage } from '@kruispunt/accounts'
import { labParams, signedDraft, statementDraft, statementDraftRequest, statementReceipt } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Store } from '../db/open.ts'
import { passkeysOf } from '../enrolment/coordinators.ts'
import { BrokerError } from '../errors.ts'
import { explainRefusal } from '../log/explain-refusal.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { personOf } from '../plugins/permissions.ts'
import { draftStatement, envelopeOf } from '../requests/draft-statement.ts'
import { answers } from './answers.ts'

/** An agreement of the largest size, in base64 and JSON. */
const bodyLimit = 6_000_000
const config = { permission: 'session' } as const

type Deps = {
  readonly store: Store
  readonly logs: LabLogs
  readonly page: () => PasskeyPage
  readonly now: () => number
}

export const statementDraftRoutes: FastifyPluginAsyncZod<Deps> = async (app, { store, logs, page, now }) => {
  const params = labParams
  app.post(
    '/labs/:lab/statement-drafts',
    { config, bodyLimit, schema: { params, body: statementDraftRequest, response: answers(statementDraft) } },
    async ({ params: { lab }, body, caller }) => {
      const record = logs.get(lab).record()
      const accepted = record.state.roster?.document.coordinators ?? []
      const passkeys = passkeysOf(store, lab, personOf(caller).account.name)
      const passkey = passkeys.findLast(({ keyId }) => accepted.some((key) => key.keyId === keyId))
      // Without a key that partners have accepted there is nothing to sign with.
      if (passkey === undefined) throw new BrokerError('signer_unknown')
      const { keyId, credentialId } = passkey
      const { challenge, ...draft } = draftStatement(lab, record, keyId, body, now())
      return { keyId, ...draft, options: { ...(await askToAssert(page(), [credentialId], challenge)) } }
    },
  )
  app.post(
    '/labs/:lab/signed-drafts',
    { config, bodyLimit, schema: { params, body: signedDraft, response: answers(statementReceipt) } },
    async ({ params: { lab }, body }) => {
      const envelope = envelopeOf(body)
      try {
        return logs.get(lab).submit(envelope, 'coordinator')
      } catch (error) {
        throw explainRefusal(error, envelope)
      }
    },
  )
}
