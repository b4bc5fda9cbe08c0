/**
 * What can be crossed in a job: the agreement's dimensions, and whether a party knows somebody.
 *
 * Three ways to number categories meet here, and nowhere else:
 * - **code**: the text in the agreement, `BU05`; for presence `no` and `yes`.
 * - **leaf**: what disclosure control counts in. A person dimension of n codes has leaves 0 to n: 0 for persons outside
 *   the owner's delivery, i + 1 for `codes[i]`. A record dimension has leaves 0 to n - 1, i for `codes[i]`: every record
 *   is in its delivery. Presence has leaf 0 for `no`, 1 for `yes`.
 * - **stored code**: what the engine counts in: 0 outside the delivery, i + 1 for `codes[i]`; presence is stored as 1
 *   for `no` and 2 for `yes`.
 *
 * Each variable is named after the delivery it was read from: `wmo@<extract>`. A newer delivery is another variable,
 * so an answer about the old one never contradicts it, and both hold as facts about the persons they count.
 * @module
 */
import type { AgreementDocument, Bilingual, Dataset, Dimension, PartyId } from '@kruispunt/contracts'
import { type Delivery, extractsOf, type JobPlan, type PlannedExtract } from './job-plan.ts'
import { JobError, refuseUnless } from './problems.ts'

/** One category of one level. */
export type Category = {
  readonly code: string
  readonly label: Bilingual
  readonly leaves: readonly number[]
  /** The agreement says that it tells nothing about a person in it. */
  readonly neutral: boolean
}

export type Variable = {
  /** As in a question. */
  readonly id: string
  /** As in the ledger and for disclosure control. */
  readonly name: string
  /** As for the engine. */
  readonly column: string
  readonly label: Bilingual
  readonly owner: PartyId
  readonly sensitive: boolean
  readonly leaves: number
  /** Leaves that nobody has, as the owner declares in its extract: the category for unknown, where nothing is. */
  readonly absent: readonly number[]
  readonly storedCodeOf: (leaf: number) => number
  /** Coarsest first. */
  readonly levels: readonly { readonly id: string; readonly categories: readonly Category[] }[]
  /** The category of persons outside the owner's delivery; absent for presence, which has `no`, and for records. */
  readonly notKnown: Category | undefined
  /** The deliveries it was read from. */
  readonly extracts: readonly PlannedExtract[]
  /** Whose records it describes, when it does not describe persons. */
  readonly recordsOf: string | undefined
}

const presencePrefix = 'presence:'
const presenceLevel = 'presence'

/**
 * @throws {@link JobError} `dimension_not_allowed` if the agreement has no such variable, `column_not_requested` if the
 *   job did not open it
 */
export function variableOf(plan: JobPlan, id: string): Variable {
  return id.startsWith(presencePrefix) ? presence(plan, id.slice(presencePrefix.length)) : dimension(plan, id)
}

function presence(plan: JobPlan, of: string): Variable {
  const party = plan.agreement.parties.find((candidate) => candidate.id === of)
  refuseUnless(party !== undefined, 'dimension_not_allowed')
  const extracts = extractsOf(plan, party.id)
  const isNeutral = neutralIn(plan.agreement, `${presencePrefix}${party.id}`)
  refuseUnless(extracts.length > 0, 'column_not_requested')
  return {
    id: `${presencePrefix}${party.id}`,
    name: memberName(extracts),
    column: `${presencePrefix}${party.id}`,
    label: { nl: `Bekend bij ${party.name}`, en: `Known to ${party.name}` },
    owner: party.id,
    sensitive: false,
    leaves: 2,
    absent: [],
    storedCodeOf: (leaf) => leaf + 1,
    levels: [
      {
        id: presenceLevel,
        categories: [
          { code: 'yes', label: { nl: 'ja', en: 'yes' }, leaves: [1], neutral: isNeutral('yes') },
          { code: 'no', label: { nl: 'nee', en: 'no' }, leaves: [0], neutral: isNeutral('no') },
        ],
      },
    ],
    notKnown: undefined,
    extracts,
    recordsOf: undefined,
  }
}

