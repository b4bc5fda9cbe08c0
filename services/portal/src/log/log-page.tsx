/** The log as a trail people can read, filter, check and take along. */
import { Paragraph } from '@amsterdam/design-system-react'
import { Empty, Failure, Loading, PageTitle, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { labQuery, logQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { logTexts } from '../texts/log-texts.ts'
import { readTrail } from './read-trail.ts'
import { TakeAlong } from './take-along.tsx'
import { TrailTable } from './trail-table.tsx'
import { VerifyPanel } from './verify-panel.tsx'

export function LogPage() {
  const { lab: id } = useParams({ from: '/labs/$lab' })
  const say = useTexts(logTexts)
  const frame = useTexts(frameTexts)
  const { data: lab } = useQuery(labQuery(id))
  const log = useQuery(logQuery(id))
  const entries = log.data
  const trail = useQuery({
    queryKey: ['lab', id, 'trail', entries?.length],
    queryFn: async () =>
      entries === undefined || lab === undefined
        ? []
        : readTrail(
            entries.map(({ envelope }) => envelope),
            lab,
          ),
    enabled: entries !== undefined && lab !== undefined,
  })
  const error = log.error ?? trail.error
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{say('title')}</PageTitle>
      <Paragraph className="kp-measure">{say('lead')}</Paragraph>
      {error !== null && <Failure error={error} onRetry={() => void log.refetch()} />}
      {error === null && trail.data === undefined && <Loading />}
      {trail.data?.length === 0 && <Empty title={say('empty')}>{say('emptyText')}</Empty>}
      {lab !== undefined && entries !== undefined && trail.data !== undefined && trail.data.length > 0 && (
        <>
          <TrailTable lines={trail.data} lab={lab} />
          <VerifyPanel lab={id} entries={entries} />
          <TakeAlong lab={lab} lines={trail.data} entries={entries} />
        </>
      )}
    </div>
  )
}
