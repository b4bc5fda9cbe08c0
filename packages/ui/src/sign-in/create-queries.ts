/**
 * How pages ask and ask again.
 * @module
 */
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { Refused } from '../api/errors.ts'

export function createQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // The session has ended: the page asks who is there, and shows how to sign in.
      onError: (error, { queryKey }) => {
        const isOver = error instanceof Refused && error.problem.status === 401 && queryKey[0] !== 'session'
        if (isOver) void queries.invalidateQueries({ queryKey: ['session'] })
      },
    }),
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
  return queries
}
