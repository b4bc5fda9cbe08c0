/** Phase 4: the questions that wait for a table, and the tables there are. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { StatusTag, useTexts } from '@kruispunt/ui'
import { Link } from '@tanstack/react-router'
import { methodTexts } from '../texts/method-texts.ts'
import type { BoardNow } from './use-board.ts'

export function AnalysesPhase({ now }: { readonly now: BoardNow }) {
  const say = useTexts(methodTexts)
  const { lab } = now
  const questions = now.of('canvas-note').filter(({ content }) => content.field === 'questions')
  const unknowns = now.of('unknown')
  return (
    <section className="kp-stack">
      <Heading level={2}>{say('questions')}</Heading>
      <Paragraph>{say('analysesRule')}</Paragraph>
      <Paragraph>{say(questions.length + unknowns.length === 0 ? 'analysesNone' : 'analysesLead')}</Paragraph>
      <ul className="kp-plain-list kp-stack kp-stack--tight">
        {questions.map(({ id, content }) => (
          <li key={id} className="kp-note">
            {content.analysis !== null && <StatusTag tone="quiet">{say(content.analysis)}</StatusTag>} {content.text}
          </li>
        ))}
        {unknowns.map(({ id, content }) => (
          <li key={id} className="kp-note">
            {content.text}
          </li>
        ))}
      </ul>
      <p className="kp-row">
        <Link to="/labs/$lab/tables" params={{ lab }}>
          {say('toTables')}
        </Link>
        <Link to="/labs/$lab/dashboard" params={{ lab }}>
          {say('toDashboard')}
        </Link>
      </p>
    </section>
  )
}
