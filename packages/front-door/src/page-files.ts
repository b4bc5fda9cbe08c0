/**
 * The built single-page application. Files under `assets/` carry a hash in their name and may be kept for ever; the page
 * itself is asked for anew each time. Any other address is the page's own affair.
 * @module
 */
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyContextConfig, FastifyError, FastifyInstance } from 'fastify'

export type PageFiles = {
  /** As the build leaves it: `index.html`, `assets/`, and what stands beside them. */
  readonly folder: string
  /** How the service says that a route is for anybody, with a limit on how often. */
  readonly config: FastifyContextConfig
}

const forEver = { maxAge: 365 * 86_400_000, immutable: true } as const
const everyTime = { maxAge: 0, cacheControl: false } as const

/** Register after every other route: it answers all addresses outside `/v1`. */
export async function servePageFiles(app: FastifyInstance, { folder, config }: PageFiles): Promise<void> {
  const root = resolve(folder)
  await app.register(fastifyStatic, { root, serve: false, dotfiles: 'deny', index: false, preCompressed: true })
  const schema = { hide: true }
  await app.register(async (pages) => {
    // Whatever keeps a file from being served, to a browser it is not there.
    pages.setErrorHandler<FastifyError>((error, _request, reply) => {
      if ((error.statusCode ?? 500) < 500) return reply.callNotFound()
      throw error
    })
    pages.get<{ Params: { '*': string } }>('/assets/*', { config, schema }, (request, reply) =>
      reply.header('cache-control', null).sendFile(`assets/${request.params['*']}`, forEver),
    )
    pages.get<{ Params: { '*': string } }>('/*', { config, schema }, (request, reply) => {
      const path = request.params['*']
      if (path === 'v1' || path.startsWith('v1/')) return reply.callNotFound()
      // A name with an extension is a file; anything else is a place within the page.
      const file = /\.[a-z0-9]+$/i.test(path) ? path : 'index.html'
      return reply.header('cache-control', 'no-store').sendFile(file, everyTime)
    })
  })
}
