/**
 * Puts an application in its page: the language, what was asked, and its routes around everything.
 * @module
 */
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { LanguageProvider } from '../texts/language.tsx'

export function startPage(queries: QueryClient, application: ReactNode): void {
  const page = document.getElementById('page')
  if (page === null) throw new Error('the page has lost its place')
  createRoot(page).render(
    <StrictMode>
      <LanguageProvider>
        <QueryClientProvider client={queries}>{application}</QueryClientProvider>
      </LanguageProvider>
    </StrictMode>,
  )
}
