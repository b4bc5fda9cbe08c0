/**
 * What a schema cannot say about an agreement: that its parts fit each other.
 * @module
 */
import {
  type AgreementDocument,
  citizenNumberKey,
  type Dataset,
  type Dimension,
  householdKey,
} from '@kruispunt/contracts'

import { recipeFaults } from '@kruispunt/linkage/recipe'
import { answerFaults } from './answer-faults.ts'
import { selfTestKeys } from './queries.ts'

const repeated = (values: readonly string[]) => new Set(values).size !== values.length

function dimensionFaults(path: string, dimension: Dimension): string[] {
  const faults: string[] = []
  const codes = dimension.codes.map((category) => category.code)
  if (repeated(codes)) faults.push(`${path}: a code occurs twice`)
  if (!codes.includes(dimension.unknownCode)) faults.push(`${path}: the code for unknown is not in the list`)
  if (dimension.levels.length !== dimension.parents.length + 1)
    faults.push(`${path}: levels and code lists differ in number`)
  let finer = dimension.codes
  for (const coarser of dimension.parents) {
    const known = new Set(coarser.map((category) => category.code))
    if (known.size !== coarser.length) faults.push(`${path}: a code occurs twice`)
    if (finer.some((category) => category.parent === null || !known.has(category.parent)))
      faults.push(`${path}: a category has no parent one level up`)
    finer = coarser
  }
  if (finer.some((category) => category.parent !== null)) faults.push(`${path}: a top category has a parent`)
  const { derivation } = dimension
  if (derivation.kind === 'age-band' || derivation.kind === 'number-band') {
    const listed = new Set(codes)
    if (derivation.bands.some((band) => !listed.has(band.code))) faults.push(`${path}: a band has no category`)
  }
  return faults
}

/** A dataset's keys are those of the recipe, and it says where the fields stand that they are made of. */
function linkageFaults(
  path: string,
  { identifiers, linkageKeys }: Dataset,
  { linkage }: AgreementDocument,
  mayUseCitizenNumber: boolean,
): string[] {
  const faults: string[] = []
  const fields = identifiers.map(({ field }) => field)
  const known = new Set(linkage.keys.map(({ id }) => id))
  if (repeated(fields)) faults.push(`${path}: an identifier occurs twice`)
  if (repeated(linkageKeys)) faults.push(`${path}: a linkage key occurs twice`)
  if (linkageKeys.some((key) => !known.has(key))) faults.push(`${path}: a linkage key is not in the recipe`)
  if ((linkageKeys.includes(citizenNumberKey) || fields.includes('citizenNumber')) && !mayUseCitizenNumber)
    faults.push(`${path}: links on the citizen number, which its party may not use`)
  if (linkageKeys.includes(citizenNumberKey) && !fields.includes('citizenNumber'))
    faults.push(`${path}: no heading named under which the citizen number stands`)
  return faults
}

/** The recipe as a whole; whether a party may use the citizen number is asked per dataset. */
const recipeLines = ({ linkage }: AgreementDocument): string[] =>
  recipeFaults(linkage, { citizenNumberAllowed: true }).map(
    ({ keyId, message }) => `linkage${keyId === null ? '' : `.${keyId}`}: ${message.en}`,
  )

/** All faults, each as `path: what is wrong`; empty when the agreement is consistent. Quotes names from the agreement only. */
export function agreementFaults(document: AgreementDocument): string[] {
  const faults: string[] = []
  const parties = new Map(document.parties.map((party) => [party.id, party]))
  if (parties.size !== document.parties.length) faults.push('parties: a party occurs twice')
  if (Date.parse(document.validFrom) >= Date.parse(document.validUntil)) faults.push('validUntil: not after validFrom')

  if (repeated(document.datasets.map((dataset) => dataset.id))) faults.push('datasets: an id occurs twice')
  const dimensions = new Map<string, string>()
  for (const dataset of document.datasets) {
    const path = `datasets.${dataset.id}`
    const party = parties.get(dataset.party)
    if (party === undefined) faults.push(`${path}: its party is not in the agreement`)
    faults.push(...linkageFaults(path, dataset, document, party?.citizenNumber.allowed === true))
    if (dataset.grain === 'record' && dataset.recordLabel === null) faults.push(`${path}: records have no name`)
    for (const dimension of dataset.dimensions) {
      if (dimensions.has(dimension.id)) faults.push(`${path}.${dimension.id}: this id occurs twice`)
      dimensions.set(dimension.id, dataset.id)
      faults.push(...dimensionFaults(`${path}.${dimension.id}`, dimension))
    }
  }
  for (const party of parties.keys()) dimensions.set(`presence:${party}`, '')

  const hasHouseholds = document.datasets.some(({ linkageKeys }) => linkageKeys.includes(householdKey))
  const populations = new Map(document.populations.map((population) => [population.id, population]))
  for (const population of populations.values()) {
    const dataset = document.datasets.find(({ id }) => id === population.dataset)
    if (population.dataset !== null && dataset === undefined)
      faults.push(`populations.${population.id}: unknown dataset`)
    if (population.unit === 'records' && dataset?.grain !== 'record')
      faults.push(`populations.${population.id}: counts records of a dataset that has none`)
    if (population.unit === 'households' && !hasHouseholds)
      faults.push(`populations.${population.id}: households need a dataset with the household key ${householdKey}`)
  }
  if (repeated(document.tables.map((table) => table.id))) faults.push('tables: an id occurs twice')
  for (const table of document.tables) {
    if (!populations.has(table.population)) faults.push(`tables.${table.id}: unknown population`)
    for (const name of [...table.dimensions, ...table.filters])
      if (!dimensions.has(name)) faults.push(`tables.${table.id}: unknown dimension`)
  }
  if (document.pseudonymMode === 'joint-oprf' && !document.linkage.keys.some(({ id }) => id === citizenNumberKey))
    faults.push(`pseudonymMode: joint numbers without the citizen number's key ${citizenNumberKey}`)
  faults.push(...recipeLines(document))
  return [...faults, ...answerFaults(document), ...neutralFaults(document), ...selfTestFaults(document)]
}

/** A neutral category that does not exist would be a promise about nothing: most likely a misspelt one. */
function neutralFaults({ datasets, disclosure, parties }: AgreementDocument): string[] {
  const categories = new Map<string, Set<string>>(parties.map(({ id }) => [`presence:${id}`, new Set(['yes', 'no'])]))
  for (const { id, codes, parents } of datasets.flatMap(({ dimensions }) => dimensions))
    categories.set(id, new Set([...codes, ...parents.flat()].map(({ code }) => code).concat('not-known')))
  return (disclosure.neutral ?? [])
    .filter(({ dimension, codes }) => codes.some((code) => categories.get(dimension)?.has(code) !== true))
    .map(({ dimension }) => `disclosure.neutral: ${dimension} has no such category`)
}

/** A self-test compares: with one dataset that takes part it would test nothing and look as if it did. */
function selfTestFaults({ datasets, linkage }: AgreementDocument): string[] {
  if (linkage.selfTest === undefined) return []
  const tested = datasets.filter((dataset) => selfTestKeys(dataset, linkage).length > 0)
  return tested.length > 1 ? [] : ['linkage.selfTest: fewer than two datasets have a key of persons']
}
