/** One assignment, from a file to a receipt. What was begun is taken up where it is, also in another tab or on another day. */
import { Failure, Loading, PageTitle, Term, useLanguage, useTexts } from '@kruispunt/ui'
import { Link, useParams } from '@tanstack/react-router'
import { NotFoundPage } from '../frame/not-found-page.tsx'
import { useMay } from '../frame/session.ts'
import { deliveryTexts } from '../texts/delivery-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { type Assignment, newestOf, useAssignments } from './assignments.ts'
import { DeliveryState } from './delivery-state.tsx'
import { FileWork } from './file-work.tsx'
import { PreparedPanel } from './prepared-panel.tsx'
import { SentPanel } from './sent-panel.tsx'
import { WorkProgress } from './work-progress.tsx'

export function AssignmentPage() {
  const { agreement, dataset } = useParams({ from: '/deliveries/$agreement/$dataset' })
  const { isPending, error, retry, assignments, work, staged } = useAssignments()
  if (isPending) return <Loading />
  if (error !== null) return <Failure error={error} onRetry={retry} />
  const assignment = assignments.find((one) => one.agreement === agreement && one.dataset.id === dataset)
  if (assignment === undefined) return <NotFoundPage />
  const going = work.filter((one) => one.agreement === agreement && one.dataset === dataset)
  const waiting = staged.filter((one) => one.agreement === agreement && one.dataset === dataset)
  return <Shown assignment={assignment} going={going} waiting={waiting} />
}

type Props = {
  readonly assignment: Assignment
  readonly going: ReturnType<typeof useAssignments>['work']
  readonly waiting: ReturnType<typeof useAssignments>['staged']
}

function Shown({ assignment, going, waiting }: Props) {
  const say = useTexts(deliveryTexts)
  const frame = useTexts(frameTexts)
  const { pick } = useLanguage()
  const may = useMay()
  const { agreement, dataset, document, isActive } = assignment
  const newest = newestOf(assignment)
  const prepared = newest?.state === 'prepared' || newest?.state === 'sending' ? newest : undefined
  const staysHere = dataset.extractMode === 'per-request'
  const sent = assignment.extracts.find(({ state }) => state === 'sent')
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{pick(dataset.title)}</PageTitle>
      <div>
        <DeliveryState state={newest?.state} />
      </div>
      <dl className="kp-measure kp-document">
        <Term name={say('hPeriod')}>{dataset.period}</Term>
        <Term name={say('schedule')}>{dataset.schedule}</Term>
        <Term name={say('about')}>{dataset.dataSubjects}</Term>
        <Term name={say('agreement')}>
          <Link to="/agreements/$agreement" params={{ agreement }}>
            {document.title}
          </Link>
        </Term>
      </dl>
      <WorkProgress going={going} />
      {!isActive && <p>{say('notActiveYet')}</p>}
      {prepared !== undefined && <PreparedPanel extract={prepared} mayDeliver={may.deliver} staysHere={staysHere} />}
      {sent !== undefined && <SentPanel extract={sent} maySign={may.sign} mayDeliver={may.deliver} />}
      {isActive && (prepared === undefined || staysHere) && may.deliver && (
        <FileWork
          assigned={{ agreement, dataset: dataset.id }}
          isReplacing={sent !== undefined || prepared !== undefined}
          isGoing={going.length > 0}
          waiting={waiting}
        />
      )}
      {!may.deliver && <p className="kp-soft">{say('onlyStewards')}</p>}
    </div>
  )
}
