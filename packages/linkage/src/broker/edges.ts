/**
 * Pairs of subjects that share tokens, with how much they share.
 *
 * One list of neighbours per subject, in typed arrays that double when full: no hashing, memory linear in the number
 * of pairs. Lists are short, since a token that is not void has at most one holder per party.
 * @module
 */
const none = -1
const identityBit = 0x8000

export type Edges = {
  /** subject with the lower number of edge `edge` */
  readonly left: (edge: number) => number
  readonly right: (edge: number) => number
  /** notes that two different subjects share a token of the key numbered `key`; once per key counts */
  readonly add: (one: number, other: number, key: number, isIdentity: boolean) => void
  /** edges by falling weight, one list per weight; the views are valid until the next `add` */
  readonly byWeight: () => readonly Int32Array[]
}

/** @param subjects - number of subjects in all extracts together */
export function createEdges(subjects: number): Edges {
  const newest = new Int32Array(subjects).fill(none)
  let capacity = 1024
  let count = 0
  let lefts = new Int32Array(capacity)
  let rights = new Int32Array(capacity)
  let older = new Int32Array(capacity)
  /** number of keys shared, plus `identityBit` when the identifying key is among them */
  let weights = new Uint16Array(capacity)
  let lastKeys = new Uint8Array(capacity)

  const grow = (): void => {
    capacity *= 2
    lefts = enlarged(lefts, new Int32Array(capacity))
    rights = enlarged(rights, new Int32Array(capacity))
    older = enlarged(older, new Int32Array(capacity))
    weights = enlarged(weights, new Uint16Array(capacity))
    lastKeys = enlarged(lastKeys, new Uint8Array(capacity))
  }

  return {
    left: (edge) => lefts[edge] as number,
    right: (edge) => rights[edge] as number,
    add: (one, other, key, isIdentity) => {
      const left = Math.min(one, other)
      const right = Math.max(one, other)
      const extra = isIdentity ? identityBit : 0
      for (let edge = newest[left] as number; edge !== none; edge = older[edge] as number) {
        if (rights[edge] !== right) continue
        if (lastKeys[edge] !== key) weights[edge] = ((weights[edge] as number) + 1) | extra
        lastKeys[edge] = key
        return
      }
      if (count === capacity) grow()
      lefts[count] = left
      rights[count] = right
      older[count] = newest[left] as number
      weights[count] = 1 | extra
      lastKeys[count] = key
      newest[left] = count++
    },
    byWeight: () => {
      const totals = new Uint32Array(0x10000)
      for (let edge = 0; edge < count; edge++) {
        const weight = weights[edge] as number
        totals[weight] = (totals[weight] as number) + 1
      }
      const starts = new Uint32Array(0x10000)
      const classes: Int32Array[] = []
      const order = new Int32Array(count)
      let start = 0
      for (let weight = 0xffff; weight > 0; weight--) {
        const total = totals[weight] as number
        if (total === 0) continue
        starts[weight] = start
        classes.push(order.subarray(start, start + total))
        start += total
      }
      for (let edge = 0; edge < count; edge++) order[(starts[weights[edge] as number] as number)++] = edge
      return classes
    },
  }
}

function enlarged<T extends Int32Array | Uint16Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
