/** Phase 1: issues with their goals and votes, the canvas of the chosen one, and who takes part. */
import { Heading } from '@amsterdam/design-system-react'
import { Empty, StatusTag, useTexts } from '@kruispunt/ui'
import { methodTexts } from '../texts/method-texts.ts'
import { Canvas } from './canvas.tsx'
import { AddContribution } from './contribution-form.tsx'
import { ContributionView, Written } from './contribution-view.tsx'
import { Goals } from './goals.tsx'
import { Remarks } from './remarks.tsx'
import { TakingPart } from './taking-part.tsx'
import type { BoardNow } from './use-board.ts'
import { VotesForm } from './votes-form.tsx'

export function IssuePhase({ now }: { readonly now: BoardNow }) {
  const say = useTexts(methodTexts)
  const issues = now.of('issue')
  const chosen = now.of('chosen-issue').at(-1)
  const votes = new Map(now.board?.votes.map(({ issue, votes: count }) => [issue, count]))
  const ordered = issues.toSorted((a, b) => (votes.get(b.id) ?? 0) - (votes.get(a.id) ?? 0))
  return (
    <>
      <section className="kp-stack">
        <Heading level={2}>{say('issues')}</Heading>
        {issues.length === 0 && (
          <Empty title={say('issuesEmpty')} level={3}>
            {say('issuesEmptyText')}
          </Empty>
        )}
        {ordered.map((issue) => {
          const { title, text } = issue.content
          const isChosen = chosen?.content.issue === issue.id
          return (
            <article key={issue.id} className="kp-panel kp-stack kp-stack--tight">
              <ContributionView now={now} entry={issue} kind="issue" name={title}>
                <div className="kp-row">
                  <Heading level={3}>{title}</Heading>
                  {isChosen && <StatusTag tone="good">{say('chosen')}</StatusTag>}
                  {chosen !== undefined && !isChosen && <StatusTag tone="quiet">{say('notChosen')}</StatusTag>}
                  <span>{say('votesFor', { count: votes.get(issue.id) ?? 0 })}</span>
                </div>
                <p className="kp-note__text">{text}</p>
              </ContributionView>
              {isChosen && chosen !== undefined && (
                <div className="kp-note">
                  <p className="kp-note__text">{chosen.content.reason}</p>
                  <Written now={now} entry={chosen} />
                </div>
              )}
              <Goals now={now} issue={issue.id} />
              {chosen === undefined && <AddContribution now={now} kind="chosen-issue" about={{ issue: issue.id }} />}
              <Remarks now={now} about={issue.id} />
            </article>
          )
        })}
        <AddContribution now={now} kind="issue" />
      </section>
      {issues.length > 0 && chosen === undefined && (
        <VotesForm key={now.of('votes').length} now={now} issues={issues} />
      )}
      <Canvas now={now} />
      <TakingPart now={now} />
    </>
  )
}
