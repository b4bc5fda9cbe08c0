/** What is asked of this partner, and everything that was delivered before. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { Empty, Failure, Loading, PageTitle, useLanguage, useTexts } from '@kruispunt/ui'
import { Link } from '@tanstack/react-router'
import { deliveryTexts } from '../texts/delivery-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { type Assignment, newestOf, useAssignments } from './assignments.ts'
import { DeliveryState } from './delivery-state.tsx'
import { EarlierDeliveries } from './earlier-deliveries.tsx'
import { RequestExtracts } from './request-extracts.tsx'

export function DeliveriesPage() {
  const say = useTexts(deliveryTexts)
  const frame = useTexts(frameTexts)
  const { isPending, error, retry, assignments } = useAssignments()
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{frame('deliveries')}</PageTitle>
      {error !== null && <Failure error={error} onRetry={retry} />}
      {isPending && <Loading />}
      {!isPending && error === null && assignments.length === 0 && <Empty title={say('none')}>{say('noneText')}</Empty>}
      <RequestExtracts />
      <div className="kp-cards">
        {assignments.map((assignment) => (
          <AssignmentCard key={`${assignment.agreement}-${assignment.dataset.id}`} assignment={assignment} />
        ))}
      </div>
      <EarlierDeliveries assignments={assignments} />
    </div>
  )
}

function AssignmentCard({ assignment }: { readonly assignment: Assignment }) {
  const say = useTexts(deliveryTexts)
  const { pick } = useLanguage()
  const { agreement, dataset, document, isActive } = assignment
  return (
    <section className="kp-panel kp-stack kp-stack--tight">
      <div>
        <DeliveryState state={newestOf(assignment)?.state} />
      </div>
      <Heading level={2} size="level-3">
        <Link to="/deliveries/$agreement/$dataset" params={{ agreement, dataset: dataset.id }}>
          {pick(dataset.title)}
        </Link>
      </Heading>
      <Paragraph>{say('periodLine', { period: dataset.period, schedule: dataset.schedule })}</Paragraph>
      <Paragraph size="small" className="kp-soft">
        {say('forAgreement', { title: document.title })}
        {!isActive && ` ${say('notActiveYet')}`}
      </Paragraph>
    </section>
  )
}
