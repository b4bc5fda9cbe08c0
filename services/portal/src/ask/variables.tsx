/** Every variable of the agreement, where it may stand, and for those that may not, why. */
import { Checkbox, FieldSet, Paragraph, Select } from '@amsterdam/design-system-react'
import type { AllowedTable } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { useId } from 'react'
import { askTexts } from '../texts/ask-texts.ts'
import type { Catalogue, Variable } from './catalogue.ts'
import { obstacleAt, obstacleOf, type Place, placeOf, put, type Question, switchLevel } from './question.ts'

type Props = {
  readonly question: Question
  readonly table: AllowedTable
  readonly catalogue: Catalogue
  readonly onChange: (question: Question) => void
}

const places: readonly Place[] = ['rows', 'columns']

export function Variables({ question, table, catalogue, onChange }: Props) {
  const say = useTexts(askTexts)
  const { pick } = useLanguage()
  const all = [...catalogue.variables.values()]
  const possible = table.dimensions
    .map((id) => catalogue.variables.get(id))
    .filter((variable) => variable !== undefined)
    .filter((variable) => obstacleOf(table, catalogue, variable) === undefined)
  const others = all.flatMap((variable) => {
    const obstacle = obstacleOf(table, catalogue, variable)
    return obstacle === undefined ? [] : [{ variable, obstacle }]
  })
  return (
    <FieldSet legend={say('variables')}>
      <Paragraph size="small" className="kp-soft">
        {say('variablesHint', { count: table.maxDimensions })}
      </Paragraph>
      <ul className="kp-variables">
        {possible.map((variable) => (
          <Choice key={variable.id} variable={variable} question={question} table={table} onChange={onChange} />
        ))}
      </ul>
      {others.length > 0 && (
        <details>
          <summary>{say('notPossible', { count: others.length })}</summary>
          <ul className="kp-variables">
            {others.map(({ variable, obstacle }) => (
              <li key={variable.id} className="kp-variable kp-soft">
                <span>
                  {pick(variable.label)} <span className="kp-sub">{say('from', { owner: variable.owner })}</span>
                </span>
                <span className="kp-variable__why">{say(obstacle)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </FieldSet>
  )
}

type ChoiceProps = Pick<Props, 'question' | 'table' | 'onChange'> & { readonly variable: Variable }

function Choice({ variable, question, table, onChange }: ChoiceProps) {
  const say = useTexts(askTexts)
  const { pick } = useLanguage()
  const id = useId()
  const place = placeOf(question, variable.id)
  const obstacles = places.map((to) => ({ to, obstacle: obstacleAt(question, table, variable.id, to) }))
  const reasons = [...new Set(obstacles.map(({ obstacle }) => obstacle).filter((obstacle) => obstacle !== undefined))]
  const isShut = place === undefined && obstacles.every(({ obstacle }) => obstacle !== undefined)
  const axis = [...question.rows, ...question.columns].find(({ dimension }) => dimension === variable.id)
  return (
    <li className="kp-variable">
      <span>
        {pick(variable.label)} <span className="kp-sub">{say('from', { owner: variable.owner })}</span>
      </span>
      <Select
        aria-label={say('place', { variable: pick(variable.label) })}
        aria-describedby={isShut ? id : undefined}
        value={place ?? ''}
        onChange={(event) =>
          onChange(
            put(
              question,
              variable,
              places.find((to) => to === event.target.value),
            ),
          )
        }
      >
        <option value="">{say('none')}</option>
        {obstacles.map(({ to, obstacle }) => (
          <option key={to} value={to} disabled={obstacle !== undefined}>
            {say(to)}
          </option>
        ))}
      </Select>
      {isShut && (
        <span className="kp-variable__why kp-soft" id={id}>
          {reasons.map((reason) => say(reason)).join(' ')}
        </span>
      )}
      {axis !== undefined && variable.levels.length > 1 && (
        <div
          className="kp-variable__levels"
          role="group"
          aria-label={say('levels', { variable: pick(variable.label) })}
        >
          {variable.levels.map((level) => (
            <Checkbox
              key={level.id}
              checked={axis.levels.includes(level.id)}
              onChange={() => onChange(switchLevel(question, variable, level.id))}
            >
              {pick(level.label)}
            </Checkbox>
          ))}
        </div>
      )}
    </li>
  )
}
