/** A phase of the lab: where it stands among the five, and what is done in it. */
import { Paragraph } from '@amsterdam/design-system-react'
import { Failure, Loading, PageTitle, useLanguage, useTexts } from '@kruispunt/ui'
import { Link, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { frameTexts } from '../texts/frame-texts.ts'
import { methodTexts } from '../texts/method-texts.ts'
import { AnalysesPhase } from './analyses-phase.tsx'
import { FactsPhase } from './facts-phase.tsx'
import { IssuePhase } from './issue-phase.tsx'
import { PhaseStep } from './phase-step.tsx'
import { type Phase, phases } from './phases.ts'
import { SharingPhase } from './sharing-phase.tsx'
import { SolutionsPhase } from './solutions-phase.tsx'
import { type BoardNow, useBoard } from './use-board.ts'

const bodies: Readonly<Record<Phase, ComponentType<{ now: BoardNow }>>> = {
  1: IssuePhase,
  2: FactsPhase,
  3: SharingPhase,
  4: AnalysesPhase,
  5: SolutionsPhase,
}

export function PhasePage() {
  const { lab, phase } = useParams({ from: '/labs/$lab/phases/$phase' })
  const say = useTexts(methodTexts)
  const frame = useTexts(frameTexts)
  const { language } = useLanguage()
  const now = useBoard(lab)
  const Body = bodies[phase]
  return (
    <div className="kp-stack">
      <nav aria-label={say('phases')} className="kp-no-print">
        <ol className="kp-phases">
          {phases.map((one) => (
            <li key={one}>
              <Link to="/labs/$lab/phases/$phase" params={{ lab, phase: one }} activeProps={{ 'aria-current': 'page' }}>
                {one}. {say(`phase${one}`)}
                {now.board?.phase === one && ' '}
                {now.board?.phase === one && <span className="kp-tag kp-tag--good">{say('now')}</span>}
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <PageTitle within={frame('within')}>{say(`phase${phase}`)}</PageTitle>
      <Paragraph size="large" className="kp-measure">
        {say(`lead${phase}`)}
      </Paragraph>
      <p className="kp-row kp-no-print">
        <a href={`/v1/labs/${lab}/dossier/document?lang=${language}`} download>
          {say('dossierPdf')}
        </a>
        <a href={`/v1/labs/${lab}/dossier`} download>
          {say('dossierJson')}
        </a>
      </p>
      {now.query.isPending && <Loading />}
      {now.query.isError && <Failure error={now.query.error} onRetry={() => void now.query.refetch()} />}
      {now.board !== undefined && (
        <>
          <Paragraph size="small" className="kp-soft">
            {say('groupsOnly')}
          </Paragraph>
          <Body now={now} />
          {now.board.phase === phase && <PhaseStep now={now} />}
        </>
      )}
    </div>
  )
}
