/**
 * What a request comes down to: which agreement, which deliveries, which columns. Read from the lab's record alone, so a
 * request that cannot lead to a table is refused before any partner is asked for a key.
 * @module
 */
import type {
  AgreementDocument,
  AgreementId,
  Dataset,
  ExtractColumn,
  ExtractId,
  ExtractStatement,
  LabId,
  PartyId,
  RequestStatement,
} from '@kruispunt/contracts'
import { agreedColumns, type LabState, type RequestState } from '@kruispunt/lab-record'
import { documentHash } from '@kruispunt/statements'
import { JobFailure } from './job-failure.ts'

export type Delivery = { readonly extract: ExtractStatement; readonly dataset: Dataset }

/**
 * One delivery that a job opens. Of one that was made for this request `extract` has the id of the delivery at the node that it was
 * made of: what was answered about the same rows before is known by it.
 */
export type PlannedExtract = Delivery & {
  /** The id under which it stands in the log and lies here. */
  readonly stored: ExtractId
  /** The columns asked for, as the extract's signed header describes them. */
  readonly columns: readonly ExtractColumn[]
  /** Number of invented people in the agreement's self-test, 0 without one. */
  readonly invented: number
}

/** Under the id that says which rows it holds. */
const byContent = (extract: ExtractStatement): ExtractStatement =>
  extract.forRequest === undefined ? extract : { ...extract, extractId: extract.forRequest.source }

export type JobPlan = {
  readonly lab: LabId
  readonly requestHash: string
  readonly request: RequestStatement
  readonly agreementId: AgreementId
  readonly agreement: AgreementDocument
  readonly extracts: readonly PlannedExtract[]
  readonly release: string
}

/** Hash over the versions that are counted, whatever order a request names them in. */
function releaseOf(extracts: readonly { readonly extractId: ExtractId; readonly version: number }[]): string {
  const deliveries = extracts
    .map(({ extractId, version }) => ({ extractId, version }))
    .toSorted((a, b) => (a.extractId < b.extractId ? -1 : 1))
  return documentHash('release', { deliveries })
}

const agreementOf = (state: LabState, { recorded }: RequestState): AgreementDocument => {
  const agreement = state.agreements.get(recorded.statement.agreement)?.document
  if (!agreement) throw new Error('a request on record without its agreement')
  return agreement
}

/**
 * What is wrong with a request whatever is delivered for it.
 * @throws {@link JobFailure} `dataset_twice` when a request counts two deliveries of one dataset, `column_missing` when it
 *   leaves out a column without which rows cannot be linked
 */
export function requirePlannable(state: LabState, request: RequestState): void {
  const agreement = agreementOf(state, request)
  const seen = new Set<string>()
  for (const { party, dataset: id, columns } of request.recorded.statement.extracts) {
    const dataset = agreement.datasets.find((listed) => listed.id === id)
    if (!dataset) throw new Error('a request on record without its dataset')
    const asked = new Set<string>(columns)
    const agreedTo = new Set([...dataset.dimensions, ...(dataset.measures ?? [])].map((variable) => variable.id))
    const needed = agreedColumns(dataset, agreement.linkage).filter(({ name }) => !agreedTo.has(name))
    if (needed.some(({ name }) => !asked.has(name))) throw new JobFailure('column_missing', party)
    if (seen.has(id)) throw new JobFailure('dataset_twice', party)
    seen.add(id)
  }
}

/** @throws {@link JobFailure} as {@link requirePlannable} */
export function planJob(state: LabState, request: RequestState): JobPlan {
  requirePlannable(state, request)
  const agreement = agreementOf(state, request)
  const { statement, hash } = request.recorded
  const extracts = statement.extracts.map(({ extractId, columns }): PlannedExtract => {
    const extract = state.extracts.get(extractId)?.recorded.statement
    const dataset = agreement.datasets.find(({ id }) => id === extract?.dataset)
    if (!extract || !dataset) throw new Error('a job planned before its deliveries were there')
    const asked = new Set<string>(columns)
    const opened = extract.columns.filter(({ name }) => asked.has(name))
    const invented = agreement.linkage.selfTest ?? 0
    return { extract: byContent(extract), dataset, stored: extractId, columns: opened, invented }
  })
  return {
    lab: state.lab,
    requestHash: hash,
    request: statement,
    agreementId: statement.agreement,
    agreement,
    extracts,
    release: releaseOf(extracts.map(({ extract }) => extract)),
  }
}

/** Deliveries of one party, in the order of the request. */
export const extractsOf = (plan: JobPlan, party: PartyId): readonly PlannedExtract[] =>
  plan.extracts.filter(({ extract }) => extract.party === party)

export const extractOfDataset = (plan: JobPlan, dataset: string): PlannedExtract | undefined =>
  plan.extracts.find((planned) => planned.dataset.id === dataset)

/**
 * Every delivery under the agreement, replaced ones too: answers about those are remembered. What was made for several requests of the
 * same rows is one delivery, with every column that any of them had.
 */
export function allDeliveries(state: LabState, { agreementId, agreement }: JobPlan): Delivery[] {
  const found = new Map<ExtractId, Delivery>()
  for (const { recorded } of state.extracts.values()) {
    const extract = byContent(recorded.statement)
    const dataset = agreement.datasets.find(({ id }) => id === extract.dataset)
    if (extract.agreement !== agreementId || !dataset) continue
    const known = found.get(extract.extractId)?.extract
    const columns = new Map([...(known?.columns ?? []), ...extract.columns].map((column) => [column.name, column]))
    found.set(extract.extractId, { extract: { ...(known ?? extract), columns: [...columns.values()] }, dataset })
  }
  return [...found.values()]
}
