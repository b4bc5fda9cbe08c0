/** Writing something, or changing what is there. */
import { Button } from '@amsterdam/design-system-react'
import type { Standing } from '@kruispunt/lab-method'
import { Failure, useTexts } from '@kruispunt/ui'
import { type FormEvent, useState } from 'react'
import { methodTexts } from '../texts/method-texts.ts'
import { fieldFault } from './field-fault.ts'
import { FormFieldView } from './form-field.tsx'
import { type About, aboutOf, contentOf, type Filled, type FormKind, fieldsOf, filledFrom } from './forms.ts'
import type { BoardNow } from './use-board.ts'

type Props = {
  readonly now: BoardNow
  readonly kind: FormKind
  readonly about?: About
  /** What is chosen beforehand. */
  readonly start?: Filled
  /** What is changed; something new without. */
  readonly was?: Standing
  readonly onDone?: () => void
}

export function ContributionForm({ now, kind, about = {}, start = {}, was, onDone }: Props) {
  const say = useTexts(methodTexts)
  const [filled, setFilled] = useState<Filled>(was === undefined ? start : filledFrom(was.content))
  const [isTold, setTold] = useState(false)
  const [error, setError] = useState<unknown>()
  const fields = fieldsOf(kind, filled)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isRight = fields.every((field) => fieldFault(field, filled) === undefined)
    setTold(!isRight)
    if (!isRight || now.changing.isPending) return
    const asked = Object.fromEntries(fields.map(({ name }) => [name, filled[name] ?? '']))
    const content = contentOf(kind, asked, was === undefined ? about : aboutOf(was.content))
    try {
      await (was === undefined ? now.add(content) : now.change(was, content))
      setError(undefined)
      setFilled(start)
      onDone?.()
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <form className="kp-panel kp-stack kp-stack--tight" onSubmit={(event) => void submit(event)} noValidate>
      {fields.map((field) => {
        const fault = isTold ? fieldFault(field, filled) : undefined
        return (
          <FormFieldView
            key={field.name}
            now={now}
            field={field}
            value={filled[field.name] ?? ''}
            error={fault === undefined ? undefined : say(fault)}
            onChange={(value) => setFilled((before) => ({ ...before, [field.name]: value }))}
          />
        )
      })}
      {error !== undefined && <Failure error={error} level={3} />}
      <div className="kp-row">
        <Button type="submit" variant="secondary" aria-disabled={now.changing.isPending}>
          {say(now.changing.isPending ? 'saving' : 'save')}
        </Button>
        {was !== undefined && (
          <Button variant="tertiary" onClick={onDone}>
            {say('cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}

/** Folded away until somebody wants to write; nothing at all for who may not. */
export function AddContribution(props: Omit<Props, 'was'>) {
  const say = useTexts(methodTexts)
  const { now, kind } = props
  const [isOpen, setOpen] = useState(false)
  if (!now.mayAdd(kind)) return null
  return (
    <details className="kp-no-print" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say(`add-${kind}`)}</summary>
      {isOpen && (
        <ContributionForm
          {...props}
          onDone={() => {
            setOpen(false)
            props.onDone?.()
          }}
        />
      )}
    </details>
  )
}
