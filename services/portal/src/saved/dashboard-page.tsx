/** The tables that a lab wants to see together, and those it keeps besides. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import type { LabId } from '@kruispunt/contracts'
import { Empty, Failure, Loading, PageTitle, useLanguage, useTexts } from '@kruispunt/ui'
import { Link, useParams } from '@tanstack/react-router'
import { useMayAsk } from '../frame/session.ts'
import { headOf } from '../tables/head.ts'
import { askTexts } from '../texts/ask-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { savedTexts } from '../texts/saved-texts.ts'
import { DashboardCard } from './dashboard-card.tsx'
import { SavedEntry } from './saved-entry.tsx'
import { onDashboard, type SavedNow, useSaved } from './use-saved.ts'

export function DashboardPage() {
  const { lab } = useParams({ from: '/labs/$lab' })
  const say = useTexts(savedTexts)
  const frame = useTexts(frameTexts)
  const now = useSaved(lab)
  const { query, changing, saved } = now
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{say('dashboard')}</PageTitle>
      <div className="kp-row kp-spread">
        <Paragraph className="kp-measure">{say('dashboardLead')}</Paragraph>
        <Link to="/labs/$lab/compare" params={{ lab }} className="kp-no-print">
          {say('compareTitle')}
        </Link>
      </div>
      {query.isPending && <Loading />}
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {changing.isError && <Failure error={changing.error} />}
      {query.data !== undefined && onDashboard(saved).length === 0 && (
        <Empty title={say('dashboardEmpty')}>{say('dashboardEmptyText')}</Empty>
      )}
      <div className="kp-dashboard">
        {onDashboard(saved).map((entry) => (
          <DashboardCard key={entry.id} lab={lab} entry={entry} now={now} />
        ))}
      </div>
      <Kept lab={lab} now={now} />
    </div>
  )
}

function Kept({ lab, now }: { readonly lab: LabId; readonly now: SavedNow }) {
  const say = useTexts(savedTexts)
  const ask = useTexts(askTexts)
  const { language } = useLanguage()
  const mayChange = useMayAsk(lab)
  const others = now.saved.filter(({ place }) => place === null)
  if (others.length === 0) return null
  return (
    <section className="kp-stack kp-no-print">
      <Heading level={2}>{say('kept')}</Heading>
      {others.map((entry) => (
        <div key={entry.id} className="kp-panel kp-stack kp-stack--tight">
          <SavedEntry lab={lab} entry={entry} now={now} mayChange={mayChange} level={3} />
          <p>
            <Link
              to="/labs/$lab/tables/$release/$tableHash"
              params={{ lab, release: entry.table.release, tableHash: entry.table.tableHash }}
            >
              {headOf(entry.table, language, ask)}
            </Link>
          </p>
        </div>
      ))}
    </section>
  )
}
