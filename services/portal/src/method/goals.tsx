/** The goals of the organisations for one issue. */
import { Heading } from '@amsterdam/design-system-react'
import { useTexts } from '@kruispunt/ui'
import { methodTexts } from '../texts/method-texts.ts'
import { AddContribution } from './contribution-form.tsx'
import { ContributionView, shortOf } from './contribution-view.tsx'
import type { BoardNow } from './use-board.ts'

export function Goals({ now, issue }: { readonly now: BoardNow; readonly issue: string }) {
  const say = useTexts(methodTexts)
  const goals = now.of('goal').filter(({ content }) => content.issue === issue)
  return (
    <>
      {goals.length > 0 && <Heading level={4}>{say('goals')}</Heading>}
      {goals.map((goal) => (
        <ContributionView key={goal.id} now={now} entry={goal} kind="goal" name={shortOf(goal.content.text)}>
          <p className="kp-note__text">{goal.content.text}</p>
        </ContributionView>
      ))}
      <AddContribution now={now} kind="goal" about={{ issue }} />
    </>
  )
}
