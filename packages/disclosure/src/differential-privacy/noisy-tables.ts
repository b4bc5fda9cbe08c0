/**
 * Tables of counts and of sums with noise that hides any one person, whatever else an attacker knows.
 *
 * Only finest cells get noise, and all other cells are added up from them: a person is in one finest cell, so the noise need not
 * grow with the number of margins. The price is that a cell made of m finest ones has sqrt(m) times the error of one.
 * @module
 */
import { checkPreviousTable, checkTrueTable, positionKey } from '../check-input.ts'
import { DisclosureError } from '../errors.ts'
import type { ReleasedSum, SumCell } from '../magnitude/types.ts'
import type { Axis, Position, ReleasedCell, TrueTable } from '../types.ts'
import { costOf, type PrivacyCost } from './account.ts'
import { Dice, type RandomBytes } from './dice.ts'
import { deviationOf, drawNoise, type Noise } from './discrete-laplace.ts'
import { checkEpsilon, type Epsilon } from './epsilon.ts'
import { notNegative } from './not-negative.ts'
import { Pieces } from './pieces.ts'

export type NoisyAnswer<Cell> = {
  /** Every cell, in the order of the table; those of the table add up. */
  readonly cells: readonly Cell[]
  /** Standard deviation of the noise in each cell, parallel; follows from the shape alone, so it may be shown. */
  readonly deviations: readonly number[]
  readonly cost: PrivacyCost
}

/** Widest range noise is drawn from, so that all numbers on the way stay exact. */
const widest = 2 ** 40

/**
 * @param question.table - persons, each in one finest cell; or records or households, with a bound
 * @param question.bound - most that one person adds to the whole table: 1 for persons. For records leave out a person's records
 *   beyond it first ({@link boundRecords}). 2 or more for households: a person may take a household out of one cell and into another
 * @param question.random - a CSPRNG; never seeded in earnest
 * @returns whole counts, none negative; combinations that are structural zeros stay zero
 * @throws {@link DisclosureError} on a malformed table, `axes_overlap`, `counts_inconsistent` if its cells do not add up,
 *   `contribution_unbounded`, `epsilon_out_of_range`
 */
export function noisyCounts(question: {
  readonly table: TrueTable
  readonly epsilon: Epsilon
  readonly bound?: number
  readonly random: RandomBytes
}): NoisyAnswer<ReleasedCell> {
  const { table, epsilon, random } = question
  checkTrueTable(table)
  const bound = boundOf(table, question.bound)
  const values = new Map(table.cells.map(({ at, count }) => [positionKey(at), count]))
  const positions = table.cells.map(({ at }) => at)
  const noised = noisyValues({ ...table, values, positions, noise: { epsilon, bound }, random, mayBeNegative: false })
  if (!noised) throw new DisclosureError('counts_inconsistent')
  const cells = positions.map((at, place): ReleasedCell => {
    return { at: [...at], state: 'released', count: noised.values[place] ?? 0 }
  })
  return { cells, deviations: noised.deviations, cost: costOf(epsilon) }
}

/**
 * Sums of one amount of each person, beside the noisy counts of the same cells. A mean is the one divided by the other.
 * @param question.cells - one for each cell; every person's whole amount in one finest cell
 * @param question.counts - the released counts beside them
 * @param question.bounds - of one person's amount, public and not taken from the data; clamp amounts beyond before they are added up, or the table is refused
 * @returns whole sums; none negative if no amount can be
 * @throws {@link DisclosureError} as {@link noisyCounts}; `sum_not_whole`, `sums_inconsistent`
 */
