/**
 * The console: what people at one partner see of their own node. Delivering, signing and checking happen here.
 * @module
 */
import '@kruispunt/ui/styles.css'
import './console.css'
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
