/** Phase 2: what the partners know already, by the questions of the canvas, and what nobody knows. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import type { ContentOf, Standing } from '@kruispunt/lab-method'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { methodTexts } from '../texts/method-texts.ts'
import { AddContribution } from './contribution-form.tsx'
import { ContributionView, shortOf } from './contribution-view.tsx'
import { Remarks } from './remarks.tsx'
import type { BoardNow } from './use-board.ts'

export function FactsPhase({ now }: { readonly now: BoardNow }) {
  const say = useTexts(methodTexts)
  const questions = now.of('canvas-note').filter(({ content }) => content.field === 'questions')
  const facts = now.of('fact')
  const isElse = ({ content }: Standing<ContentOf<'fact'>>) => !questions.some(({ id }) => id === content.question)
  const others = facts.filter(isElse)
  return (
    <>
      <section className="kp-stack">
        <Heading level={2}>{say('facts')}</Heading>
        {questions.map(({ id, content }) => (
          <FactsOf
            key={id}
            now={now}
            title={content.text}
            facts={facts.filter((fact) => fact.content.question === id)}
          />
        ))}
        {(questions.length === 0 || others.length > 0) && <FactsOf now={now} title={say('factsElse')} facts={others} />}
        <AddContribution now={now} kind="fact" />
      </section>
      <Unknowns now={now} />
    </>
  )
}

type FactsProps = {
  readonly now: BoardNow
  readonly title: string
  readonly facts: readonly Standing<ContentOf<'fact'>>[]
}

function FactsOf({ now, title, facts }: FactsProps) {
  const say = useTexts(methodTexts)
  const { number } = useLanguage()
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={3}>{title}</Heading>
      {facts.length === 0 && <Paragraph className="kp-soft">{say('factsNone')}</Paragraph>}
      {facts.length > 1 && <Paragraph size="small">{say('contradicts', { count: facts.length })}</Paragraph>}
      <div className="kp-facts">
        {facts.map((fact) => {
          const { statement, figure, area, period, source, sureness } = fact.content
          return (
            <article key={fact.id} className="kp-panel kp-stack kp-stack--tight">
              <ContributionView now={now} entry={fact} kind="fact" name={shortOf(statement)}>
                {figure !== null && (
                  <p className="kp-figure">
                    {number(figure.value)} {figure.unit}
                  </p>
                )}
                <p className="kp-note__text">{statement}</p>
                <p className="kp-soft">{say('factLine', { area, period, source, sureness: say(sureness) })}</p>
              </ContributionView>
              <Remarks now={now} about={fact.id} />
            </article>
          )
        })}
      </div>
    </section>
  )
}

/** What nobody knows yet: found in phase 2, answered in phase 4. */
function Unknowns({ now }: { readonly now: BoardNow }) {
  const say = useTexts(methodTexts)
  const unknowns = now.of('unknown')
  return (
    <section className="kp-stack">
      <Heading level={2}>{say('unknowns')}</Heading>
      <Paragraph>{say(unknowns.length === 0 ? 'unknownsNone' : 'unknownsLead')}</Paragraph>
      {unknowns.map((entry) => (
        <ContributionView key={entry.id} now={now} entry={entry} kind="unknown" name={shortOf(entry.content.text)}>
          <p className="kp-note__text">{entry.content.text}</p>
        </ContributionView>
      ))}
      <AddContribution now={now} kind="unknown" />
    </section>
  )
}
