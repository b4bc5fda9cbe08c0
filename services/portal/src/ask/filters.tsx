/** Counting a part: the categories of the variables that the agreement lets one filter on. */
import { Checkbox, FieldSet, Paragraph } from '@amsterdam/design-system-react'
import type { AllowedTable } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { askTexts } from '../texts/ask-texts.ts'
import type { Catalogue } from './catalogue.ts'
import { type Question, switchFilter } from './question.ts'

type Props = {
  readonly question: Question
  readonly table: AllowedTable
  readonly catalogue: Catalogue
  readonly onChange: (question: Question) => void
}

export function Filters({ question, table, catalogue, onChange }: Props) {
  const say = useTexts(askTexts)
  const { pick } = useLanguage()
  const variables = table.filters.map((id) => catalogue.variables.get(id)).filter((found) => found !== undefined)
  return (
    <FieldSet legend={say('filters')}>
      <Paragraph size="small" className="kp-soft">
        {say(variables.length === 0 ? 'filtersNone' : 'filtersHint')}
      </Paragraph>
      {variables.map((variable) => {
        const chosen = question.filters.find(({ dimension }) => dimension === variable.id)?.codes ?? []
        return (
          <details key={variable.id}>
            <summary>
              {pick(variable.label)}
              {chosen.length > 0 && ` (${say('chosen', { count: chosen.length })})`}
            </summary>
            <div className="kp-choices" role="group" aria-label={pick(variable.label)}>
              {variable.codes.map(({ code, label }) => (
                <Checkbox
                  key={code}
                  checked={chosen.includes(code)}
                  onChange={() => onChange(switchFilter(question, variable.id, code))}
                >
                  {pick(label)}
                </Checkbox>
              ))}
            </div>
          </details>
        )
      })}
    </FieldSet>
  )
}
