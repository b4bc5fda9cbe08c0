/**
 * Counts over all dimensions at once, from which every table of a series is counted.
 * @module
 */
import type { TrueCell, Unit } from '@kruispunt/disclosure'
import type { Faults } from '../errors.ts'
import type { Dimension } from './dimension.ts'
import { isListable } from './limits.ts'
import { nobody, type Tally, together } from './tally.ts'
import { allPositions, readTallies, type Written, withEveryParty } from './true-table.ts'
import { type View, viewOf } from './view.ts'

/** People of one combination of finest codes: an index in each dimension, in their order. */
export type JointCounts = readonly { readonly leaves: readonly number[]; readonly tally: Tally }[]

/** @returns the counts, or nothing after noting what is wrong */
export function readJointCounts(
  written: Written,
  catalogue: readonly Dimension[],
  unit: Unit,
  faults: Faults,
): JointCounts | undefined {
  const before = faults.count
  if (!isListable(written.cells ?? [], 'cells', faults)) return undefined
  const views = catalogue.map((dimension) => viewOf(dimension))
  const read = readTallies(written, views, unit, '', faults)
  const joint = read.flatMap(({ at, tally, path }) => {
    const leaves = at.map((node, index) => views[index]?.categories[node]?.leaves ?? [])
    if (leaves.some((each) => each.length !== 1)) {
      faults.add('code_unknown', `${path}.at`)
      return []
    }
    return [{ leaves: leaves.map(([leaf]) => leaf ?? 0), tally }]
  })
  const all = catalogue.reduce((product, { leafCodes }) => product * leafCodes.length, 1)
  if (faults.count === before && joint.length < all && written.missing === 'error') faults.add('cell_missing', 'cells')
  return faults.count > before ? undefined : joint
}

/** All cells of one table. @param views - each of a dimension of the catalogue */
export function countFrom(joint: JointCounts, catalogue: readonly Dimension[], views: readonly View[]): TrueCell[] {
  const axes = views.map(({ name, categories }) => {
    const place = catalogue.findIndex((dimension) => dimension.name === name)
    const nodesOf = catalogue[place]?.leafCodes.map((_, leaf) =>
      categories.flatMap(({ leaves }, node) => (leaves.includes(leaf) ? [node] : [])),
    )
    return { place, nodesOf: nodesOf ?? [] }
  })
  const parts = new Map<string, Tally[]>()
  for (const { leaves, tally } of joint) {
    const cells = axes.reduce<string[]>(
      (made, { place, nodesOf }, index) =>
        made.flatMap((at) =>
          (nodesOf[leaves[place] ?? -1] ?? []).map((node) => (index === 0 ? String(node) : `${at},${node}`)),
        ),
      [''],
    )
    for (const at of cells) {
      const list = parts.get(at)
      if (list) list.push(tally)
      else parts.set(at, [tally])
    }
  }
  return withEveryParty(allPositions(views).map((at) => ({ at, ...together(parts.get(at.join()) ?? [nobody]) })))
}
