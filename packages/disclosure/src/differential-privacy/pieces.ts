/**
 * A table taken apart into its finest cells, each person in one of them, and put together again.
 *
 * Along each axis every category is a union of _pieces_: the finest categories, and what a category holds beyond those inside
 * it. Counts of pieces follow by subtraction, so a table need not show all of its finest cells.
 * @module
 */
import { DisclosureError } from '../errors.ts'
import type { Axis, Position } from '../types.ts'

type AxisPieces = {
  readonly count: number
  /** For each node, the pieces it is made of. */
  readonly made: readonly (readonly number[])[]
  /** Nodes each once as sets, narrow ones first, with the largest ones inside and what is left beside those. */
  readonly nodes: readonly {
    readonly node: number
    readonly inside: readonly number[]
    readonly piece: number | undefined
  }[]
  /** The first node that is the same set. */
  readonly same: readonly number[]
}

export class Pieces {
  /** Finest cells of the table. */
  readonly count: number
  readonly #axes: readonly AxisPieces[]

  /** @throws {@link DisclosureError} `axes_overlap` if two categories overlap and neither holds the other */
  constructor(axes: readonly Axis[]) {
    this.#axes = axes.map(piecesOf)
    this.count = this.#axes.reduce((product, { count }) => product * count, 1)
  }

  /** The pieces a cell is made of, as indices. */
  of(at: Position): number[] {
    return this.#axes.reduce<number[]>(
      (found, { count, made }, axis) =>
        found.flatMap((piece) => (made[at[axis] ?? -1] ?? []).map((own) => piece * count + own)),
      [0],
    )
  }

  /**
   * @param valueAt - what each cell holds
   * @returns what each piece holds; `undefined` if some value is not the sum of its parts
   */
  takeApart(valueAt: (at: Position) => number): number[] | undefined {
    return this.#takeApart([], valueAt)
  }

  /** Along the axis after `fixed`: values of its nodes, each a list over the pieces of the later axes. */
  #takeApart(fixed: Position, valueAt: (at: Position) => number): number[] | undefined {
    const axis = this.#axes[fixed.length]
    if (!axis) return [valueAt(fixed)]
    const values: number[][] = []
    for (let node = 0; node < axis.made.length; node++) {
      const value = this.#takeApart([...fixed, node], valueAt)
      if (!value) return undefined
      values.push(value)
    }
    const equal = (a: readonly number[] = [], b: readonly number[] = []): boolean =>
      a.every((x, place) => x === b[place])
    if (!values.every((value, node) => equal(value, values[axis.same[node] ?? -1]))) return undefined
    const pieces = new Array<number[]>(axis.count)
    for (const { node, inside, piece } of axis.nodes) {
      const rest = (values[node] ?? []).map((value, place) =>
        inside.reduce((left, part) => left - (values[part]?.[place] ?? 0), value),
      )
      if (piece !== undefined) pieces[piece] = rest
      else if (rest.some((value) => value !== 0)) return undefined
    }
    return pieces.flat()
  }

  /** For each position the sum of its pieces. */
  putTogether(pieces: readonly number[], positions: readonly Position[]): number[] {
    return positions.map((at) => this.of(at).reduce((sum, piece) => sum + (pieces[piece] ?? 0), 0))
  }
}

function piecesOf({ nodes }: Axis): AxisPieces {
  const sets = nodes.map(({ leaves }) => new Set(leaves))
  const same = sets.map((set) =>
    sets.findIndex((other) => set.size === other.size && [...set].every((leaf) => other.has(leaf))),
  )
  const order = [...new Set(same)].sort((a, b) => (sets[a]?.size ?? 0) - (sets[b]?.size ?? 0))
  const widest = new Map<number, number>()
  const made = new Map<number, number[]>()
  let count = 0
  const drawn = order.map((node) => {
    const leaves = nodes[node]?.leaves ?? []
    // Going from narrow to wide, the widest set so far around a leaf is the largest one inside this node.
    const inside = new Set<number>()
    let rest = 0
    for (const leaf of leaves) {
      const part = widest.get(leaf)
      if (part === undefined) rest++
      else inside.add(part)
      widest.set(leaf, node)
    }
    const covered = [...inside].reduce((sum, part) => sum + (sets[part]?.size ?? 0), 0)
    if (covered + rest !== leaves.length) throw new DisclosureError('axes_overlap')
    const piece = rest > 0 ? count++ : undefined
    made.set(node, [...[...inside].flatMap((part) => made.get(part) ?? []), ...(piece === undefined ? [] : [piece])])
    return { node, inside: [...inside], piece }
  })
  return { count, made: same.map((node) => made.get(node) ?? []), nodes: drawn, same }
}
