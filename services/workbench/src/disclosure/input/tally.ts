/**
 * What is counted in a cell, and how the parts of a margin come together. People are in one finest cell each.
 * @module
 */
import type { TrueCell } from '@kruispunt/disclosure'

export type Tally = Omit<TrueCell, 'at'>

export const nobody: Tally = { count: 0, persons: 0, byParty: {}, largest: [0, 0] }

export function together(parts: readonly Tally[]): Tally {
  const byParty: Record<string, number> = {}
  let count = 0
  let persons = 0
  let first = 0
  let second = 0
  for (const part of parts) {
    count += part.count
    persons += part.persons
    for (const [party, held] of Object.entries(part.byParty)) byParty[party] = (byParty[party] ?? 0) + held
    for (const value of part.largest) {
      if (value > first) [first, second] = [value, first]
      else if (value > second) second = value
    }
  }
  return { count, persons, byParty, largest: [first, second] }
}

/** A count of persons: everybody counts for one. */
export function ofPersons(count: number, byParty: Readonly<Record<string, number>> = {}): Tally {
  return { count, persons: count, byParty, largest: [Math.min(1, count), Math.min(1, Math.max(0, count - 1))] }
}

/**
 * All cells of a table from its finest ones.
 * @param fine - row-major over `sizes`
 * @param parts - by axis and node: the indices along the axis that the node is made of
 * @param join - makes one of several, and something of none
 * @returns row-major over the nodes
 */
export function addUp<T>(
  fine: readonly T[],
  sizes: readonly number[],
  parts: readonly (readonly (readonly number[])[])[],
  join: (parts: readonly T[]) => T,
): T[] {
  let values = fine
  const shape = [...sizes]
  // One axis at a time: sums of sums are not counted anew for every margin.
  for (let axis = 0; axis < shape.length; axis++) {
    const before = shape.slice(0, axis).reduce((product, size) => product * size, 1)
    const size = shape[axis] ?? 1
    const after = shape.slice(axis + 1).reduce((product, each) => product * each, 1)
    const nodes = parts[axis] ?? []
    const made: T[] = []
    const from = values
    const valueAt = (place: number): T => {
      const value = from[place]
      if (value === undefined) throw new Error('a finest cell is missing')
      return value
    }
    for (let outer = 0; outer < before; outer++)
      for (const node of nodes)
        for (let inner = 0; inner < after; inner++)
          made.push(join(node.map((index) => valueAt((outer * size + index) * after + inner))))
    shape[axis] = nodes.length
    values = made
  }
  return [...values]
}
