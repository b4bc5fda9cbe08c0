/**
 * Putting a request together: which deliveries and which of their columns are to be opened for one job.
 * @module
 */
import type { Dataset, ExtractId, RequestId, StatementBody } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import {
  type AgreementState,
  agreedColumns,
  currentExtracts,
  type LabRecord,
  usableCeremony,
} from '@kruispunt/lab-record'
import { BrokerError } from '../errors.ts'

/** A request waits for approvals; a day, as the protocol allows at most. */
const requestHours = 24
export const requestEnds = (now: number): string => new Date(now + requestHours * 3_600_000).toISOString()

/** Columns to open: those that link, and of the variables all or those named. */
function columnsFor(columns: readonly string[], wanted: ReadonlySet<string> | undefined): string[] {
  const links = (name: string) => name === 'subject' || /^(?:token|present|decoy):/.test(name)
  return columns.filter((name) => links(name) || wanted === undefined || wanted.has(name))
}

type Asked = StatementBody<'request'>['extracts']

/**
 * Where variables are asked that are opened for one request only: what each party is to make for it, under ids of its own. Of
 * datasets that stand, those that were delivered; of the others only the node knows whether it has them.
 */
function toBeMade(
  { document }: AgreementState,
  delivered: Asked,
  wanted: ReadonlySet<string> | undefined,
): Asked | undefined {
  const asksVariable = ({ dimensions, measures = [] }: Dataset) =>
    wanted === undefined || [...dimensions, ...measures].some(({ id }) => wanted.has(id))
  const opened = document.datasets.filter(({ id, extractMode }) =>
    extractMode === 'per-request' ? true : delivered.some(({ dataset }) => dataset === id),
  )
  if (!opened.some((dataset) => dataset.extractMode === 'per-request' && asksVariable(dataset))) return undefined
  return opened
    .filter((dataset) => dataset.extractMode !== 'per-request' || asksVariable(dataset))
    .map((dataset) => ({
      extractId: randomHex(16) as ExtractId,
      party: dataset.party,
      dataset: dataset.id,
      version: 1,
      columns: columnsFor(
        agreedColumns(dataset, document.linkage).map(({ name }) => name),
        wanted,
      ),
    }))
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
  const delivered = currentExtracts(state, agreement.id).map(({ recorded: { statement } }) => ({
    extractId: statement.extractId,
    party: statement.party,
    dataset: statement.dataset,
    version: statement.version,
    columns: columnsFor(
      statement.columns.map((column) => column.name),
      wanted,
    ),
  }))
  const extracts = toBeMade(agreement, delivered, wanted) ?? delivered
  if (extracts.length === 0) throw new BrokerError('extract_unknown')
  return { kind: 'request', requestId: randomHex(16) as RequestId, agreement: agreement.id, epoch, question, extracts }
}
