/** Choosing: what is counted, which variables stand where, which part, which percentages. */
import { Button, FieldSet, Paragraph, Radio } from '@amsterdam/design-system-react'
import type { AllowedTable } from '@kruispunt/contracts'
import { SelectField, useLanguage, useTexts } from '@kruispunt/ui'
import { type FormEvent, useId, useState } from 'react'
import { askTexts } from '../texts/ask-texts.ts'
import type { Catalogue } from './catalogue.ts'
import { Filters } from './filters.tsx'
import { Measures } from './measures.tsx'
import { firstQuestion, type Percentages, type Question } from './question.ts'
import { Variables } from './variables.tsx'

type Props = {
  readonly question: Question
  readonly table: AllowedTable
  readonly catalogue: Catalogue
  readonly questionsLeft: number | undefined
  readonly isBusy: boolean
  readonly canAsk: boolean
  readonly onChange: (question: Question) => void
  readonly onAsk: () => void
}

export function Builder({ question, table, catalogue, questionsLeft, isBusy, canAsk, onChange, onAsk }: Props) {
  const say = useTexts(askTexts)
  const { pick } = useLanguage()
  const name = useId()
  const [isTold, setTold] = useState(false)
  const hasRows = question.rows.length > 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(!hasRows)
    if (hasRows && canAsk && !isBusy) onAsk()
  }
  return (
    <form className="kp-panel kp-stack" onSubmit={submit} noValidate>
      <FieldSet legend={say('population')} role="radiogroup">
        {catalogue.tables.map((choice) => (
          <Radio
            key={choice.id}
            name={name}
            value={choice.id}
            checked={choice.id === table.id}
            onChange={() => onChange(firstQuestion(choice, catalogue))}
          >
            {pick(choice.title)}
          </Radio>
        ))}
      </FieldSet>
      <Variables question={question} table={table} catalogue={catalogue} onChange={onChange} />
      <Filters question={question} table={table} catalogue={catalogue} onChange={onChange} />
      <Measures question={question} table={table} catalogue={catalogue} onChange={onChange} />
      <SelectField
        label={say('percentages')}
        value={question.percentages ?? ''}
        onChange={(chosen) =>
          onChange({ ...question, percentages: chosen === '' ? undefined : (chosen as Percentages) })
        }
      >
        <option value="">{say('percentagesNone')}</option>
        <option value="row">{say('percentagesRow')}</option>
        <option value="column">{say('percentagesColumn')}</option>
        <option value="total">{say('percentagesTotal')}</option>
      </SelectField>
      <div className="kp-stack kp-stack--tight">
        <div role="alert">{isTold && !hasRows && <Paragraph className="kp-fault">{say('needsRows')}</Paragraph>}</div>
        <div>
          <Button type="submit" aria-disabled={isBusy || !canAsk}>
            {say(isBusy ? 'showing' : 'show')}
          </Button>
        </div>
        {questionsLeft !== undefined && (
          <Paragraph size="small" className="kp-soft">
            {say('questionsLeft', { count: questionsLeft })}
          </Paragraph>
        )}
      </div>
    </form>
  )
}
