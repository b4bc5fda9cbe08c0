/** Fields of a document that is whole at every moment. */
import { Checkbox, FieldSet } from '@amsterdam/design-system-react'
import type { AgreementDocument } from '@kruispunt/contracts'
import { TextField, useTexts } from '@kruispunt/ui'
import { type PropsWithChildren, useState } from 'react'
import { draftTexts } from '../texts/draft-texts.ts'
import { fromField, inField } from './draft-text.ts'

export type DocumentFields = {
  readonly document: AgreementDocument
  readonly change: (document: AgreementDocument) => void
}

type Text = {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly maxLength: number
  readonly isLong?: boolean
}

/** A text of the document; empty where it is still to be written. */
export function Written({ value, onChange, ...field }: Text) {
  return <TextField {...field} value={inField(value)} onChange={(text) => onChange(fromField(text, value))} />
}

type Whole = {
  readonly label: string
  readonly hint?: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly onChange: (value: number) => void
}

/** A whole number within its bounds; what is not one stays in the field, with what is wrong, and out of the document. */
export function WholeNumber({ label, hint, value, low, high, onChange }: Whole) {
  const say = useTexts(draftTexts)
  const [text, setText] = useState(String(value))
  const isRight = /^\d+$/.test(text) && Number(text) >= low && Number(text) <= high
  return (
    <TextField
      label={label}
      {...(hint === undefined ? {} : { hint })}
      type="number"
      value={text}
      onChange={(typed) => {
        setText(typed)
        if (/^\d+$/.test(typed) && Number(typed) >= low && Number(typed) <= high) onChange(Number(typed))
      }}
      error={isRight ? undefined : say('wrongNumber', { low, high })}
    />
  )
}

type Ticks = {
  readonly legend: string
  readonly choices: readonly { readonly id: string; readonly label: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: string[]) => void
}

/** In the order of the choices, whatever the order of ticking. */
export function Ticks({ legend, choices, chosen, onChange }: Ticks) {
  return (
    <FieldSet legend={legend}>
      <div className="kp-choices">
        {choices.map(({ id, label }) => (
          <Checkbox
            key={id}
            checked={chosen.includes(id)}
            onChange={() => {
              const wanted = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
              onChange(choices.map((choice) => choice.id).filter((one) => wanted.includes(one)))
            }}
          >
            {label}
          </Checkbox>
        ))}
      </div>
    </FieldSet>
  )
}

/** A part of the form that opens and closes, so that a long form stays one page. */
export function Part({ title, isOpen, children }: PropsWithChildren<{ title: string; isOpen?: boolean }>) {
  return (
    <details className="kp-panel" open={isOpen}>
      <summary>{title}</summary>
      <div className="kp-stack kp-part">{children}</div>
    </details>
  )
}
