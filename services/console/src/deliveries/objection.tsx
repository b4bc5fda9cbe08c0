/**
 * Somebody objects: the next version of the delivery goes without that person. What is typed here is in the body of one call to
 * the own node and nowhere else; it is forgotten as soon as the file has been read.
 * @module
 */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { SelectField, TextField, useTexts } from '@kruispunt/ui'
import { deliveryTexts } from '../texts/delivery-texts.ts'

export type Objection = { readonly by: 'number' | 'row'; readonly value: string }
export const noObjection: Objection = { by: 'number', value: '' }

const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]

/** The eleven test: a slip of the keyboard is seen here and not as "nobody was found". */
function canBeNumber(text: string): boolean {
  const digits = [...text].map(Number)
  const sum = weights.reduce((total, weight, at) => total + weight * (digits[at] ?? 0), 0)
  return /^\d{9}$/.test(text) && Number(text) > 0 && sum % 11 === 0
}

export const isRight = ({ by, value }: Objection): boolean =>
  by === 'number' ? canBeNumber(value.trim()) : /^[1-9]\d{0,8}$/.test(value.trim())

/** As the node reads it. */
export const asOrdered = ({ by, value }: Objection): string => (by === 'number' ? value.trim() : `rij ${value.trim()}`)

type Props = {
  readonly objection: Objection
  readonly onObjection: (objection: Objection) => void
  readonly isWrong: boolean
}

export function ObjectionForm({ objection, onObjection, isWrong }: Props) {
  const say = useTexts(deliveryTexts)
  const { by, value } = objection
  return (
    <div className="kp-panel kp-stack kp-stack--tight">
      <Heading level={2}>{say('objection')}</Heading>
      <Paragraph className="kp-measure">{say('objectionText')}</Paragraph>
      <SelectField
        label={say('objectionBy')}
        value={by}
        onChange={(chosen) => onObjection({ by: chosen === 'row' ? 'row' : 'number', value: '' })}
      >
        <option value="number">{say('byNumber')}</option>
        <option value="row">{say('byRow')}</option>
      </SelectField>
      <TextField
        label={say(by === 'number' ? 'byNumberLabel' : 'byRowLabel')}
        hint={say('objectionHint')}
        error={isWrong ? say(by === 'number' ? 'byNumberWrong' : 'byRowWrong') : undefined}
        value={value}
        onChange={(typed) => onObjection({ by, value: typed })}
        // Not to be read over a shoulder, and in no list of what was typed before.
        type="password"
        autoComplete="off"
      />
    </div>
  )
}
