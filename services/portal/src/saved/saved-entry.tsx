/** One kept table: its name, its notes with office and time, and what a coordinator can do with it. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import { type LabId, mostOnDashboard, type SavedTable, savedName, savedShape, savedText } from '@kruispunt/contracts'
import { SelectField, TextField, useTexts } from '@kruispunt/ui'
import { type FormEvent, useState } from 'react'
import { savedTexts } from '../texts/saved-texts.ts'
import { useOffice } from './office.tsx'
import { onDashboard, type SavedNow } from './use-saved.ts'
import { writtenFault } from './written-fault.ts'

type Props = {
  readonly lab: LabId
  readonly entry: SavedTable
  readonly now: SavedNow
  readonly mayChange: boolean
  readonly level: 3 | 4
}

export function SavedEntry({ lab, entry, now, mayChange, level }: Props) {
  const say = useTexts(savedTexts)
  const office = useOffice(lab)
  const { saved, changed, name } = entry
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={level} size="level-4">
        {name}
      </Heading>
      <Paragraph size="small" className="kp-soft">
        {say('savedBy', office(saved))}
        {changed.at !== saved.at && `; ${say('changedBy', office(changed))}`}
      </Paragraph>
      <Notes lab={lab} entry={entry} />
      {mayChange && <Changes entry={entry} now={now} />}
    </section>
  )
}

export function Notes({ lab, entry: { notes } }: Pick<Props, 'lab' | 'entry'>) {
  const say = useTexts(savedTexts)
  const office = useOffice(lab)
  if (notes.length === 0) return null
  return (
    <ul className="kp-plain-list" aria-label={say('notes')}>
      {notes.map((note) => (
        <li key={`${note.at} ${note.text}`} className="kp-note">
          <p className="kp-note__text">{note.text}</p>
          <p className="kp-soft">{say('notedBy', office(note))}</p>
        </li>
      ))}
    </ul>
  )
}

function Changes({ entry, now }: Pick<Props, 'entry' | 'now'>) {
  const say = useTexts(savedTexts)
  const { id, name, place } = entry
  const order = onDashboard(now.saved).map((one) => one.id)
  const [isSure, setSure] = useState<boolean>()
  const isFull = place === null && order.length >= mostOnDashboard
  const arrange = (ids: readonly string[]) => void now.change((calls) => calls.arrange(ids)).catch(() => undefined)
  return (
    <div className="kp-stack kp-stack--tight kp-no-print">
      <div className="kp-row">
        {place === null ? (
          <Button
            variant="secondary"
            aria-label={`${say('putOn')}: ${name}`}
            disabled={isFull}
            onClick={() => arrange([...order, id])}
          >
            {say('putOn')}
          </Button>
        ) : (
          <Button
            variant="secondary"
            aria-label={`${say('takeOff')}: ${name}`}
            onClick={() => arrange(order.filter((one) => one !== id))}
          >
            {say('takeOff')}
          </Button>
        )}
        <Button variant="tertiary" aria-label={`${say('remove')}: ${name}`} onClick={() => setSure(false)}>
          {say('remove')}
        </Button>
      </div>
      {isFull && <Paragraph size="small">{say('dashboardFull', { count: mostOnDashboard })}</Paragraph>}
      {isSure === false && (
        <div className="kp-panel kp-stack kp-stack--tight" role="alert">
          <Paragraph>{say('removeSure', { name })}</Paragraph>
          <div className="kp-row">
            <Button onClick={() => void now.change((calls) => calls.remove(id)).catch(() => undefined)}>
              {say('removeYes')}
            </Button>
            <Button variant="secondary" onClick={() => setSure(undefined)}>
              {say('removeNo')}
            </Button>
          </div>
        </div>
      )}
      <NoteForm entry={entry} now={now} />
      <ChangeForm key={`${name} ${entry.shownAs}`} entry={entry} now={now} />
    </div>
  )
}

function NoteForm({ entry: { id, name }, now }: Pick<Props, 'entry' | 'now'>) {
  const say = useTexts(savedTexts)
  const [text, setText] = useState('')
  const [isTold, setTold] = useState(false)
  const fault = writtenFault(text, savedText)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTold(fault !== undefined)
    if (fault !== undefined || now.changing.isPending) return
    try {
      await now.change((calls) => calls.note(id, text))
      setText('')
    } catch {
      // Shown where the list is.
    }
  }
  return (
    <details>
      <summary aria-label={`${say('addNote')}: ${name}`}>{say('addNote')}</summary>
      <form className="kp-stack kp-stack--tight" onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label={say('note')}
          hint={say('noteHint')}
          value={text}
          onChange={setText}
          maxLength={1000}
          isLong
          error={isTold && fault !== undefined ? say(fault) : undefined}
        />
        <div>
          <Button type="submit" variant="secondary">
            {say('addNote')}
          </Button>
        </div>
      </form>
    </details>
  )
}

function ChangeForm({ entry, now }: Pick<Props, 'entry' | 'now'>) {
  const say = useTexts(savedTexts)
  const [name, setName] = useState(entry.name)
  const [shownAs, setShownAs] = useState(entry.shownAs)
  const [isTold, setTold] = useState(false)
  const fault = writtenFault(name, savedName)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(fault !== undefined)
    if (fault === undefined && !now.changing.isPending)
      void now.change((calls) => calls.change(entry.id, { name, shownAs })).catch(() => undefined)
  }
  return (
    <details>
      <summary aria-label={`${say('change')}: ${entry.name}`}>{say('change')}</summary>
      <form className="kp-stack kp-stack--tight" onSubmit={submit} noValidate>
        <TextField
          label={say('name')}
          value={name}
          onChange={setName}
          maxLength={120}
          error={isTold && fault !== undefined ? say(fault) : undefined}
        />
        <SelectField label={say('shownAs')} value={shownAs} onChange={(chosen) => setShownAs(savedShape.parse(chosen))}>
          {savedShape.options
            .filter((shape) => shape !== 'map')
            .map((shape) => (
              <option key={shape} value={shape}>
                {say(`as-${shape}`)}
              </option>
            ))}
        </SelectField>
        <div>
          <Button type="submit" variant="secondary">
            {say('changeIt')}
          </Button>
        </div>
      </form>
    </details>
  )
}
