/**
 * What one job holds in memory, and how it is forgotten.
 * @module
 */
import { erase, type KemKeyPair } from '@kruispunt/crypto'
import { type DisplayedLinkageReport, reportForDisplay } from '@kruispunt/linkage/broker'
import type { JobFailure } from './job-failure.ts'
import { closeJob, type OpenJob } from './open-job.ts'

export type RunningJob = {
  /** Opens the boxes of this job alone; erased as soon as they are open. */
  kem: KemKeyPair | undefined
  open: { readonly job: OpenJob; readonly shown: DisplayedLinkageReport } | undefined
  failure: JobFailure | undefined
  timer: NodeJS.Timeout | undefined
}

export const emptyJob = (): RunningJob => ({ kem: undefined, open: undefined, failure: undefined, timer: undefined })

export function eraseJobKey(running: RunningJob): void {
  if (running.kem) erase(running.kem.secretKey)
  running.kem = undefined
}

/** Erases keys, tables and timer. What failed stays known. */
export async function forget(running: RunningJob): Promise<void> {
  eraseJobKey(running)
  clearTimeout(running.timer)
  running.timer = undefined
  const { open } = running
  running.open = undefined
  if (open) await closeJob(open.job)
}

/** Keeps a job that was opened, with the linkage report cut down to what may be seen. */
export function keepOpen(running: RunningJob, job: OpenJob): void {
  running.open = { job, shown: reportForDisplay(job.report, job.plan.agreement.disclosure.minimum) }
}
