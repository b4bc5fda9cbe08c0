/**
 * An agreement rehearsed before anybody signs it: tables over made-up people of the expected sizes, protected by the same rules as in
 * earnest. Needs no delivery, no job and no data.
 * @module
 */
import type { AgreementDocument, AllowedTable, Bilingual } from '@kruispunt/contracts'
import { adviceText, dryRun, type Rules } from '@kruispunt/disclosure'
import { agreedColumns } from '@kruispunt/lab-record'
import { protectedAxis, type ShownAxis } from './axes.ts'
import type { JobPlan } from './job-plan.ts'
import { checkQuestion } from './question.ts'
import { rulesFor } from './rules.ts'

type ExpectedSizes = {
  /** By population. */
  readonly persons?: Readonly<Record<string, number>> | undefined
  /** Persons of a population that a dataset is expected to know, by dataset. */
  readonly datasets?: Readonly<Record<string, number>> | undefined
  /** By dimension and finest code; they need not add up to 1. */
  readonly shares?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined
}

type Rehearsed = {
  readonly table: string
  readonly dimensions: readonly string[]
  readonly persons: number
  readonly cells: number
  /** Of all cells: in the best, the middle and the worst of the made-up tables. */
  readonly withheldShare: { readonly low: number; readonly middle: number; readonly high: number }
  /** How many of the made-up tables would be refused. */
  readonly refused: number
  readonly draws: number
  readonly advice: readonly Bilingual[]
}

type RehearsalSettings = {
  readonly draws: number
  readonly now: () => number
}

/** Of a population, or a dataset's share of it, where nothing is said. */
const defaultPersons = 10_000
const defaultCoverage = 0.2
/** Of persons whose category is not known. */
const defaultUnknown = 0.02
/** For one made-up table. */
const tableMs = 4_000

/** Every pair of variables that a table allows; of a table with one variable, that one. */
export function pairsOf({ dimensions }: AllowedTable): readonly (readonly string[])[] {
  if (dimensions.length === 1) return [dimensions]
  return dimensions.flatMap((first, at) => dimensions.slice(at + 1).map((second) => [first, second]))
}

/**
 * Counts of records are rehearsed as if each were a person.
 * @param dimensions - of the table, as many as it allows at once
 * @throws JobError when the table does not allow the question
 */
export async function rehearse(
  agreement: AgreementDocument,
  table: AllowedTable,
  dimensions: readonly string[],
  sizes: ExpectedSizes,
  { draws, now }: RehearsalSettings,
): Promise<Rehearsed> {
  const plan = imagined(agreement)
  const rows = dimensions.map((dimension) => ({ dimension, levels: levelsOf(agreement, dimension) }))
  const { axes, population } = checkQuestion(plan, { table: table.id, rows, columns: [], filters: [] })
  const persons = sizes.persons?.[table.population] ?? defaultPersons
  const coverage = (dataset: string): number =>
    dataset === population.within
      ? 1
      : Math.min(1, sizes.datasets?.[dataset] === undefined ? defaultCoverage : sizes.datasets[dataset] / persons)
  const shows = plan.extracts.filter(
    ({ dataset }) =>
      dataset.id === population.within ||
      population.within === undefined ||
      axes.some(({ variable }) => variable.extracts.some((planned) => planned.dataset.id === dataset.id)),
  )
  const rules: Rules = rulesFor(
    plan,
    shows.map(({ dataset }) => dataset),
  )
  const expected = await dryRun({
    population: population.ledgerKey,
    axes: axes.map(protectedAxis),
    shares: axes.map((axis) => sharesOf(axis, sizes, coverage)),
    persons,
    parties: Object.fromEntries(
      agreement.parties.map(({ id }) => [
        id,
        Math.max(0, ...agreement.datasets.filter(({ party }) => party === id).map((dataset) => coverage(dataset.id))),
      ]),
    ),
    rules,
    draws,
    random: generator(),
    // Ties between made-up cells need no secret of anybody's.
    secret: new Uint8Array(32),
    tableMs,
    now,
  })
  const { low, middle, high } = expected.shownShare
  const shown = new Map(axes.map((axis) => [axis.variable.name, axis]))
  const labels = {
    dimension: (name: string) => shown.get(name)?.variable.label,
    category: (name: string, code: string) => shown.get(name)?.nodes.find((node) => node.code === code)?.label,
  }
  return {
    table: table.id,
    dimensions,
    persons,
    cells: expected.cells.length,
    withheldShare: { low: 1 - high, middle: 1 - middle, high: 1 - low },
    refused: Object.values(expected.refused).reduce((sum, count) => sum + count, 0),
    draws,
    advice: expected.instead.map((advice) => adviceText(advice, labels, 'expected')),
  }
}

/** What each finest category is expected to hold; outside a delivery is whoever it does not know. */
function sharesOf(
  { variable, nodes }: ShownAxis,
  { shares }: ExpectedSizes,
  coverage: (dataset: string) => number,
): number[] {
  const known = Math.max(0, ...variable.extracts.map(({ dataset }) => coverage(dataset.id)))
  const said = shares?.[variable.id] ?? {}
  const finest = variable.levels.at(-1)?.categories ?? []
  const possible = new Set(nodes.slice(1).flatMap(({ leaves }) => leaves))
  const isPresence = variable.notKnown === undefined && variable.recordsOf === undefined
  const unknown = variable.extracts[0]?.dataset.dimensions.find(({ id }) => id === variable.id)?.unknownCode
  const weights = finest.map(({ code }) => said[code] ?? (code === unknown ? defaultUnknown : 1 / finest.length))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const ofLeaf = new Map(finest.flatMap(({ leaves }, at) => leaves.map((leaf) => [leaf, weights[at] ?? 0] as const)))
  return Array.from({ length: variable.leaves }, (_, leaf) => {
    if (isPresence) return leaf === 1 ? known : 1 - known
    if (!possible.has(leaf)) return 0
    const weight = ofLeaf.get(leaf)
    if (weight === undefined) return 1 - known
    return all > 0 ? (weight / all) * (variable.recordsOf === undefined ? known : 1) : 0
  })
}

/** All levels of a dimension, so that the coarser ones can be advised. */
function levelsOf({ datasets }: AgreementDocument, id: string): string[] {
  const found = datasets.flatMap(({ dimensions }) => dimensions).find((dimension) => dimension.id === id)
  return found ? found.levels.map((level) => level.id) : ['presence']
}

/** The job that the agreement would allow: every dataset delivered once, every column open. */
function imagined(agreement: AgreementDocument): JobPlan {
  // Of a delivery that does not exist, only what a question is checked against.
  const extracts = agreement.datasets.map((dataset) => {
    const columns = agreedColumns(dataset, agreement.linkage)
    return { dataset, columns, extract: { extractId: dataset.id, party: dataset.party, dataset: dataset.id, columns } }
  })
  const plan = { lab: agreement.lab, agreement, agreementId: 'draft', requestHash: '', release: 'draft', extracts }
  return plan as unknown as JobPlan
}

/** Uniform on [0, 1) and the same each time: a rehearsal repeated says the same. */
function generator(): () => number {
  let state = 0x9e3779b9
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
