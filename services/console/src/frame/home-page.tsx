/** What waits for whoever is signed in: to deliver, to sign, to approve; or that nothing does. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { Empty, Failure, Loading, PageTitle, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useAssignments } from '../deliveries/assignments.ts'
import { AssignmentCard } from '../deliveries/deliveries-page.tsx'
import { agreementsQuery, requestsQuery, statusQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { homeTexts } from '../texts/home-texts.ts'
import { useMay } from './session.ts'

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
  const own = status.party
  const toSign = (agreements ?? []).filter((one) => one.status === 'in-review' && one.waitingFor.includes(own))
  const toApprove = (requests ?? []).filter((one) => one.state === 'asked' && one.waitingForApprovalOf.includes(own))
  const toDeliver = assignments.filter(
    ({ isActive, extracts }) => isActive && !extracts.some((one) => one.state === 'sent'),
  )
  const needsRoster = status.rosterShortCode !== null && !status.rosterAccepted
  const isQuiet = toSign.length + toApprove.length + toDeliver.length === 0 && !needsRoster && !status.backup.isDue
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')} takesFocus={false}>
        {status.labTitle}
      </PageTitle>
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {isQuiet && <Empty title={say('quiet')}>{say('quietText')}</Empty>}
      <div className="kp-cards">
        {needsRoster && (
          <Task title={say('roster')} text={say('rosterText')} isOwn={may.sign}>
            <Link to="/roster">{say('rosterLink')}</Link>
          </Task>
        )}
        {toSign.map(({ id, title }) => (
          <Task key={id} title={say('sign')} text={title} isOwn={may.sign}>
            <Link to="/agreements/$agreement" params={{ agreement: id }}>
              {say('signLink')}
            </Link>
          </Task>
        ))}
        {toApprove.map(({ hash, question }) => (
          <Task key={hash} title={say('approve')} text={question} isOwn={may.sign}>
            <Link to="/requests">{say('approveLink')}</Link>
          </Task>
        ))}
        {toDeliver.map((assignment) => (
          <AssignmentCard key={`${assignment.agreement}-${assignment.dataset.id}`} assignment={assignment} />
        ))}
        {status.backup.isDue && (
          <Task title={say('backup')} text={say('backupText')} isOwn={may.operate}>
            <Link to="/node">{say('backupLink')}</Link>
          </Task>
        )}
      </div>
    </div>
  )
}

type TaskProps = React.PropsWithChildren<{ readonly title: string; readonly text: string; readonly isOwn: boolean }>

function Task({ title, text, isOwn, children }: TaskProps) {
  const say = useTexts(homeTexts)
  return (
    <section className="kp-panel kp-stack kp-stack--tight">
      <Heading level={2} size="level-3">
        {title}
      </Heading>
      <Paragraph>{text}</Paragraph>
      <Paragraph>{children}</Paragraph>
      {!isOwn && (
        <Paragraph size="small" className="kp-soft">
          {say('forOthers')}
        </Paragraph>
      )}
    </section>
  )
}
