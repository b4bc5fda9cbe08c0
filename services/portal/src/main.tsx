/**
 * The portal: what a coordinator, an auditor or a reader of a partner sees of the broker. Nobody signs here.
 * @module
 */
import '@kruispunt/ui/styles.css'
import './portal.css'
import { createQueries, startPage } from '@kruispunt/ui'
import { RouterProvider } from '@tanstack/react-router'
import { makeRouter } from './router.tsx'

const queries = createQueries()
const router = makeRouter(queries)

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

startPage(queries, <RouterProvider router={router} />)
