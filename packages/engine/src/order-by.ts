/**
 * Row order by a whole-number key, in linear time.
 * @module
 */

/**
 * @param keys - per row, below `bound`, or anything from `bound` up to come last
 * @returns row numbers, by rising key; rows of one key keep their order
 */
export function orderBy(keys: Uint32Array, bound: number): Uint32Array {
  const ends = new Uint32Array(bound + 2)
  for (const key of keys) {
    const at = Math.min(key, bound) + 1
    ends[at] = (ends[at] as number) + 1
  }
  for (let at = 1; at < ends.length; at++) ends[at] = (ends[at] as number) + (ends[at - 1] as number)
  const order = new Uint32Array(keys.length)
  for (const [row, key] of keys.entries()) {
    const at = Math.min(key, bound)
    const place = ends[at] as number
    order[place] = row
    ends[at] = place + 1
  }
  return order
}
