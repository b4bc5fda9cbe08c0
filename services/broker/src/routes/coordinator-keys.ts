/** A coordinator's own passkey, with which statements are signed at the portal. It counts once partners accept a roster with it. */
import {
  askToRegister,
  checkRegistration,
  createPending,
  type PasskeyPage,
  requireRecentSignIn,
} from '@kruispunt/accounts'
import {
  coordinatorKey,
  coordinatorKeyOptions,
  coordinatorKeyRegistration,
  coordinatorKeys,
  labParams,
  noQuery,
} from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Store } from '../db/open.ts'
import { addPasskey, coordinatorsOf, passkeysOf } from '../enrolment/coordinators.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { personOf } from '../plugins/permissions.ts'
import { answers } from './answers.ts'

const answerMs = 300_000

type Deps = {
  readonly store: Store
  readonly logs: LabLogs
  readonly page: () => PasskeyPage
  readonly now: () => number
  readonly perMinute: number
}

export const coordinatorKeyRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { store, logs, page, now, perMinute } = deps
  const asked = createPending<string>(now, answerMs)
  const config = { permission: 'session', rateLimit: { max: perMinute, timeWindow: 60_000 } } as const
  const params = labParams
  const path = '/labs/:lab/coordinator-keys'

  app.get(
    path,
    { config: { permission: 'read' }, schema: { params, querystring: noQuery, response: answers(coordinatorKeys) } },
    async ({ params: { lab }, caller }) => {
      const { account } = personOf(caller)
      const accepted = logs.get(lab).record().state.roster?.document.coordinators ?? []
      const keys = coordinatorsOf(store, lab).map(({ key, passkey }) => ({
        key,
        isOwn: passkey?.account === account.name,
        inRoster: accepted.some(({ keyId }) => keyId === key.keyId),
      }))
      return { keys }
    },
  )
  app.post(
    `${path}/options`,
    { config, schema: { params, body: noQuery, response: answers(coordinatorKeyOptions) } },
    async ({ params: { lab }, caller }) => {
      const { account, session } = personOf(caller)
      requireRecentSignIn(session, now())
      const known = passkeysOf(store, lab, account.name).map(({ credentialId }) => credentialId)
      const options = await askToRegister(page(), account, known, 'discouraged')
      asked.put(`${session.id}/${lab}`, options.challenge)
      return { options: { ...options } }
    },
  )
  app.post(
    path,
    { config, schema: { params, body: coordinatorKeyRegistration, response: answers(coordinatorKey) } },
    async ({ params: { lab }, body, caller }) => {
      const { account, session } = personOf(caller)
      requireRecentSignIn(session, now())
      const { origin, rpId } = page()
      const challenge = asked.take(`${session.id}/${lab}`) ?? ''
      const { id: credentialId, publicKeyHex } = await checkRegistration(page(), challenge, body.response)
      const place = { account: account.name, credentialId, rpId, origin }
      const keyId = addPasskey(store, lab, publicKeyHex, place)
      return {
        key: { keyId, publicKey: publicKeyHex, kind: 'webauthn' as const, rpId, origin },
        isOwn: true,
        inRoster: false,
      }
    },
  )
}
