/**
 * Who may call. Every route says so itself, and the node does not start with one that does not. `local` asks for the token
 * in the node's folder, or for the browser of somebody with one of the roles named; deciding something asks for an
 * officer's passphrase on top, in the body of that very call.
 * @module
 */
import { type ConsoleGrant, type ConsoleRole, consoleRole } from '@kruispunt/contracts'
import { equalBytes, sha256, utf8 } from '@kruispunt/crypto'
import type { BrowserSessions } from '@kruispunt/front-door'
import type { FastifyInstance } from 'fastify'
import { NodeError, refuseUnless } from '../errors.ts'

type Access = 'public' | 'local'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a route of the node: anybody who can reach it, or whoever holds the token or has one of the `roles`. */
    access?: Access
    roles?: readonly ConsoleRole[]
  }
}

const local = (...roles: ConsoleRole[]) => ({ access: 'local', roles }) as const
/** For anybody; far more often than a page asks, and less than would hold others up. */
export const openToAll = { access: 'public', rateLimit: { max: 600, timeWindow: 60_000 } } as const
/** Looking. */
export const everybody = local(...consoleRole.options)
/** Signing; the passphrase says whose signature it is. */
export const officers = local('privacy-officer', 'signatory')
export const stewards = local('steward')
/** Keeping the node going. */
export const operators = local('operator', 'privacy-officer', 'signatory')

export function installAccess(app: FastifyInstance, token: string, browser: BrowserSessions<ConsoleGrant>): void {
  // Hashed, so that the comparison says nothing about length either.
  const expected = sha256(utf8(token))
  app.addHook('onRoute', ({ config, method, url }) => {
    const named = config?.access === 'public' || (config?.access === 'local' && config.roles !== undefined)
    if (!named) throw new Error(`${String(method)} ${url} names no access`)
    // What anybody may ask, anybody may flood.
    if (config?.access === 'public' && config.rateLimit === undefined)
      throw new Error(`${String(method)} ${url} is for anybody and has no limit`)
  })
  app.addHook('onRequest', async (request) => {
    const { access, roles = [] } = request.routeOptions.config
    if (access === 'public') return
    const { authorization } = request.headers
    if (authorization !== undefined) {
      // A token that is offered must be good; a cookie beside it does not make up for a bad one.
      const given = /^Bearer ([0-9a-f]{64})$/.exec(authorization)?.[1]
      if (given === undefined || !equalBytes(sha256(utf8(given)), expected)) throw new NodeError('unauthenticated')
      return
    }
    const person = browser.personOf(request)
    if (person === undefined) throw new NodeError('unauthenticated')
    browser.requireOwnPage(request)
    refuseUnless(
      person.account.grants.some(({ role }) => roles.includes(role)),
      'forbidden',
    )
  })
}
