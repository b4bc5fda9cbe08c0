/** A lab in one look: what it waits for, its partners step by step, its agreements and jobs. */
import { Heading, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import { Failure, Loading, PageTitle, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useMayAsk } from '../frame/session.ts'
import { agreementQuery, jobsQuery, labQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { labTexts } from '../texts/lab-texts.ts'
import { Agreements } from './agreements.tsx'
import { Jobs } from './jobs.tsx'
import { Partners } from './partners.tsx'
import { waitingIn } from './waiting.ts'

export function LabPage() {
  const { lab: id } = useParams({ from: '/labs/$lab' })
  const say = useTexts(labTexts)
  const frame = useTexts(frameTexts)
  const { language } = useLanguage()
  const mayAsk = useMayAsk(id)
  const { data: lab } = useQuery(labQuery(id))
  const jobs = useQuery(jobsQuery(id))
  const running = lab?.agreements.find(({ status }) => status === 'active')
  const { data: active } = useQuery({
    ...agreementQuery(id, running?.id as never),
    enabled: running !== undefined,
  })
  if (lab === undefined) return <Loading />
  const waiting = waitingIn({ lab, jobs: jobs.data, active }, language)
  return (
    <div className="kp-stack kp-stack--wide">
      <div className="kp-stack">
        <PageTitle within={frame('within')}>{lab.title}</PageTitle>
        {active !== undefined && (
          <Paragraph size="large" className="kp-measure">
            {active.document.issue}
          </Paragraph>
        )}
        {mayAsk && (
          <p className="kp-no-print kp-row">
            {running !== undefined && (
              <Link className="ams-button ams-button--primary" to="/labs/$lab/ask" params={{ lab: id }}>
                {say('makeTable')}
              </Link>
            )}
            <Link to="/labs/$lab/drafts" params={{ lab: id }}>
              {say('toDrafts')}
            </Link>
          </p>
        )}
      </div>
      <section className="kp-stack kp-stack--tight">
        <Heading level={2}>{say('waiting')}</Heading>
        {waiting.length === 0 ? (
          <Paragraph>{say('waitingNothing')}</Paragraph>
        ) : (
          <UnorderedList>
            {waiting.map(({ for: what, ...who }) => (
              <UnorderedList.Item key={JSON.stringify([what, who])}>{say(what, who)}</UnorderedList.Item>
            ))}
          </UnorderedList>
        )}
      </section>
      <Partners lab={lab} active={active} />
      <Agreements lab={lab} active={active} />
      {jobs.isError ? <Failure error={jobs.error} onRetry={() => void jobs.refetch()} /> : <Jobs jobs={jobs.data} />}
    </div>
  )
}
