/**
 * Primary rules for sums, and how far an attacker must be kept from the truth (disclosure.md §2.2, §2.3).
 *
 * The rules look at a part: a cell, several cells of a line together, or what is left of them when a party takes its own
 * rows out. Contributions are totals of one person.
 * @see Hundepool et al., Handbook on SDC, 2nd ed. (2024), 4.2.1 (rules) and 4.2.2 (table of protection levels)
 * @module
 */
import type { Rules } from '../rules.ts'
import type { OwnPart, SumCell, SumMeasure } from './types.ts'

/** A set of persons and what they add up to. `value` counts from the public lower bound: sum - lower x persons. */
export type Part = {
  readonly value: number
  readonly persons: number
  readonly contributors: number
  readonly largest: readonly number[]
  readonly byParty: Readonly<Record<string, OwnPart>>
}

/** What the rules need to know of the measure and of the table. */
export type Yardstick = {
  readonly rules: Rules
  readonly lower: number
  readonly upper: number | undefined
  readonly pPercent: number
  readonly rangePercent: number
  readonly organisations: boolean
  /** What a handful of ordinary persons adds up to: the room that a sum of nothing needs. */
  readonly ordinary: number
}

/** By how much the attacker's bounds must lie above and below the true value; `party`: for this insider. */
export type Hazard = { readonly party?: string; readonly up: number; readonly down: number }

const usualRangePercent = 30

/** @param widest - the cell that holds everybody */
export function yardstick(measure: SumMeasure, rules: Rules, widest: SumCell | undefined): Yardstick {
  const { lower = 0, upper } = measure.bounds ?? {}
  const rangePercent = rules.rangePercent ?? usualRangePercent
  const mean = widest && widest.persons > 0 ? (widest.sum - lower * widest.persons) / widest.persons : 0
  return {
    rules,
    lower,
    upper,
    pPercent: measure.pPercent ?? rules.pPercent,
    rangePercent,
    organisations: measure.organisations ?? false,
    ordinary: Math.max(1, Math.ceil((rangePercent / 100) * rules.minimum * mean)),
  }
}

export function partOf({ sum, persons, contributors, largest, byParty }: SumCell, lower: number): Part {
  return { value: sum - lower * persons, persons, contributors, largest, byParty }
}

/** All rules on one part: for everybody who reads, and for each party that knows its own. Nothing found: safe. */
export function hazards(part: Part, measured: Yardstick): Hazard[] {
  const open = [...personRules(part, measured), ...(measured.organisations ? organisationRule(part, measured) : [])]
  const inside = measured.rules.insider
    ? Object.keys(part.byParty).flatMap((party) =>
        combine(personRules(withoutOwn(part, party, measured.lower), measured)).map((found) => ({ party, ...found })),
      )
    : []
  return [...combine(open), ...inside]
}

/** The levels for a sum that is hidden because its count is: a value close to it would tell the count. */
export function besideHiddenCount(part: Part, measured: Yardstick): Hazard {
  if (part.persons === 0) return { up: measured.ordinary, down: 0 }
  const percent = part.persons < measured.rules.minimum ? measured.rangePercent : measured.pPercent
  const level = share(percent, size(part, measured))
  return { up: level, down: level }
}

/** What the party does not know of a part. */
function withoutOwn(part: Part, party: string, lower: number): Part {
  const own = part.byParty[party]
  if (!own) return { ...part, byParty: {} }
  return {
    value: part.value - (own.sum - lower * own.persons),
    persons: part.persons - own.persons,
    contributors: own.others.contributors,
    largest: own.others.largest,
    byParty: {},
  }
}

