/**
 * An attacker written apart from the product: naive, from the published cells alone, sharing nothing with `src` but types.
 *
 * `enumerate` and `ranges` try every whole table (tiny ones only). `bounds` writes the same question as LP text, over the full product
 * of all finest codes, and lets HiGHS solve it from scratch as an integer programme.
 * @module
 */
import loadHighs from 'highs'
import type { Axis, CellState, Position } from '../src/index.ts'

const highs = await (loadHighs as unknown as typeof loadHighs.default)()

export type Published = { readonly axes: readonly Axis[]; readonly cells: readonly CellState[] }
/** What an insider adds: smallest possible, or exact, numbers of persons in some cells. */
export type Knowledge = {
  readonly axes: readonly Axis[]
  readonly at: Position
  readonly atLeast: number
  readonly exact?: boolean
}

type Range = { low: number; high: number }
type Equation = { readonly atoms: readonly number[]; readonly atLeast: number; readonly atMost: number }

export class IndependentAttacker {
  readonly #dimensions: { name: string; leaves: number }[] = []
  readonly #equations: Equation[] = []
  readonly #atoms: number

  constructor(published: readonly Published[], knowledge: readonly Knowledge[] = []) {
    for (const { axes } of [...published, ...knowledge]) {
      for (const { dimension, leaves } of axes) {
        if (!this.#dimensions.some(({ name }) => name === dimension)) this.#dimensions.push({ name: dimension, leaves })
      }
    }
    this.#atoms = this.#dimensions.reduce((product, { leaves }) => product * leaves, 1)
    for (const { axes, cells } of published) {
      for (const cell of cells) {
        if (cell.state === 'released')
          this.#equations.push({ atoms: this.atoms(axes, cell.at), atLeast: cell.count, atMost: cell.count })
      }
    }
    for (const { axes, at, atLeast, exact } of knowledge) {
      this.#equations.push({ atoms: this.atoms(axes, at), atLeast, atMost: exact ? atLeast : Number.POSITIVE_INFINITY })
    }
  }

  /** Every combination of finest codes that a cell is made of. */
  atoms(axes: readonly Axis[], at: Position): number[] {
    const found: number[] = []
    for (let atom = 0; atom < this.#atoms; atom++) {
      let rest = atom
      const leaf = new Map<string, number>()
      for (const { name, leaves } of this.#dimensions) {
        leaf.set(name, rest % leaves)
        rest = Math.floor(rest / leaves)
      }
      const inside = axes.every((axis, index) =>
        axis.nodes[at[index] ?? 0]?.leaves.includes(leaf.get(axis.dimension) ?? -1),
      )
      if (inside) found.push(atom)
    }
    return found
  }

  /** Smallest and largest whole value of a cell; an upper bound of `far` means that nothing bounds it. */
  bounds(axes: readonly Axis[], at: Position, far = 1_000_000): { low: number; high: number } {
    const goal = this.atoms(axes, at)
    return { low: this.#solve('Minimize', goal, far), high: this.#solve('Maximize', goal, far) }
  }

  #solve(sense: 'Minimize' | 'Maximize', goal: readonly number[], far: number): number {
    const sum = (atoms: readonly number[]) => atoms.map((atom) => `x${atom}`).join(' + ')
    const rows = this.#equations.flatMap(({ atoms, atLeast, atMost }, index) =>
      atLeast === atMost ? [` e${index}: ${sum(atoms)} = ${atLeast}`] : [` l${index}: ${sum(atoms)} >= ${atLeast}`],
    )
    const names = Array.from({ length: this.#atoms }, (_, atom) => `x${atom}`)
    const text = [
      sense,
      ` goal: ${sum(goal)}`,
      'Subject To',
      ...rows,
      ` all: ${names.join(' + ')} <= ${far}`,
      'General',
      ` ${names.join(' ')}`,
      'End',
    ].join('\n')
    const solution = highs.solve(text, { output_flag: false })
    if (solution.Status !== 'Optimal') throw new Error(`attacker: ${solution.Status}`)
    return Math.round(solution.ObjectiveValue)
  }

  /** The same bounds by trying all tables; only for a few unknowns that equations bound. */
  enumerate(axes: readonly Axis[], at: Position): { low: number; high: number } {
    const [range] = this.ranges([this.atoms(axes, at)])
    return range ?? { low: Number.NaN, high: Number.NaN }
  }

  /**
   * Smallest and largest value of several sums at once, over all whole tables that fit.
   * @param goals - sets of unknowns
   * @param patience - how many unknowns may be filled in before it gives up
   * @returns one range for each goal; undefined if there are too many tables
   */
  ranges(goals: readonly (readonly number[])[], patience: number): Range[] | undefined
  ranges(goals: readonly (readonly number[])[]): Range[]
  ranges(goals: readonly (readonly number[])[], patience = Number.POSITIVE_INFINITY): Range[] | undefined {
    const found = goals.map(() => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }))
    const values = new Array<number>(this.#atoms).fill(0)
    const sums = this.#equations.map(() => 0)
    const last = this.#equations.map(({ atoms }) => Math.max(...atoms))
    const touching = Array.from({ length: this.#atoms }, (_, atom) =>
      this.#equations.flatMap(({ atoms }, index) => (atoms.includes(atom) ? [index] : [])),
    )
    let steps = 0
    const walk = (atom: number): void => {
      steps++
      if (steps > patience) return
      if (atom === this.#atoms) {
        for (const [index, goal] of goals.entries()) {
          const value = goal.reduce((sum, each) => sum + (values[each] ?? 0), 0)
          const range = found[index]
          if (!range) continue
          range.low = Math.min(range.low, value)
          range.high = Math.max(range.high, value)
        }
        return
      }
      const rows = touching[atom] ?? []
      const room = Math.min(...rows.map((row) => (this.#equations[row]?.atMost ?? 0) - (sums[row] ?? 0)))
      if (room === Number.POSITIVE_INFINITY) throw new Error('an unknown without any bound cannot be enumerated')
      for (let count = 0; count <= room; count++) {
        values[atom] = count
        for (const row of rows) sums[row] = (sums[row] ?? 0) + count
        const dead = rows.some((row) => last[row] === atom && (sums[row] ?? 0) < (this.#equations[row]?.atLeast ?? 0))
        if (!dead) walk(atom + 1)
        for (const row of rows) sums[row] = (sums[row] ?? 0) - count
      }
    }
    walk(0)
    return steps > patience ? undefined : found
  }
}
