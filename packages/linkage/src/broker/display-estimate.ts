/**
 * Estimates as they may be shown: percentages to 0.1, with the reason why one is not to be relied upon.
 * @module
 */
import type { Estimate, EstimateFlaw, LinkQualityEstimate, NameAudit } from './report-shape.ts'

/** Percentages; `flaw` is null when the estimate is valid. Without a percentage nothing could be estimated or shown. */
export type ShownEstimate = {
  readonly percentage: number | null
  readonly margin: number | null
  readonly flaw: EstimateFlaw | null
}

export type ShownQuality = {
  readonly precision: ShownEstimate
  readonly recall: ShownEstimate
  /** percentages, lowest and highest of the pairs of parties that could be audited */
  readonly range: { readonly precision: readonly [number, number]; readonly recall: readonly [number, number] } | null
}

export type ShownAudit = { readonly precision: ShownEstimate; readonly recall: ShownEstimate }

/** A rate is shown over this many subjects or more. */
export const fewestForRate = 100

/** @param share - 0 to 1 */
export const percentageOf = (share: number): number => Math.round(1000 * share) / 10

/** @param subjects - how many the share is about */
export function showEstimate(estimate: Estimate, subjects: number): ShownEstimate {
  if (subjects < fewestForRate) return { percentage: null, margin: null, flaw: 'too_few' }
  if (!estimate.valid) {
    const percentage = estimate.value === null ? null : percentageOf(estimate.value)
    return { percentage, margin: null, flaw: estimate.flaw }
  }
  return { percentage: percentageOf(estimate.value), margin: percentageOf(estimate.margin), flaw: null }
}

export function showQuality({ precision, recall, range }: LinkQualityEstimate, linked: number): ShownQuality {
  const ends = ([low, high]: readonly [number, number]) => [percentageOf(low), percentageOf(high)] as const
  return {
    precision: showEstimate(precision, linked),
    recall: showEstimate(recall, linked),
    range: range && linked >= fewestForRate ? { precision: ends(range.precision), recall: ends(range.recall) } : null,
  }
}

export const showAudit = (audit: NameAudit | null): ShownAudit | null =>
  audit && {
    precision: showEstimate(audit.precision, audit.links),
    recall: showEstimate(audit.recall, audit.numberPairs),
  }
