/**
 * The p-table of the cell-key method: for each true count, which error how many cell keys lead to.
 * @module
 */
import { DisclosureError } from '../errors.ts'
import { keySpace, keyWidths } from './key-widths.ts'
import { maximumEntropy } from './maximum-entropy.ts'

export type PerturbationParameters = {
  /** D: largest error of a count, in whole units; 1 to 20. */
  readonly maxDeviation: number
  /** V: variance of the error; above 0 and at most D (D + 1) / 3, where every error would be as likely. */
  readonly variance: number
  /** js: largest count that never appears, zero apart; 0 if all may. Below D. */
  readonly smallestShown: number
}

/** What may become of one true count. */
export type PerturbationRow = {
  /** Errors that may be added, ascending. */
  readonly deviations: readonly number[]
  /** How many of the 2^48 cell keys lead to each, parallel. */
  readonly keys: readonly number[]
}

export type PerturbationTable = {
  /** One for each true count from 0; the last holds for every higher count as well. As confidential as the parameters. */
  readonly rows: readonly PerturbationRow[]
}

/**
 * Every row is unbiased exactly, never leads below zero or to a count of 1 to js, and leaves zero alone. Among all such
 * distributions with variance V it is the one of maximum entropy. Low counts cannot always reach V without making the extremes
 * likelier than the truth; their rows then have the largest entropy of all, and a lower variance.
 * @throws {@link DisclosureError} `perturbation_impossible` if the parameters are out of range, or if a low count could not be
 *   moved out of 1..js with so small a variance
 * @see Giessing (2016), doi 10.1007/978-3-319-45381-1_18; Giessing & Tent (2019)
 */
export function makePerturbationTable(parameters: PerturbationParameters): PerturbationTable {
  check(parameters)
  const { maxDeviation, smallestShown } = parameters
  const rows: PerturbationRow[] = [{ deviations: [0], keys: [keySpace] }]
  for (let count = 1; (rows.at(-1)?.deviations.length ?? 0) < 2 * maxDeviation + 1; count++) {
    const deviations: number[] = []
    for (let v = -maxDeviation; v <= maxDeviation; v++) {
      const shown = count + v
      if (shown === 0 || shown > smallestShown) deviations.push(v)
    }
    rows.push(rowOf(deviations, parameters.variance))
  }
  return { rows }
}

function rowOf(deviations: readonly number[], variance: number): PerturbationRow {
  const probabilities = maximumEntropy(deviations, variance)
  const keys = probabilities && keyWidths(deviations, probabilities)
  if (!keys) throw new DisclosureError('perturbation_impossible')
  return { deviations, keys }
}

function check({ maxDeviation, variance, smallestShown }: PerturbationParameters): void {
  const fine =
    Number.isSafeInteger(maxDeviation) &&
    maxDeviation >= 1 &&
    maxDeviation <= 20 &&
    Number.isSafeInteger(smallestShown) &&
    smallestShown >= 0 &&
    smallestShown < maxDeviation &&
    variance > 0 &&
    variance <= (maxDeviation * (maxDeviation + 1)) / 3
  if (!fine) throw new DisclosureError('perturbation_impossible')
  // A count that may not stay goes to 0 or to js + 1 at the nearest: i (js + 1 - i) is the least variance of that.
  for (let count = 1; count <= smallestShown; count++) {
    if (variance <= count * (smallestShown + 1 - count)) throw new DisclosureError('perturbation_impossible')
  }
}
