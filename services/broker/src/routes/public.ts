/** What anybody may ask: is it up, and what does it speak. */
import { health, noQuery } from '@kruispunt/contracts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answers } from './answers.ts'

export const publicRoutes: FastifyPluginAsyncZod<{ version: string }> = async (app, { version }) => {
  app.get(
    '/health',
    { config: { permission: 'public' }, schema: { querystring: noQuery, response: answers(health) } },
    async () => ({ status: 'ok' as const, version }),
  )
  app.get(
    '/openapi.json',
    { config: { permission: 'public' }, schema: { querystring: noQuery, response: answers(z.looseObject({})) } },
    async () => app.swagger() as unknown as Record<string, unknown>,
  )
}
