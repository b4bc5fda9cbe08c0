/** What waits for whoever is signed in, what lies with colleagues, and how the deliveries are. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { Empty, Failure, Loading, PageTitle, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { useAssignments } from '../deliveries/assignments.ts'
import { DeliveryStates } from '../deliveries/delivery-states.tsx'
import { agreementsQuery, requestsQuery, statusQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { homeTexts } from '../texts/home-texts.ts'
import { useMay } from './session.ts'
import { type Task, TaskCard, TaskLine, tasksOf } from './tasks.tsx'

export function HomePage() {
  const say = useTexts(homeTexts)
  const frame = useTexts(frameTexts)
  const may = useMay()
  const { data: status, error, isPending, refetch } = useQuery(statusQuery)
  const { data: agreements } = useQuery(agreementsQuery)
  const { data: requests } = useQuery(requestsQuery)
  const { assignments } = useAssignments()
  if (isPending) return <Loading />
  if (status === undefined) return <Failure error={error} onRetry={() => void refetch()} />
  const tasks = tasksOf({ status, agreements: agreements ?? [], requests: requests ?? [], assignments })
  const isOwn = ({ of }: Task) => may[of]
  const own = tasks.filter(isOwn)
  const others = tasks.filter((task) => !isOwn(task))
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')} takesFocus={false}>
        {status.labTitle}
      </PageTitle>
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {own.length === 0 ? (
        <Empty title={say('quiet')}>{say(may.deliver ? 'quietSteward' : 'quietText')}</Empty>
      ) : (
        <section className="kp-stack kp-stack--tight">
          <Heading level={2}>{say('forYou')}</Heading>
          <div className="kp-cards">
            {own.map((task) => (
              <TaskCard key={task.key} task={task} />
            ))}
          </div>
        </section>
      )}
      <DeliveryStates assignments={assignments} retention={status.retention} />
      {others.length > 0 && (
        <section className="kp-stack kp-stack--tight">
          <Heading level={2}>{say('forOthers')}</Heading>
          <Paragraph className="kp-soft">{say('forOthersText')}</Paragraph>
          <ul className="kp-plain-list">
            {others.map((task) => (
              <TaskLine key={task.key} task={task} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
