/**
 * Which rows belong together, as a forest in typed arrays, with the members of each tree at hand.
 * @module
 */

export type Forest = {
  /** The least row of the tree this row is in. */
  rootOf(row: number): number
  /** Makes one tree of two; nothing happens when they are one. */
  join(a: number, b: number): void
  /** All rows of the tree, beginning with this one. */
  membersOf(row: number): Generator<number>
  /** Whether the row is alone in its tree. */
  isAlone(row: number): boolean
}

export function createForest(rows: number): Forest {
  const parents = new Uint32Array(rows)
  // Members stand in a ring; swapping two successors makes one ring of two.
  const next = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) {
    parents[row] = row
    next[row] = row
  }
  const rootOf = (row: number): number => {
    let at = row
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number
      at = parents[at] as number
    }
    return at
  }
  return {
    rootOf,
    isAlone: (row) => next[row] === row,
    join: (a, b) => {
      const [one, other] = [rootOf(a), rootOf(b)]
      if (one === other) return
      parents[Math.max(one, other)] = Math.min(one, other)
      const after = next[one] as number
      next[one] = next[other] as number
      next[other] = after
    },
    *membersOf(row) {
      let at = row
      do {
        yield at
        at = next[at] as number
      } while (at !== row)
    },
  }
}