/** The variable "is in any of these deliveries". */
export const memberName = (extracts: readonly Delivery[]): string =>
  `member@${extracts
    .map(({ extract }) => extract.extractId)
    .toSorted()
    .join('+')}`

/** The variable "has this category of this delivery". */
export const dimensionName = (dimension: string, { extract }: Delivery): string => `${dimension}@${extract.extractId}`

function dimension(plan: JobPlan, id: string): Variable {
  const dataset = plan.agreement.datasets.find(({ dimensions }) => dimensions.some((listed) => listed.id === id))
  const found = dataset?.dimensions.find((listed) => listed.id === id)
  refuseUnless(dataset !== undefined && found !== undefined, 'dimension_not_allowed')
  const planned = plan.extracts.find((candidate) => candidate.dataset.id === dataset.id)
  if (!planned?.columns.some(({ name }) => name === id)) throw new JobError('column_not_requested')
  const isNeutral = neutralIn(plan.agreement, id)
  const isRecord = dataset.grain === 'record'
  const shift = isRecord ? 1 : 0
  const leaves = found.codes.length + 1 - shift
  return {
    id,
    name: dimensionName(id, planned),
    column: id,
    label: found.label,
    owner: dataset.party,
    sensitive: found.dataKind !== 'ordinary',
    leaves,
    absent: declaredAbsent(found, planned.extract, leaves),
    storedCodeOf: (leaf) => leaf + shift,
    levels: levelsOf(found, 1 - shift, isNeutral),
    notKnown: isRecord ? undefined : notKnown(plan.agreement, dataset, isNeutral),
    extracts: [planned],
    recordsOf: isRecord ? dataset.id : undefined,
  }
}

/**
 * Leaves of a dimension that its owner declares empty, in the extract's signed header.
 * @param leaves - how many the dimension has here: with or without one for persons outside the delivery, which comes first
 */
export function declaredAbsent(
  { id, codes, unknownCode }: Dimension,
  { columns }: Delivery['extract'],
  leaves: number,
): number[] {
  const isDeclared = columns.some(({ name, unknownAbsent }) => name === id && unknownAbsent === true)
  return isDeclared ? [codes.findIndex(({ code }) => code === unknownCode) + leaves - codes.length] : []
}

function notKnown(agreement: AgreementDocument, { party }: Dataset, isNeutral: (code: string) => boolean): Category {
  const name = agreement.parties.find(({ id }) => id === party)?.name ?? party
  const label = { nl: `niet bij ${name} bekend`, en: `not known to ${name}` }
  return { code: 'not-known', label, leaves: [0], neutral: isNeutral('not-known') }
}

/** Which categories of a variable the partners agreed tell nothing: `not-known` among them, for persons outside the delivery. */
function neutralIn({ disclosure }: AgreementDocument, id: string): (code: string) => boolean {
  const codes = new Set(disclosure.neutral?.flatMap((listed) => (listed.dimension === id ? listed.codes : [])))
  return (code) => codes.has(code)
}

/** @param first - leaf of the first code */
function levelsOf(
  { codes, parents, levels }: Dimension,
  first: number,
  isNeutral: (code: string) => boolean,
): Variable['levels'] {
  let categories: { code: string; label: Bilingual; parent: string | null; leaves: number[]; neutral: boolean }[] =
    codes.map(({ code, label, parent }, index) => ({
      code,
      label,
      parent,
      leaves: [index + first],
      neutral: isNeutral(code),
    }))
  const finestFirst = [categories]
  for (const coarser of parents) {
    const finer = categories
    categories = coarser.map(({ code, label, parent }) => {
      const within = finer.filter((category) => category.parent === code)
      const leaves = within.flatMap((category) => category.leaves)
      return { code, label, parent, leaves, neutral: within.length > 0 && within.every((category) => category.neutral) }
    })
    finestFirst.push(categories)
  }
  return finestFirst.toReversed().map((level, index) => ({
    id: levels[index]?.id ?? '',
    // A coarser category without finer ones holds nobody by definition: the agreement says so, not the data.
    categories: level
      .filter(({ leaves }) => leaves.length > 0)
      .map(({ code, label, leaves, neutral }) => ({ code, label, leaves, neutral })),
  }))
}
