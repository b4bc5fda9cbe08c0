/**
 * How many of the job's links are true, and how many of the true ones were made: the audit of the names, put together
 * with what the citizen numbers settle themselves.
 *
 * Per pair of parties. Links between two known numbers are as right as the numbers are; the others are as right, and as
 * complete, as the names alone proved to be where numbers could tell.
 * @module
 */
import { judged } from './estimate.ts'
import type { LinkRules } from './link-rules.ts'
import type { JudgedNames } from './name-audit.ts'
import type { Estimate, LinkQualityEstimate } from './report-shape.ts'

/** Of one pair of parties. */
export type PairLinks = {
  readonly linked: number
  readonly bothNumbered: number
  readonly numberUnlinked: number
  readonly suspectsLinked: number
  readonly names: JudgedNames | undefined
}

/** Expected numbers, and how far off they may be in all. */
type Expected = {
  readonly linked: number
  readonly right: number
  readonly missed: number
  readonly rightMargin: number
  readonly missedMargin: number
}

/** Precision and recall of names that stand in for those of a pair that cannot be audited. */
type Borrowed = { readonly precision: number; readonly recall: number }

/** Of all links of a lab, at most this share may lean on other pairs. */
const mostBorrowed = 1 / 3

const shareOf = (estimate: Estimate): number => estimate.value ?? 1
const marginOf = (estimate: Estimate): number => (estimate.valid ? estimate.margin : 1)
const isAudited = (names: JudgedNames | undefined): names is JudgedNames =>
  names !== undefined && names.precision.value !== null && names.recall.value !== null

function expectedOf(pair: PairLinks, rules: LinkRules, names: JudgedNames): Expected {
  const { linked, bothNumbered, numberUnlinked, suspectsLinked } = pair
  const [precision, recall] = [shareOf(names.precision), shareOf(names.recall)]
  const byNames = linked - bothNumbered
  const wrongLinked = rules.citizenNumber === 'key' ? Math.min(names.wrongPairs, suspectsLinked) : 0
  const wrongUnlinked = names.wrongPairs - wrongLinked
  const right = bothNumbered - wrongLinked + precision * byNames
  const missedByNames = recall > 0 ? precision * byNames * (1 / recall - 1) : 0
  const missedByNumbers = recall > 0 ? names.wrongNumbers / recall : 0
  const missed = Math.max(0, numberUnlinked - wrongUnlinked) + missedByNumbers + missedByNames
  return {
    linked,
    right,
    missed,
    rightMargin: byNames * marginOf(names.precision),
    missedMargin: byNames * marginOf(names.recall),
  }
}

function estimatesOf({ linked, right, missed, rightMargin, missedMargin }: Expected): LinkQualityEstimate {
  if (linked === 0 || right + missed === 0) {
    const unknown: Estimate = { valid: false, value: null, flaw: 'too_few' }
    return { precision: unknown, recall: unknown, range: null }
  }
  return {
    precision: judged(right / linked, rightMargin / linked),
    recall: judged(right / (right + missed), (rightMargin + missedMargin) / (right + missed)),
    range: null,
  }
}

/** Of the pairs audited: lowest and highest, and over all their links. */
function borrowedFrom(pairs: readonly PairLinks[]) {
  const audited = pairs.map(({ names }) => names).filter(isAudited)
  const trusted = audited.filter(({ precision, recall }) => precision.valid && recall.valid)
  if (trusted.length === 0) return undefined
  const spread = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)]
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const precisions = trusted.map(({ precision }) => shareOf(precision))
  const recalls = trusted.map(({ recall }) => shareOf(recall))
  return {
    middle: { precision: mean(precisions), recall: mean(recalls) },
    range: { precision: spread(precisions), recall: spread(recalls) },
  }
}

/** @param pairs - one per pair of parties */
export function estimateQuality(
  pairs: readonly PairLinks[],
  rules: LinkRules,
): { readonly pairs: readonly LinkQualityEstimate[]; readonly lab: LinkQualityEstimate } {
  const borrowed = borrowedFrom(pairs)
  const judgedPairs = pairs.map((pair) => {
    if (isAudited(pair.names)) return { borrowed: false, expected: expectedOf(pair, rules, pair.names) }
    return { borrowed: true, expected: borrowed && lean(pair, borrowed.middle) }
  })
  const ofPairs = judgedPairs.map(({ borrowed: isBorrowed, expected }): LinkQualityEstimate => {
    if (expected && !isBorrowed) return estimatesOf(expected)
    const flaw = borrowed ? 'taken_from_others' : 'no_basis'
    const estimate = (value: number | undefined): Estimate => ({ valid: false, value: value ?? null, flaw })
    return {
      precision: estimate(borrowed?.middle.precision),
      recall: estimate(borrowed?.middle.recall),
      range: borrowed?.range ?? null,
    }
  })
  const all = judgedPairs.flatMap(({ expected }) => expected ?? [])
  const total = all.reduce<Expected>(added, { linked: 0, right: 0, missed: 0, rightMargin: 0, missedMargin: 0 })
  const leaning = judgedPairs.reduce((sum, one, at) => sum + (one.borrowed ? (pairs[at]?.linked ?? 0) : 0), 0)
  const linked = pairs.reduce((sum, pair) => sum + pair.linked, 0)
  return { pairs: ofPairs, lab: ofLab() }

  function ofLab(): LinkQualityEstimate {
    if (!borrowed && leaning > 0) {
      const unknown: Estimate = { valid: false, value: null, flaw: 'no_basis' }
      return { precision: unknown, recall: unknown, range: null }
    }
    const estimates = estimatesOf(total)
    if (leaning <= linked * mostBorrowed) return estimates
    const doubted = ({ value }: Estimate): Estimate => ({ valid: false, value, flaw: 'taken_from_others' })
    return {
      precision: doubted(estimates.precision),
      recall: doubted(estimates.recall),
      range: borrowed?.range ?? null,
    }
  }

  function lean(pair: PairLinks, { precision, recall }: Borrowed): Expected {
    const { range } = borrowed as NonNullable<typeof borrowed>
    const right = pair.linked * precision
    const width = ([low, high]: readonly [number, number]): number => high - low
    return {
      linked: pair.linked,
      right,
      missed: right * (1 / recall - 1),
      rightMargin: pair.linked * width(range.precision),
      missedMargin: pair.linked * width(range.recall),
    }
  }
}

const added = (a: Expected, b: Expected): Expected => ({
  linked: a.linked + b.linked,
  right: a.right + b.right,
  missed: a.missed + b.missed,
  rightMargin: a.rightMargin + b.rightMargin,
  missedMargin: a.missedMargin + b.missedMargin,
})
