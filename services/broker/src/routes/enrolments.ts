/** Enrolment by invitation. The rules are in `enrolment/enrol.ts`; this is their address. */
import { enrolmentRequest, enrolmentResponse } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Store } from '../db/open.ts'
import { enrol } from '../enrolment/enrol.ts'
import type { BrokerKeys } from '../keys/key-store.ts'
import { answers } from './answers.ts'

type Deps = { store: Store; keys: BrokerKeys; now: () => number; perMinute: number }

export const enrolmentRoutes: FastifyPluginAsyncZod<Deps> = async (app, { store, keys, now, perMinute }) => {
  const config = { permission: 'public', rateLimit: { max: perMinute, timeWindow: 60_000 } } as const
  const schema = { body: enrolmentRequest, response: answers(enrolmentResponse) }
  app.post('/enrolments', { config, schema }, async (request) => ({
    certificate: enrol({ store, keys }, request.body, now()),
  }))
}
