/** One table on the dashboard: as a table or as a picture of it, with its notes. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { LabId, SavedTable } from '@kruispunt/contracts'
import {
  CellChart,
  CrossTabTable,
  Failure,
  figuresOf,
  Legend,
  Loading,
  layoutOf,
  useLanguage,
  useTexts,
} from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense, useMemo } from 'react'
import { useMayAsk } from '../frame/session.ts'
import { tableQuery } from '../service.ts'
import { headOf } from '../tables/head.ts'
import { onTwoSides } from '../tables/two-sides.ts'
import { askTexts } from '../texts/ask-texts.ts'
import { savedTexts } from '../texts/saved-texts.ts'
import { useOffice } from './office.tsx'
import { Notes } from './saved-entry.tsx'
import { onDashboard, type SavedNow } from './use-saved.ts'

type Props = { readonly lab: LabId; readonly entry: SavedTable; readonly now: SavedNow }

export function DashboardCard({ lab, entry, now }: Props) {
  const say = useTexts(savedTexts)
  const office = useOffice(lab)
  const mayChange = useMayAsk(lab)
  const { name, table, saved } = entry
  return (
    <section className="kp-panel kp-stack kp-dashboard__card">
      <div className="kp-stack kp-stack--tight">
        <Heading level={2} size="level-3">
          <Link
            to="/labs/$lab/tables/$release/$tableHash"
            params={{ lab, release: table.release, tableHash: table.tableHash }}
          >
            {name}
          </Link>
        </Heading>
        <Paragraph size="small" className="kp-soft">
          {say('savedBy', office(saved))}
        </Paragraph>
      </div>
      <Figures lab={lab} entry={entry} />
      <Notes lab={lab} entry={entry} />
      {mayChange && <Places entry={entry} now={now} />}
    </section>
  )
}

function Figures({ lab, entry: { table, shownAs } }: Pick<Props, 'lab' | 'entry'>) {
  const ask = useTexts(askTexts)
  const { language } = useLanguage()
  const { data, error, isPending, refetch } = useQuery(tableQuery(lab, table.release, table.tableHash))
  const answer = useMemo(() => data && onTwoSides(data.answer), [data])
  const layout = useMemo(() => answer && layoutOf(answer, language), [answer, language])
  const figure = useMemo(() => answer && figuresOf(answer, language)[0], [answer, language])
  if (isPending) return <Loading />
  if (answer === undefined || layout === undefined || figure === undefined)
    return <Failure error={error} onRetry={() => void refetch()} level={3} />
  const caption = headOf(table, language, ask)
  return (
    <>
      {shownAs === 'bars' || shownAs === 'heat-map' ? (
        <Suspense fallback={<p role="status">{ask('opensChart')}</p>}>
          <CellChart kind={shownAs} layout={layout} figure={figure} caption={caption} />
        </Suspense>
      ) : (
        <CrossTabTable caption={caption} layout={layout} figure={figure} />
      )}
      <details>
        <summary>{ask('signs')}</summary>
        <Legend answer={answer} />
      </details>
    </>
  )
}

/** Moving a card: one place at a time, so that it works with a keyboard and says where it went. */
function Places({ entry: { id, name }, now }: Pick<Props, 'entry' | 'now'>) {
  const say = useTexts(savedTexts)
  const order = onDashboard(now.saved).map((one) => one.id)
  const at = order.indexOf(id)
  const arrange = (ids: readonly string[]) => void now.change((calls) => calls.arrange(ids)).catch(() => undefined)
  const moved = (to: number) => {
    const others = order.filter((one) => one !== id)
    return [...others.slice(0, to), id, ...others.slice(to)]
  }
  return (
    <div className="kp-row kp-no-print">
      <Button
        variant="tertiary"
        disabled={at === 0}
        aria-label={`${say('earlier')}: ${name}`}
        onClick={() => arrange(moved(at - 1))}
      >
        {say('earlier')}
      </Button>
      <Button
        variant="tertiary"
        disabled={at === order.length - 1}
        aria-label={`${say('later')}: ${name}`}
        onClick={() => arrange(moved(at + 1))}
      >
        {say('later')}
      </Button>
      <Button
        variant="tertiary"
        aria-label={`${say('takeOff')}: ${name}`}
        onClick={() => arrange(order.filter((one) => one !== id))}
      >
        {say('takeOff')}
      </Button>
    </div>
  )
}
