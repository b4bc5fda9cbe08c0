/**
 * Recognising a browser: a cookie that only the service reads and that no other site's request carries, and on every
 * request that it came from the service's own page.
 * @module
 */
import fastifyCookie, { type CookieSerializeOptions } from '@fastify/cookie'
import { AccountError, type Accounts, isFromOwnPage, type Person, type SignedIn } from '@kruispunt/accounts'
import { pageHeader } from '@kruispunt/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

export type BrowserSessions<G> = {
  /** @throws AccountError `cross_site` when it comes from elsewhere */
  requireOwnPage(request: FastifyRequest): void
  /** Whoever the cookie stands for, if anybody; `requireOwnPage` comes first. */
  personOf(request: FastifyRequest): Person<G> | undefined
  begin(reply: FastifyReply, signedIn: SignedIn<G>): void
  end(request: FastifyRequest, reply: FastifyReply): void
}

export type BrowserSessionsDeps<G> = {
  readonly accounts: Accounts<G>
  /** Addresses at which the page is served; known once the service listens. */
  readonly origins: () => readonly string[]
  /** Reached by https: the cookie then never travels otherwise, and no other host can set it. */
  readonly isSecure: boolean
  /** Tells services on one machine apart, which share their cookies. */
  readonly cookieName: string
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join() : value)

export async function installBrowserSessions<G>(
  app: FastifyInstance,
  { accounts, origins, isSecure, cookieName }: BrowserSessionsDeps<G>,
): Promise<BrowserSessions<G>> {
  await app.register(fastifyCookie)
  const name = isSecure ? `__Host-${cookieName}` : cookieName
  const attributes: CookieSerializeOptions = { httpOnly: true, sameSite: 'strict', secure: isSecure, path: '/' }
  return {
    requireOwnPage({ method, headers }) {
      const signs = {
        method,
        origin: headers.origin,
        fetchSite: one(headers['sec-fetch-site']),
        pageHeader: one(headers[pageHeader]),
      }
      if (!isFromOwnPage(signs, origins())) throw new AccountError('cross_site')
    },
    personOf(request) {
      const token = request.cookies[name]
      return token === undefined ? undefined : accounts.personOf(token)
    },
    begin(reply, { token }) {
      // Without an end of its own: gone with the browser, and in any case when the service says so.
      reply.setCookie(name, token, attributes)
    },
    end(request, reply) {
      const token = request.cookies[name]
      if (token !== undefined) accounts.signOut(token)
      reply.clearCookie(name, attributes)
    },
  }
}
