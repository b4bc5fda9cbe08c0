/**
 * How many of the job's links are true, and how many of the true ones were made: the audit of the names, put together
 * with what the citizen numbers settle themselves.
 *
 * Per pair of parties. Links between two known numbers are as right as the numbers are; the others are as right, and as
 * complete, as the names alone proved to be where numbers could tell.
 * @module
 */
import { judged, marginOf, marginOfCount } from './estimate.ts'
import type { LinkRules } from './link-rules.ts'
import type { JudgedNames } from './name-audit.ts'
import type { Estimate, EstimateFlaw, LinkQualityEstimate } from './report-shape.ts'

/** Of one pair of parties. */
export type PairLinks = {
  readonly parties: readonly [number, number]
  readonly linked: number
  readonly bothNumbered: number
  readonly numberUnlinked: number
  readonly suspectsLinked: number
  /** see `Refusals` */
  readonly doubled: number
  readonly names: JudgedNames | undefined
  /** precision by the duplicate method, where it can be tried */
  readonly duplicates: Estimate | undefined
}

/** Expected numbers, and how far off they may be in all. */
type Expected = {
  readonly linked: number
  readonly right: number
  readonly missed: number
  readonly rightMargin: number
  readonly missedMargin: number
}

/** Precision and recall of names, taken for a pair that cannot be audited from pairs that can. */
type Borrowed = { readonly precision: number; readonly recall: number }

/** Of all links of a lab, at most this share may lean on other pairs. */
const mostBorrowed = 1 / 3
/** Audits of fewer pairs than this say too little to set the ends of a range. */
const fewestForRange = 100

const shareOf = (estimate: Estimate): number => estimate.value ?? 1
type Audited = PairLinks & { readonly names: JudgedNames }
const isAudited = (pair: PairLinks): pair is Audited =>
  pair.names !== undefined && pair.names.precision.value !== null && pair.names.recall.value !== null

/** A number of wrong numbers is itself estimated: chance, and half of it for what the estimate takes for granted. */
const doubt = (wrong: number): number => marginOfCount(wrong) + wrong / 2

function expectedOf(pair: Audited, rules: LinkRules): Expected {
  const { names, linked, bothNumbered, numberUnlinked, suspectsLinked, doubled } = pair
  const [precision, recall] = [shareOf(names.precision), shareOf(names.recall)]
  const byNames = linked - bothNumbered
  const wrongLinked = rules.citizenNumber === 'key' ? Math.min(names.wrongPairs, suspectsLinked) : 0
  const wrongUnlinked = names.wrongPairs - wrongLinked
  const right = bothNumbered - wrongLinked + precision * byNames
  const missedByNames = recall > 0 ? precision * byNames * (1 / recall - 1) : 0
  const missedByNumbers = recall > 0 ? names.wrongNumbers / recall : 0
  // Nearly always the same person once more, whose rows the party's node did not recognise as such.
  const missedTwice = precision * doubled
  const missed = Math.max(0, numberUnlinked - wrongUnlinked) + missedByNumbers + missedByNames + missedTwice
  return {
    linked,
    right,
    missed,
    rightMargin: byNames * marginOf(precision, names.links) + doubt(wrongLinked),
    missedMargin: byNames * marginOf(recall, names.numberPairs - names.wrongPairs) + doubt(names.wrongNumbers),
  }
}

function estimatesOf({ linked, right, missed, rightMargin, missedMargin }: Expected): LinkQualityEstimate {
  if (linked === 0 || right + missed === 0) {
    return { precision: unknown('too_few'), recall: unknown('too_few'), range: null }
  }
  return {
    precision: judged(right / linked, rightMargin / linked),
    recall: judged(right / (right + missed), (rightMargin + missedMargin) / (right + missed)),
    range: null,
  }
}

const weighted = (
  pairs: readonly Audited[],
  of: (names: JudgedNames) => number,
  cases: (names: JudgedNames) => number,
) => {
  const total = pairs.reduce((sum, { names }) => sum + cases(names), 0)
  return pairs.reduce((sum, { names }) => sum + of(names) * cases(names), 0) / total
}

