/** Amounts beside the counts, where the agreement has any for this table. */
import { Checkbox, FieldSet } from '@amsterdam/design-system-react'
import type { AllowedTable } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { askTexts } from '../texts/ask-texts.ts'
import type { Catalogue } from './catalogue.ts'
import type { Question } from './question.ts'

type Props = {
  readonly question: Question
  readonly table: AllowedTable
  readonly catalogue: Catalogue
  readonly onChange: (question: Question) => void
}

export function Measures({ question, table, catalogue, onChange }: Props) {
  const say = useTexts(askTexts)
  const { pick } = useLanguage()
  const possible = catalogue.measuresOf(table)
  if (possible.length === 0) return null
  const { measures } = question
  const change = (id: string) =>
    onChange({
      ...question,
      measures: measures.includes(id) ? measures.filter((listed) => listed !== id) : [...measures, id],
    })
  return (
    <FieldSet legend={say('measures')}>
      {possible.map(({ id, label, unit }) => (
        <Checkbox key={id} checked={measures.includes(id)} onChange={() => change(id)}>
          {`${pick(label)} (${pick(unit)})`}
        </Checkbox>
      ))}
    </FieldSet>
  )
}
