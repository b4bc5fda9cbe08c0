/** An address that is no page, or not for this person; which of the two is not said. */
import { PageTitle, useTexts } from '@kruispunt/ui'
import { Link } from '@tanstack/react-router'
import { frameTexts } from '../texts/frame-texts.ts'

export function NotFoundPage() {
  const say = useTexts(frameTexts)
  return (
    <div className="kp-stack kp-measure">
      <PageTitle within={say('within')}>{say('notFound')}</PageTitle>
      <p>{say('notFoundText')}</p>
      <p>
        <Link to="/">{say('home')}</Link>
      </p>
    </div>
  )
}
