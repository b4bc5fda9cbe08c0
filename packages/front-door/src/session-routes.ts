/** Signing in and out of a page, and who is there. */
import type { Accounts } from '@kruispunt/accounts'
import { linkSignIn } from '@kruispunt/contracts'
import type { FastifyContextConfig } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { BrowserSessions } from './browser-sessions.ts'
import { showSession } from './show-session.ts'

export type SessionRouteDeps<G> = {
  readonly accounts: Accounts<G>
  readonly browser: BrowserSessions<G>
  readonly grant: z.ZodType<G>
  /** Of routes for anybody, and of those that take a secret, which are limited more. */
  readonly open: FastifyContextConfig
  readonly guessable: FastifyContextConfig
  /** How the service lists its refusals. */
  readonly answers: <S extends z.ZodType>(schema: S) => { 200: S }
}

export function sessionRoutes<G>(deps: SessionRouteDeps<G>): FastifyPluginAsyncZod {
  const { accounts, browser, open, guessable, answers } = deps
  const { view, show } = showSession(deps.grant)
  return async (app) => {
    // Not with the services' own hook: these are the routes that a browser without a session may call.
    app.addHook('onRequest', async (request) => browser.requireOwnPage(request))
    app.get('/session', { config: open, schema: { response: answers(view) } }, async (request) =>
      show(browser.personOf(request)),
    )
    app.post(
      '/session/links',
      { config: guessable, schema: { body: linkSignIn, response: answers(view) } },
      async (request, reply) => {
        const signedIn = accounts.signInWithLink(request.body.code)
        browser.begin(reply, signedIn)
        return show(signedIn)
      },
    )
    app.delete('/session', { config: open, schema: { response: answers(view) } }, async (request, reply) => {
      browser.end(request, reply)
      return show(undefined)
    })
  }
}
