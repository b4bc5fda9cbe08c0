/**
 * The outermost part: who is there. Without a session every address shows how to sign in, and the page itself afterwards.
 * @module
 */
import { Failure, Loading, PageFrame, useTexts } from '@kruispunt/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { labQuery, type SignedIn, sessionQuery, signIn, signOut } from '../service.ts'
import { takeCodeFromAddress } from '../sign-in/code-in-address.ts'
import { SignInPage } from '../sign-in/sign-in-page.tsx'
import { frameTexts } from '../texts/frame-texts.ts'
import { sectionsOf } from './sections.tsx'
import { rolesIn, SessionContext } from './session.ts'

/** Taken when the page is loaded, before anything else looks at the address; used once. */
let codeFromAddress = takeCodeFromAddress()

export function Shell() {
  const queries = useQueryClient()
  const say = useTexts(frameTexts)
  const [hasCode, setHasCode] = useState(codeFromAddress !== undefined)
  const session = useQuery({ ...sessionQuery, enabled: !hasCode })
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: (signedIn) => {
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, signedIn)
    },
    onSettled: () => setHasCode(false),
  })
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: (signedOut) => {
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, signedOut)
    },
  })
  const { mutate: enter } = entering
  useEffect(() => {
    const code = codeFromAddress
    codeFromAddress = undefined
    if (code !== undefined) enter(code)
  }, [enter])

  if (hasCode || session.isPending)
    return (
      <Plain>
        <Loading />
      </Plain>
    )
  if (session.isError)
    return (
      <Plain>
        <Failure error={session.error} onRetry={() => void session.refetch()} />
      </Plain>
    )
  if (session.data.state === 'signed-out')
    return (
      <Plain>
        <SignInPage onCode={enter} failure={entering.error} isBusy={entering.isPending} />
      </Plain>
    )
  return <Inside person={session.data} onSignOut={() => leaving.mutate()} placeName={say('place')} />
}

function Plain({ children }: React.PropsWithChildren) {
  const say = useTexts(frameTexts)
  return (
    <PageFrame place={say('place')} isPractice={false} foot={say('foot')}>
      {children}
    </PageFrame>
  )
}

type InsideProps = { readonly person: SignedIn; readonly onSignOut: () => void; readonly placeName: string }

function Inside({ person, onSignOut, placeName }: InsideProps) {
  const say = useTexts(frameTexts)
  const { lab: inAddress } = useParams({ strict: false })
  const grant = person.grants.find(({ lab }) => lab === inAddress)
  const lab = useQuery({ ...labQuery(grant?.lab as never), enabled: grant !== undefined })
  const roles = rolesIn(person, grant?.lab)
  return (
    <SessionContext value={person}>
      <PageFrame
        place={lab.data === undefined ? placeName : lab.data.title}
        isPractice={lab.data?.rehearsal ?? false}
        sections={grant === undefined ? [] : sectionsOf(grant.lab, roles, say)}
        person={`${person.name}${roles.length > 0 ? ` · ${roles.map((role) => say(role)).join(', ')}` : ''}`}
        onSignOut={onSignOut}
        foot={say('foot')}
      >
        <Outlet />
      </PageFrame>
    </SessionContext>
  )
}
