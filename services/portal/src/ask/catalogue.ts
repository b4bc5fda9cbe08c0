/**
 * What may be asked under an agreement: its tables and variables, in the form in which one chooses from them.
 * Pure: knows no page.
 * @module
 */
import type { AgreementDocument, AllowedTable, Bilingual, LabView, Population } from '@kruispunt/contracts'

export type Variable = {
  readonly id: string
  readonly label: Bilingual
  /** Name of the partner it comes from. */
  readonly owner: string
  readonly meaning: string
  /** Coarsest first. */
  readonly levels: readonly { readonly id: string; readonly label: Bilingual }[]
  /** Of the finest level, for filters. */
  readonly codes: readonly { readonly code: string; readonly label: Bilingual }[]
  /** Dataset of records that it describes; undefined where it describes persons. */
  readonly recordsOf: string | undefined
  readonly isDelivered: boolean
}

export type Catalogue = {
  readonly tables: readonly AllowedTable[]
  readonly populationOf: (table: AllowedTable) => Population | undefined
  /** All variables of the agreement, those that no table allows among them. */
  readonly variables: ReadonlyMap<string, Variable>
  readonly measuresOf: (
    table: AllowedTable,
  ) => readonly { readonly id: string; readonly label: Bilingual; readonly unit: Bilingual }[]
}

type Delivery = LabView['agreements'][number]['deliveries'][number]

const yes = { nl: 'ja', en: 'yes' }
const no = { nl: 'nee', en: 'no' }

export function catalogueOf(document: AgreementDocument, deliveries: readonly Delivery[]): Catalogue {
  const delivered = new Set(deliveries.map(({ dataset }) => dataset))
  const nameOf = (party: string) => document.parties.find(({ id }) => id === party)?.name ?? party
  const variables = new Map<string, Variable>()
  for (const dataset of document.datasets)
    for (const { id, label, meaning, levels, codes } of dataset.dimensions)
      variables.set(id, {
        id,
        label,
        meaning,
        owner: nameOf(dataset.party),
        levels,
        codes: codes.map((category) => ({ code: category.code, label: category.label })),
        recordsOf: dataset.grain === 'record' ? dataset.id : undefined,
        isDelivered: delivered.has(dataset.id),
      })
  for (const { id, name } of document.parties) {
    const own = document.datasets.filter(({ party }) => party === id)
    if (own.length === 0) continue
    variables.set(`presence:${id}`, {
      id: `presence:${id}`,
      label: { nl: `bekend bij ${name}`, en: `known to ${name}` },
      meaning: '',
      owner: name,
      levels: [{ id: 'presence', label: { nl: 'ja of nee', en: 'yes or no' } }],
      codes: [
        { code: 'yes', label: yes },
        { code: 'no', label: no },
      ],
      recordsOf: undefined,
      isDelivered: own.some((dataset) => delivered.has(dataset.id)),
    })
  }
  const amounts = document.datasets.flatMap(({ measures = [] }) => measures)
  return {
    tables: document.tables,
    populationOf: ({ population }) => document.populations.find(({ id }) => id === population),
    variables,
    measuresOf: ({ measures = [] }) => amounts.filter(({ id }) => measures.includes(id)),
  }
}
