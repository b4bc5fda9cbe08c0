/**
 * Rings: where no rectangle of hidden cells opens a cell, a longer way round may. In a plane of two dimensions units go along hidden
 * cells, a row and a column in turn, until they are back.
 * @module
 */
import type { Attacker } from '../attackers.ts'
import type { Goal, Move } from './cubes.ts'
import type { Layout } from './layout.ts'
import type { Seen } from './seen.ts'

/** Shortest ring through each column of the guarded sum, in each plane, with everything else alike. */
export function* rings(
  layout: Layout,
  seen: Seen,
  { crossing, factors, values }: Goal,
  attacker: Attacker,
): Iterable<Move> {
  const { sizes } = layout.shape(crossing)
  for (const varied of layout.subsets(crossing, factors.size)) {
    const [rows, columns] = varied
    if (varied.length !== 2 || rows === undefined || columns === undefined) continue
    const names = layout.namesOf(crossing, varied)
    for (const [start, factor] of factors) {
      if (factor <= 0) continue
      for (;;) {
        const plane = {
          start,
          row: layout.codeAt(start, crossing, rows),
          column: layout.codeAt(start, crossing, columns),
          rows: sizes[rows] ?? 0,
          columns: sizes[columns] ?? 0,
          at: (row: number, column: number) => layout.moved(start, crossing, [rows, columns], [row, column]),
        }
        const ring = shortest(
          plane,
          (at) => seen.roomToGain(attacker, at, names, values),
          (at) => seen.roomToLose(attacker, at, names, values),
        )
        if (!ring) break
        const gain =
          [...ring.plus].reduce((sum, at) => sum + (factors.get(at) ?? 0), 0) -
          ring.minus.reduce((sum, at) => sum + (factors.get(at) ?? 0), 0)
        if (gain <= 0) break
        const before = values[start]
        yield { ...ring, varied, gain }
        // Whoever took it has changed the values; who did not is not offered the same again.
        if (values[start] === before) break
      }
    }
  }
}

type Plane = {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
  readonly at: (row: number, column: number) => number
}

function shortest(
  { row, column, rows, columns, at }: Plane,
  mayGain: (column: number) => boolean,
  mayLose: (column: number) => boolean,
): { plus: number[]; minus: number[] } | undefined {
  if (!mayGain(at(row, column))) return undefined
  const rowFrom = new Int32Array(rows).fill(-1)
  const columnFrom = new Int32Array(columns).fill(-1)
  const queue = [row]
  rowFrom[row] = column
  for (let head = 0; head < queue.length; head++) {
    const here = queue[head] ?? 0
    for (let to = 0; to < columns; to++) {
      if (columnFrom[to] !== -1 || (here === row && to === column) || !mayLose(at(here, to))) continue
      columnFrom[to] = here
      if (to === column) return trace(to)
      for (let next = 0; next < rows; next++) {
        if (rowFrom[next] !== -1 || !mayGain(at(next, to))) continue
        rowFrom[next] = to
        queue.push(next)
      }
    }
  }
  return undefined

  function trace(end: number): { plus: number[]; minus: number[] } {
    const plus = [at(row, column)]
    const minus: number[] = []
    for (let last = end; ; ) {
      const from = columnFrom[last] ?? 0
      minus.push(at(from, last))
      if (from === row) return { plus, minus }
      last = rowFrom[from] ?? 0
      plus.push(at(from, last))
    }
  }
}
