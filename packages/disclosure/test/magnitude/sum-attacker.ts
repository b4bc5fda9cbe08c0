/**
 * An attacker on sums written apart from the product: linear programmes over the full product of all finest codes, in LP
 * text, solved from scratch; and, for tiny tables, every whole table.
 * @module
 */
import loadHighs from 'highs'
import type { Axis, Position, SumState } from '../../src/index.ts'

const highs = await (loadHighs as unknown as typeof loadHighs.default)()

export type PublishedSums = { readonly axes: readonly Axis[]; readonly cells: readonly SumState[] }
/** A cell of which an insider knows a part, or all. */
export type Own = {
  readonly axes: readonly Axis[]
  readonly at: Position
  readonly part: number
  readonly all: boolean
}
type Cells = { readonly axes: readonly Axis[]; readonly at: readonly Position[] }

export class SumAttacker {
  readonly #dimensions: { name: string; leaves: number }[] = []
  readonly #rows: { readonly atoms: readonly number[]; readonly low: number; readonly high: number }[] = []
  readonly #atoms: number

  constructor(published: readonly PublishedSums[], own: readonly Own[] = []) {
    for (const { axes } of published)
      for (const { dimension, leaves } of axes)
        if (!this.#dimensions.some(({ name }) => name === dimension)) this.#dimensions.push({ name: dimension, leaves })
    this.#atoms = this.#dimensions.reduce((product, { leaves }) => product * leaves, 1)
    for (const { axes, cells } of published)
      for (const cell of cells)
        if (cell.state === 'released')
          this.#rows.push({ atoms: this.#inside(axes, cell.at), low: cell.sum, high: cell.sum })
    for (const { axes, at, part, all } of own)
      this.#rows.push({ atoms: this.#inside(axes, at), low: part, high: all ? part : Number.POSITIVE_INFINITY })
  }

  #inside(axes: readonly Axis[], at: Position): number[] {
    return Array.from({ length: this.#atoms }, (_, atom) => atom).filter((atom) => {
      let rest = atom
      return this.#dimensions.every(({ name, leaves }) => {
        const leaf = rest % leaves
        rest = Math.floor(rest / leaves)
        const axis = axes.findIndex(({ dimension }) => dimension === name)
        return axis < 0 || axes[axis]?.nodes[at[axis] ?? 0]?.leaves.includes(leaf)
      })
    })
  }

  /** What the attacker can say of the sum of some cells. */
  bounds({ axes, at }: Cells): { low: number; high: number } {
    const goal = at.flatMap((each) => this.#inside(axes, each))
    return { low: this.#solve('Minimize', goal), high: this.#solve('Maximize', goal) }
  }

  #solve(sense: string, goal: readonly number[]): number {
    const sum = (atoms: readonly number[]) => atoms.map((atom) => `x${atom}`).join(' + ')
    const rows = this.#rows.map(({ atoms, low, high }, index) =>
      low === high ? ` e${index}: ${sum(atoms)} = ${low}` : ` l${index}: ${sum(atoms)} >= ${low}`,
    )
    const every = sum(Array.from({ length: this.#atoms }, (_, atom) => atom))
    const text = [sense, ` goal: ${sum(goal)}`, 'Subject To', ...rows, ` all: ${every} <= 1000000`, 'End'].join('\n')
    const solution = highs.solve(text, { output_flag: false })
    if (solution.Status !== 'Optimal') throw new Error(`attacker: ${solution.Status}`)
    return solution.ObjectiveValue
  }

  /** The same by trying every whole table; rows must bound every unknown. */
  enumerate({ axes, at }: Cells): { low: number; high: number } {
    const goal = new Set(at.flatMap((each) => this.#inside(axes, each)))
    const last = this.#rows.map(({ atoms }) => Math.max(...atoms))
    const left = this.#rows.map(({ low }) => low)
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    const walk = (atom: number, value: number): void => {
      if (atom === this.#atoms) {
        low = Math.min(low, value)
        high = Math.max(high, value)
        return
      }
      const rows = this.#rows.flatMap(({ atoms }, row) => (atoms.includes(atom) ? [row] : []))
      const room = Math.min(...rows.map((row) => left[row] ?? 0))
      if (!Number.isFinite(room)) throw new Error('an unknown without bound')
      for (let amount = 0; amount <= room; amount++) {
        for (const row of rows) left[row] = (left[row] ?? 0) - amount
        if (rows.every((row) => last[row] !== atom || left[row] === 0))
          walk(atom + 1, value + (goal.has(atom) ? amount : 0))
        for (const row of rows) left[row] = (left[row] ?? 0) + amount
      }
    }
    walk(0, 0)
    return { low, high }
  }
}
