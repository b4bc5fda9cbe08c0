/**
 * Cubes: two categories on each of some dimensions of a crossing; corners with alternating signs.
 * @module
 */
import type { Corners, Layout } from './layout.ts'
import type { Seen } from './seen.ts'

export type Move = Corners & {
  /** The dimensions on which corners differ, as places in the crossing. */
  readonly varied: readonly number[]
  /** What one unit adds to the guarded sum: more than nothing. */
  readonly gain: number
}

/** What a guarded sum lacks. */
export type Goal = {
  readonly crossing: number
  /** Of the guarded sum, by column; all in one crossing. */
  readonly factors: ReadonlyMap<number, number>
  readonly missing: number
  readonly values: Float64Array
}

/** Cubes looked at for one guard, at most. */
const mostLookedAt = 10_000

/**
 * Every cube that helps and has somebody to move; those over most dimensions first, which the fewest tables can see.
 * @param evenly - only those that no shown cell sees
 */
export function* cubes(
  layout: Layout,
  seen: Seen,
  { crossing, factors, values }: Goal,
  evenly: boolean,
): Iterable<Move> {
  const { sizes, strides } = layout.shape(crossing)
  let looked = 0
  const idle = idleDepths(layout, crossing, factors)
  for (const varied of layout.subsets(crossing, factors.size)) {
    if (varied.some((depth) => idle.has(depth))) continue
    const corners = 1 << varied.length
    const columns = new Int32Array(corners)
    for (const [start, factor] of factors) {
      const sign = factor > 0 ? 1 : -1
      const codes = varied.map((depth) => layout.codeAt(start, crossing, depth))
      const chosen = varied.map(() => 0)
      for (let more = true; more; more = next(chosen, varied, sizes)) {
        if (chosen.some((code, at) => code === codes[at])) continue
        if (looked++ > mostLookedAt) return
        columns[0] = start
        for (let at = 0; at < varied.length; at++) {
          const step = ((chosen[at] ?? 0) - (codes[at] ?? 0)) * (strides[varied[at] ?? 0] ?? 0)
          for (let corner = 0; corner < 1 << at; corner++) columns[corner | (1 << at)] = (columns[corner] ?? 0) + step
        }
        let marks = 0
        let gain = 0
        let isEmpty = false
        for (let corner = 0; corner < corners && !isEmpty; corner++) {
          const column = columns[corner] ?? 0
          const by = signOf(corner) * sign
          if (by < 0 && (values[column] ?? 0) < 1) isEmpty = true
          marks += by * seen.markAt(column)
          gain += by * (factors.get(column) ?? 0)
        }
        if (isEmpty || gain <= 0 || (evenly && marks !== 0)) continue
        const all = [...columns.keys()]
        const plus = all.filter((corner) => signOf(corner) === sign).map((corner) => columns[corner] ?? 0)
        const minus = all.filter((corner) => signOf(corner) !== sign).map((corner) => columns[corner] ?? 0)
        yield { plus, minus, varied, gain }
      }
    }
  }
}

/** Dimensions on which the guarded sum is limited to nothing: whoever changes only there stays in it. */
function idleDepths(layout: Layout, crossing: number, factors: Goal['factors']): ReadonlySet<number> {
  const { sizes } = layout.shape(crossing)
  const [start] = factors.keys()
  if (start === undefined) return new Set()
  const stays = (depth: number, size: number): boolean =>
    Array.from({ length: size }, (_, code) => code).every(
      (code) => factors.get(layout.moved(start, crossing, [depth], [code])) === factors.get(start),
    )
  return new Set(sizes.flatMap((size, depth) => (stays(depth, size) ? [depth] : [])))
}

/** Corners that differ from the first on an odd number of dimensions have the other sign. */
function signOf(corner: number): 1 | -1 {
  let odd = 0
  for (let rest = corner; rest > 0; rest &= rest - 1) odd ^= 1
  return odd === 0 ? 1 : -1
}

function next(chosen: number[], varied: readonly number[], sizes: readonly number[]): boolean {
  for (let at = chosen.length - 1; at >= 0; at--) {
    chosen[at] = (chosen[at] ?? 0) + 1
    if ((chosen[at] ?? 0) < (sizes[varied[at] ?? 0] ?? 0)) return true
    chosen[at] = 0
  }
  return false
}
