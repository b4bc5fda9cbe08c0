/**
 * Putting a question together and reading its answer. The question stands in the address; only the button asks it.
 * @module
 */
import { Paragraph } from '@amsterdam/design-system-react'
import { Failure, Loading, PageTitle, useTexts } from '@kruispunt/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { AnswerPanel } from '../answer/answer-panel.tsx'
import { agreementQuery, askTable, jobsQuery, labQuery, linkQualityQuery, tableQuery } from '../service.ts'
import { askTexts } from '../texts/ask-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { Builder } from './builder.tsx'
import { catalogueOf } from './catalogue.ts'
import { JobNotice, openJobOf } from './job-notice.tsx'
import { NoAgreement } from './no-agreement.tsx'
import { firstQuestion, type Question, requestOf } from './question.ts'
import { addressOf, questionAt } from './question-address.ts'

export function AskPage() {
  const { lab } = useParams({ from: '/labs/$lab' })
  const say = useTexts(askTexts)
  const frame = useTexts(frameTexts)
  const { data: view } = useQuery(labQuery(lab))
  const active = view?.agreements.find(({ status }) => status === 'active')
  const agreement = useQuery({ ...agreementQuery(lab, active?.id as never), enabled: active !== undefined })
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{say('title')}</PageTitle>
      {view !== undefined && active === undefined && <NoAgreement lab={lab} />}
      {active !== undefined && agreement.isPending && <Loading />}
      {agreement.isError && <Failure error={agreement.error} onRetry={() => void agreement.refetch()} />}
      {active !== undefined && agreement.data !== undefined && (
        <>
          <Paragraph className="kp-measure kp-no-print">{say('lead')}</Paragraph>
          <Asking agreement={agreement.data} deliveries={active.deliveries} />
        </>
      )}
    </div>
  )
}

type AskingProps = {
  readonly agreement: import('@kruispunt/contracts').AgreementView
  readonly deliveries: import('@kruispunt/contracts').LabView['agreements'][number]['deliveries']
}

function Asking({ agreement, deliveries }: AskingProps) {
  const { lab } = useParams({ from: '/labs/$lab' })
  const address = useSearch({ from: '/labs/$lab/ask' })
  const navigate = useNavigate({ from: '/labs/$lab/ask' })
  const queries = useQueryClient()
  const jobs = useQuery(jobsQuery(lab))
  const catalogue = useMemo(() => catalogueOf(agreement.document, deliveries), [agreement.document, deliveries])
  const [first] = catalogue.tables
  const table = catalogue.tables.find(({ id }) => id === address.table) ?? first
  if (table === undefined) throw new Error('an agreement without tables')
  const question = address.table === undefined ? firstQuestion(table, catalogue) : questionAt(address, table, catalogue)
  const change = (changed: Question) => void navigate({ search: addressOf(changed), replace: true, resetScroll: false })

  const job = openJobOf(jobs.data, agreement.id)
  const asking = useMutation({
    mutationFn: (asked: Question) => {
      if (job === undefined) throw new Error('asked without a job')
      return askTable(lab, job.requestId, requestOf(asked))
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: jobsQuery(lab).queryKey })
      await queries.invalidateQueries({ queryKey: ['lab', lab, 'tables'] })
    },
  })
  const links = useQuery({ ...linkQualityQuery(lab, job?.requestId as never), enabled: job !== undefined })
  const answer = asking.data
  const onRecord = useQuery({
    ...tableQuery(lab, answer?.release ?? '', answer?.tableHash ?? ''),
    enabled: answer !== undefined,
  })
  return (
    <div className="kp-ask">
      <div className="kp-stack kp-no-print">
        <JobNotice lab={lab} jobs={jobs.data} agreement={agreement} />
        <Builder
          question={question}
          table={table}
          catalogue={catalogue}
          questionsLeft={answer?.questionsLeft ?? job?.questionsLeft}
          isBusy={asking.isPending}
          canAsk={job !== undefined}
          onChange={change}
          onAsk={() => asking.mutate(question)}
        />
      </div>
      <AnswerPanel
        lab={lab}
        answer={answer}
        agreement={agreement}
        deliveries={deliveries}
        links={links.data}
        release={onRecord.data?.table}
        isBusy={asking.isPending}
        failure={asking.error}
      />
    </div>
  )
}
