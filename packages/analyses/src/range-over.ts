/**
 * The values that figures can take while withheld counts run through all that they may be.
 *
 * The box of the counts is cut along a fixed lattice whose cells are 1, 2, 4, 8 … wide, the finest for which there are few enough
 * pieces. A figure is bounded on each piece, and the bounds are joined. With pieces of one whole number each the answer is exact; with
 * wider ones it is somewhat too wide, never too narrow. Since the lattices nest, a smaller box never gets a wider answer.
 * @module
 */
import { hull, type Interval, isExact } from './interval.ts'

/** Far below what is shown and far above what adding in another order changes. */
const rounding = 1e-10

/**
 * @param box - what each count may be, in whole numbers
 * @param figures - bounds of the figures on a piece of the box; `undefined` where no count of the piece is possible
 * @param most - pieces to try; more is slower and narrower
 * @returns bounds over the whole box, or `undefined` if none of it is possible
 */
export function rangeOver(
  box: readonly Interval[],
  figures: (piece: readonly Interval[]) => readonly Interval[] | undefined,
  most = 20_000,
): readonly Interval[] | undefined {
  if (box.every(isExact)) return figures(box)
  const width = latticeWidth(box, most)
  let found: readonly Interval[] | undefined
  for (const piece of pieces(box, width)) {
    const here = figures(piece)
    if (here === undefined) continue
    found = found === undefined ? here : found.map((all, index) => hull(all, here[index] ?? all))
  }
  return found?.map(({ low, high }) => ({
    low: low - rounding * Math.abs(low),
    high: high + rounding * Math.abs(high),
  }))
}

const cellsOf = ({ low, high }: Interval, width: number): number =>
  Math.floor(high / width) - Math.floor(low / width) + 1

function latticeWidth(box: readonly Interval[], most: number): number {
  let width = 1
  // Ends: when one cell holds all, there are as few pieces as the lattice can give.
  while (width < 2 ** 40 && box.reduce((product, side) => product * cellsOf(side, width), 1) > most) width *= 2
  return width
}

/** Sides that are exact stay as they are; the others run through their cells, the last fastest. */
function* pieces(box: readonly Interval[], width: number): Generator<readonly Interval[]> {
  const open = box.flatMap((side, index) => (isExact(side) ? [] : [index]))
  const current = box.map((side) => cut(side, Math.floor(side.low / width), width))
  while (true) {
    yield [...current]
    let place = open.length - 1
    for (; place >= 0; place -= 1) {
      const index = open[place] as number
      const side = box[index] as Interval
      const next = Math.floor((current[index] as Interval).low / width) + 1
      if (next <= Math.floor(side.high / width)) {
        current[index] = cut(side, next, width)
        break
      }
      current[index] = cut(side, Math.floor(side.low / width), width)
    }
    if (place < 0) return
  }
}

const cut = ({ low, high }: Interval, cell: number, width: number): Interval => ({
  low: Math.max(low, cell * width),
  high: Math.min(high, (cell + 1) * width - 1),
})
