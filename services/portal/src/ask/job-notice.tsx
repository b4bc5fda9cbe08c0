/** Whether there is a job to ask, and if not, what it waits for. */
import { Alert, Paragraph } from '@amsterdam/design-system-react'
import type { AgreementView, JobList, JobView, LabId } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { askTexts } from '../texts/ask-texts.ts'
import { CloseJob, OpenJob } from './open-job.tsx'

const live = ['open', 'opening', 'waiting'] as const

/** The newest that lives; one that is open goes before one that is not yet. */
function liveJobOf(jobs: JobList | undefined, agreement: AgreementView['id']): JobView | undefined {
  const own = (jobs?.jobs ?? []).map(({ job }) => job).filter((job) => job.agreement === agreement)
  return live.map((state) => own.find((job) => job.state === state)).find((job) => job !== undefined)
}

export function openJobOf(jobs: JobList | undefined, agreement: AgreementView['id']): JobView | undefined {
  const job = liveJobOf(jobs, agreement)
  return job?.state === 'open' ? job : undefined
}

type Props = { readonly lab: LabId; readonly jobs: JobList | undefined; readonly agreement: AgreementView }

export function JobNotice({ lab, jobs, agreement }: Props) {
  const say = useTexts(askTexts)
  const { moment } = useLanguage()
  if (jobs === undefined) return null
  const job = liveJobOf(jobs, agreement.id)
  if (job?.state === 'open')
    return (
      <div>
        <p className="kp-soft">{job.notAfter === null ? null : say('openUntil', { moment: moment(job.notAfter) })}</p>
        <CloseJob lab={lab} job={job} />
      </div>
    )
  if (job?.state === 'waiting') {
    const nameOf = (party: string) => agreement.document.parties.find(({ id }) => id === party)?.name ?? party
    return (
      <Alert heading={say('waitingJob')} headingLevel={2}>
        <Paragraph>{say('waitingJobText', { parties: job.waitingFor.map(nameOf).join(', ') })}</Paragraph>
      </Alert>
    )
  }
  if (job?.state === 'opening')
    return (
      <Alert heading={say('openingJob')} headingLevel={2}>
        <Paragraph>{say('openingJobText')}</Paragraph>
      </Alert>
    )
  return <OpenJob lab={lab} agreement={agreement} />
}
