/**
 * The node's local HTTP interface. Plugins first, then routes, in an order one can see.
 * @module
 */
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import { pageOf } from '@kruispunt/accounts'
import { consoleGrant, type IdentityProvider } from '@kruispunt/contracts'
import {
  accountRoutes,
  createIdentityProviders,
  identityRoutes,
  installBrowserSessions,
  installPageHeaders,
  portOf,
  servePageFiles,
  sessionRoutes,
} from '@kruispunt/front-door'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { ZodType } from 'zod'
import { type ConsoleAddress, consoleOrigins } from './console-accounts.ts'
import { deliveryRoutes } from './delivery/routes.ts'
import { NodeError } from './errors.ts'
import type { KruispuntNode } from './node.ts'
import { installAccess, openToAll } from './plugins/access.ts'
import { installProblems } from './problems/plugin.ts'
import { requestExtractRoutes } from './request-extracts/routes.ts'
import { decisionRoutes } from './routes/decision-routes.ts'
import { nodeRoutes } from './routes/node-routes.ts'
import { recoveryRoutes } from './routes/recovery-routes.ts'
import { errors } from './routes/schemas.ts'

const apiVersion = '1'
/** Calls a minute to each route that takes a passphrase: a person needs two or three, guessing needs thousands. */
const passphraseCalls = 20
/** Sign-ins a minute from one address. */
const signIns = 30

export type AppDeps = {
  readonly node: KruispuntNode
  readonly token: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
  /** Where the built console is. */
  readonly console: ConsoleAddress & {
    readonly folder: string
    readonly identityProviders?: readonly (Omit<IdentityProvider, 'clientSecretFile'> & {
      readonly clientSecret: string
    })[]
  }
}

/** Without a certificate of its own the node speaks to this machine only. @throws NodeError `listen_refused` */
export function requireSafeAddress(host: string, tls: AppDeps['tls']): void {
  if (!['127.0.0.1', '::1', 'localhost'].includes(host) && tls === undefined) throw new NodeError('listen_refused')
}

export async function buildApp({ node, token, logLevel, tls, console: page }: AppDeps): Promise<FastifyInstance> {
  const app = fastify({
    ...(tls === undefined ? {} : { https: { ...tls, minVersion: 'TLSv1.3' } }),
    bodyLimit: 262_144,
    requestTimeout: 600_000,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    logController: new LogController({ disableRequestLogging: true }),
    logger: { level: logLevel, stream: process.stderr },
  }) as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  app.addHook('onSend', async (_request, reply) => {
    reply.header('api-version', apiVersion)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    reply.header('x-content-type-options', 'nosniff')
  })
  app.addHook('onResponse', async (request, reply) => {
    // The pattern, never the address: addresses carry identifiers.
    const route = request.is404 ? null : request.routeOptions.url
    request.log.info(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request',
    )
  })
  installProblems(app)
  const origins = () => consoleOrigins(page, tls !== undefined, portOf(app, page.port))
  const isSecure = origins().every((origin) => origin.startsWith('https:'))
  await installPageHeaders(app, { isSecure })
  const { lab, party } = node.invitation
  const cookieName = `kruispunt-${lab}-${party}`
  const browser = await installBrowserSessions(app, {
    accounts: node.accounts,
    origins,
    isSecure,
    cookieName,
  })
  installAccess(app, token, browser)
  app.addHook('onRoute', (route) => {
    if (!/\/(?:acceptances|decisions|withdrawals|proposals|passphrases|rotations|statements)$/.test(route.url)) return
    route.config = { ...route.config, rateLimit: { max: passphraseCalls, timeWindow: 60_000 } }
  })
  await app.register(rateLimit, { global: false })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kruispunt partner node',
        version: apiVersion,
        description:
          'For people at one partner. Refusals are RFC 9457 problems with a code of contracts/docs/errors.md, section Node.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
  })

  const prefix = '/v1'
  await app.register(nodeRoutes, { prefix, node })
  await app.register(decisionRoutes, { prefix, node })
  await app.register(recoveryRoutes, { prefix, node })
  await app.register(deliveryRoutes, { prefix, port: node.deliveries })
  await app.register(requestExtractRoutes, { prefix, requestExtracts: node.requestExtracts })
  const { accounts } = node
  const guessable = { ...openToAll, rateLimit: { max: signIns, timeWindow: 60_000 } }
  const answers = <S extends ZodType>(schema: S) => ({ 200: schema, ...errors })
  await app.register(sessionRoutes({ accounts, browser, grant: consoleGrant, open: openToAll, guessable, answers }), {
    prefix,
  })
  const passkeyPage = () => pageOf(origins()[0] as string, `Kruispunt ${party}`)
  const unauthenticated = () => new NodeError('unauthenticated')
  await app.register(
    accountRoutes({
      accounts,
      browser,
      grant: consoleGrant,
      page: passkeyPage,
      guessable,
      answers,
      unauthenticated,
    }),
    { prefix },
  )
  const callback = (id: string) => `${origins()[0]}${prefix}/session/providers/${id}/callback`
  const providers = createIdentityProviders(page.identityProviders ?? [], callback, node.clock)
  await app.register(identityRoutes({ accounts, browser, providers, isSecure, cookieName, guessable, answers }), {
    prefix,
  })
  await servePageFiles(app, { folder: page.folder, config: openToAll })
  await app.ready()
  return app
}
