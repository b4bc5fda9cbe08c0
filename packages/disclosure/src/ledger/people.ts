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
  /** Of those, how many each party holds itself, parallel too. Without it no party is tried on sets that no question names. */
  readonly held?: Readonly<Record<string, Uint32Array>>
}

/** Combinations fit in a number that counts exactly. */
const mostCombinations = 2 ** 52

/** The same, ready to be looked up: a combination is one number, its codes in mixed radix. */
export class Truth {
  readonly names: readonly string[]
  readonly leaves: readonly number[]
  /** What one step of a dimension's code adds to a combination's number. */
  readonly weights: readonly number[]
  /** Parties whose holdings are known for every combination. */
  readonly parties: readonly string[]
  readonly #counts = new Map<number, number>()
  readonly #held: ReadonlyMap<string, ReadonlyMap<number, number>>
  readonly #projections = new Map<string, Float64Array>()
  readonly #members = new Map<string, ReadonlyMap<number, Float64Array>>()

  /** @throws {@link DisclosureError} `people_malformed` */
  constructor({ dimensions, codes, counts, held = {} }: People) {
    this.names = dimensions.map(({ dimension }) => dimension)
    this.leaves = dimensions.map(({ leaves }) => leaves)
    const weights: number[] = []
    let size = 1
    for (const leaves of this.leaves) {
      weights.push(size)
      size *= leaves
    }
    this.weights = weights
    const width = dimensions.length
    const fine =
      width > 0 &&
      new Set(this.names).size === width &&
      this.leaves.every((leaves) => Number.isSafeInteger(leaves) && leaves > 0) &&
      size <= mostCombinations &&
      codes.length === counts.length * width &&
      Object.values(held).every((own) => own.length === counts.length)
    if (!fine) throw new DisclosureError('people_malformed')
    this.parties = Object.keys(held).sort()
    const holdings = new Map(this.parties.map((party) => [party, new Map<number, number>()]))
    this.#held = holdings
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
      for (const [party, own] of holdings) {
        const some = held[party]?.[row] ?? 0
        if (some > count) throw new DisclosureError('people_malformed')
        if (some > 0) own.set(key, (own.get(key) ?? 0) + some)
      }
    }
  }

  /** How many have a combination. */
  count(key: number): number {
    return this.#counts.get(key) ?? 0
  }

  /** Code of a combination on one dimension. */
  code(key: number, place: number): number {
    return Math.floor(key / (this.weights[place] ?? 1)) % (this.leaves[place] ?? 1)
  }

  /** A combination limited to some dimensions, numbered among theirs: the last varies fastest. */
  project(key: number, places: readonly number[]): number {
    let index = 0
    for (const place of places) index = index * (this.leaves[place] ?? 1) + this.code(key, place)
    return index
  }

  /** Number of combinations of some dimensions. */
  size(places: readonly number[]): number {
    return places.reduce((product, place) => product * (this.leaves[place] ?? 1), 1)
  }

  /**
   * Counts of all combinations of some dimensions, by {@link project}.
   * @param party - count those that it holds
   */
  projection(places: readonly number[], party?: string): Float64Array {
    const name = JSON.stringify([places, party])
    let made = this.#projections.get(name)
    if (!made) {
      made = new Float64Array(this.size(places))
      const counted = party === undefined ? this.#counts : (this.#held.get(party) ?? new Map<number, number>())
      for (const [key, count] of counted) {
        const index = this.project(key, places)
        made[index] = (made[index] ?? 0) + count
      }
      this.#projections.set(name, made)
    }
    return made
  }

  /** The combinations that somebody has, by what they are on some dimensions. */
  members(places: readonly number[]): ReadonlyMap<number, Float64Array> {
    const name = places.join(',')
    let made = this.#members.get(name)
    if (!made) {
      const lists = new Map<number, number[]>()
      for (const key of this.#counts.keys()) {
        const index = this.project(key, places)
        const list = lists.get(index)
        if (list) list.push(key)
        else lists.set(index, [key])
      }
      made = new Map([...lists].map(([index, keys]) => [index, Float64Array.from(keys)]))
      this.#members.set(name, made)
    }
    return made
  }
}