/** From pairs that share a party with this one when there are any, as a party's mistakes go where it goes. */
function borrowFor(pair: PairLinks, audited: readonly Audited[]): Borrowed {
  const near = audited.filter(({ parties }) => parties.some((party) => pair.parties.includes(party)))
  const from = near.length > 0 ? near : audited
  return {
    precision: weighted(
      from,
      ({ precision }) => shareOf(precision),
      ({ links }) => links,
    ),
    recall: weighted(
      from,
      ({ recall }) => shareOf(recall),
      ({ numberPairs }) => numberPairs,
    ),
  }
}

function rangeOf(audited: readonly Audited[]): LinkQualityEstimate['range'] {
  const many = audited.filter(({ names }) => names.links >= fewestForRange && names.numberPairs >= fewestForRange)
  if (many.length === 0) return null
  const ends = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)]
  return {
    precision: ends(many.map(({ names }) => shareOf(names.precision))),
    recall: ends(many.map(({ names }) => shareOf(names.recall))),
  }
}

const unknown = (flaw: EstimateFlaw, value: number | null = null): Estimate => ({ valid: false, value, flaw })

/**
 * A pair that cannot be audited itself. The duplicate method may still tell its precision.
 * @param borrowed - undefined when no pair could be audited
 */
function withoutAudit(
  pair: PairLinks,
  borrowed: Borrowed | undefined,
  range: LinkQualityEstimate['range'],
): LinkQualityEstimate {
  const { duplicates } = pair
  if (!borrowed)
    return { precision: duplicates?.valid ? duplicates : unknown('no_basis'), recall: unknown('no_basis'), range }
  return {
    precision: duplicates?.valid ? duplicates : unknown('taken_from_others', borrowed.precision),
    recall: unknown('taken_from_others', borrowed.recall),
    range,
  }
}

function leanOn({ linked }: PairLinks, { precision, recall }: Borrowed, range: LinkQualityEstimate['range']): Expected {
  const width = (ends: readonly [number, number] | undefined): number => (ends ? ends[1] - ends[0] : 1)
  const right = linked * precision
  return {
    linked,
    right,
    missed: right * (1 / recall - 1),
    rightMargin: linked * width(range?.precision),
    missedMargin: linked * width(range?.recall),
  }
}

/** @param pairs - one per pair of parties */
export function estimateQuality(
  pairs: readonly PairLinks[],
  rules: LinkRules,
): { readonly pairs: readonly LinkQualityEstimate[]; readonly lab: LinkQualityEstimate } {
  const audited = pairs.filter(isAudited)
  const range = rangeOf(audited)
  const expected: Expected[] = []
  let borrowedLinks = 0
  const ofPairs = pairs.map((pair): LinkQualityEstimate => {
    if (isAudited(pair)) {
      expected.push(expectedOf(pair, rules))
      return estimatesOf(expectedOf(pair, rules))
    }
    borrowedLinks += pair.linked
    const borrowed = audited.length > 0 ? borrowFor(pair, audited) : undefined
    if (borrowed) expected.push(leanOn(pair, borrowed, range))
    return withoutAudit(pair, borrowed, range)
  })
  if (expected.length === 0) {
    return { pairs: ofPairs, lab: { precision: unknown('no_basis'), recall: unknown('no_basis'), range } }
  }
  const lab = estimatesOf(expected.reduce(added))
  const linked = pairs.reduce((sum, pair) => sum + pair.linked, 0)
  if (borrowedLinks <= linked * mostBorrowed) return { pairs: ofPairs, lab }
  const doubted = ({ value }: Estimate): Estimate => unknown('taken_from_others', value)
  return { pairs: ofPairs, lab: { precision: doubted(lab.precision), recall: doubted(lab.recall), range } }
}

const added = (a: Expected, b: Expected): Expected => ({
  linked: a.linked + b.linked,
  right: a.right + b.right,
  missed: a.missed + b.missed,
  rightMargin: a.rightMargin + b.rightMargin,
  missedMargin: a.missedMargin + b.missedMargin,
})
