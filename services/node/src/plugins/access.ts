/**
 * Who may call. Every route says so itself, and the node does not start with one that does not. `local` asks for the token
 * in the node's folder; deciding something asks for an officer's passphrase on top, in the body of that very call.
 * @module
 */
import { equalBytes, sha256, utf8 } from '@kruispunt/crypto'
import type { FastifyInstance } from 'fastify'
import { NodeError } from '../errors.ts'

type Access = 'public' | 'local'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a route of the node: anybody on this machine, or whoever holds the token. */
    access?: Access
  }
}

export function installAccess(app: FastifyInstance, token: string): void {
  // Hashed, so that the comparison says nothing about length either.
  const expected = sha256(utf8(token))
  app.addHook('onRoute', ({ config, method, url }) => {
    if (config?.access !== 'public' && config?.access !== 'local')
      throw new Error(`${String(method)} ${url} names no access`)
  })
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.access === 'public') return
    const given = /^Bearer ([0-9a-f]{64})$/.exec(request.headers.authorization ?? '')?.[1]
    if (given === undefined || !equalBytes(sha256(utf8(given)), expected)) throw new NodeError('unauthenticated')
  })
}
