/** Keeping a table under a name. */
import { Button, Paragraph } from '@amsterdam/design-system-react'
import { savedName, savedText } from '@kruispunt/contracts'
import { Failure, TextField, useTexts } from '@kruispunt/ui'
import { type FormEvent, useState } from 'react'
import { savedTexts } from '../texts/saved-texts.ts'
import type { SavedNow } from './use-saved.ts'
import { writtenFault } from './written-fault.ts'

type Props = { readonly release: string; readonly tableHash: string; readonly now: SavedNow }

export function KeepForm({ release, tableHash, now: { change, changing } }: Props) {
  const say = useTexts(savedTexts)
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const [isTold, setTold] = useState(false)
  const [isKept, setKept] = useState(false)
  const nameFault = writtenFault(name, savedName)
  const noteFault = note.trim() === '' ? undefined : writtenFault(note, savedText)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isRight = nameFault === undefined && noteFault === undefined
    setTold(!isRight)
    setKept(false)
    if (!isRight || changing.isPending) return
    try {
      const written = note.trim() === '' ? null : note
      await change(({ keep }) => keep({ name, release, tableHash, shownAs: 'table', note: written }))
      setName('')
      setNote('')
      setKept(true)
    } catch {
      // Shown below.
    }
  }
  return (
    <details>
      <summary>{say('keep')}</summary>
      <form className="kp-panel kp-stack" onSubmit={(event) => void submit(event)} noValidate>
        <Paragraph size="small" className="kp-soft">
          {say('keepHint')}
        </Paragraph>
        <TextField
          label={say('name')}
          hint={say('nameHint')}
          value={name}
          onChange={setName}
          maxLength={120}
          error={isTold && nameFault !== undefined ? say(nameFault) : undefined}
        />
        <TextField
          label={say('note')}
          hint={say('noteHint')}
          value={note}
          onChange={setNote}
          maxLength={1000}
          isLong
          isOptional
          error={isTold && noteFault !== undefined ? say(noteFault) : undefined}
        />
        <div className="kp-row">
          <Button type="submit" variant="secondary" aria-disabled={changing.isPending}>
            {say(changing.isPending ? 'keeping' : 'keepIt')}
          </Button>
          <span role="status">{isKept && say('keptNow')}</span>
        </div>
        {changing.isError && <Failure error={changing.error} level={3} />}
      </form>
    </details>
  )
}
