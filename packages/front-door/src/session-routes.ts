/** Signing in and out of a page, and who is there. */
import type { Accounts, Person } from '@kruispunt/accounts'
import { linkSignIn, pageSession } from '@kruispunt/contracts'
import type { FastifyContextConfig } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { BrowserSessions } from './browser-sessions.ts'

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

const instantOf = (at: number) => new Date(at).toISOString()

export function sessionRoutes<G>(deps: SessionRouteDeps<G>): FastifyPluginAsyncZod {
  const { accounts, browser, open, guessable, answers } = deps
  const view = pageSession(deps.grant)
  const show = (person: Person<G> | undefined) =>
    view.parse(
      person === undefined
        ? { state: 'signed-out' }
        : {
            state: 'signed-in',
            account: person.account.name,
            name: person.account.displayName,
            grants: person.account.grants,
            method: person.session.method,
            signedInAt: instantOf(person.session.signedInAt),
            idleUntil: instantOf(person.session.idleUntil),
            endsAt: instantOf(person.session.endsAt),
          },
    )
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
