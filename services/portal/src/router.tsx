/**
 * Every page with its address. An address names a lab, an agreement, a release or a question; never a person.
 * @module
 */
import { agreementDraftParams, agreementId, digest, type LabId, labId } from '@kruispunt/contracts'
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router'
import { questionInAddress } from './ask/question-address.ts'
import { HomePage } from './frame/home-page.tsx'
import { LabFrame } from './frame/lab-frame.tsx'
import { NotFoundPage } from './frame/not-found-page.tsx'
import { Shell } from './frame/shell.tsx'
import { type Phase, phaseInAddress } from './method/phases.ts'
import { comparedInAddress } from './saved/compared.ts'

/** What is no name of a lab is no page. */
function requireForm<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, value: unknown): T {
  const { success, data } = schema.safeParse(value)
  if (!success || data === undefined) throw notFound()
  return data
}

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Shell,
  notFoundComponent: NotFoundPage,
})

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage })
/** Where sign-in links lead; the code is gone from the address by now. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  beforeLoad: () => {
    throw redirect({ to: '/', replace: true })
  },
})
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/own-account-page.tsx'), 'OwnAccountPage'),
})
const lab = createRoute({
  getParentRoute: () => root,
  path: '/labs/$lab',
  params: {
    parse: ({ lab: name }) => ({ lab: requireForm<LabId>(labId, name) }),
    stringify: ({ lab: name }) => ({ lab: name }),
  },
  component: LabFrame,
  notFoundComponent: NotFoundPage,
})
const overview = createRoute({
  getParentRoute: () => lab,
  path: '/',
  component: lazyRouteComponent(() => import('./lab/lab-page.tsx'), 'LabPage'),
})
const ask = createRoute({
  getParentRoute: () => lab,
  path: '/ask',
  validateSearch: questionInAddress,
  component: lazyRouteComponent(() => import('./ask/ask-page.tsx'), 'AskPage'),
})
const tables = createRoute({
  getParentRoute: () => lab,
  path: '/tables',
  component: lazyRouteComponent(() => import('./tables/tables-page.tsx'), 'TablesPage'),
})
const table = createRoute({
  getParentRoute: () => lab,
  path: '/tables/$release/$tableHash',
  params: {
    parse: ({ release, tableHash }) => ({
      release: requireForm<string>(digest, release),
      tableHash: requireForm<string>(digest, tableHash),
    }),
    stringify: (params) => params,
  },
  component: lazyRouteComponent(() => import('./tables/table-page.tsx'), 'TablePage'),
})
const drafts = createRoute({
  getParentRoute: () => lab,
  path: '/drafts',
  component: lazyRouteComponent(() => import('./drafts/drafts-page.tsx'), 'DraftsPage'),
})
const draft = createRoute({
  getParentRoute: () => lab,
  path: '/drafts/$draft',
  params: {
    parse: ({ draft: id }) => ({ draft: requireForm<string>(agreementDraftParams.shape.draft, id) }),
    stringify: (params) => params,
  },
  component: lazyRouteComponent(() => import('./drafts/draft-page.tsx'), 'DraftPage'),
})
const agreement = createRoute({
  getParentRoute: () => lab,
  path: '/agreements/$agreement',
  params: {
    parse: ({ agreement: id }) => ({ agreement: requireForm(agreementId, id) }),
    stringify: ({ agreement: id }) => ({ agreement: id }),
  },
  component: lazyRouteComponent(() => import('./agreement/agreement-page.tsx'), 'AgreementPage'),
})
const dashboard = createRoute({
  getParentRoute: () => lab,
  path: '/dashboard',
  component: lazyRouteComponent(() => import('./saved/dashboard-page.tsx'), 'DashboardPage'),
})
const compare = createRoute({
  getParentRoute: () => lab,
  path: '/compare',
  validateSearch: comparedInAddress,
  component: lazyRouteComponent(() => import('./saved/compare-page.tsx'), 'ComparePage'),
})
const phase = createRoute({
  getParentRoute: () => lab,
  path: '/phases/$phase',
  params: {
    parse: ({ phase: one }) => ({ phase: requireForm<Phase>(phaseInAddress, one) }),
    stringify: ({ phase: one }) => ({ phase: String(one) }),
  },
  component: lazyRouteComponent(() => import('./method/phase-page.tsx'), 'PhasePage'),
})
const log = createRoute({
  getParentRoute: () => lab,
  path: '/log',
  component: lazyRouteComponent(() => import('./log/log-page.tsx'), 'LogPage'),
})

const tree = root.addChildren([
  home,
  signIn,
  account,
  lab.addChildren([overview, ask, tables, table, dashboard, compare, agreement, drafts, draft, phase, log]),
])

export const makeRouter = (queries: QueryClient) =>
  createRouter({ routeTree: tree, context: { queries }, defaultPreload: 'intent', scrollRestoration: true })
