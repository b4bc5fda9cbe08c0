/**
 * The moments after which something is on disk, and a crash must lose nothing and double nothing. Tests stop the process at each
 * of them.
 * @module
 */
export const durableSteps = [
  'lab-created',
  'invitation-recorded',
  'enrolment-recorded',
  'coordinator-recorded',
  'statement-recorded',
  'checkpoint-stored',
  'cosignature-stored',
  'column-claimed',
  'column-in-place',
  'column-stored',
  'column-unlisted',
  'column-removed',
  'elements-in-place',
  'elements-stored',
  'elements-unlisted',
  'answer-recorded',
  'backup-database-copied',
  'backup-columns-copied',
  'backup-in-place',
] as const
export type DurableStep = (typeof durableSteps)[number]
/** @param of - what it was a step of, such as the kind of a statement */
export type OnDurableStep = (step: DurableStep, of?: string) => void
