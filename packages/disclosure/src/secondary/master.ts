/**
 * Which cells to withhold so that every cut found so far holds, at the least cost: the master of the cutting planes.
 * @module
 */
import { HighsModel, type Solver } from '../highs-model.ts'
import type { Cut } from './separation.ts'

const tiny = 1e-7
/** Of one search in whole cells: what takes more is left to other ways. */
const mostNodes = 300

export class Master {
  readonly #model: HighsModel
  /** @param costs - of each choice, positive */
  constructor(solver: Solver, costs: Float64Array) {
    this.#model = new HighsModel(
      solver,
      { lower: new Float64Array(costs.length), upper: new Float64Array(costs.length).fill(1), cost: costs },
      [],
    )
    this.#model.limitNodes(mostNodes)
  }

  add({ choices, factors }: Cut): void {
    this.#model.addRow({ terms: { columns: choices, factors }, lower: 1, upper: Number.POSITIVE_INFINITY })
  }

  /**
   * @param whole - each cell is withheld or not; otherwise a part of it may be
   * @returns how far each choice is withheld, and a cost that no pattern goes below
   */
  solve(whole: boolean, limitMs: number): { readonly z: Float64Array; readonly bound: number } | undefined {
    const solved = this.#model.solve(whole, limitMs)
    if (solved.status !== 'optimal') return undefined
    const z = solved.values.map((value) => (value < tiny ? 0 : value > 1 - tiny ? 1 : value))
    return { z, bound: solved.bound }
  }

  /** Withholds a choice in any case, or leaves it open again. */
  fix(choice: number, fixed: boolean): void {
    this.#model.setColumn(choice, fixed ? 1 : 0, 1)
  }

  dispose(): void {
    this.#model.dispose()
  }
}
