/**
 * Putting the roster in the log: its first entry.
 * @module
 */
import { documentHash } from '@kruispunt/statements'
import type { Store } from '../db/open.ts'
import type { BrokerKeys } from '../keys/key-store.ts'
import type { LabLog } from '../log/lab-log.ts'
import { draftRoster } from './draft-roster.ts'

/**
 * @returns the roster's hash, which officers compare as a short code
 * @throws BrokerError `roster_incomplete`; LabRecordError `roster_exists`
 */
export function putRoster(
  deps: { readonly store: Store; readonly keys: BrokerKeys },
  log: LabLog,
  expires: Date,
): string {
  const document = draftRoster(deps, log.lab, expires)
  const roster = documentHash('roster', document)
  const isFirst = log.record().state.roster === undefined
  log.appendBroker({ kind: 'roster', document }, isFirst ? { roster } : {})
  return roster
}
