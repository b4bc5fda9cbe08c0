/**
 * The portal: what a coordinator, an auditor or a reader of a partner sees of the broker. Nobody signs here.
 * @module
 */
import '@kruispunt/ui/styles.css'
import './portal.css'
import { LanguageProvider, Refused } from '@kruispunt/ui'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeRouter } from './router.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; a line that fell is tried again.
      retry: (tried, error) => !(error instanceof Refused) && tried < 2,
      staleTime: 10_000,
      // Asked also when the machine says it is offline: the page then says that nobody answers, and does not wait in silence.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
const router = makeRouter(queries)

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

const page = document.getElementById('page')
if (page === null) throw new Error('the page has lost its place')
createRoot(page).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
)
