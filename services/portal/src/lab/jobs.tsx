/** The jobs of a lab, newest first. */
import { Heading } from '@amsterdam/design-system-react'
import type { JobList } from '@kruispunt/contracts'
import { Empty, Loading, StatusTag, useLanguage, useTexts } from '@kruispunt/ui'
import { labTexts } from '../texts/lab-texts.ts'

const tone = { waiting: 'busy', opening: 'busy', open: 'good', closed: 'quiet', failed: 'bad' } as const

export function Jobs({ jobs }: { readonly jobs: JobList | undefined }) {
  const say = useTexts(labTexts)
  const { moment, number } = useLanguage()
  if (jobs === undefined) return <Loading />
  if (jobs.jobs.length === 0) return <Empty title={say('jobsNone')}>{say('jobsNoneText')}</Empty>
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('jobs')}</Heading>
      <section className="kp-table-scroll" aria-label={say('jobs')} tabIndex={0}>
        <table className="kp-table">
          <thead>
            <tr>
              <th scope="col">{say('jobQuestion')}</th>
              <th scope="col">{say('jobAsked')}</th>
              <th scope="col">{say('jobState')}</th>
              <th scope="col" className="kp-numeric">
                {say('jobTables')}
              </th>
            </tr>
          </thead>
          <tbody>
            {jobs.jobs.map(({ job, question, requestedAt, tables }) => (
              <tr key={job.requestId}>
                <th scope="row">{question}</th>
                <td>{moment(requestedAt)}</td>
                <td>
                  <StatusTag tone={tone[job.state]}>{say(`job-${job.state}`)}</StatusTag>
                </td>
                <td className="kp-numeric">{number(tables)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
