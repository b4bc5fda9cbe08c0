/** Below a table: under which names it is kept, and for a coordinator a form to keep it. */
import { Heading } from '@amsterdam/design-system-react'
import type { LabId } from '@kruispunt/contracts'
import { Failure, useTexts } from '@kruispunt/ui'
import { useMayAsk } from '../frame/session.ts'
import { savedTexts } from '../texts/saved-texts.ts'
import { KeepForm } from './keep-form.tsx'
import { SavedEntry } from './saved-entry.tsx'
import { useSaved } from './use-saved.ts'

type Props = { readonly lab: LabId; readonly release: string; readonly tableHash: string }

export function SavedPanel({ lab, release, tableHash }: Props) {
  const say = useTexts(savedTexts)
  const mayChange = useMayAsk(lab)
  const now = useSaved(lab)
  const own = now.saved.filter(({ table }) => table.release === release && table.tableHash === tableHash)
  if (own.length === 0 && !mayChange && !now.query.isError) return null
  return (
    <section className="kp-stack kp-stack--tight kp-no-print">
      <Heading level={3}>{say('keptAll')}</Heading>
      {now.query.isError && <Failure error={now.query.error} onRetry={() => void now.query.refetch()} level={3} />}
      {own.map((entry) => (
        <SavedEntry key={entry.id} lab={lab} entry={entry} now={now} mayChange={mayChange} level={4} />
      ))}
      {mayChange && <KeepForm key={`${release} ${tableHash}`} release={release} tableHash={tableHash} now={now} />}
    </section>
  )
}
