/**
 * The jobs of a lab, newest first.
 * @module
 */
import type { JobList } from '@kruispunt/contracts'
import type { LabRecord } from '@kruispunt/lab-record'
import type { JobService } from '../jobs/types.ts'

export function listJobs({ state }: LabRecord, jobs: Pick<JobService, 'view'>): JobList {
  const listed = [...state.requests.values()].map(({ recorded: { statement }, results }) => ({
    job: jobs.view(statement.lab, statement.requestId),
    question: statement.question,
    requestedAt: statement.issuedAt,
    tables: results.length,
  }))
  return { jobs: listed.toReversed() }
}
