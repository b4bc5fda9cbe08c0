/**
 * Every page with its address. An address names an agreement or a dataset; never a person, a file or a value.
 * @module
 */
import { type AgreementId, agreementId, localName } from '@kruispunt/contracts'
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, notFound, redirect } from '@tanstack/react-router'
import { AgreementPage } from './agreements/agreement-page.tsx'
import { AgreementsPage } from './agreements/agreements-page.tsx'
import { AssignmentPage } from './deliveries/assignment-page.tsx'
import { DeliveriesPage } from './deliveries/deliveries-page.tsx'
import { HomePage } from './frame/home-page.tsx'
import { NotFoundPage } from './frame/not-found-page.tsx'
import { OwnAccountPage } from './frame/own-account-page.tsx'
import { Shell } from './frame/shell.tsx'
import { LogPage } from './log/log-page.tsx'
import { NodePage } from './node/node-page.tsx'
import { RecoveryPage } from './node/recovery-page.tsx'
import { RequestsPage } from './requests/requests-page.tsx'
import { RosterPage } from './roster/roster-page.tsx'

/** What has not the form of a name is no page. */
function requireForm<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, value: unknown): T {
  const { success, data } = schema.safeParse(value)
  if (!success || data === undefined) throw notFound()
  return data
}

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Shell,
  notFoundComponent: NotFoundPage,
})
const at = () => root
const home = createRoute({ getParentRoute: at, path: '/', component: HomePage })
/** Where sign-in links lead; the code is gone from the address by now. */
const signIn = createRoute({
  getParentRoute: at,
  path: '/sign-in',
  beforeLoad: () => {
    throw redirect({ to: '/', replace: true })
  },
})
const deliveries = createRoute({ getParentRoute: at, path: '/deliveries', component: DeliveriesPage })
const assignment = createRoute({
  getParentRoute: at,
  path: '/deliveries/$agreement/$dataset',
  params: {
    parse: ({ agreement, dataset }) => ({
      agreement: requireForm<AgreementId>(agreementId, agreement),
      dataset: requireForm<string>(localName, dataset),
    }),
    stringify: (params) => params,
  },
  component: AssignmentPage,
})
const agreements = createRoute({ getParentRoute: at, path: '/agreements', component: AgreementsPage })
const agreement = createRoute({
  getParentRoute: at,
  path: '/agreements/$agreement',
  params: {
    parse: ({ agreement: id }) => ({ agreement: requireForm<AgreementId>(agreementId, id) }),
    stringify: (params) => params,
  },
  component: AgreementPage,
})
const requests = createRoute({ getParentRoute: at, path: '/requests', component: RequestsPage })
const roster = createRoute({ getParentRoute: at, path: '/roster', component: RosterPage })
const log = createRoute({ getParentRoute: at, path: '/log', component: LogPage })
const node = createRoute({ getParentRoute: at, path: '/node', component: NodePage })
const account = createRoute({ getParentRoute: at, path: '/account', component: OwnAccountPage })
const recovery = createRoute({ getParentRoute: at, path: '/recovery', component: RecoveryPage })

const tree = root.addChildren([
  home,
  signIn,
  deliveries,
  assignment,
  agreements,
  agreement,
  requests,
  roster,
  log,
  node,
  recovery,
  account,
])

export const makeRouter = (queries: QueryClient) =>
  createRouter({ routeTree: tree, context: { queries }, defaultPreload: 'intent', scrollRestoration: true })
