/**
 * From probabilities to whole numbers of cell keys, so that over all keys together the error is zero exactly and not nearly.
 * @module
 */

/** Cell keys are whole numbers from 0 up to this: 48 bits, so that sums over all keys stay exact in a double. */
export const keySpace = 2 ** 48

/**
 * @param deviations - ascending; some two of them are neighbours
 * @param probabilities - parallel; add up to 1, mean zero, both nearly
 * @returns how many of all keys lead to each deviation: they add up to {@link keySpace} and their mean deviation is zero;
 *   `undefined` if the probabilities are too uneven to be rounded so
 */
export function keyWidths(deviations: readonly number[], probabilities: readonly number[]): number[] | undefined {
  const widths = probabilities.map((p) => Math.floor(p * keySpace))
  const likeliest = probabilities.indexOf(Math.max(...probabilities))
  widths[likeliest] = (widths[likeliest] ?? 0) + keySpace - widths.reduce((sum, width) => sum + width, 0)
  const drift = deviations.reduce((sum, v, place) => sum + v * (widths[place] ?? 0), 0)
  // A key moved from a deviation to the next lower one lowers the sum by one: move as many as the sum is off.
  const room = (place: number): number =>
    deviations[place + 1] === (deviations[place] ?? 0) + 1 ? Math.min(widths[place] ?? 0, widths[place + 1] ?? 0) : -1
  let lower = 0
  for (let place = 1; place + 1 < deviations.length; place++) if (room(place) > room(lower)) lower = place
  if (room(lower) < Math.abs(drift)) return undefined
  widths[lower] = (widths[lower] ?? 0) + drift
  widths[lower + 1] = (widths[lower + 1] ?? 0) - drift
  return widths
}