/** Parts without a person in common, as one. */
export function merge(parts: readonly Part[]): Part {
  const add = (value: (part: Part) => number) => parts.reduce((sum, part) => sum + value(part), 0)
  const top = (lists: readonly (readonly number[])[]) => lists.flat().toSorted((a, b) => b - a)
  const parties = [...new Set(parts.flatMap((part) => Object.keys(part.byParty)))]
  const own = (party: string): OwnPart => {
    const others = (part: Part) => part.byParty[party]?.others ?? part
    return {
      sum: add((part) => part.byParty[party]?.sum ?? 0),
      persons: add((part) => part.byParty[party]?.persons ?? 0),
      others: {
        contributors: add((part) => others(part).contributors),
        largest: top(parts.map((part) => others(part).largest)),
      },
    }
  }
  return {
    value: add((part) => part.value),
    persons: add((part) => part.persons),
    contributors: add((part) => part.contributors),
    largest: top(parts.map((part) => part.largest)),
    byParty: Object.fromEntries(parties.map((party) => [party, own(party)])),
  }
}

function personRules(part: Part, measured: Yardstick): Hazard[] {
  return [
    ...boundRule(part, measured),
    ...contributorRule(part, measured),
    // p % and dominance presume that nobody can take away from a sum (Handbook 4.2.1).
    ...(measured.lower < 0 ? [] : concentrationRules(part.value, part.largest, measured)),
  ]
}

/** Everybody at a bound that everybody knows: the sum tells each person's contribution. */
function boundRule({ value, persons }: Part, { rules, lower, upper, ordinary }: Yardstick): Hazard[] {
  if (persons === 0 || rules.zeros === 'publish') return []
  const highest = upper === undefined ? Number.POSITIVE_INFINITY : (upper - lower) * persons
  return [
    ...(value === 0 ? [{ up: ordinary, down: 0 }] : []),
    ...(value === highest ? [{ up: 0, down: ordinary }] : []),
  ]
}

/** The frequency rule on those who contribute; how far to keep off is t-ARGUS' safety range, a share of the cell. */
function contributorRule(part: Part, measured: Yardstick): Hazard[] {
  if (part.contributors === 0 || part.contributors >= measured.rules.minimum) return []
  const level = share(measured.rangePercent, size(part, measured))
  return [{ up: level, down: level }]
}

/** p %: X - x1 - x2 < p/100 x1. Dominance: x1 + .. + xn > k/100 X. Ties are safe. */
function concentrationRules(sum: number, largest: readonly number[], { rules, pPercent }: Yardstick): Hazard[] {
  const [first = 0, second = 0] = largest
  // Multiplied out: percentages are compared without a rounding in between.
  const missing = pPercent * first - 100 * (sum - first - second)
  const found: Hazard[] = missing > 0 ? [both(Math.ceil(missing / 100))] : []
  if (rules.dominance) {
    const { n, percent } = rules.dominance
    const top = largest.slice(0, n).reduce((total, each) => total + each, 0)
    if (100 * top > percent * sum) found.push(both(Math.ceil((100 * top) / percent - sum)))
  }
  return found
}

/** Organisations as contributors: their own parts stand for what the others' cannot know. */
function organisationRule(part: Part, measured: Yardstick): Hazard[] {
  const own = Object.values(part.byParty).map(({ sum }) => sum)
  return concentrationRules(
    part.value,
    own.toSorted((a, b) => b - a),
    measured,
  )
}

const both = (level: number): Hazard => ({ up: Math.max(1, level), down: Math.max(1, level) })

function combine(found: readonly Hazard[]): Hazard[] {
  if (found.length === 0) return []
  return [{ up: Math.max(...found.map(({ up }) => up)), down: Math.max(...found.map(({ down }) => down)) }]
}

/** What a percentage is taken of: the sum, or the largest contribution where contributions cancel out. */
const size = ({ value, persons, largest }: Part, { lower }: Yardstick): number =>
  Math.max(Math.abs(value + lower * persons), lower < 0 ? (largest[0] ?? 0) : 0)

const share = (percent: number, of: number): number => Math.max(1, Math.ceil((percent * of) / 100))
