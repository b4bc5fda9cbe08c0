/**
 * The broker's interface for people: the page, and the same `/v1` under a session of their browser. A listener of its own,
 * so that nothing of a page can reach what is for nodes.
 * @module
 */
import { readFileSync } from 'node:fs'
import { pageOf } from '@kruispunt/accounts'
import { type IdentityProvider, portalGrant } from '@kruispunt/contracts'
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
import type { FastifyInstance } from 'fastify'
import type { AppDeps } from './app.ts'
import type { PortalConfig } from './config.ts'
import { BrokerError } from './errors.ts'
import { createHttp } from './http.ts'
import { createSqliteLedger } from './jobs/sqlite-ledger.ts'
import { installOpenApi } from './plugins/open-api.ts'
import { byBrowser, installPermissions } from './plugins/permissions.ts'
import { portalAccounts, portalOrigins } from './portal-accounts.ts'
import { agreementDraftRoutes } from './routes/agreement-drafts.ts'
import { answers } from './routes/answers.ts'
import { contributionRoutes } from './routes/contributions.ts'
import { coordinatorKeyRoutes } from './routes/coordinator-keys.ts'
import { dossierRoutes } from './routes/dossiers.ts'
import { jobRoutes } from './routes/jobs.ts'
import { labRoutes } from './routes/labs.ts'
import { logRoutes } from './routes/log.ts'
import { openToAll, publicRoutes } from './routes/public.ts'
import { readingRoutes } from './routes/reading.ts'
import { savedTableRoutes } from './routes/saved-tables.ts'
import { statementDraftRoutes } from './routes/statement-drafts.ts'
import { statementRoutes } from './routes/statements.ts'
import { ToldError } from './told-error.ts'

const thisMachine: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

export type Portal = { readonly app: FastifyInstance; readonly url: () => string }
type PortalDeps = Omit<AppDeps, 'tls' | 'columns' | 'elements'> & { readonly config: PortalConfig }

function readTls({ host, certificateFile, keyFile }: PortalConfig) {
  if (certificateFile !== undefined && keyFile !== undefined)
    return { cert: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
  if (certificateFile === undefined && keyFile === undefined && thisMachine.has(host)) return undefined
  throw new ToldError(
    'Zonder eigen certificaat luistert het portaal alleen op 127.0.0.1. Geef portal.certificateFile en portal.keyFile, of neem die host.',
    'Without a certificate of its own the portal listens on 127.0.0.1 only. Give portal.certificateFile and portal.keyFile, or take that host.',
  )
}

const readProvider = ({ clientSecretFile, ...provider }: IdentityProvider) => ({
  ...provider,
  clientSecret: readFileSync(clientSecretFile, 'utf8').split(/\r?\n/)[0] ?? '',
})

export async function buildPortal(deps: PortalDeps): Promise<Portal> {
  const { config, store, keys, logs, longPolls, jobs, limits, logger, now } = deps
  const https = readTls(config)
  const app = await createHttp({ https, limits, logger })
  const origins = () => portalOrigins(config, portOf(app, config.port))
  // Behind a proxy that ends TLS the browser speaks https all the same.
  const isSecure = origins().every((origin) => origin.startsWith('https:'))
  const cookieName = isSecure ? 'kruispunt' : `kruispunt-${config.port}`
  const accounts = portalAccounts({ store, keys, now })
  await installPageHeaders(app, { isSecure })
  const browser = await installBrowserSessions(app, {
    accounts,
    origins,
    isSecure,
    cookieName,
  })
  installPermissions(app, byBrowser(browser))
  await installOpenApi(app)

  const prefix = '/v1'
  const guessable = { ...openToAll, rateLimit: { max: limits.signInsPerMinute, timeWindow: 60_000 } }
  await app.register(publicRoutes, { prefix, version: deps.version })
  await app.register(sessionRoutes({ accounts, browser, grant: portalGrant, open: openToAll, guessable, answers }), {
    prefix,
  })
  await app.register(labRoutes, { prefix, store, logs, now })
  await app.register(logRoutes, { prefix, store, keys, logs, longPolls })
  await app.register(statementRoutes, { prefix, logs })
  await app.register(jobRoutes, { prefix, jobs, logs })
  const ledger = createSqliteLedger(store.sqlite)
  await app.register(readingRoutes, { prefix, jobs, logs, ledger, now })
  await app.register(agreementDraftRoutes, { prefix, store, logs, now })
  await app.register(savedTableRoutes, { prefix, store, logs, ledger, now })
  await app.register(contributionRoutes, { prefix, store, logs, now })
  await app.register(dossierRoutes, { prefix, store, logs, ledger, now })
  const page = () => pageOf(origins()[0] as string, `Kruispunt ${keys.brokerName}`)
  const unauthenticated = () => new BrokerError('unauthenticated')
  await app.register(
    accountRoutes({ accounts, browser, grant: portalGrant, page, guessable, answers, unauthenticated }),
    { prefix },
  )
  const callback = (id: string) => `${origins()[0]}${prefix}/session/providers/${id}/callback`
  const providers = createIdentityProviders(config.identityProviders.map(readProvider), callback, now)
  await app.register(identityRoutes({ accounts, browser, providers, isSecure, cookieName, guessable, answers }), {
    prefix,
  })
  const perMinute = limits.signInsPerMinute
  await app.register(coordinatorKeyRoutes, { prefix, store, logs, page, now, perMinute })
  await app.register(statementDraftRoutes, { prefix, store, logs, page, now })
  await servePageFiles(app, { folder: config.folder, config: openToAll })
  await app.ready()
  return { app, url: () => origins()[0] as string }
}
