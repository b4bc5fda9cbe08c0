/**
 * Putting a request together: which deliveries and which of their columns are to be opened for one job.
 * @module
 */
import type { RequestId, StatementBody } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import { type AgreementState, currentExtracts, type LabRecord, usableCeremony } from '@kruispunt/lab-record'
import { BrokerError } from '../errors.ts'

/** A request waits for approvals; a day, as the protocol allows at most. */
const requestHours = 24
export const requestEnds = (now: number): string => new Date(now + requestHours * 3_600_000).toISOString()

/** Columns to open: those that link, and of the variables all or those named. */
function columnsFor(columns: readonly string[], wanted: ReadonlySet<string> | undefined): string[] {
  const links = (name: string) => name === 'subject' || /^(?:token|present|decoy):/.test(name)
  return columns.filter((name) => links(name) || wanted === undefined || wanted.has(name))
}

/**
 * @param wanted - variables to open; undefined: all
 * @throws BrokerError `ceremony_not_complete`, `extract_unknown` when nothing was delivered
 */
export function composeRequest(
  { state }: LabRecord,
  agreement: AgreementState,
  question: string,
  wanted: ReadonlySet<string> | undefined,
): StatementBody<'request'> {
  const epoch = usableCeremony(agreement)?.epoch
  if (epoch === undefined) throw new BrokerError('ceremony_not_complete')
  const extracts = currentExtracts(state, agreement.id).map(({ recorded: { statement } }) => ({
    extractId: statement.extractId,
    party: statement.party,
    dataset: statement.dataset,
    version: statement.version,
    columns: columnsFor(
      statement.columns.map((column) => column.name),
      wanted,
    ),
  }))
  if (extracts.length === 0) throw new BrokerError('extract_unknown')
  return { kind: 'request', requestId: randomHex(16) as RequestId, agreement: agreement.id, epoch, question, extracts }
}
