/**
 * Risk ratio and odds ratio with limits on the logarithmic scale. Where the logarithm or its error has no value because a count is
 * zero, one half is added to all four counts.
 * @see D. Katz et al., Biometrics 34 (1978) 469 (risk ratio); B. Woolf, Annals of Human Genetics 19 (1955) 251 (odds ratio);
 *   J. B. S. Haldane, Annals of Human Genetics 20 (1956) 309, F. J. Anscombe, Biometrika 43 (1956) 461 (one half)
 * @module
 */
import { exactly, hull, type Interval, minus, plus, product, ratio, rising } from '../interval.ts'
import { rangeOver } from '../range-over.ts'
import type { Estimate } from '../shown.ts'
import type { Group } from './proportions.ts'

/** Cases and others of one group, and all of them. */
type Row = { readonly cases: Interval; readonly others: Interval; readonly all: Interval }
type Figures = { readonly value: Interval; readonly variance: Interval }

const one = exactly(1)
const atLeast = (least: number, { low, high }: Interval): Interval => ({
  low: Math.max(low, least),
  high: Math.max(high, least),
})

const risks = (first: Row, second: Row): Figures => ({
  value: product(ratio(first.cases, first.all), ratio(second.all, second.cases)),
  // 1/cases - 1/all of each group, which is never negative.
  variance: [first, second].map(({ cases, all }) => atLeast(0, minus(ratio(one, cases), ratio(one, all)))).reduce(plus),
})

const odds = (first: Row, second: Row): Figures => ({
  value: product(ratio(first.cases, first.others), ratio(second.others, second.cases)),
  variance: [first.cases, first.others, second.cases, second.others].map((part) => ratio(one, part)).reduce(plus),
})

/** The counts of which none may be zero. */
const needed = {
  risks: (rows: readonly Row[]): Interval[] => rows.map(({ cases }) => cases),
  odds: (rows: readonly Row[]): Interval[] => rows.flatMap(({ cases, others }) => [cases, others]),
}

const half = ({ cases, others, all }: Row): Row => ({
  cases: plus(cases, exactly(0.5)),
  others: plus(others, exactly(0.5)),
  all: plus(all, one),
})

/** At least one in each count: what is left of a piece when no count is zero. */
const positive = ({ cases, others, all }: Row): Row => ({
  cases: atLeast(1, cases),
  others: atLeast(1, others),
  all: atLeast(1, all),
})

function limits({ value, variance }: Figures, width: number): readonly Interval[] {
  const error = rising((at) => Math.exp(width * Math.sqrt(at)), variance)
  return [value, ratio(value, error), product(value, error)]
}

/** Limits of a piece: corrected, plain, or both where a count of the piece may be zero and may not. */
function ofPiece(kind: keyof typeof needed, rows: readonly [Row, Row], width: number): readonly Interval[] {
  const counts = needed[kind](rows)
  const figures = kind === 'risks' ? risks : odds
  const corrected = counts.some(({ low }) => low === 0)
    ? limits(figures(half(rows[0]), half(rows[1])), width)
    : undefined
  const plain = counts.every(({ high }) => high > 0)
    ? limits(figures(...(kind === 'odds' ? ([positive(rows[0]), positive(rows[1])] as const) : withCases(rows))), width)
    : undefined
  if (corrected && plain) return corrected.map((each, index) => hull(each, plain[index] ?? each))
  const found = corrected ?? plain
  if (!found) throw new Error('a count is neither zero nor more')
  return found
}

/** For risks the others may be none. */
const withCases = (rows: readonly [Row, Row]): readonly [Row, Row] => {
  const [first, second] = rows.map((row) => ({ ...row, cases: atLeast(1, row.cases), all: atLeast(1, row.all) }))
  if (!first || !second) throw new Error('two rows are two rows')
  return [first, second]
}

function rowOf(cases: Interval | undefined, population: Interval | undefined): Row | undefined {
  if (!cases || !population || cases.low > population.high) return undefined
  const all = { low: Math.max(population.low, cases.low), high: population.high }
  const inside = { low: cases.low, high: Math.min(cases.high, all.high) }
  return { cases: inside, others: atLeast(0, minus(all, inside)), all }
}

function compared(kind: keyof typeof needed, first: Group, second: Group, width: number): Estimate {
  const box = [first.cases, first.population, second.cases, second.population]
  const found = rangeOver(box, (piece) => {
    const rows = [rowOf(piece[0], piece[1]), rowOf(piece[2], piece[3])] as const
    return rows[0] && rows[1] ? ofPiece(kind, [rows[0], rows[1]], width) : undefined
  })
  const [value, lower, upper] = found ?? []
  if (!value || !lower || !upper) throw new Error('two groups that cannot be')
  return { value, lower, upper }
}

/** Share of cases in the first group, as a multiple of that in the second. Both have somebody in them. */
export const riskRatio = (first: Group, second: Group, width: number): Estimate =>
  compared('risks', first, second, width)

export const oddsRatio = (first: Group, second: Group, width: number): Estimate =>
  compared('odds', first, second, width)
