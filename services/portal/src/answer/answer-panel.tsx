/** What comes back: nothing yet, waiting, refused, or the table with all that belongs to it. */
import { Heading } from '@amsterdam/design-system-react'
import type { AgreementView, CrossTabAnswer, EarlierTable, LabId, LabView, LinkQuality } from '@kruispunt/contracts'
import { Empty, Failure, Loading, useTexts } from '@kruispunt/ui'
import { useEffect, useRef } from 'react'
import { SavedPanel } from '../saved/saved-panel.tsx'
import { askTexts } from '../texts/ask-texts.ts'
import { AnswerView } from './answer-view.tsx'
import { Links } from './links.tsx'

type Props = {
  readonly lab: LabId
  readonly answer: CrossTabAnswer | undefined
  readonly agreement: AgreementView
  readonly deliveries: LabView['agreements'][number]['deliveries']
  readonly links: LinkQuality | undefined
  readonly release: EarlierTable | undefined
  readonly isBusy: boolean
  readonly failure: unknown
}

export function AnswerPanel({ lab, answer, agreement, deliveries, links, release, isBusy, failure }: Props) {
  const say = useTexts(askTexts)
  const heading = useRef<HTMLHeadingElement>(null)
  const outcome = failure ?? answer
  // Whoever pressed the button is taken to what came of it.
  useEffect(() => {
    if (outcome !== undefined && outcome !== null) heading.current?.focus()
  }, [outcome])
  return (
    <section className="kp-stack" aria-busy={isBusy}>
      <Heading level={2} ref={heading} tabIndex={-1} className="kp-page-title">
        {say('answer')}
      </Heading>
      {failure !== null && failure !== undefined && <Failure error={failure} level={3} />}
      {isBusy && <Loading />}
      {!isBusy && answer === undefined && failure === null && (
        <Empty title={say('answerEmpty')} level={3}>
          {say('answerEmptyText')}
        </Empty>
      )}
      {!isBusy && answer !== undefined && failure === null && (
        <AnswerView answer={answer} agreement={agreement} deliveries={deliveries} release={release}>
          <SavedPanel lab={lab} release={answer.release} tableHash={answer.tableHash} />
        </AnswerView>
      )}
      {links !== undefined && answer !== undefined && <Links links={links} agreement={agreement} />}
    </section>
  )
}
