/** Ways to sign in besides a link, and the own account. */
import type { Accounts, PasskeyPage, Person } from '@kruispunt/accounts'
import {
  noQuery,
  ownAccount,
  passkeyAddition,
  passkeyId,
  passkeyQuestion,
  passkeySignIn,
  passwordChange,
  passwordSignIn,
  sessionId,
  totpOffer,
} from '@kruispunt/contracts'
import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { BrowserSessions } from './browser-sessions.ts'
import { showSession } from './show-session.ts'

export type AccountRouteDeps<G> = {
  readonly accounts: Accounts<G>
  readonly browser: BrowserSessions<G>
  readonly grant: z.ZodType<G>
  readonly page: () => PasskeyPage
  /** Of routes that anybody may try, with a limit on how often; each finds out by itself who is there. */
  readonly guessable: FastifyContextConfig
  readonly answers: <S extends z.ZodType>(schema: S) => { 200: S }
  /** How the service says that nobody is signed in. */
  readonly unauthenticated: () => Error
}

const instantOf = (at: number) => new Date(at).toISOString()

export function accountRoutes<G>(deps: AccountRouteDeps<G>): FastifyPluginAsyncZod {
  const { accounts, browser, page, guessable: config, answers, unauthenticated } = deps
  const { view, show } = showSession(deps.grant)
  function personOf(request: FastifyRequest): Person<G> {
    const person = browser.personOf(request)
    if (person === undefined) throw unauthenticated()
    return person
  }
  const showAccount = (person: Person<G>) => {
    const { passkeys, sessions, ...own } = accounts.own.view(person)
    return {
      ...own,
      passkeys: passkeys.map(({ addedAt, ...key }) => ({ ...key, addedAt: instantOf(addedAt) })),
      sessions: sessions.map(({ signedInAt, lastSeen, ...one }) => ({
        ...one,
        signedInAt: instantOf(signedInAt),
        lastSeen: instantOf(lastSeen),
      })),
    }
  }
  const response = answers(ownAccount)

  return async (app) => {
    app.addHook('onRequest', async (request) => browser.requireOwnPage(request))

    app.post(
      '/session/passwords',
      { config, schema: { body: passwordSignIn, response: answers(view) } },
      async ({ body: { account, password, code } }, reply) => {
        const signedIn = await accounts.signInWithPassword(account, password, code)
        browser.begin(reply, signedIn)
        return show(signedIn)
      },
    )
    app.post(
      '/session/passkeys/options',
      { config, schema: { body: noQuery, response: answers(passkeyQuestion) } },
      async () => ({ options: { ...(await accounts.askForPasskey(page())) } }),
    )
    app.post(
      '/session/passkeys',
      { config, schema: { body: passkeySignIn, response: answers(view) } },
      async ({ body }, reply) => {
        // Of a passkey of ours the library reads what it knows; the rest was let through for versions to come.
        const signedIn = await accounts.signInWithPasskey(page(), body.response as never)
        browser.begin(reply, signedIn)
        return show(signedIn)
      },
    )

    app.get('/account', { config, schema: { response } }, async (request) => showAccount(personOf(request)))
    app.delete('/account/sessions/:id', { config, schema: { params: sessionId, response } }, async (request) => {
      const person = personOf(request)
      accounts.own.endSession(person, request.params.id)
      return showAccount(person)
    })
    app.post(
      '/account/password/offers',
      { config, schema: { body: noQuery, response: answers(totpOffer) } },
      async (request) => accounts.own.offerTotp(personOf(request)),
    )
    app.put('/account/password', { config, schema: { body: passwordChange, response } }, async (request) => {
      await accounts.own.setPassword(personOf(request), request.body.password, request.body.code)
      return showAccount(personOf(request))
    })
    app.delete('/account/password', { config, schema: { response } }, async (request) => {
      accounts.own.removePassword(personOf(request))
      return showAccount(personOf(request))
    })
    app.post(
      '/account/passkeys/options',
      { config, schema: { body: noQuery, response: answers(passkeyQuestion) } },
      async (request) => ({ options: { ...(await accounts.own.askToAddPasskey(personOf(request), page())) } }),
    )
    app.post('/account/passkeys', { config, schema: { body: passkeyAddition, response } }, async (request) => {
      const person = personOf(request)
      await accounts.own.addPasskey(person, page(), request.body.label, request.body.response as never)
      return showAccount(person)
    })
    app.delete('/account/passkeys/:id', { config, schema: { params: passkeyId, response } }, async (request) => {
      const person = personOf(request)
      accounts.own.removePasskey(person, request.params.id)
      return showAccount(person)
    })
  }
}
