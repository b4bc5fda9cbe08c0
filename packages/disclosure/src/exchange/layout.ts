/**
 * Columns as codes and back, over the crossings of the attacker's system.
 * @module
 */
import type { Atoms } from '../atoms.ts'

type Shape = {
  readonly dimensions: readonly string[]
  readonly sizes: readonly number[]
  /** What one step of a dimension's class adds to a column. */
  readonly strides: readonly number[]
  readonly offset: number
}

/** Columns that gain a unit and columns that lose one. */
export type Corners = { readonly plus: readonly number[]; readonly minus: readonly number[] }

type Neighbour = { readonly other: number; readonly shared: readonly string[] }

export class Layout {
  readonly #shapes: readonly Shape[]
  readonly #neighbours: readonly Neighbour[][]
  readonly #subsets = new Map<string, (readonly number[])[]>()

  constructor({ crossings, links }: Pick<Atoms, 'crossings' | 'links'>) {
    this.#shapes = crossings.map(({ dimensions, sizes, offset }) => {
      const strides = sizes.map((_, depth) => sizes.slice(depth + 1).reduce((product, size) => product * size, 1))
      return { dimensions, sizes, strides, offset }
    })
    const neighbours: Neighbour[][] = crossings.map(() => [])
    for (const { left, right, shared } of links) {
      neighbours[left]?.push({ other: right, shared })
      neighbours[right]?.push({ other: left, shared })
    }
    this.#neighbours = neighbours
  }

  shape(crossing: number): Shape {
    const shape = this.#shapes[crossing]
    if (!shape) throw new Error('no such crossing')
    return shape
  }

  neighbours(crossing: number): readonly Neighbour[] {
    return this.#neighbours[crossing] ?? []
  }

  crossingOf(column: number): number {
    let low = 0
    let high = this.#shapes.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#shapes[middle]?.offset ?? 0) <= column) low = middle
      else high = middle - 1
    }
    return low
  }

  codeAt(column: number, crossing: number, depth: number): number {
    const { sizes, strides, offset } = this.shape(crossing)
    return Math.floor((column - offset) / (strides[depth] ?? 1)) % (sizes[depth] ?? 1)
  }

  /** A column with other codes on some dimensions. */
  moved(column: number, crossing: number, depths: readonly number[], codes: readonly number[]): number {
    const { strides } = this.shape(crossing)
    return depths.reduce(
      (sum, depth, at) => sum + ((codes[at] ?? 0) - this.codeAt(column, crossing, depth)) * (strides[depth] ?? 0),
      column,
    )
  }

  namesOf(crossing: number, depths: readonly number[]): string[] {
    return depths.map((depth) => this.shape(crossing).dimensions[depth] ?? '')
  }

  /**
   * Sets of a crossing's dimensions: first those that served lately, then the largest.
   * @param size - of the guarded sum: what serves a single column does not serve a wide one
   */
  subsets(crossing: number, size: number): readonly (readonly number[])[] {
    return [...this.#subsetsOf(crossing, size)]
  }

  /** Remembers that moves over these dimensions serve. */
  prefer(crossing: number, size: number, varied: readonly number[]): void {
    const sets = this.#subsetsOf(crossing, size)
    const at = sets.indexOf(varied)
    if (at > 0) sets.unshift(...sets.splice(at, 1))
  }

  #subsetsOf(crossing: number, size: number): (readonly number[])[] {
    const name = `${crossing} ${size}`
    let made = this.#subsets.get(name)
    if (!made) {
      const all = this.shape(crossing).sizes.reduce<number[][]>(
        (sets, _, depth) => [...sets, ...sets.map((set) => [...set, depth])],
        [[]],
      )
      made = all.filter((set) => set.length > 0).toSorted((a, b) => b.length - a.length)
      this.#subsets.set(name, made)
    }
    return made
  }

  /** The same corners in another crossing, at every combination of the dimensions that it has for itself. */
  *carried(from: number, to: number, { plus, minus }: Corners): Iterable<Corners> {
    const there = this.shape(to)
    const here = this.shape(from)
    const own: number[] = []
    const same: [number, number][] = []
    there.dimensions.forEach((dimension, depth) => {
      const at = here.dimensions.indexOf(dimension)
      if (at < 0) own.push(depth)
      else same.push([at, depth])
    })
    const base = (column: number): number =>
      same.reduce((sum, [at, depth]) => sum + this.codeAt(column, from, at) * (there.strides[depth] ?? 0), there.offset)
    const [more, fewer] = [plus.map(base), minus.map(base)]
    const codes = own.map(() => 0)
    while (true) {
      const rest = own.reduce((sum, depth, at) => sum + (codes[at] ?? 0) * (there.strides[depth] ?? 0), 0)
      yield { plus: more.map((column) => column + rest), minus: fewer.map((column) => column + rest) }
      let at = own.length - 1
      while (at >= 0 && ++(codes[at] as number) >= (there.sizes[own[at] ?? 0] ?? 0)) codes[at--] = 0
      if (at < 0) return
    }
  }
}
