/**
 * The broker's HTTPS interface for nodes and for coordinators' programs. Plugins first, then routes, in an order one can see.
 * @module
 */
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { ColumnStore } from './blobs/column-store.ts'
import type { ElementStore } from './blobs/element-store.ts'
import type { Limits } from './config.ts'
import type { Store } from './db/open.ts'
import { createHttp } from './http.ts'
import { createSqliteLedger } from './jobs/sqlite-ledger.ts'
import type { JobService } from './jobs/types.ts'
import type { BrokerKeys } from './keys/key-store.ts'
import type { LabLogs } from './log/lab-logs.ts'
import type { LongPolls } from './log/long-polls.ts'
import { installOpenApi } from './plugins/open-api.ts'
import { byCertificateOrToken, installPermissions } from './plugins/permissions.ts'
import { columnRoutes } from './routes/columns.ts'
import { contributionRoutes } from './routes/contributions.ts'
import { dossierRoutes } from './routes/dossiers.ts'
import { elementRoutes } from './routes/elements.ts'
import { enrolmentRoutes } from './routes/enrolments.ts'
import { jobRoutes } from './routes/jobs.ts'
import { labRoutes } from './routes/labs.ts'
import { logRoutes } from './routes/log.ts'
import { publicRoutes } from './routes/public.ts'
import { readingRoutes } from './routes/reading.ts'
import { savedTableRoutes } from './routes/saved-tables.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { statementRoutes } from './routes/statements.ts'
import { createChallenges } from './sessions/challenges.ts'
import { createProofs } from './sessions/proofs.ts'
import { createTokens } from './sessions/tokens.ts'

export type AppDeps = {
  readonly version: string
  readonly store: Store
  readonly keys: BrokerKeys
  readonly tls: { readonly certificatePem: string; readonly keyPem: string }
  readonly logs: LabLogs
  readonly longPolls: LongPolls
  readonly columns: ColumnStore
  readonly elements: ElementStore
  readonly jobs: JobService
  readonly limits: Limits
  readonly logger: FastifyBaseLogger
  readonly now: () => number
}

export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { store, keys, tls, logs, longPolls, columns, elements, jobs, limits, logger, now } = deps
  // The certificate is asked for and checked, but a session or an invitation may come without one.
  const app = await createHttp({
    https: {
      key: tls.keyPem,
      cert: tls.certificatePem,
      ca: [keys.authority.certificatePem],
      requestCert: true,
      rejectUnauthorized: false,
    },
    limits,
    logger,
  })
  const tokens = await createTokens(app, keys.brokerName, now)
  const proofs = createProofs(now)
  installPermissions(app, byCertificateOrToken({ store, tokens, proofs }))
  await installOpenApi(app)

  const prefix = '/v1'
  const perMinute = limits.signInsPerMinute
  await app.register(publicRoutes, { prefix, version: deps.version })
  await app.register(enrolmentRoutes, { prefix, store, keys, now, perMinute })
  await app.register(sessionRoutes, { prefix, challenges: createChallenges(store, now), tokens, proofs, perMinute })
  await app.register(labRoutes, { prefix, store, logs, now })
  await app.register(logRoutes, { prefix, store, keys, logs, longPolls })
  await app.register(statementRoutes, { prefix, logs })
  await app.register(columnRoutes, { prefix, columns, logs, maxColumnBytes: limits.columnBytes })
  await app.register(elementRoutes, { prefix, elements })
  await app.register(jobRoutes, { prefix, jobs, logs })
  const ledger = createSqliteLedger(store.sqlite)
  await app.register(readingRoutes, { prefix, jobs, logs, ledger, now })
  await app.register(savedTableRoutes, { prefix, store, logs, ledger, now })
  await app.register(contributionRoutes, { prefix, store, logs, now })
  await app.register(dossierRoutes, { prefix, store, logs, ledger, now })
  await app.ready()
  return app
}
