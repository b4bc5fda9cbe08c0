/** Going to the own organisation's sign-in service, and coming back. */
import type { Accounts } from '@kruispunt/accounts'
import { identityProviders, noQuery, providerParams, providerRedirect } from '@kruispunt/contracts'
import type { FastifyContextConfig } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { BrowserSessions } from './browser-sessions.ts'
import type { IdentityProviders } from './identity-providers.ts'

export type IdentityRouteDeps<G> = {
  readonly accounts: Accounts<G>
  readonly browser: BrowserSessions<G>
  readonly providers: IdentityProviders
  readonly isSecure: boolean
  readonly cookieName: string
  readonly guessable: FastifyContextConfig
  readonly answers: <S extends z.ZodType>(schema: S) => { 200: S }
}

export function identityRoutes<G>(deps: IdentityRouteDeps<G>): FastifyPluginAsyncZod {
  const { accounts, browser, providers, isSecure, cookieName, guessable: config, answers } = deps
  const name = `${isSecure ? '__Host-' : ''}${cookieName}-away`
  // Lax: the browser comes back from another site and must still be known as the one that left.
  const attributes = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/', maxAge: 600 } as const

  return async (app) => {
    app.get(
      '/session/providers',
      { config, schema: { querystring: noQuery, response: answers(identityProviders) } },
      async () => ({ providers: providers.list() }),
    )
    app.post(
      '/session/providers/:id/starts',
      { config, schema: { params: providerParams, body: noQuery, response: answers(providerRedirect) } },
      async (request, reply) => {
        browser.requireOwnPage(request)
        const { url, secret } = await providers.start(request.params.id)
        reply.setCookie(name, secret, attributes)
        return { url }
      },
    )
    // Comes from another site, by design; what makes it ours is the cookie, the state and the code.
    app.get(
      '/session/providers/:id/callback',
      { config, schema: { params: providerParams, hide: true } },
      async (request, reply) => {
        const secret = request.cookies[name]
        reply.clearCookie(name, attributes)
        try {
          const query = new URL(request.url, 'http://localhost').search
          const identity = await providers.finish(request.params.id, secret, query)
          browser.begin(reply, accounts.signInWithIdentity(identity))
          return reply.redirect('/', 303)
        } catch (error) {
          // By its name only: a provider's message may quote who it was.
          request.log.warn({ error: (error as Error).name }, 'a sign-in at a provider did not end well')
          return reply.redirect('/sign-in?refused=sign_in_failed', 303)
        }
      },
    )
  }
}
