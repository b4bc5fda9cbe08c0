/**
 * A lab's log as a file for an auditor, with the checkpoints of this moment.
 * @module
 */
import type { StatementEnvelope } from '@kruispunt/contracts'
import { logCopyText } from '@kruispunt/lab-record'
import type { Store } from '../db/open.ts'
import type { BrokerKeys } from '../keys/key-store.ts'
import { currentCheckpoints } from './checkpoints.ts'
import type { LabLog } from './lab-log.ts'

const atOnce = 500

/** @returns the text of a file `kruispunt-log/1` */
export function copyOfLog(deps: { readonly store: Store; readonly keys: BrokerKeys }, log: LabLog): string {
  // First: another process may append in between, and a checkpoint must not count more than there is.
  const { latest, quorum } = currentCheckpoints(deps, log)
  const { size } = log.record().tree
  const envelopes: StatementEnvelope[] = []
  while (envelopes.length < size)
    envelopes.push(
      ...log.entries(envelopes.length, Math.min(atOnce, size - envelopes.length)).map((entry) => entry.envelope),
    )
  return logCopyText({ lab: log.lab, envelopes, latest, quorum })
}
