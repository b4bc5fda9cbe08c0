/**
 * Everybody as the job knows them, by combination of finest codes: only combinations that somebody has are stored, so the
 * product of all dimensions is never laid out. The auditor's own knowledge; it is gone when the job is.
 * @module
 */
import { DisclosureError } from '../errors.ts'

/** What is counted, as combinations of the finest codes of every dimension that any question may name. */
export type People = {
  readonly dimensions: readonly { readonly dimension: string; readonly leaves: number }[]
  /** A finest code for each dimension, combination after combination; combinations may repeat. */
  readonly codes: Uint8Array | Uint16Array
  /** How many units have the combination, parallel; whole numbers of 1 or more. */
  readonly counts: Uint32Array
}

/** Combinations fit in a number that counts exactly. */
const mostCombinations = 2 ** 52

/** The same, ready to be looked up: a combination is one number, its codes in mixed radix. */
export class Combinations {
  readonly names: readonly string[]
  readonly leaves: readonly number[]
  /** What one step of a dimension's code adds to a combination's number. */
  readonly #weights: readonly number[]
  readonly #counts = new Map<number, number>()

  /** @throws {@link DisclosureError} `people_malformed` */
  constructor({ dimensions, codes, counts }: People) {
    this.names = dimensions.map(({ dimension }) => dimension)
    this.leaves = dimensions.map(({ leaves }) => leaves)
    const weights: number[] = []
    let size = 1
    for (const leaves of this.leaves) {
      weights.push(size)
      size *= leaves
    }
    this.#weights = weights
    const width = dimensions.length
    const fine =
      width > 0 &&
      new Set(this.names).size === width &&
      this.leaves.every((leaves) => Number.isSafeInteger(leaves) && leaves > 0) &&
      size <= mostCombinations &&
      codes.length === counts.length * width
    if (!fine) throw new DisclosureError('people_malformed')
    for (let row = 0; row < counts.length; row++) {
      let key = 0
      for (let place = 0; place < width; place++) {
        const code = codes[row * width + place] ?? 0
        if (code >= (this.leaves[place] ?? 0)) throw new DisclosureError('people_malformed')
        key += code * (weights[place] ?? 0)
      }
      const count = counts[row] ?? 0
      if (count === 0) throw new DisclosureError('people_malformed')
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + count)
    }
  }

  /** Those that somebody has, each once. */
  keys(): Iterable<number> {
    return this.#counts.keys()
  }

  /** How many have a combination. */
  count(key: number): number {
    return this.#counts.get(key) ?? 0
  }

  /** Code of a combination on one dimension. */
  code(key: number, place: number): number {
    return Math.floor(key / (this.#weights[place] ?? 1)) % (this.leaves[place] ?? 1)
  }
}
