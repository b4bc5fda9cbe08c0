/**
 * Made-up tables of a declared shape: what a table of so many people over such categories may look like.
 * @module
 */
import type { Axis, Position, TrueCell, TrueTable } from '../types.ts'

export type Shape = {
  readonly population: string
  readonly axes: readonly Axis[]
  /** For each axis, the expected share of each finest code; they need not add up to 1. */
  readonly shares: readonly (readonly number[])[]
  readonly persons: number
  /** Organisations and the share of the people that each is expected to hold, on top of each other by chance. */
  readonly parties: Readonly<Record<string, number>>
}

/**
 * How unevenly people spread over combinations: the shape of a gamma distribution by which each combination's expectation is
 * multiplied. Without it dimensions would be independent, which they never are, and small cells too rare.
 */
const evenness = 2

/** @param random - uniform on [0, 1) */
export function simulate({ population, axes, shares, persons, parties }: Shape, random: () => number): TrueTable {
  const sizes = axes.map(({ leaves }) => leaves)
  const fine = sizes.reduce((product, size) => product * size, 1)
  const weights = Array.from({ length: fine }, (_, place) => {
    let rest = place
    let weight = gamma(random)
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const size = sizes[axis] ?? 1
      weight *= shares[axis]?.[rest % size] ?? 0
      rest = Math.floor(rest / size)
    }
    return weight
  })
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const counts = weights.map((weight) => (all > 0 ? poisson((persons * weight) / all, random) : 0))
  const held = Object.entries(parties).map(
    ([party, coverage]) => [party, counts.map((count) => Math.min(count, poisson(count * coverage, random)))] as const,
  )
  const cells = positionsOf(axes).map((at): TrueCell => {
    const inside = leavesAt(axes, at)
    const count = sumAt(counts, inside)
    const byParty = Object.fromEntries(held.map(([party, own]) => [party, sumAt(own, inside)]))
    return { at, count, persons: count, byParty, largest: [Math.min(1, count), Math.min(1, Math.max(0, count - 1))] }
  })
  return { population, unit: 'persons', axes, cells }
}

function positionsOf(axes: readonly Axis[]): Position[] {
  return axes.reduce<Position[]>((made, { nodes }) => made.flatMap((at) => nodes.map((_, node) => [...at, node])), [[]])
}

/** Row-major places of the finest combinations in a cell. */
function leavesAt(axes: readonly Axis[], at: Position): number[] {
  return axes.reduce<number[]>(
    (made, axis, index) =>
      made.flatMap((place) => (axis.nodes[at[index] ?? 0]?.leaves ?? []).map((leaf) => place * axis.leaves + leaf)),
    [0],
  )
}

const sumAt = (values: readonly number[], places: readonly number[]): number =>
  places.reduce((sum, place) => sum + (values[place] ?? 0), 0)

/** A gamma variable with mean 1 and whole shape: a mean of exponential ones. */
function gamma(random: () => number): number {
  let sum = 0
  for (let term = 0; term < evenness; term++) sum -= Math.log(1 - random())
  return sum / evenness
}

/** Knuth's product for small means, the normal approximation for large ones. */
function poisson(mean: number, random: () => number): number {
  if (mean > 50) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  const limit = Math.exp(-mean)
  let count = -1
  for (let product = 1; product > limit; count++) product *= random()
  return Math.max(0, count)
}
