/**
 * The broker's HTTP interface. Plugins first, then routes, in an order one can see.
 * @module
 */
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { ColumnStore } from './blobs/column-store.ts'
import type { Limits } from './config.ts'
import type { Store } from './db/open.ts'
import { refuseUnless } from './errors.ts'
import type { JobService } from './jobs/types.ts'
import type { BrokerKeys } from './keys/key-store.ts'
import type { LabLogs } from './log/lab-logs.ts'
import type { LongPolls } from './log/long-polls.ts'
import { installOpenApi } from './plugins/open-api.ts'
import { installPermissions } from './plugins/permissions.ts'
import { installProblems, problemOf, refuseRaw, sendProblem } from './plugins/problems.ts'
import { installRequestLog } from './plugins/request-log.ts'
import { columnRoutes } from './routes/columns.ts'
import { enrolmentRoutes } from './routes/enrolments.ts'
import { jobRoutes } from './routes/jobs.ts'
import { labRoutes } from './routes/labs.ts'
import { logRoutes } from './routes/log.ts'
import { publicRoutes } from './routes/public.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { statementRoutes } from './routes/statements.ts'
import { createChallenges } from './sessions/challenges.ts'
import { createTokens } from './sessions/tokens.ts'

/** What is under way is finished; what comes after the signal is told to come again. */
function refuseWhileStopping(app: FastifyInstance): void {
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.addHook('onRequest', async () => refuseUnless(!stopping, 'unavailable'))
}

export type AppDeps = {
  readonly version: string
  readonly store: Store
  readonly keys: BrokerKeys
  readonly tls: { readonly certificatePem: string; readonly keyPem: string }
  readonly logs: LabLogs
  readonly longPolls: LongPolls
  readonly columns: ColumnStore
  readonly jobs: JobService
  readonly limits: Limits
  readonly logger: FastifyBaseLogger
  readonly now: () => number
}

export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { store, keys, tls, logs, longPolls, columns, jobs, limits, now } = deps
  const app = fastify({
    // The certificate is asked for and checked, but a session or an invitation may come without one.
    https: {
      key: tls.keyPem,
      cert: tls.certificatePem,
      ca: [keys.authority.certificatePem],
      requestCert: true,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      headersTimeout: 15_000,
      maxHeaderSize: 16_384,
    },
    requestTimeout: limits.requestSeconds * 1000,
    connectionTimeout: limits.idleSeconds * 1000,
    keepAliveTimeout: 30_000,
    bodyLimit: 262_144,
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
    // Refused below, as a problem.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    logController: new LogController({ disableRequestLogging: true }),
    loggerInstance: deps.logger,
    frameworkErrors: (error, _request, reply) => void sendProblem(reply as unknown as FastifyReply, problemOf(error)),
    clientErrorHandler: (_error, socket) => refuseRaw(socket),
  }) as unknown as FastifyInstance
  app.server.maxConnections = limits.connections
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  installRequestLog(app)
  installProblems(app)
  refuseWhileStopping(app)
  const tokens = await createTokens(app, keys.brokerName, now)
  installPermissions(app, { store, tokens })
  await app.register(rateLimit, { global: false })
  await installOpenApi(app)

  const prefix = '/v1'
  const perMinute = limits.signInsPerMinute
  await app.register(publicRoutes, { prefix, version: deps.version })
  await app.register(enrolmentRoutes, { prefix, store, keys, now, perMinute })
  await app.register(sessionRoutes, { prefix, challenges: createChallenges(store, now), tokens, perMinute })
  await app.register(labRoutes, { prefix, store, logs, now })
  await app.register(logRoutes, { prefix, store, keys, logs, longPolls })
  await app.register(statementRoutes, { prefix, logs })
  await app.register(columnRoutes, { prefix, columns, maxColumnBytes: limits.columnBytes })
  await app.register(jobRoutes, { prefix, jobs, logs })
  await app.ready()
  return app
}
