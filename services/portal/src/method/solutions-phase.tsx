/** Phase 5: insights with the tables they rest on, solutions that follow from them, whether they can, and who does it. */
import { Heading } from '@amsterdam/design-system-react'
import type { ContentOf, Standing } from '@kruispunt/lab-method'
import { Empty, useTexts } from '@kruispunt/ui'
import { methodTexts } from '../texts/method-texts.ts'
import { AddContribution } from './contribution-form.tsx'
import { ContributionView, shortOf } from './contribution-view.tsx'
import { Remarks } from './remarks.tsx'
import { RestsOn } from './rests-on.tsx'
import type { BoardNow } from './use-board.ts'

export function SolutionsPhase({ now }: { readonly now: BoardNow }) {
  const say = useTexts(methodTexts)
  const insights = now.of('insight')
  const solutions = now.of('solution')
  return (
    <>
      <section className="kp-stack">
        <Heading level={2}>{say('insights')}</Heading>
        {insights.length === 0 && (
          <Empty title={say('insightsEmpty')} level={3}>
            {say('insightsEmptyText')}
          </Empty>
        )}
        {insights.map((insight) => (
          <article key={insight.id} className="kp-panel kp-stack kp-stack--tight">
            <ContributionView now={now} entry={insight} kind="insight" name={shortOf(insight.content.text)}>
              <p className="kp-note__text">{insight.content.text}</p>
              <RestsOn lab={now.lab} title={say('restsOn')} level={3} cells={insight.content.restsOn} />
            </ContributionView>
            <Remarks now={now} about={insight.id} />
          </article>
        ))}
        <AddContribution now={now} kind="insight" />
      </section>
      <section className="kp-stack">
        <Heading level={2}>{say('solutions')}</Heading>
        {solutions.length === 0 && (
          <Empty title={say('solutionsEmpty')} level={3}>
            {say('solutionsEmptyText')}
          </Empty>
        )}
        {solutions.map((solution) => (
          <Solution key={solution.id} now={now} solution={solution} />
        ))}
        {insights.length > 0 && <AddContribution now={now} kind="solution" />}
      </section>
    </>
  )
}

function Solution({ now, solution }: { readonly now: BoardNow; readonly solution: Standing<ContentOf<'solution'>> }) {
  const say = useTexts(methodTexts)
  const { title, text, logic, insights } = solution.content
  const about = { solution: solution.id }
  const ofThis = <T extends { readonly content: { readonly solution: string } }>(all: readonly T[]) =>
    all.filter(({ content }) => content.solution === solution.id)
  const feasibility = ofThis(now.of('feasibility'))
  const realisation = ofThis(now.of('realisation'))
  return (
    <article className="kp-panel kp-stack kp-stack--tight">
      <ContributionView now={now} entry={solution} kind="solution" name={title}>
        <Heading level={3}>{title}</Heading>
        <p className="kp-note__text">{text}</p>
        <ul>
          {now
            .of('insight')
            .filter(({ id }) => insights.includes(id))
            .map(({ id, content }) => (
              <li key={id}>{content.text}</li>
            ))}
        </ul>
        <p className="kp-note__text">{say('logicIs', { text: logic })}</p>
      </ContributionView>
      {feasibility.map((entry) => (
        <ContributionView key={entry.id} now={now} entry={entry} kind="feasibility" name={title}>
          <Heading level={4}>{say('feasibility')}</Heading>
          <Answers of={entry.content} asked={['whatMustBeDone', 'stakeholders', 'whyItWouldFail']} />
        </ContributionView>
      ))}
      {feasibility.length === 0 && <AddContribution now={now} kind="feasibility" about={about} />}
      {realisation.map((entry) => (
        <ContributionView key={entry.id} now={now} entry={entry} kind="realisation" name={title}>
          <Heading level={4}>{say('realisation')}</Heading>
          <Answers of={entry.content} asked={['whatMustBeArranged', 'whoPullsIt', 'howFollowed']} />
          <RestsOn lab={now.lab} title={say('indicators')} level={4} cells={entry.content.indicators} />
        </ContributionView>
      ))}
      {realisation.length === 0 && <AddContribution now={now} kind="realisation" about={about} />}
      <Remarks now={now} about={solution.id} />
    </article>
  )
}

type Asked = 'whatMustBeDone' | 'stakeholders' | 'whyItWouldFail' | 'whatMustBeArranged' | 'whoPullsIt' | 'howFollowed'

/** Three questions with their answers. */
function Answers<K extends Asked>({
  of,
  asked,
}: {
  readonly of: Readonly<Record<K, string>>
  readonly asked: readonly K[]
}) {
  const say = useTexts(methodTexts)
  return (
    <dl>
      {asked.map((one) => (
        <div key={one}>
          <dt>{say(one)}</dt>
          <dd className="kp-note__text">{of[one]}</dd>
        </div>
      ))}
    </dl>
  )
}
