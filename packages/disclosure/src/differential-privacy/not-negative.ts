/**
 * Noisy finest counts made into counts that could be: whole, none below zero, with the total they had.
 *
 * Works on noised numbers only, so it costs no privacy.
 * @module
 */
import type { Dice } from './dice.ts'

/**
 * The nearest point (least squares) without negative numbers and with the same total, rounded to whole numbers by lot. A total
 * below zero becomes zero. Setting negatives to zero alone would make every total too high; this way small cells read somewhat
 * high and large ones somewhat low, and the total is left as it was drawn.
 * @param values - whole, of either sign
 */
export function notNegative(values: readonly number[], dice: Dice): number[] {
  const total = Math.max(
    0,
    values.reduce((sum, value) => sum + value, 0),
  )
  const descending = values.toSorted((a, b) => b - a)
  // The `kept` largest give up the same amount each: what they have above the total, shared.
  let kept = 0
  let above = -total
  while (kept < descending.length) {
    const next = descending[kept] ?? 0
    if (kept > 0 && next * kept <= above) break
    above += next
    kept++
  }
  if (kept === 0) return []
  const cut = Math.ceil(above / kept)
  const result = values.map((value) => Math.max(0, value - cut))
  // Whole cuts may take up to kept - 1 too many: they go back by lot among those that were cut and not emptied.
  const open = [...values.keys()].filter((place) => (values[place] ?? 0) * kept > above)
  let missing = total - result.reduce((sum, value) => sum + value, 0)
  while (missing > 0) {
    const drawn = dice.below(open.length)
    const place = open[drawn] ?? 0
    result[place] = (result[place] ?? 0) + 1
    open[drawn] = open.at(-1) ?? 0
    open.pop()
    missing--
  }
  return result
}
