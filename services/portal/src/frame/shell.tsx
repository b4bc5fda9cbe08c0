/**
 * The outermost part: who is there, and the frame around what they see.
 * @module
 */
import { PageFrame, SessionGate, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import { labQuery, type SignedInAtPortal, sessionOfPortal } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { sectionsOf } from './sections.tsx'
import { rolesIn, SessionContext } from './session.ts'

export function Shell() {
  const say = useTexts(frameTexts)
  return (
    <SessionGate
      calls={sessionOfPortal}
      place={say('place')}
      within={say('within')}
      lead={say('signInLead')}
      foot={say('foot')}
    >
      {(person, onSignOut) => <Inside person={person} onSignOut={onSignOut} placeName={say('place')} />}
    </SessionGate>
  )
}

type InsideProps = { readonly person: SignedInAtPortal; readonly onSignOut: () => void; readonly placeName: string }

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
        account={
          <Link to="/account">
            {person.name}
            {roles.length > 0 && ` · ${roles.map((role) => say(role)).join(', ')}`}
          </Link>
        }
        onSignOut={onSignOut}
        foot={say('foot')}
      >
        <Outlet />
      </PageFrame>
    </SessionContext>
  )
}
