/**
 * Who is calling, and whether this route is for them. A route that names no permission keeps the broker from starting, so
 * forgetting closes the door.
 * @module
 */
import { TLSSocket } from 'node:tls'
import type { KeyId, LabId, PartyId } from '@kruispunt/contracts'
import { sha256, toHex } from '@kruispunt/crypto'
import { eq } from 'drizzle-orm'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Store } from '../db/open.ts'
import { enrolments } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import type { Tokens } from '../sessions/tokens.ts'

const permissions = ['public', 'node', 'session', 'node-or-session'] as const
type Permission = (typeof permissions)[number]

export type Caller =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'node'; readonly lab: LabId; readonly party: PartyId }
  | { readonly kind: 'session'; readonly lab: LabId; readonly keyId: KeyId }

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: Permission
  }
  interface FastifyRequest {
    caller: Caller
  }
}

/** The name a caller's statements must carry: its party, or the coordinator. */
export function senderOf(caller: Caller): string {
  if (caller.kind === 'anybody') throw new Error('a route for anybody has no sender')
  return caller.kind === 'node' ? caller.party : 'coordinator'
}

/** The party of a node. */
export function partyOf(caller: Caller): PartyId {
  if (caller.kind !== 'node') throw new Error('this route is for nodes')
  return caller.party
}

/** A node is who its certificate was issued to: chain verified by TLS, and the very certificate of an enrolment. */
function nodeOf({ db }: Store, request: FastifyRequest): Caller | undefined {
  const { socket } = request.raw
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return undefined
  const digest = toHex(sha256(certificate.raw))
  const enrolled = db.select().from(enrolments).where(eq(enrolments.certificateSha256, digest)).get()
  return enrolled && { kind: 'node', lab: enrolled.lab, party: enrolled.party }
}

function sessionOf(tokens: Tokens, request: FastifyRequest): Caller | undefined {
  const { authorization } = request.headers
  if (authorization === undefined) return undefined
  const [scheme, token, ...rest] = authorization.split(' ')
  if (scheme !== 'Bearer' || token === undefined || rest.length > 0) throw new BrokerError('unauthenticated')
  return { kind: 'session', ...tokens.verify(token) }
}

/** Installs the check. Must come before any route. */
export function installPermissions(app: FastifyInstance, { store, tokens }: { store: Store; tokens: Tokens }): void {
  const known = new Set<unknown>(permissions)
  app.decorateRequest('caller')
  app.addHook('onRoute', ({ config, method, url }) => {
    if (!known.has(config?.permission)) throw new Error(`${method} ${url} names no permission`)
  })
  app.addHook('onRequest', async (request) => {
    request.caller = { kind: 'anybody' }
    if (request.is404) return
    const { permission } = request.routeOptions.config
    if (permission === 'public') return
    // A token that is offered must be good; a certificate beside it does not make up for a bad one.
    const session = sessionOf(tokens, request)
    const caller = session ?? nodeOf(store, request)
    if (caller === undefined) throw new BrokerError('unauthenticated')
    refuseUnless(permission === 'node-or-session' || permission === caller.kind, 'forbidden')
    const { lab } = request.params as { lab?: string }
    // Another lab looks like one that is not there.
    refuseUnless(caller.kind !== 'anybody' && caller.lab === lab, 'not_found')
    request.caller = caller
  })
}
