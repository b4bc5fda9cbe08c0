/**
 * Refuses malformed sums before anything is computed.
 * @module
 */
import { checkPreviousTable, checkTrueTable, positionKey } from '../check-input.ts'
import { DisclosureError } from '../errors.ts'
import { checkRules, type Rules } from '../rules.ts'
import type { Axis, Position } from '../types.ts'
import type { EarlierSums, OwnPart, SumCell, SumMeasure, SumsQuestion } from './types.ts'

/**
 * @throws {@link DisclosureError} what {@link checkTrueTable} and {@link checkRules} throw; `cells_incomplete`, `sum_not_whole`,
 *   `sums_inconsistent`, `secret_too_short`
 */
export function checkSums({ counts, measures, empty = [], rules, secret }: SumsQuestion): void {
  checkRules(rules)
  if (secret.length < 16) throw new DisclosureError('secret_too_short')
  const { table, cells } = counts
  checkTrueTable(table)
  checkPreviousTable({ axes: table.axes, cells })
  const persons = new Map(table.cells.map((cell) => [positionKey(cell.at), cell.persons]))
  // Sums stand beside counts of persons: of records or households the mean would be another one.
  const fits = (cell: { readonly at: Position; readonly persons: number }) =>
    persons.get(positionKey(cell.at)) === cell.persons
  const released = new Map(
    cells.map((cell) => [positionKey(cell.at), cell.state === 'released' ? cell.count : undefined]),
  )
  const counted = table.cells.every(({ at, count }) => (released.get(positionKey(at)) ?? count) === count)
  if (table.unit !== 'persons' || !counted || new Set(measures.map(({ id }) => id)).size < measures.length)
    throw new DisclosureError('sums_inconsistent')
  for (const { axes, at } of empty)
    if (at.length !== axes.length || at.some((node, axis) => axes[axis]?.nodes[node] === undefined))
      throw new DisclosureError('cells_incomplete')
  for (const measure of measures) {
    checkMeasure(measure)
    checkComplete(table.axes, measure.cells)
    if (!measure.cells.every(fits)) throw new DisclosureError('sums_inconsistent')
    for (const cell of [measure, ...(measure.unions ?? [])].flatMap((known) => known.cells))
      checkCell(cell, measure, rules)
    for (const cell of (measure.earlier ?? []).flatMap(({ recounted = [] }) => recounted))
      checkCell(cell, measure, rules)
    for (const { axes, cells: sums } of measure.unions ?? []) checkComplete(axes, sums)
    for (const known of measure.earlier ?? []) checkEarlier(known)
  }
}

function checkMeasure({ bounds, pPercent }: SumMeasure): void {
  const { lower = 0, upper } = bounds ?? {}
  if (!Number.isSafeInteger(lower) || (upper !== undefined && !Number.isSafeInteger(upper)))
    throw new DisclosureError('sum_not_whole')
  if (lower > 0 || (upper !== undefined && upper <= Math.max(0, lower))) throw new DisclosureError('rule_out_of_range')
  if (pPercent !== undefined && !(pPercent >= 0 && pPercent <= 100)) throw new DisclosureError('rule_out_of_range')
}

function checkComplete(axes: readonly Axis[], cells: readonly { readonly at: Position }[]): void {
  checkPreviousTable({ axes, cells: cells.map(({ at }) => ({ at, state: 'withheld' as const })) })
}

function checkEarlier({ axes, cells, recounted }: EarlierSums): void {
  checkComplete(axes, cells)
  if (recounted) checkComplete(axes, recounted)
  for (const cell of cells) {
    if (cell.state === 'withheld') continue
    if (!Number.isSafeInteger(cell.sum) || !Number.isSafeInteger(cell.persons) || cell.persons < 0)
      throw new DisclosureError('sum_not_whole')
  }
}

function checkCell(cell: SumCell, measure: SumMeasure, rules: Rules): void {
  const { lower = 0, upper = Number.POSITIVE_INFINITY } = measure.bounds ?? {}
  const own = Object.values(cell.byParty)
  const numbers = [cell.sum, cell.persons, cell.contributors, ...cell.largest]
  const parts = own.flatMap(({ sum, persons, others }) => [sum, persons, others.contributors, ...others.largest])
  if (![...numbers, ...parts].every(Number.isSafeInteger)) throw new DisclosureError('sum_not_whole')

  const listed = Math.max(2, rules.dominance?.n ?? 2)
  const bounded = (sum: number, persons: number) =>
    sum >= lower * persons && (persons === 0 ? sum === 0 : sum <= upper * persons)
  const group = (sum: number, persons: number, contributors: number, largest: readonly number[]): boolean =>
    persons >= 0 &&
    contributors >= 0 &&
    contributors <= persons &&
    bounded(sum, persons) &&
    largest.length <= contributors &&
    largest.length >= Math.min(contributors, listed) &&
    largest.every((each, index) => each > 0 && each <= (largest[index - 1] ?? Number.POSITIVE_INFINITY)) &&
    (lower < 0 || addsUp(sum, contributors, largest))
  const rest = ({ sum, persons, others }: OwnPart): boolean =>
    persons >= 0 &&
    (lower < 0 || sum >= 0) &&
    // A person may be known to the party in part: such a one is among the others and is not counted in its own persons.
    group(cell.sum - sum, cell.persons - persons, others.contributors, others.largest)
  const fine = group(cell.sum, cell.persons, cell.contributors, cell.largest) && own.every(rest)
  if (!fine || !Number.isSafeInteger(lower * cell.persons)) throw new DisclosureError('sums_inconsistent')
}

/** Nobody contributes less than nothing: the largest are no more than the sum, and all of it if they are everybody. */
function addsUp(sum: number, contributors: number, largest: readonly number[]): boolean {
  const top = largest.reduce((total, each) => total + each, 0)
  if (largest.length === contributors) return top === sum
  const least = largest.at(-1) ?? 0
  const others = contributors - largest.length
  return sum - top >= others && sum - top <= others * least
}
