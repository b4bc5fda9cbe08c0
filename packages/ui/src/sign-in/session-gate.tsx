/**
 * Who is there. Without a session every address shows how to sign in, and the page itself afterwards.
 * @module
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type PropsWithChildren, type ReactNode, useEffect, useState } from 'react'
import { PageFrame } from '../frame/page-frame.tsx'
import { Failure, Loading } from '../states/notices.tsx'
import { takeCodeFromAddress, takeRefusalFromAddress } from './code-in-address.ts'
import { OtherWays } from './other-ways.tsx'
import type { Session, SessionCalls, SignedIn } from './session-calls.ts'
import { SignInPage } from './sign-in-page.tsx'

type Place = {
  /** "Portaal". */
  readonly place: string
  /** After a page's own name in the tab. */
  readonly within: string
  /** Where the link comes from. */
  readonly lead: string
  readonly foot: string
}

type Props<G> = Place & {
  readonly calls: SessionCalls<G>
  readonly children: (person: SignedIn<G>, onSignOut: () => void) => ReactNode
}

/** Taken when the page is loaded, before anything else looks at the address; used once. */
let codeFromAddress = takeCodeFromAddress()
const wasRefused = takeRefusalFromAddress()

export function SessionGate<G>({ calls, children, ...place }: Props<G>) {
  const queries = useQueryClient()
  const [hasCode, setHasCode] = useState(codeFromAddress !== undefined)
  const session = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => calls.read(signal),
    staleTime: 60_000,
    enabled: !hasCode,
  })
  /** What somebody else saw is not for who comes next. */
  const isNow = (now: Session<G>) => {
    // The session itself stays in its place and is changed there: whoever watches it would otherwise not hear of it.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    queries.getMutationCache().clear()
    queries.setQueryData(['session'], now)
  }
  const entering = useMutation({ mutationFn: calls.signIn, onSuccess: isNow, onSettled: () => setHasCode(false) })
  const leaving = useMutation({ mutationFn: calls.signOut, onSuccess: isNow })
  const { mutate: enter } = entering
  useEffect(() => {
    const code = codeFromAddress
    codeFromAddress = undefined
    if (code !== undefined) enter(code)
  }, [enter])

  if (hasCode || session.isPending)
    return (
      <Plain {...place}>
        <Loading />
      </Plain>
    )
  if (session.isError)
    return (
      <Plain {...place}>
        <Failure error={session.error} onRetry={() => void session.refetch()} />
      </Plain>
    )
  const now = session.data
  if (now.state === 'signed-out')
    return (
      <Plain {...place}>
        <SignInPage
          within={place.within}
          lead={place.lead}
          onCode={enter}
          failure={entering.error}
          isBusy={entering.isPending}
        >
          <OtherWays calls={calls} onSignedIn={isNow} wasRefused={wasRefused} />
        </SignInPage>
      </Plain>
    )
  return children(now, () => leaving.mutate())
}

const Plain = ({ place, foot, children }: PropsWithChildren<Place>) => (
  <PageFrame place={place} isPractice={false} foot={foot}>
    {children}
  </PageFrame>
)
