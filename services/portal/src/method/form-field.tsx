/** One field of a form, by what it asks for. */
import { ErrorMessage } from '@amsterdam/design-system-react'
import { SelectField, TextField, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { tablesQuery } from '../service.ts'
import { headOf } from '../tables/head.ts'
import { askTexts } from '../texts/ask-texts.ts'
import { methodTexts } from '../texts/method-texts.ts'
import type { FormField } from './forms.ts'
import type { BoardNow } from './use-board.ts'

type Props = {
  readonly now: BoardNow
  readonly field: FormField
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}

export function FormFieldView({ now, field, value, error, onChange }: Props) {
  const say = useTexts(methodTexts)
  const { as, label, options = [], isOptional = false } = field
  const common = { label: say(label), value, error, onChange, isOptional }
  if (as === 'tables') return <TableChoices now={now} field={field} value={value} error={error} onChange={onChange} />
  if (as === 'insights') {
    const insights = now.of('insight').map(({ id, content }) => ({ key: id, words: content.text }))
    return <Choices label={say(label)} choices={insights} value={value} error={error} onChange={onChange} />
  }
  if (as === 'question' || as === 'choice') {
    const choices =
      as === 'choice'
        ? options.map((option) => ({ key: option as string, words: say(option) }))
        : now
            .of('canvas-note')
            .filter(({ content }) => content.field === 'questions')
            .map(({ id, content }) => ({ key: id, words: content.text }))
    return (
      <SelectField {...common}>
        <option value="">{say('questionNone')}</option>
        {choices.map(({ key, words }) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </SelectField>
    )
  }
  return <TextField {...common} isLong={as === 'paragraph'} maxLength={as === 'paragraph' ? 2000 : 160} />
}

function TableChoices({ now, field, value, error, onChange }: Props) {
  const say = useTexts(methodTexts)
  const ask = useTexts(askTexts)
  const { language, moment } = useLanguage()
  const { data } = useQuery(tablesQuery(now.lab))
  const choices = (data?.tables ?? []).map((table) => ({
    key: `${table.release} ${table.tableHash}`,
    words: `${headOf(table, language, ask)} (${moment(table.askedAt)})`,
  }))
  const props = { label: say(field.label), choices, value, error, onChange }
  return choices.length === 0 ? <p className="kp-soft">{say('tablesNone')}</p> : <Choices {...props} />
}

type ChoicesProps = Omit<Props, 'now' | 'field'> & {
  readonly label: string
  readonly choices: readonly { readonly key: string; readonly words: string }[]
}

function Choices({ label, choices, value, error, onChange }: ChoicesProps) {
  const id = useId()
  const chosen = value.split('\n').filter((one) => one !== '')
  return (
    <fieldset className="kp-stack kp-stack--tight" aria-describedby={error === undefined ? undefined : `${id}-error`}>
      <legend>{label}</legend>
      {error !== undefined && <ErrorMessage id={`${id}-error`}>{error}</ErrorMessage>}
      {choices.map(({ key, words }) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={chosen.includes(key)}
            onChange={({ target }) =>
              onChange((target.checked ? [...chosen, key] : chosen.filter((one) => one !== key)).join('\n'))
            }
          />{' '}
          {words}
        </label>
      ))}
    </fieldset>
  )
}
