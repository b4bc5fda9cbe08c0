/** An answer whole: the table first, then what its marks mean and why, pictures of the same cells, files, and where it comes from. */
import { FieldSet, Heading, Paragraph, Radio, UnorderedList } from '@amsterdam/design-system-react'
import type { AgreementView, CrossTabAnswer, EarlierTable, LabView } from '@kruispunt/contracts'
import { CrossTabTable, type Drawing, figuresOf, Legend, layoutOf, useLanguage, useTexts } from '@kruispunt/ui'
import { type ReactNode, useCallback, useId, useMemo, useRef, useState } from 'react'
import { askTexts } from '../texts/ask-texts.ts'
import { AccountView } from './account-view.tsx'
import { accountOf, captionOf } from './caption.ts'
import { ChartPanel } from './chart-panel.tsx'
import { SaveButtons } from './save-buttons.tsx'

type Props = {
  readonly answer: CrossTabAnswer
  readonly agreement: AgreementView
  readonly deliveries: LabView['agreements'][number]['deliveries']
  readonly release: EarlierTable | undefined
  /** Where it is kept. */
  readonly children?: ReactNode
}

export function AnswerView({ answer, agreement, deliveries, release, children }: Props) {
  const say = useTexts(askTexts)
  const { language, pick, moment } = useLanguage()
  const name = useId()
  const [chosen, setChosen] = useState('counts')
  const drawing = useRef<Drawing>(null)
  // The same each time: another one would have the chart drawn again.
  const keepDrawing = useCallback((drawn: Drawing) => {
    drawing.current = drawn
  }, [])
  const layout = useMemo(() => layoutOf(answer, language), [answer, language])
  const figures = useMemo(() => figuresOf(answer, language), [answer, language])
  const figure = figures.find(({ id }) => id === chosen) ?? figures[0]
  if (figure === undefined) throw new Error('an answer without counts')
  const caption = captionOf(answer, language, say)
  const account = accountOf({ answer, agreement, deliveries, release, moment }, language, say)
  return (
    <div className="kp-stack">
      {figures.length > 1 && (
        <FieldSet legend={say('figure')} role="radiogroup" className="kp-no-print">
          <div className="kp-row">
            {figures.map(({ id, title }) => (
              <Radio key={id} name={name} checked={id === figure.id} onChange={() => setChosen(id)}>
                {title}
              </Radio>
            ))}
          </div>
        </FieldSet>
      )}
      <CrossTabTable caption={caption} layout={layout} figure={figure} />
      <Legend answer={answer} />
      <section className="kp-stack kp-stack--tight">
        <Heading level={3}>{say('why')}</Heading>
        <Paragraph>{say('shownCells', { released: answer.released, withheld: answer.withheld })}</Paragraph>
        {answer.explanation.length > 0 && (
          <>
            <Heading level={4}>{say('whyMore')}</Heading>
            <UnorderedList>
              {answer.explanation.map((line) => (
                <UnorderedList.Item key={line.en}>{pick(line)}</UnorderedList.Item>
              ))}
            </UnorderedList>
          </>
        )}
        <details>
          <summary>{say('whyRules')}</summary>
          <UnorderedList>
            {[answer.exactness, ...answer.rules].map((line) => (
              <UnorderedList.Item key={line.en}>{pick(line)}</UnorderedList.Item>
            ))}
          </UnorderedList>
        </details>
      </section>
      <SaveButtons layout={layout} figure={figure} caption={caption} account={account} drawing={drawing} />
      {children}
      <ChartPanel layout={layout} figure={figure} caption={caption} onDrawn={keepDrawing} />
      <AccountView account={account} />
    </div>
  )
}
