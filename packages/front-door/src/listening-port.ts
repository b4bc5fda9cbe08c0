import type { FastifyInstance } from 'fastify'

/** The port a service listens on, or the one it was told while it does not listen yet. */
export function portOf(app: FastifyInstance, configured: number): number {
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : configured
}
