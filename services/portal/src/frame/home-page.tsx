/** Which labs somebody may see. Who may see one goes straight there. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import type { LabId } from '@kruispunt/contracts'
import { Empty, PageTitle, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { labQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { rolesIn, usePerson } from './session.ts'

export function HomePage() {
  const say = useTexts(frameTexts)
  const person = usePerson()
  const labs = [...new Set(person.grants.map(({ lab }) => lab))]
  const [only, ...others] = labs
  if (only !== undefined && others.length === 0) return <Navigate to="/labs/$lab" params={{ lab: only }} replace />
  return (
    <div className="kp-stack">
      <PageTitle within={say('within')}>{say('labs')}</PageTitle>
      {labs.length === 0 && <Empty title={say('labsNone')}>{say('labsNoneText')}</Empty>}
      {labs.map((lab) => (
        <LabCard key={lab} lab={lab} />
      ))}
    </div>
  )
}

function LabCard({ lab }: { readonly lab: LabId }) {
  const say = useTexts(frameTexts)
  const person = usePerson()
  const { data } = useQuery(labQuery(lab))
  return (
    <section className="kp-panel kp-stack kp-stack--tight">
      <Heading level={2} size="level-3">
        <Link to="/labs/$lab" params={{ lab }}>
          {data?.title ?? lab}
        </Link>
      </Heading>
      <Paragraph>
        {rolesIn(person, lab)
          .map((role) => say(role))
          .join(', ')}
      </Paragraph>
    </section>
  )
}
