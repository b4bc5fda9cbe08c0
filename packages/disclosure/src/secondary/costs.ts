/**
 * What withholding a cell costs. Secondary suppression looks for the pattern that costs least.
 * @module
 */

/** What is to be withheld as little as possible: `cells`, the `persons` counted in them, or the `information` of their counts. */
export type Costs = 'cells' | 'persons' | 'information'

/** What a margin costs more for each level below it. On the tables of `bench/corpus.ts` it hides a third fewer margins and not one cell more. */
const perLevel = 0.25
/** The total of a filtered table is the last thing to go; an unfiltered one never goes for the sake of others. */
const widest = 1000

/**
 * @param cell - `height`: how many levels lie below it, over all axes; `lot`: in [0, 1), breaks ties
 * @returns finite and positive; among cells that cost the same, small counts come first
 */
export function costOf(
  costs: Costs,
  cell: { readonly count: number; readonly height: number; readonly isWidest: boolean; readonly lot: number },
): number {
  const { count, height, isWidest, lot } = cell
  const size = Math.log2(1 + count)
  const base = costs === 'cells' ? 1 : costs === 'persons' ? 1 + count : 1 + size
  return (base * (1 + perLevel * height) + size / 1000 + lot / 10_000) * (isWidest ? widest : 1)
}
