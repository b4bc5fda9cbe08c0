/** One contribution: what it says, by which office and when, its history, and what this reader may do with it. */
import { Button, Paragraph } from '@amsterdam/design-system-react'
import type { ContributionVersion, LabId } from '@kruispunt/contracts'
import { isLasting, type Standing } from '@kruispunt/lab-method'
import { Failure, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useOffice } from '../saved/office.tsx'
import { labQuery } from '../service.ts'
import { methodTexts } from '../texts/method-texts.ts'
import { ContributionForm } from './contribution-form.tsx'
import type { FormKind } from './forms.ts'
import type { BoardNow } from './use-board.ts'

type Props = {
  readonly now: BoardNow
  readonly entry: Standing
  readonly kind: FormKind
  /** In words for who cannot see which one it is: the beginning of its text. */
  readonly name: string
  readonly children: ReactNode
}

export function ContributionView({ now, entry, kind, name, children }: Props) {
  const [isEdited, setEdited] = useState(false)
  if (isEdited) return <ContributionForm now={now} kind={kind} was={entry} onDone={() => setEdited(false)} />
  return (
    <div className="kp-note kp-stack kp-stack--tight">
      {children}
      <Written now={now} entry={entry} />
      {now.mayEdit(entry) && <Changes now={now} entry={entry} name={name} onEdit={() => setEdited(true)} />}
    </div>
  )
}

/** By whom and when, and what it said before. */
export function Written({ now, entry: { contribution } }: Pick<Props, 'now' | 'entry'>) {
  const say = useTexts(methodTexts)
  const office = useWriter(now.lab)
  const newest = contribution.versions.at(-1)
  const earlier = contribution.versions.slice(0, -1).toReversed()
  if (newest === undefined) return null
  return (
    <>
      <Paragraph size="small" className="kp-soft">
        {say('by', office(newest))}
      </Paragraph>
      {earlier.length > 0 && (
        <details className="kp-no-print">
          <summary>{say('history', { count: earlier.length })}</summary>
          <ul>
            {earlier.map(({ version, content, ...done }) => (
              <li key={version}>
                {content === null ? say('withdrawnThen') : wordsOf(content)} ({say('by', office(done))})
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** An organisation by its name: it speaks here for itself, whoever of it held the pen. */
function useWriter(lab: LabId) {
  const office = useOffice(lab)
  const { data } = useQuery(labQuery(lab))
  return (done: Pick<ContributionVersion, 'by' | 'at'>) => {
    const name = data?.parties.find(({ id }) => id === done.by.party)?.name
    return { ...office(done), ...(name === undefined ? {} : { office: name }) }
  }
}

/** What was written, without what only programs read. */
const wordsOf = (content: object): string =>
  Object.entries(content)
    .filter(([name, value]) => typeof value === 'string' && name !== 'kind' && !/^[0-9a-f]{32}$/.test(value))
    .map(([, value]) => value as string)
    .join(' · ')

type ChangesProps = Pick<Props, 'now' | 'entry' | 'name'> & { readonly onEdit: () => void }

function Changes({ now, entry, name, onEdit }: ChangesProps) {
  const say = useTexts(methodTexts)
  const [isAsked, setAsked] = useState(false)
  const [error, setError] = useState<unknown>()
  return (
    <div className="kp-stack kp-stack--tight kp-no-print">
      <div className="kp-row">
        <Button variant="tertiary" aria-label={`${say('edit')}: ${name}`} onClick={onEdit}>
          {say('edit')}
        </Button>
        {!isLasting(entry.content.kind) && (
          <Button variant="tertiary" aria-label={`${say('withdraw')}: ${name}`} onClick={() => setAsked(true)}>
            {say('withdraw')}
          </Button>
        )}
      </div>
      {isAsked && (
        <div className="kp-panel kp-stack kp-stack--tight" role="alert">
          <Paragraph>{say('withdrawSure')}</Paragraph>
          <div className="kp-row">
            <Button onClick={() => void now.change(entry, null).catch(setError)}>{say('withdrawYes')}</Button>
            <Button variant="secondary" onClick={() => setAsked(false)}>
              {say('cancel')}
            </Button>
          </div>
        </div>
      )}
      {error !== undefined && <Failure error={error} level={3} />}
    </div>
  )
}

/** The beginning of a text, as a name for it. */
export const shortOf = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)
