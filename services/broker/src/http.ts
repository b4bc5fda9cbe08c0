/**
 * What the broker's listeners have in common: limits, the log of requests, refusals as problems, ending.
 * @module
 */
import type { ServerOptions } from 'node:https'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Limits } from './config.ts'
import { refuseUnless } from './errors.ts'
import { installProblems, problemOf, refuseRaw, sendProblem } from './plugins/problems.ts'
import { installRequestLog } from './plugins/request-log.ts'

/** What is under way is finished; what comes after the signal is told to come again. */
function refuseWhileStopping(app: FastifyInstance): void {
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.addHook('onRequest', async () => refuseUnless(!stopping, 'unavailable'))
}

export type HttpOptions = {
  /** undefined: plain HTTP, for this machine only. */
  readonly https: ServerOptions | undefined
  readonly limits: Limits
  readonly logger: FastifyBaseLogger
}

export async function createHttp({ https, limits, logger }: HttpOptions): Promise<FastifyInstance> {
  const app = fastify({
    ...(https === undefined
      ? {}
      : { https: { ...https, minVersion: 'TLSv1.3', headersTimeout: 15_000, maxHeaderSize: 16_384 } }),
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
    loggerInstance: logger,
    frameworkErrors: (error, _request, reply) => void sendProblem(reply as unknown as FastifyReply, problemOf(error)),
    clientErrorHandler: (_error, socket) => refuseRaw(socket),
  }) as unknown as FastifyInstance
  app.server.maxConnections = limits.connections
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  installRequestLog(app)
  installProblems(app)
  refuseWhileStopping(app)
  await app.register(rateLimit, { global: false })
  return app
}