export function noisySums(question: {
  readonly axes: readonly Axis[]
  readonly cells: readonly Pick<SumCell, 'at' | 'sum' | 'largest'>[]
  readonly structuralZeros?: readonly Position[]
  readonly counts: readonly ReleasedCell[]
  readonly bounds: { readonly lower: number; readonly upper: number }
  readonly epsilon: Epsilon
  readonly random: RandomBytes
}): NoisyAnswer<ReleasedSum> {
  const { cells, counts, bounds, epsilon, random } = question
  const { lower, upper } = bounds
  const numbers = [lower, upper, ...cells.flatMap(({ sum, largest }) => [sum, ...largest])]
  if (!numbers.every(Number.isSafeInteger) || lower > upper) throw new DisclosureError('sum_not_whole')
  const bound = Math.max(Math.abs(lower), Math.abs(upper), 1)
  // The widest cell holds everybody: a largest amount within the bound there is within it everywhere.
  if (cells.some(({ largest }) => (largest[0] ?? 0) > bound)) throw new DisclosureError('contribution_unbounded')
  checkPreviousTable({ axes: question.axes, cells: counts })
  const values = new Map(cells.map(({ at, sum }) => [positionKey(at), sum]))
  const persons = new Map(counts.map(({ at, count }) => [positionKey(at), count]))
  const complete = cells.length === counts.length && values.size === counts.length
  if (!complete || cells.some(({ at }) => !persons.has(positionKey(at)))) throw new DisclosureError('cells_incomplete')
  const positions = cells.map(({ at }) => at)
  const noise = { epsilon, bound }
  const noised = noisyValues({ ...question, values, positions, noise, random, mayBeNegative: lower < 0 })
  if (!noised) throw new DisclosureError('sums_inconsistent')
  const sums = positions.map((at, place): ReleasedSum => {
    const sum = noised.values[place] ?? 0
    return { at: [...at], state: 'released', sum, persons: persons.get(positionKey(at)) ?? 0 }
  })
  return { cells: sums, deviations: noised.deviations, cost: costOf(epsilon) }
}

/** @returns nothing if the values do not add up, or are negative where they may not be */
function noisyValues(question: {
  readonly axes: readonly Axis[]
  readonly structuralZeros?: readonly Position[]
  readonly values: ReadonlyMap<string, number>
  readonly positions: readonly Position[]
  readonly noise: Noise
  readonly random: RandomBytes
  readonly mayBeNegative: boolean
}): { readonly values: readonly number[]; readonly deviations: readonly number[] } | undefined {
  const { axes, structuralZeros = [], values, positions, noise, random, mayBeNegative } = question
  checkEpsilon(noise.epsilon)
  if (noise.bound * noise.epsilon.denominator > widest) throw new DisclosureError('epsilon_out_of_range')
  const pieces = new Pieces(axes)
  const truth = pieces.takeApart((at) => values.get(positionKey(at)) ?? Number.NaN)
  const closed = new Set(structuralZeros.flatMap((at) => pieces.of(at)))
  if (!truth?.every((value, piece) => (mayBeNegative || value >= 0) && (value === 0 || !closed.has(piece))))
    return undefined
  const dice = new Dice(random)
  const open = [...truth.keys()].filter((piece) => !closed.has(piece))
  const drawn = open.map((piece) => (truth[piece] ?? 0) + drawNoise(dice, noise))
  const told = mayBeNegative ? drawn : notNegative(drawn, dice)
  const noised = new Array<number>(truth.length).fill(0)
  const weights = new Array<number>(truth.length).fill(0)
  open.forEach((piece, place) => {
    noised[piece] = told[place] ?? 0
    weights[piece] = 1
  })
  const one = deviationOf(noise)
  return {
    values: pieces.putTogether(noised, positions),
    deviations: pieces.putTogether(weights, positions).map((made) => one * Math.sqrt(made)),
  }
}

function boundOf(table: TrueTable, declared: number | undefined): number {
  const least = { persons: 1, records: 1, households: 2 }[table.unit]
  const bound = declared ?? (table.unit === 'persons' ? 1 : Number.NaN)
  const most = Math.max(0, ...table.cells.map(({ largest }) => largest[0]))
  // Looking at the data decides no more here than whether the caller kept to the bound it declared.
  if (!Number.isSafeInteger(bound) || bound < least || most > bound) throw new DisclosureError('contribution_unbounded')
  return bound
}
