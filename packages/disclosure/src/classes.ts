/**
 * Finest codes that no table tells apart are one class: the attacker cannot tell them apart either.
 * @module
 */
import { DisclosureError } from './errors.ts'
import type { Axis } from './types.ts'

/** The classes of one dimension. */
export type Classes = {
  readonly count: number
  /** Class of each finest code. */
  readonly ofLeaf: readonly number[]
}

/**
 * @param axes - every axis of every table of the release, current and earlier
 * @throws {@link DisclosureError} `axes_malformed` if two tables disagree about the size of a dimension
 */
export function classesByDimension(axes: readonly Axis[]): Map<string, Classes> {
  const signatures = new Map<string, string[]>()
  for (const { dimension, leaves, nodes } of axes) {
    const marks = signatures.get(dimension) ?? new Array<string>(leaves).fill('')
    if (marks.length !== leaves) throw new DisclosureError('axes_malformed')
    signatures.set(dimension, marks)
    for (const node of nodes) {
      const inside = new Set(node.leaves)
      for (let leaf = 0; leaf < leaves; leaf++) marks[leaf] += inside.has(leaf) ? '1' : '0'
    }
  }
  const classes = new Map<string, Classes>()
  for (const [dimension, marks] of signatures) {
    const numbers = new Map<string, number>()
    for (const mark of marks) if (!numbers.has(mark)) numbers.set(mark, numbers.size)
    classes.set(dimension, { count: numbers.size, ofLeaf: marks.map((mark) => numbers.get(mark) ?? 0) })
  }
  return classes
}

/** The classes a set of finest codes is made of, ascending; the set must be a union of classes. */
export function classesOf(classes: Classes, leaves: readonly number[]): number[] {
  return [...new Set(leaves.map((leaf) => classes.ofLeaf[leaf] ?? -1))].sort((a, b) => a - b)
}
