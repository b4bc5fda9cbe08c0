/**
 * The categories that one table shows, and where its cells stand.
 *
 * A table may show less than its dimensions hold: some codes, a coarser level, a filtered part. The smallest categories that
 * it shows are its own finest codes; what is counted is counted for those.
 * @module
 */
import type { Axis, Position } from '@kruispunt/disclosure'
import type { Faults } from '../errors.ts'
import type { Category, Dimension } from './dimension.ts'
import { joined } from './parse.ts'

export type View = {
  readonly name: string
  /** The total of what is shown first. */
  readonly categories: readonly Category[]
  readonly axis: Axis
  readonly nodeOf: ReadonlyMap<string, number>
  /** Nodes with nothing smaller in them: one index each, in their order. */
  readonly finest: readonly number[]
  /** For each node, which of `finest` it is made of; nothing if it holds more than they do. */
  readonly parts: readonly (readonly number[] | undefined)[]
}

/** @param categories - the widest first; leaves are those of `dimension` */
export function viewOf(dimension: Dimension, categories: readonly Category[] = dimension.categories): View {
  const sets = categories.map(({ leaves }) => new Set(leaves))
  const startingAt = Map.groupBy(categories.keys(), (node) => categories[node]?.leaves[0])
  /** Categories wholly within a category, itself included. */
  const within = (node: number): number[] => {
    const set = sets[node]
    return [...(set ?? [])].flatMap((leaf) =>
      (startingAt.get(leaf) ?? []).filter((inner) => categories[inner]?.leaves.every((each) => set?.has(each))),
    )
  }
  const finest = categories.flatMap(({ leaves }, node) =>
    // Of two categories with the same people, the last one is the finer.
    within(node).some((inner) => (categories[inner]?.leaves.length ?? 0) < leaves.length || inner > node) ? [] : [node],
  )
  const fineAt = new Map(finest.map((node, index) => [node, index]))
  const neutral = dimension.neutral.map((code) => categories.findIndex((category) => category.code === code))
  return {
    name: dimension.name,
    categories,
    axis: {
      dimension: dimension.name,
      leaves: dimension.leafCodes.length,
      nodes: categories.map(({ code, leaves }) => ({ code, leaves })),
      ...(dimension.owner === undefined ? {} : { owner: dimension.owner }),
      ...(dimension.sensitive ? { sensitive: true } : {}),
      ...(neutral.length === 0 ? {} : { neutral: neutral.filter((node) => node >= 0) }),
    },
    nodeOf: new Map(categories.map(({ code }, node) => [code, node])),
    finest,
    parts: categories.map(({ leaves }, node) => {
      const inside = within(node).flatMap((inner) => fineAt.get(inner) ?? [])
      const held = inside.flatMap((index) => categories[finest[index] ?? 0]?.leaves ?? [])
      // Some once, and all of them: nothing else could add up.
      return held.length === leaves.length && new Set(held).size === leaves.length ? inside : undefined
    }),
  }
}

/** @returns where a cell stands, or nothing after noting why that cannot be said */
export function locate(
  at: readonly string[] | Readonly<Record<string, string>>,
  views: readonly View[],
  path: string,
  faults: Faults,
): Position | undefined {
  const before = faults.count
  const isList = isArray(at)
  if (isList && at.length !== views.length) faults.add('wrong_form', path)
  if (!isList && Object.keys(at).some((name) => !views.some((view) => view.name === name)))
    faults.add('dimension_unknown', path)
  const position = views.map((view, index) => {
    const code = isList ? at[index] : at[view.name]
    const node = code === undefined ? undefined : view.nodeOf.get(code)
    if (node === undefined && faults.count === before) {
      const where = joined(path, [isList ? index : view.name])
      faults.add(code === undefined ? 'wrong_form' : 'code_unknown', where)
    }
    return node ?? 0
  })
  return faults.count === before ? position : undefined
}

const isArray = (at: readonly string[] | Readonly<Record<string, string>>): at is readonly string[] => Array.isArray(at)

/** Codes of a cell, in the order of the dimensions. */
export const codesAt = (views: readonly View[], at: Position): string[] =>
  at.map((node, index) => views[index]?.categories[node]?.code ?? '')
