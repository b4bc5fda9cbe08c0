/**
 * A set of persons that some question named: which codes it is limited to, how many they are, and what was decided about it.
 * @module
 */
import { cellName } from '../cell-name.ts'
import { DisclosureError } from '../errors.ts'
import type { Axis, CellState, Position, TrueCell } from '../types.ts'
import type { Truth } from './people.ts'

export type KnownCell = {
  readonly name: string
  /** The dimensions on which it is less than everybody, as numbers of {@link Truth}, ascending. */
  readonly places: readonly number[]
  /** For each of them its finest codes, ascending, and the same as 1 for each code inside. */
  readonly leaves: readonly (readonly number[])[]
  readonly masks: readonly Uint8Array[]
  /** The axes it was first asked with, where it is less than everybody. */
  readonly told: readonly Axis[]
  /** True count. */
  readonly count: number
  /** Who holds how many, where a question told. */
  readonly held: Pick<TrueCell, 'persons' | 'byParty'> | undefined
  readonly structuralZero: boolean
  /** What an answer decided; nothing while it is being asked for the first time. */
  readonly fate: CellState['state'] | undefined
}

export type Draft = { -readonly [K in keyof KnownCell]: KnownCell[K] }

/** @throws {@link DisclosureError} `people_malformed` if the axes name a dimension that the people do not have, or another size */
export function draftCell(truth: Truth, axes: readonly Axis[], at: Position): Draft {
  const parts = axes.flatMap((axis, index) => {
    const inside = axis.nodes[at[index] ?? -1]?.leaves ?? []
    const place = truth.names.indexOf(axis.dimension)
    if (place < 0 || truth.leaves[place] !== axis.leaves) throw new DisclosureError('people_malformed')
    return inside.length === axis.leaves ? [] : [{ place, axis, leaves: inside.toSorted((a, b) => a - b) }]
  })
  parts.sort((a, b) => a.place - b.place)
  const places = parts.map(({ place }) => place)
  const leaves = parts.map((part) => part.leaves)
  return {
    name: cellName(axes, at),
    places,
    leaves,
    masks: parts.map(({ axis, leaves: inside }) => {
      const mask = new Uint8Array(axis.leaves)
      for (const leaf of inside) mask[leaf] = 1
      return mask
    }),
    told: parts.map(({ axis }) => axis),
    count: countOf(truth, { places, leaves }),
    held: undefined,
    structuralZero: false,
    fate: undefined,
  }
}

/** @param party - count those that it holds */
export function countOf(
  truth: Truth,
  { places, leaves }: Pick<KnownCell, 'places' | 'leaves'>,
  party?: string,
): number {
  const counts = truth.projection(places, party)
  let sum = 0
  forEachCombination(truth, places, leaves, (index) => {
    sum += counts[index] ?? 0
  })
  return sum
}

/** Every combination of the codes given, by its number in {@link Truth.project}. */
export function forEachCombination(
  truth: Truth,
  places: readonly number[],
  leaves: readonly (readonly number[])[],
  visit: (index: number) => void,
): void {
  const walk = (depth: number, index: number): void => {
    if (depth === places.length) return visit(index)
    const size = truth.leaves[places[depth] ?? -1] ?? 1
    for (const leaf of leaves[depth] ?? []) walk(depth + 1, index * size + leaf)
  }
  walk(0, 0)
}
