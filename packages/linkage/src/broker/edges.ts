/**
 * Pairs of subjects that share tokens, with the match keys they share.
 *
 * One list of neighbours per subject, in typed arrays that double when full: no hashing, memory linear in the number
 * of pairs. Lists are short, since a token that is not void has at most one holder per party.
 * @module
 */
const none = -1

/** Keys that one linkage can carry: one bit each in two words. */
export const mostKeys = 64

export type Edges = {
  readonly count: () => number
  /** subject with the lower number of edge `edge` */
  readonly left: (edge: number) => number
  readonly right: (edge: number) => number
  /** whether the two share a token of the key numbered `key` */
  readonly shares: (edge: number, key: number) => boolean
  /** number of different keys shared, the one numbered `besides` not counted; -1 leaves none out */
  readonly keysShared: (edge: number, besides: number) => number
  /** notes that two different subjects share a token of the key numbered `key`, 0 to 63 */
  readonly add: (one: number, other: number, key: number) => void
  /** takes the key numbered `key` off an edge; an edge without keys stays and links nobody */
  readonly forget: (edge: number, key: number) => void
  /** the edge between two subjects, or -1 */
  readonly between: (one: number, other: number) => number
}

/** @param subjects - number of subjects in all extracts together */
export function createEdges(subjects: number): Edges {
  const newest = new Int32Array(subjects).fill(none)
  let capacity = 1024
  let count = 0
  let lefts = new Int32Array(capacity)
  let rights = new Int32Array(capacity)
  let older = new Int32Array(capacity)
  /** bits of keys 0 to 31 and of keys 32 to 63 */
  let low = new Int32Array(capacity)
  let high = new Int32Array(capacity)

  const grow = (): void => {
    capacity *= 2
    lefts = enlarged(lefts, capacity)
    rights = enlarged(rights, capacity)
    older = enlarged(older, capacity)
    low = enlarged(low, capacity)
    high = enlarged(high, capacity)
  }
  const between = (one: number, other: number): number => {
    const right = Math.max(one, other)
    let edge = newest[Math.min(one, other)] as number
    while (edge !== none && rights[edge] !== right) edge = older[edge] as number
    return edge
  }

  return {
    count: () => count,
    left: (edge) => lefts[edge] as number,
    right: (edge) => rights[edge] as number,
    shares: (edge, key) => (((key < 32 ? low[edge] : high[edge]) as number) & (1 << (key & 31))) !== 0,
    keysShared: (edge, besides) => {
      const bit = 1 << (besides & 31)
      const lows = low[edge] as number
      const highs = high[edge] as number
      if (besides < 0) return bitsIn(lows) + bitsIn(highs)
      return besides < 32 ? bitsIn(lows & ~bit) + bitsIn(highs) : bitsIn(lows) + bitsIn(highs & ~bit)
    },
    add: (one, other, key) => {
      let edge = between(one, other)
      if (edge === none) {
        if (count === capacity) grow()
        edge = count++
        const left = Math.min(one, other)
        lefts[edge] = left
        rights[edge] = Math.max(one, other)
        older[edge] = newest[left] as number
        newest[left] = edge
      }
      const bit = 1 << (key & 31)
      if (key < 32) low[edge] = (low[edge] as number) | bit
      else high[edge] = (high[edge] as number) | bit
    },
    forget: (edge, key) => {
      const bit = 1 << (key & 31)
      if (key < 32) low[edge] = (low[edge] as number) & ~bit
      else high[edge] = (high[edge] as number) & ~bit
    },
    between,
  }
}

/** Bits set in a 32-bit word: sums over pairs, then fours, then bytes. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function enlarged(from: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length)
  to.set(from)
  return to
}
