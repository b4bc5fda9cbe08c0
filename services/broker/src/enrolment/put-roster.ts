/**
 * Putting a roster in the log: the first entry of a lab, or the one that follows the roster in force.
 * @module
 */
import type { RosterDocument } from '@kruispunt/contracts'
import { documentHash } from '@kruispunt/statements'
import type { Store } from '../db/open.ts'
import { type BrokerKeys, keysUnder } from '../keys/key-store.ts'
import type { LabLog } from '../log/lab-log.ts'
import { draftRoster, type RosterChange } from './draft-roster.ts'

/** A broker that has made new keys shows that it holds them, as everybody does. */
function proveOwnKeys(keys: BrokerKeys, log: LabLog, document: RosterDocument, rosterHash: string): void {
  const before = log.record().state.roster?.document
  if (before === undefined) return
  const known = keysUnder(keys, before)
  const fresh = [keys.brokerKey, keys.logKey].filter(
    ({ keyId }) => keyId !== known.brokerKey.keyId && keyId !== known.logKey.keyId,
  )
  const named = [document.broker.brokerKey.keyId, document.broker.logKey.keyId] as string[]
  if (fresh.some(({ keyId }) => named.includes(keyId)))
    log.appendBroker({ kind: 'roster-acceptance', rosterHash }, { alsoBy: [keys.brokerKey, keys.logKey] })
}

/**
 * @returns the roster's hash, which officers compare as a short code
 * @throws BrokerError `roster_incomplete`, `not_found`; LabRecordError `roster_exists`, `roster_invalid`
 */
export function putRoster(
  deps: { readonly store: Store; readonly keys: BrokerKeys },
  log: LabLog,
  expires: Date,
  change: RosterChange = {},
): string {
  const { state } = log.record()
  const isFirst = state.roster === undefined
  const document = draftRoster(deps, log.lab, expires, state, change)
  const roster = documentHash('roster', document)
  log.appendBroker({ kind: 'roster', document }, isFirst ? { roster } : {})
  if (!isFirst) proveOwnKeys(deps.keys, log, document, roster)
  return roster
}
