/**
 * The rules for sums written a second time, from single persons: which cells and unions are unsafe, for whom, and between
 * which bounds an attacker must at least be left in doubt.
 * @module
 */
import type { Axis, Position } from '../../src/index.ts'
import { positions } from '../tables.ts'
import type { Person } from './people.ts'

export type Unsafe = {
  readonly at: readonly Position[]
  readonly party?: string
  readonly atMost: number
  readonly atLeast: number
}
type Limits = { readonly minimum: number; readonly p: number; readonly range: number }

export const inside = (axes: readonly Axis[], at: Position, people: readonly Person[]): Person[] =>
  people.filter(({ leaves }) =>
    axes.every(({ dimension, nodes }, axis) => nodes[at[axis] ?? 0]?.leaves.includes(leaves[dimension] ?? -1)),
  )

/** How far off the bounds must be, for someone who knows `known` of each person. */
function level(people: readonly Person[], known: (person: Person) => number, { minimum, p, range }: Limits): number {
  const values = people
    .map((person) => person.value - known(person))
    .filter((value) => value > 0)
    .sort((a, b) => b - a)
  const sum = values.reduce((total, value) => total + value, 0)
  const [first = 0, second = 0] = values
  const byShare = (p / 100) * first - (sum - first - second)
  const byNumber = values.length > 0 && values.length < minimum ? (range / 100) * sum : 0
  return Math.max(0, byShare, byNumber)
}

function unsafeUnion(at: readonly Position[], people: readonly Person[], limits: Limits): Unsafe[] {
  const sum = people.reduce((total, { value }) => total + value, 0)
  const parties = [...new Set(people.flatMap(({ known = {} }) => Object.keys(known)))]
  return [undefined, ...parties].flatMap((party): Unsafe[] => {
    const known = (person: Person) => (party === undefined ? 0 : (person.known?.[party] ?? 0))
    const by = level(people, known, limits)
    if (by === 0) return []
    const own = people.reduce((total, person) => total + known(person), 0)
    return [{ at, atMost: Math.max(own, sum - by), atLeast: sum + by, ...(party === undefined ? {} : { party }) }]
  })
}

/** Every unsafe cell, and every two unsafe cells of one line that are unsafe together. */
export function unsafeIn(axes: readonly Axis[], people: readonly Person[], limits: Limits): Unsafe[] {
  const all = positions(axes)
  const cells = all.flatMap((at) => unsafeUnion([at], inside(axes, at, people), limits))
  const unsafe = all.filter((at) => cells.some((cell) => cell.at[0]?.join() === at.join()))
  const pairs = unsafe.flatMap((a, index) =>
    unsafe.slice(index + 1).flatMap((b) => {
      const differ = a.flatMap((node, axis) => (node === b[axis] ? [] : [axis]))
      const [axis = -1, ...more] = differ
      const nodes = axes[axis]?.nodes
      const [left, right] = [nodes?.[a[axis] ?? 0]?.leaves ?? [], nodes?.[b[axis] ?? 0]?.leaves ?? []]
      // Siblings only: flat axes, where both are single codes.
      if (more.length > 0 || left.length !== 1 || right.length !== 1) return []
      return unsafeUnion([a, b], [...inside(axes, a, people), ...inside(axes, b, people)], limits)
    }),
  )
  return [...cells, ...pairs]
}
