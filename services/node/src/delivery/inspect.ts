/**
 * First look at a steward's file: how it is written, which column is what, or why it cannot be the agreed file.
 * @module
 */
import type { AgreementId, Dataset } from '@kruispunt/contracts'
import {
  type DatasetSpec,
  type Inspection,
  inspectTable,
  type Mapping,
  proposeMapping,
  type Refusal,
  type RememberedMapping,
  recogniseFile,
} from '@kruispunt/tabular'
import type { DeliverableAgreement, DeliveryPort } from '../delivery-port.ts'
import { NodeError } from '../errors.ts'
import { datasetSpecOf } from './dataset-spec.ts'
import { openSource, type SourceFile } from './source-file.ts'

/** Which dataset of which agreement; both may be left out where there is only one. */
export type Assignment = { readonly agreement?: AgreementId | undefined; readonly dataset?: string | undefined }

export type Inspected = {
  readonly agreement: DeliverableAgreement
  readonly dataset: Dataset
  readonly spec: DatasetSpec
  readonly source: SourceFile
  readonly inspection: Inspection
  readonly mapping: Mapping
  /** Why this cannot be delivered with the mapping as proposed; null when it can. */
  readonly obstacle: Refusal | null
}

/** A refusal of the reader as the node's own error: same code, the row or the missing columns as violations. */
export function refusedFile({ code, row, missing }: Refusal): NodeError {
  const rows = row === null ? [] : [{ path: `row ${row}`, message: 'here' }]
  const columns = missing.map(({ nl, en }) => ({ path: 'columns', message: `${nl} / ${en}` }))
  return new NodeError(code, { violations: [...rows, ...columns] })
}

function chooseDataset({ document, party }: DeliverableAgreement, wanted: string | undefined): Dataset {
  const own = document.datasets.filter((dataset) => dataset.party === party)
  const dataset = wanted === undefined && own.length === 1 ? own[0] : own.find(({ id }) => id === wanted)
  if (dataset === undefined) {
    throw new NodeError('dataset_unknown', { violations: own.map(({ id }) => ({ path: 'dataset', message: id })) })
  }
  return dataset
}

/**
 * @throws NodeError for an agreement that cannot be delivered under, an unknown dataset, a file that cannot be read at all
 */
export async function inspectFile(port: DeliveryPort, assignment: Assignment, path: string): Promise<Inspected> {
  const agreement = port.agreementFor(assignment.agreement)
  const dataset = chooseDataset(agreement, assignment.dataset)
  const party = agreement.document.parties.find(({ id }) => id === agreement.party)
  // The agreement's own check refuses this too; a node does not lean on it.
  if (dataset.linkageKeys.includes('B1') && party?.citizenNumber.allowed !== true)
    throw new NodeError('citizen_number_not_allowed')
  const spec = datasetSpecOf(dataset)
  const source = await openSource(path)
  const outcome = inspectTable(source.start, { fileBytes: source.bytes })
  if (!outcome.ok) throw refusedFile(outcome.refusal)
  const { inspection } = outcome
  const remembered = port.rememberedMapping(dataset.id, inspection.headerFingerprint) as RememberedMapping | undefined
  const mapping = proposeMapping(inspection, spec, remembered ? [remembered] : [])
  return { agreement, dataset, spec, source, inspection, mapping, obstacle: recogniseFile(mapping, spec) }
}

/**
 * The mapping a person confirmed: per field the column of the file, by its place.
 * @throws NodeError `mapping_invalid`, `column_missing`, `wrong_file`
 */
export function confirmMapping(inspected: Inspected, columns: Readonly<Record<string, number | null>>): Mapping {
  const { inspection, spec } = inspected
  if (Object.keys(columns).some((field) => !spec.fields.some(({ id }) => id === field)))
    throw new NodeError('mapping_invalid')
  const chosen = spec.fields.map(({ id }) => [id, columns[id] ?? null] as const)
  const taken = chosen.map(([, column]) => column).filter((column) => column !== null)
  if (taken.some((column) => inspection.columns[column] === undefined)) throw new NodeError('mapping_invalid')
  const remembered: RememberedMapping = {
    dataset: spec.id,
    headerFingerprint: inspection.headerFingerprint,
    columns: Object.fromEntries(chosen),
  }
  const mapping = proposeMapping(inspection, spec, [remembered])
  const obstacle = recogniseFile(mapping, spec)
  if (obstacle !== null) throw refusedFile(obstacle)
  return mapping
}
