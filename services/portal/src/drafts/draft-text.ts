/**
 * The document behind the form, always whole: what is still to be written says so between angle brackets, as the model has it, and
 * an emptied field goes back to that. So a draft has the agreement's own form at every moment. Pure: knows no page.
 * @module
 */
import type { AgreementDocument, AllowedTable, Dataset } from '@kruispunt/contracts'

const unwritten = /^<[^<>]*>$/

export const isWritten = (text: string): boolean => !unwritten.test(text)
/** As it stands in a field. */
export const inField = (text: string): string => (isWritten(text) ? text : '')
/** As it stands in the document; angle brackets of somebody's own would look unwritten. */
export const fromField = (text: string, before: string): string => {
  if (text.trim() !== '') return text
  return isWritten(before) ? '<…>' : before
}

const within = <T>(list: readonly T[], at: number, changed: T): T[] =>
  list.map((one, place) => (place === at ? changed : one))
type Party = AgreementDocument['parties'][number]

export const withParty = (document: AgreementDocument, at: number, party: Party): AgreementDocument => {
  const before = document.parties[at]
  const changed = { ...document, parties: within(document.parties, at, party) }
  if (before?.citizenNumber.allowed === party.citizenNumber.allowed) return changed
  // Who may not use the number neither has it read nor makes a key of it.
  const datasets = document.datasets.map((dataset) => {
    if (dataset.party !== party.id) return dataset
    const [identifiers, linkageKeys] = [
      dataset.identifiers.filter(({ field }) => field !== 'citizenNumber'),
      dataset.linkageKeys.filter((key) => key !== 'B1'),
    ]
    return party.citizenNumber.allowed
      ? {
          ...dataset,
          identifiers: [{ field: 'citizenNumber' as const, headers: ['bsn', 'burgerservicenummer'] }, ...identifiers],
          linkageKeys: ['B1' as (typeof dataset.linkageKeys)[number], ...linkageKeys],
        }
      : { ...dataset, identifiers, linkageKeys }
  })
  return { ...changed, datasets }
}

/** What is no longer delivered stands in no table, and in no list of neutral categories. */
export function withDataset(document: AgreementDocument, at: number, dataset: Dataset): AgreementDocument {
  const datasets = within(document.datasets, at, dataset)
  const known = new Set(datasets.flatMap(({ dimensions }) => dimensions.map(({ id }) => id)))
  const amounts = new Set(datasets.flatMap(({ measures = [] }) => measures.map(({ id }) => id)))
  const stays = (id: string) => id.startsWith('presence:') || known.has(id)
  const { neutral, ...disclosure } = document.disclosure
  return {
    ...document,
    datasets,
    tables: document.tables.map(({ measures, ...table }) => ({
      ...table,
      dimensions: table.dimensions.filter(stays),
      filters: table.filters.filter(stays),
      ...(measures === undefined ? {} : { measures: measures.filter((id) => amounts.has(id)) }),
    })),
    disclosure:
      neutral === undefined
        ? disclosure
        : { ...disclosure, neutral: neutral.filter(({ dimension }) => stays(dimension)) },
  }
}

export const withTable = (document: AgreementDocument, at: number, table: AllowedTable): AgreementDocument => ({
  ...document,
  tables: within(document.tables, at, table),
})

/** One more, over everything there is, to take away from. */
export function withNewTable(document: AgreementDocument, title: AllowedTable['title']): AgreementDocument {
  const taken = new Set(document.tables.map(({ id }) => id))
  let number = document.tables.length + 1
  while (taken.has(`tabel${number}`)) number += 1
  const [population] = document.populations
  if (population === undefined) throw new Error('an agreement without populations')
  const dimensions = document.datasets.flatMap((dataset) => dataset.dimensions.map(({ id }) => id)).slice(0, 60)
  const table = { id: `tabel${number}`, title, population: population.id, dimensions, filters: [], maxDimensions: 2 }
  return { ...document, tables: [...document.tables, table] }
}

/** A calendar day in the form of the document: midnight UTC. */
export const dayOf = (instant: string): string => instant.slice(0, 10)
export const instantOf = (day: string, before: string): string => {
  const at = Date.parse(`${day}T00:00:00.000Z`)
  return Number.isNaN(at) ? before : new Date(at).toISOString()
}

/** Lines that somebody left empty between questions. */
export function withoutEmptyLines(document: AgreementDocument): AgreementDocument {
  const questions = document.questions.map((question) => question.trim()).filter((question) => question !== '')
  return { ...document, questions: questions.length > 0 ? questions : ['<…>'] }
}
