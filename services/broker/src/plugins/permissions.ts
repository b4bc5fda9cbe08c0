/**
 * Who is calling, and whether this route is for them. A route that names no permission keeps the broker from starting, so
 * forgetting closes the door.
 * @module
 */
import { TLSSocket } from 'node:tls'
import type { Person } from '@kruispunt/accounts'
import type { KeyId, LabId, Office, PartyId, PortalGrant } from '@kruispunt/contracts'
import { sha256, toHex } from '@kruispunt/crypto'
import type { BrowserSessions } from '@kruispunt/front-door'
import { eq } from 'drizzle-orm'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Store } from '../db/open.ts'
import { enrolments } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import type { Proofs, ProvenRequest } from '../sessions/proofs.ts'
import type { Tokens } from '../sessions/tokens.ts'

type TokenDeps = { readonly tokens: Tokens; readonly proofs: Proofs }

/**
 * Who a route is for. `session`: a coordinator, by key or at the portal; `member`: a coordinator, or somebody of a partner at
 * the portal; `read`: everybody of the lab, for looking only.
 */
const permissions = ['public', 'node', 'session', 'node-or-session', 'member', 'read'] as const
type Permission = (typeof permissions)[number]

export type Caller =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'node'; readonly lab: LabId; readonly party: PartyId }
  | { readonly kind: 'session'; readonly lab: LabId; readonly keyId: KeyId }
  | {
      readonly kind: 'person'
      readonly lab: LabId
      readonly roles: readonly PortalGrant['role'][]
      readonly person: Person<PortalGrant>
    }

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

/** Whoever is at the browser. */
export function personOf(caller: Caller): Person<PortalGrant> {
  if (caller.kind !== 'person') throw new Error('this route is for people')
  return caller.person
}

/** In which office a coordinator does something; a key and a person have the same one. */
export function officeOf(caller: Caller): Office {
  if (caller.kind === 'session') return { role: 'coordinator', party: null }
  if (caller.kind !== 'person' || !caller.roles.includes('coordinator'))
    throw new Error('this route is for coordinators')
  return { role: 'coordinator', party: null }
}

/** In which offices somebody can write: for the organisation first. Empty for who only looks. */
export function officesOf(caller: Caller): Office[] {
  if (caller.kind === 'session') return [officeOf(caller)]
  if (caller.kind !== 'person') return []
  const grants = caller.person.account.grants.filter(({ lab, role }) => lab === caller.lab && role !== 'auditor')
  return grants
    .map(({ role, party }) => ({ role, party }))
    .toSorted((a, b) => Number(a.party === null) - Number(b.party === null))
}

/** The one organisation that somebody looks for, or null for who looks at the whole lab. */
export function lookingFor(caller: Caller): PartyId | null {
  if (caller.kind === 'node') return caller.party
  if (caller.kind !== 'person' || caller.roles.some((role) => role !== 'partner-reader')) return null
  return officesOf(caller)[0]?.party ?? null
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

/** As the caller names what it asks, without the query: what a proof is for. */
export const provenRequest = ({ method, host, url, headers }: FastifyRequest): ProvenRequest => ({
  method,
  url: `https://${host}${url.split('?', 1)[0]}`,
  proof: headers.dpop,
})

async function sessionOf({ tokens, proofs }: TokenDeps, request: FastifyRequest): Promise<Caller | undefined> {
  const { authorization } = request.headers
  if (authorization === undefined) return undefined
  const [scheme, token, ...rest] = authorization.split(' ')
  if (scheme !== 'DPoP' || token === undefined || rest.length > 0) throw new BrokerError('unauthenticated')
  const { lab, keyId, thumbprint } = tokens.verify(token)
  refuseUnless((await proofs.check(provenRequest(request), token)) === thumbprint, 'unauthenticated')
  return { kind: 'session', lab, keyId }
}

/** What a route that is not for anybody lets in. A person at the portal coordinates, or only reads. */
function admits(permission: Permission | undefined, caller: Caller): boolean {
  if (permission === 'read') return caller.kind !== 'anybody'
  const isCoordinator = caller.kind === 'session' || (caller.kind === 'person' && caller.roles.includes('coordinator'))
  if (permission === 'node') return caller.kind === 'node'
  if (permission === 'session') return isCoordinator
  if (permission === 'member')
    return isCoordinator || (caller.kind === 'person' && caller.roles.includes('partner-reader'))
  return permission === 'node-or-session' && (caller.kind === 'node' || isCoordinator)
}

/** How a listener knows its callers. @throws BrokerError `unauthenticated` for what is offered and is not good */
export type Recognise = (request: FastifyRequest, lab: string | undefined) => Promise<Caller | undefined>

/** Nodes by certificate, coordinators by a token and a proof that it is theirs. */
export const byCertificateOrToken =
  (deps: TokenDeps & { readonly store: Store }): Recognise =>
  // A token that is offered must be good; a certificate beside it does not make up for a bad one.
  async (request) =>
    (await sessionOf(deps, request)) ?? nodeOf(deps.store, request)

/** People by the cookie of their browser. */
export const byBrowser =
  (browser: BrowserSessions<PortalGrant>): Recognise =>
  async (request, lab) => {
    const person = browser.personOf(request)
    if (person === undefined) return undefined
    browser.requireOwnPage(request)
    const grants = person.account.grants.filter((grant) => grant.lab === lab)
    // Another lab looks like one that is not there.
    refuseUnless(grants.length > 0, 'not_found')
    return { kind: 'person', lab: lab as LabId, roles: grants.map(({ role }) => role), person }
  }

/** Installs the check. Must come before any route. */
export function installPermissions(app: FastifyInstance, recognise: Recognise): void {
  const known = new Set<unknown>(permissions)
  app.decorateRequest('caller')
  app.addHook('onRoute', ({ config, method, url }) => {
    if (!known.has(config?.permission)) throw new Error(`${method} ${url} names no permission`)
    // What anybody may ask, anybody may flood.
    if (config?.permission === 'public' && config.rateLimit === undefined)
      throw new Error(`${method} ${url} is for anybody and has no limit`)
  })
  app.addHook('onRequest', async (request) => {
    request.caller = { kind: 'anybody' }
    if (request.is404) return
    const { permission } = request.routeOptions.config
    if (permission === 'public') return
    const { lab } = request.params as { lab?: string }
    const caller = await recognise(request, lab)
    if (caller === undefined || caller.kind === 'anybody') throw new BrokerError('unauthenticated')
    refuseUnless(admits(permission, caller), 'forbidden')
    // Another lab looks like one that is not there.
    refuseUnless(caller.lab === lab, 'not_found')
    request.caller = caller
  })
}
