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

/** One delivery that a job opens. */
export type PlannedExtract = Delivery & {
  /** The columns asked for, as the extract's signed header describes them. */
  readonly columns: readonly ExtractColumn[]
  /** Number of invented people in the agreement's self-test, 0 without one. */
  readonly invented: number
}

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

/**
 * @throws {@link JobFailure} `dataset_twice` when a request counts two deliveries of one dataset, `column_missing` when it
 *   leaves out a column without which rows cannot be linked
 */
export function planJob(state: LabState, { recorded }: RequestState): JobPlan {
  const request = recorded.statement
  const agreement = state.agreements.get(request.agreement)?.document
  if (!agreement) throw new Error('a request on record without its agreement')
  const extracts = request.extracts.map(({ extractId, columns }): PlannedExtract => {
    const extract = state.extracts.get(extractId)?.recorded.statement
    const dataset = agreement.datasets.find(({ id }) => id === extract?.dataset)
    if (!extract || !dataset) throw new Error('a request on record without its extract')
    const asked = new Set<string>(columns)
    const agreedTo = new Set([...dataset.dimensions, ...(dataset.measures ?? [])].map(({ id }) => id))
    const needed = agreedColumns(dataset, agreement.linkage).filter(({ name }) => !agreedTo.has(name))
    if (needed.some(({ name }) => !asked.has(name))) throw new JobFailure('column_missing', extract.party)
    const opened = extract.columns.filter(({ name }) => asked.has(name))
    return { extract, dataset, columns: opened, invented: agreement.linkage.selfTest ?? 0 }
  })
  const datasets = new Set<string>()
  for (const { dataset } of extracts) {
    if (datasets.has(dataset.id)) throw new JobFailure('dataset_twice', dataset.party)
    datasets.add(dataset.id)
  }
  return {
    lab: state.lab,
    requestHash: recorded.hash,
    request,
    agreementId: request.agreement,
    agreement,
    extracts,
    release: releaseOf(request.extracts),
  }
}

/** Deliveries of one party, in the order of the request. */
export const extractsOf = (plan: JobPlan, party: PartyId): readonly PlannedExtract[] =>
  plan.extracts.filter(({ extract }) => extract.party === party)

export const extractOfDataset = (plan: JobPlan, dataset: string): PlannedExtract | undefined =>
  plan.extracts.find((planned) => planned.dataset.id === dataset)

/** Every delivery under the agreement, replaced ones too: answers about those are remembered. */
export function allDeliveries(state: LabState, { agreementId, agreement }: JobPlan): Delivery[] {
  return [...state.extracts.values()].flatMap(({ recorded: { statement: extract } }) => {
    const dataset = agreement.datasets.find(({ id }) => id === extract.dataset)
    return extract.agreement === agreementId && dataset ? [{ extract, dataset }] : []
  })
}
