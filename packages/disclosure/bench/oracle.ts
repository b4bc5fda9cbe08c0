/**
 * How few cells would do: an exact solver of its own, slow and simple, that shares nothing with `src` but types.
 *
 * Every cell is an unknown deviation from its true count; a cell may deviate only as far as it is withheld. For each unsafe cell
 * the attacker's programme is solved for the pattern that the master proposes; where its level is out of reach, the dual prices
 * give a cut (Fischetti & Salazar-Gonzalez 2001). First parts of cells, then whole cells, until no cut is violated.
 * @module
 */
import loadHighs, { type Model } from 'highs'
import type { Axis, CellState, Position, TrueTable } from '../src/index.ts'

const highs = await (loadHighs as unknown as typeof loadHighs.default)()
const { modelStatus } = highs.constants

/** `least` cells at least are withheld beside the unsafe ones; `proved` if a pattern with so few protects against fractions. */
export type Least = { readonly least: number; readonly proved: boolean }

/** A cell that is withheld in any case, and how far an attacker must be able to move it up or down. */
export type Need = { readonly cell: number; readonly sign: 1 | -1; readonly level: number }

/** Groups of people with their values, which of them must be hidden, and what adds up to what. */
type Problem = {
  readonly cells: readonly { readonly name: string; readonly count: number }[]
  readonly needs: readonly Need[]
  readonly lines: readonly Line[]
}

const violated = 1e-4
/** How far a proposal is moved towards withholding everything before a cut is looked for. */
const depths = [0.03, 0.003, 0]

/**
 * @param tables - one, or several linked ones: cells with the same people are one cell. That the tables are margins of a larger one is left
 *   out, so where three or more tables go round in a ring more cells may be needed than this says.
 * @param seconds - to give up after; what is proved until then counts
 */
export function leastCells(tables: readonly TrueTable[], minimum: number, seconds: number): Least {
  const cells = distinctCells(tables)
  const needs = cells.flatMap(({ count }, cell): Need[] =>
    count > 0 && count < minimum ? [{ cell, sign: 1, level: minimum - count }] : [],
  )
  return leastBeside({ cells, needs, lines: linesOf(tables, cells) }, seconds)
}

/**
 * The same for sums: `count` is what a cell adds up to.
 * @param levels - how far each unsafe cell must be kept open, above and below, by `at.join()`
 */
export function leastSums(table: TrueTable, levels: ReadonlyMap<string, number>, seconds: number): Least {
  const cells = distinctCells([table])
  const numbers = new Map(cells.map(({ name }, cell) => [name, cell]))
  const needs = table.cells.flatMap(({ at }): Need[] => {
    const level = levels.get(at.join())
    const cell = numbers.get(nameOf(table.axes, at)) ?? 0
    return level === undefined
      ? []
      : [
          { cell, sign: 1, level },
          { cell, sign: -1, level: Math.min(level, cells[cell]?.count ?? 0) },
        ]
  })
  return leastBeside({ cells, needs, lines: linesOf([table], cells) }, seconds)
}

function linesOf(tables: readonly TrueTable[], cells: Problem['cells']): Line[] {
  const cellAt = new Map(cells.map(({ name }, cell) => [name, cell]))
  return tables.flatMap((table) => relations(table, cellAt))
}

function leastBeside({ cells, needs, lines }: Problem, seconds: number): Least {
  const last = performance.now() + seconds * 1000
  const left = (): number => (last - performance.now()) / 1000
  const unsafe = new Set(needs.map(({ cell }) => cell))
  const choices = cells.flatMap(({ name }, cell) => (unsafe.has(cell) || name === everybody ? [] : [cell]))
  const far = 2 * Math.max(...cells.map(({ count }) => count))
  const attacker = modelOf(cells.length, lines)
  const master = highs.createModel({
    numCols: choices.length,
    numRows: 0,
    colCost: new Float64Array(choices.length).fill(1),
    colLower: new Float64Array(choices.length),
    colUpper: new Float64Array(choices.length).fill(1),
    rowLower: [],
    rowUpper: [],
    matrix: { format: 'csr', numRows: 0, numCols: choices.length, starts: [0], indices: [], values: [] },
  })
  master.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.5 })

  /** @returns whether a cut was found for this unsafe cell */
  const separate = ({ cell: goal, sign, level: need }: Need, z: Float64Array, depth: number): boolean => {
    for (const [choice, cell] of choices.entries()) {
      const part = (z[choice] ?? 0) + depth * (1 - (z[choice] ?? 0))
      const count = cells[cell]?.count ?? 0
      if (part > 1 - 1e-7) attacker.changeColBounds(cell, -count, far)
      else attacker.changeColBounds(cell, -part * Math.min(count, need), part * need)
    }
    attacker.changeColCost(goal, sign)
    attacker.options.set('time_limit', Math.max(0.01, left()))
    attacker.zeroAllClocks()
    const status = attacker.run().modelStatus
    const value = attacker.getObjectiveValue()
    const prices = attacker.getSolution().rowDual
    attacker.changeColCost(goal, 0)
    if (status !== modelStatus.optimal || value > need - violated) return false
    const reduced = new Float64Array(cells.length)
    reduced[goal] = sign
    for (const [row, line] of lines.entries()) {
      for (const { cell, factor } of line) reduced[cell] = (reduced[cell] ?? 0) - factor * (prices[row] ?? 0)
    }
    let missing = need
    for (const cell of unsafe) {
      const price = reduced[cell] ?? 0
      missing -= price > 0 ? price * far : -price * (cells[cell]?.count ?? 0)
    }
    if (missing < violated) return false
    const indices: number[] = []
    const values: number[] = []
    let reached = 0
    for (const [choice, cell] of choices.entries()) {
      const price = reduced[cell] ?? 0
      if (Math.abs(price) < 1e-7) continue
      const factor = Math.min(1, (price > 0 ? price * far : -price * (cells[cell]?.count ?? 0)) / missing)
      if (factor === 0) continue
      indices.push(choice)
      values.push(factor)
      reached += factor * (z[choice] ?? 0)
    }
    if (reached > 1 - violated) return false
    master.addRow(1, Number.POSITIVE_INFINITY, { indices, values })
    return true
  }

  for (const cell of unsafe) attacker.changeColBounds(cell, -(cells[cell]?.count ?? 0), far)
  let z: Float64Array = new Float64Array(choices.length)
  let least = 0
  let whole = false
  try {
    while (left() > 0) {
      const found = depths.some((depth) => needs.map((need) => left() > 0 && separate(need, z, depth)).includes(true))
      if (left() <= 0) break
      if (!found) {
        if (whole) return { least, proved: true }
        whole = true
        const all = { kind: 'range', from: 0, to: choices.length - 1 } as const
        master.changeColsIntegrality(all, new Int32Array(choices.length).fill(1))
      }
      master.options.set('time_limit', left())
      master.zeroAllClocks()
      const ended = master.run().modelStatus
      if (ended === modelStatus.optimal) {
        z = master.getSolution().colValue
        const bound = whole ? Number(master.info.get('mip_dual_bound')) : master.getObjectiveValue()
        least = Math.max(least, Math.ceil(bound - violated))
      } else break
    }
    return { least, proved: false }
  } finally {
    attacker.dispose()
    master.dispose()
  }
}

