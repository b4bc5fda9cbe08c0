/**
 * The moments after which something is on disk or at the broker, and a crash must lose nothing. Tests stop the process
 * at each of them.
 * @module
 */
export const durableSteps = [
  'enrolment-keys-stored',
  'enrolment-answered',
  'certificate-stored',
  'entries-stored',
  'checkpoint-stored',
  'cosignature-sent',
  'decision-recorded',
  'commit-recorded',
  'reveals-recorded',
  'confirm-recorded',
  'epoch-key-usable',
  'oprf-batch-stored',
  'oprf-batch-sent',
  'oprf-batch-recorded',
  'oprf-granted',
  'oprf-evaluation-sent',
  'oprf-evaluated',
  'oprf-refused',
  'oprf-alarm-recorded',
  'oprf-outputs-stored',
  'extract-created',
  'extract-prepared',
  'column-sent',
  'extract-recorded',
  'request-confirmed',
  'release-recorded',
  'refusal-recorded',
  'statement-sent',
  'statement-acknowledged',
  'vault-written',
  'keys-rewrapped',
  'vault-removed',
  'destruction-recorded',
] as const
export type DurableStep = (typeof durableSteps)[number]
export type OnDurableStep = (step: DurableStep) => void
