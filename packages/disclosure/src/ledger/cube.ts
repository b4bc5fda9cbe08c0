/**
 * Corners of a cube over some dimensions, with alternating signs.
 * @module
 */
export type Corner = { readonly codes: readonly number[]; readonly sign: 1 | -1 }

/**
 * @param start - codes of the first corner
 * @param depths - which of them are varied
 * @param chosen - the other code of each varied one
 * @param sign - of the first corner
 */
export function cubeOf(
  start: readonly number[],
  depths: readonly number[],
  chosen: readonly number[],
  sign: 1 | -1,
): Corner[] {
  let corners: Corner[] = [{ codes: start, sign }]
  depths.forEach((depth, at) => {
    const turned = corners.map(
      (corner): Corner => ({ codes: corner.codes.with(depth, chosen[at] ?? 0), sign: corner.sign > 0 ? -1 : 1 }),
    )
    corners = [...corners, ...turned]
  })
  return corners
}

/** All subsets, the largest first: the more dimensions a cube has, the less can tell. */
export function subsets(places: readonly number[]): number[][] {
  const all = places.reduce<number[][]>((made, place) => [...made, ...made.map((set) => [...set, place])], [[]])
  return all.toSorted((a, b) => b.length - a.length)
}