type Line = { readonly cell: number; readonly factor: number }[]

const everybody = '{}'

/** The people of a cell in words that do not depend on the table: of each dimension the finest codes they have. */
function nameOf(axes: readonly Axis[], at: Position): string {
  const limits = axes.flatMap(({ dimension, leaves, nodes }, axis): [string, number[]][] => {
    const inside = nodes[at[axis] ?? 0]?.leaves ?? []
    return inside.length === leaves ? [] : [[dimension, inside.toSorted((a, b) => a - b)]]
  })
  return JSON.stringify(Object.fromEntries(limits.toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

/** Every group of people that has a cell in any of the tables, once. */
export function distinctCells(tables: readonly TrueTable[]): { readonly name: string; readonly count: number }[] {
  const counts = new Map(
    tables.flatMap(({ axes, cells }) => cells.map(({ at, count }): [string, number] => [nameOf(axes, at), count])),
  )
  return [...counts].map(([name, count]) => ({ name, count }))
}

/** Names of the cells that no table shows. */
export function withheldNames(
  tables: readonly { readonly axes: readonly Axis[]; readonly cells: readonly CellState[] }[],
) {
  return new Set(
    tables.flatMap(({ axes, cells }) =>
      cells.flatMap(({ at, state }) => (state === 'withheld' ? [nameOf(axes, at)] : [])),
    ),
  )
}

/** A parent is the sum of its children, in every dimension, for all codes of the others. */
function relations({ axes, cells }: TrueTable, numbers: ReadonlyMap<string, number>): Line[] {
  const cellAt = new Map(cells.map(({ at }) => [at.join(), numbers.get(nameOf(axes, at)) ?? 0]))
  return axes.flatMap((axis, place) =>
    axis.nodes.flatMap((parent, node) => {
      const inside = axis.nodes.flatMap(({ leaves }, index) =>
        leaves.length < parent.leaves.length && leaves.every((leaf) => parent.leaves.includes(leaf)) ? [index] : [],
      )
      const children = inside.filter(
        (child) =>
          !inside.some((other) => {
            const wider = axis.nodes[other]?.leaves ?? []
            const narrow = axis.nodes[child]?.leaves ?? []
            return wider.length > narrow.length && narrow.every((leaf) => wider.includes(leaf))
          }),
      )
      if (children.length === 0) return []
      return cells
        .filter(({ at }) => at[place] === node)
        .map(({ at }) => [
          { cell: cellAt.get(at.join()) ?? 0, factor: -1 },
          ...children.map((child) => ({ cell: cellAt.get(at.with(place, child).join()) ?? 0, factor: 1 })),
        ])
    }),
  )
}

function modelOf(columns: number, lines: readonly Line[]): Model {
  const starts = [0]
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length)
  const model = highs.createModel({
    numCols: columns,
    numRows: lines.length,
    colCost: new Float64Array(columns),
    colLower: new Float64Array(columns),
    colUpper: new Float64Array(columns),
    rowLower: lines.map(() => 0),
    rowUpper: lines.map(() => 0),
    matrix: {
      format: 'csr',
      numRows: lines.length,
      numCols: columns,
      starts,
      indices: lines.flatMap((line) => line.map(({ cell }) => cell)),
      values: lines.flatMap((line) => line.map(({ factor }) => factor)),
    },
  })
  model.options.set({ output_flag: false })
  model.changeObjectiveSense(highs.constants.objectiveSense.maximize)
  return model
}
