/** One earlier table, whole, with the way back to asking it again. */
import type { EarlierTableView } from '@kruispunt/contracts'
import { Failure, Loading, PageTitle, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { AnswerView } from '../answer/answer-view.tsx'
import { addressOf } from '../ask/question-address.ts'
import { useMayAsk } from '../frame/session.ts'
import { SavedPanel } from '../saved/saved-panel.tsx'
import { agreementQuery, labQuery, tableQuery } from '../service.ts'
import { askTexts } from '../texts/ask-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { labTexts } from '../texts/lab-texts.ts'
import { headOf } from './head.ts'
import { onTwoSides } from './two-sides.ts'

export function TablePage() {
  const { lab } = useParams({ from: '/labs/$lab' })
  const { release, tableHash } = useParams({ from: '/labs/$lab/tables/$release/$tableHash' })
  const { data, error, isPending, refetch } = useQuery(tableQuery(lab, release, tableHash))
  if (isPending) return <Loading />
  if (data === undefined) return <Failure error={error} onRetry={() => void refetch()} />
  return <Shown view={data} />
}

function Shown({ view }: { readonly view: EarlierTableView }) {
  const { lab } = useParams({ from: '/labs/$lab' })
  const say = useTexts(labTexts)
  const ask = useTexts(askTexts)
  const frame = useTexts(frameTexts)
  const { language } = useLanguage()
  const mayAsk = useMayAsk(lab)
  const { data: labView } = useQuery(labQuery(lab))
  const agreement = useQuery(agreementQuery(lab, view.table.agreement))
  const answer = useMemo(() => onTwoSides(view.answer), [view.answer])
  const deliveries = labView?.agreements.find(({ id }) => id === view.table.agreement)?.deliveries ?? []
  const { table, axes, filters, measures = [] } = view.question
  const place = (dimension: string) => answer.axes.findIndex((axis) => axis.dimension === dimension)
  const question = {
    table,
    rows: axes.filter(({ dimension }) => place(dimension) < answer.rows),
    columns: axes.filter(({ dimension }) => place(dimension) >= answer.rows),
    filters,
    measures,
    percentages: undefined,
  }
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{headOf(view.table, language, ask)}</PageTitle>
      {mayAsk && (
        <p className="kp-no-print">
          <Link to="/labs/$lab/ask" params={{ lab }} search={addressOf(question)}>
            {say('askAgain')}
          </Link>
        </p>
      )}
      {agreement.isError && <Failure error={agreement.error} onRetry={() => void agreement.refetch()} />}
      {agreement.isPending && <Loading />}
      {agreement.data !== undefined && (
        <AnswerView answer={answer} agreement={agreement.data} deliveries={deliveries} release={view.table}>
          <SavedPanel lab={lab} release={view.table.release} tableHash={view.table.tableHash} />
        </AnswerView>
      )}
    </div>
  )
}
