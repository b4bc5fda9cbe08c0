/**
 * Repeatable randomness for invented data. Not for secrets.
 * @module
 */

export type Random = {
  /** 0 up to but not including 1 */
  readonly next: () => number
  /** a whole number from 0 to `bound` − 1 */
  readonly below: (bound: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
}

/**
 * A stream of its own for every list of numbers: sfc32 (Doty-Humphrey, PractRand), after a few rounds to spread the seed.
 * @param parts - seed first, then what the stream is for; whole numbers of 32 bits
 */
export function createRandom(...parts: readonly number[]): Random {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = 0xb7e15162
  let counter = 1
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (const part of parts) {
    a = (a ^ part) | 0
    for (let round = 0; round < 4; round++) step()
  }
  for (let round = 0; round < 8; round++) step()
  const next = (): number => step() / 2 ** 32
  return {
    next,
    below: (bound) => Math.floor(next() * bound),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
  }
}

/** The rows 0 to `length` − 1, or those given, in an order that the stream decides. */
export function shuffled(rows: Uint32Array, random: Random): Uint32Array {
  for (let at = rows.length - 1; at > 0; at--) {
    const other = random.below(at + 1)
    const kept = rows[at] as number
    rows[at] = rows[other] as number
    rows[other] = kept
  }
  return rows
}
