/**
 * Fields with their label, hint and error tied together, so that no page forgets one.
 * @module
 */
import { ErrorMessage, Field, Label, Paragraph, Select, TextArea, TextInput } from '@amsterdam/design-system-react'
import { type PropsWithChildren, useId } from 'react'
import { useTexts } from '../texts/language.tsx'
import { uiTexts } from '../texts/ui-texts.ts'

type Common = {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong and how to mend it; none when it is right. */
  readonly error?: string | undefined
  readonly isOptional?: boolean
  /** For links in an error summary; one is made when absent. */
  readonly id?: string
}

type Tied = { readonly id: string; readonly 'aria-describedby': string | undefined }

function Frame({
  label,
  hint,
  error,
  isOptional = false,
  id,
  children,
}: Common & { id: string; children: (tied: Tied) => React.ReactNode }) {
  const say = useTexts(uiTexts)
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <Field invalid={error !== undefined}>
      <Label htmlFor={id} {...(isOptional ? { hint: say('optional') } : {})}>
        {label}
      </Label>
      {hint !== undefined && (
        <Paragraph size="small" id={`${id}-hint`} className="kp-soft">
          {hint}
        </Paragraph>
      )}
      {error !== undefined && (
        <ErrorMessage id={`${id}-error`} prefix={say('inputError')}>
          {error}
        </ErrorMessage>
      )}
      {children({ id, 'aria-describedby': described })}
    </Field>
  )
}

type TextProps = Common & {
  readonly value: string
  readonly onChange: (value: string) => void
  /** More than one line. */
  readonly isLong?: boolean
  readonly maxLength?: number
  readonly type?: 'text' | 'password' | 'search' | 'number' | 'date'
  readonly autoComplete?: string
}

export function TextField({
  value,
  onChange,
  isLong = false,
  maxLength,
  type = 'text',
  autoComplete,
  ...common
}: TextProps) {
  const made = useId()
  const id = common.id ?? made
  return (
    <Frame {...common} id={id}>
      {(tied) => {
        const shared = {
          ...tied,
          value,
          invalid: common.error !== undefined,
          ...(maxLength === undefined ? {} : { maxLength }),
          ...(autoComplete === undefined ? {} : { autoComplete }),
        }
        if (isLong) return <TextArea {...shared} rows={4} onChange={(event) => onChange(event.target.value)} />
        const kind = type as 'text'
        return <TextInput {...shared} type={kind} onChange={(event) => onChange(event.target.value)} />
      }}
    </Frame>
  )
}

type SelectProps = Common & {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** @param children - `<option>`s */
export function SelectField({ value, onChange, children, ...common }: PropsWithChildren<SelectProps>) {
  const made = useId()
  const id = common.id ?? made
  return (
    <Frame {...common} id={id}>
      {(tied) => (
        <Select
          {...tied}
          value={value}
          invalid={common.error !== undefined}
          onChange={(event) => onChange(event.target.value)}
        >
          {children}
        </Select>
      )}
    </Frame>
  )
}
