/** The outermost part: who is there, the frame around what they see, and above all pages whether the node has stopped. */
import { Alert, Paragraph } from '@amsterdam/design-system-react'
import { PageFrame, SessionGate, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { type SignedInAtNode, sessionAtNode, statusQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { sections } from './sections.tsx'
import { rolesOf, SessionContext } from './session.ts'

export function Shell() {
  const say = useTexts(frameTexts)
  return (
    <SessionGate
      calls={sessionAtNode}
      place={say('place')}
      within={say('within')}
      lead={say('signInLead')}
      foot={say('foot')}
    >
      {(person, onSignOut) => <Inside person={person} onSignOut={onSignOut} />}
    </SessionGate>
  )
}

type InsideProps = { readonly person: SignedInAtNode; readonly onSignOut: () => void }

function Inside({ person, onSignOut }: InsideProps) {
  const say = useTexts(frameTexts)
  const { data } = useQuery(statusQuery)
  const roles = rolesOf(person).map((role) => say(role))
  return (
    <SessionContext value={person}>
      <PageFrame
        place={data?.partyName ?? say('place')}
        isPractice={data?.rehearsal ?? false}
        sections={sections(say)}
        account={<Link to="/account">{`${person.name} · ${roles.join(', ')}`}</Link>}
        onSignOut={onSignOut}
        foot={say('foot')}
      >
        <div className="kp-stack kp-stack--wide">
          {data !== undefined && data.frozen.length > 0 && (
            <Alert heading={say('frozen')} headingLevel={2} severity="error">
              <Paragraph>{say('frozenText')}</Paragraph>
              <Paragraph>
                <Link to="/node">{say('frozenLink')}</Link>
              </Paragraph>
            </Alert>
          )}
          <Outlet />
        </div>
      </PageFrame>
    </SessionContext>
  )
}
