/** What anybody may ask: is it up, and what does it speak. */
import { health, noQuery } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answers } from './answers.ts'

/** For anybody; far more often than a program or a page asks, and less than would hold others up. */
export const openToAll = { permission: 'public', rateLimit: { max: 600, timeWindow: 60_000 } } as const

export const publicRoutes: FastifyPluginAsyncZod<{ version: string }> = async (app, { version }) => {
  app.get('/health', { config: openToAll, schema: { querystring: noQuery, response: answers(health) } }, async () => ({
    status: 'ok' as const,
    version,
  }))
  app.get(
    '/openapi.json',
    { config: openToAll, schema: { querystring: noQuery, response: answers(z.looseObject({})) } },
    async () => app.swagger() as unknown as Record<string, unknown>,
  )
}
