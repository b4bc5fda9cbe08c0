/**
 * One line a request: route pattern, status, code, sizes, duration. Never a URL, a body, a key or an address.
 * @module
 */
import type { FastifyInstance } from 'fastify'

export const apiVersion = '1'

export function installRequestLog(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('api-version', apiVersion)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    reply.header('x-content-type-options', 'nosniff')
  })
  app.addHook('onResponse', async (request, reply) => {
    const length = (value: unknown) => Number(value ?? 0) || 0
    request.log.info(
      {
        method: request.method,
        route: request.is404 ? null : request.routeOptions.url,
        status: reply.statusCode,
        code: request.problemCode,
        bytesIn: length(request.headers['content-length']),
        bytesOut: length(reply.getHeader('content-length')),
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
}
