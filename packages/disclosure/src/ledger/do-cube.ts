/**
 * A cube done to persons: at each of its minus corners somebody is taken away, at each plus corner somebody who is alike in
 * everything else is added.
 * @module
 */
import type { Corner } from './cube.ts'
import type { Memory, Space } from './memory.ts'
import type { Truth } from './people.ts'

export type Cube = {
  readonly corners: readonly Corner[]
  /** The dimensions on which corners differ. */
  readonly varied: readonly number[]
  /** How often it can be done at most. */
  readonly room: number
  /** What doing it once adds to the guarded sum. */
  readonly gain: number
}

/** Where nobody is taken away, so many who are there serve as an example of whom to add. */
const examples = 50
const nobody = new Float64Array(0)

/**
 * Does a cube as often as there are persons alike at its corners, and as long as the shown cells cannot tell.
 * @param places - the dimensions that the corners' codes are of
 * @param shifts - who is added and taken away already, by combination; is added to
 * @param missing - what the guarded sum still lacks
 * @returns what was added to the guarded sum
 */
export function doCube(
  memory: Memory,
  places: readonly number[],
  { corners, varied, room, gain }: Cube,
  shifts: Map<number, number>,
  missing: number,
): number {
  const { truth } = memory
  const members = truth.members(places)
  const keys = corners.map(({ codes }) => numberOf(truth, places, codes))
  const taken = corners.flatMap(({ codes, sign }) =>
    sign < 0 ? [members.get(numberAmong(truth, places, codes)) ?? nobody] : [],
  )
  const fewest = taken.length > 0 ? taken.reduce((a, b) => (b.length < a.length ? b : a)) : someOf(members)
  // What is limited on other dimensions too can tell some of the persons apart; the rest was seen to before.
  const far = [...memory.spaces].filter(
    (space) =>
      varied.every((place) => space.places.includes(place)) && !space.places.every((place) => places.includes(place)),
  )
  const wanted = Math.min(Math.ceil(missing / gain), room)
  let left = wanted
  for (const member of fewest) {
    if (left === 0) break
    const codes = places.map((place) => truth.code(member, place))
    const rest = member - numberOf(truth, places, codes)
    let units = left
    for (let at = 0; at < corners.length && units > 0; at++) {
      const key = (keys[at] ?? 0) + rest
      if ((corners[at]?.sign ?? 0) < 0) units = Math.min(units, truth.count(key) + (shifts.get(key) ?? 0))
    }
    if (units <= 0 || !far.every((space) => isEven(truth, space, keys, corners, rest))) continue
    for (let at = 0; at < corners.length; at++) {
      const key = (keys[at] ?? 0) + rest
      shifts.set(key, (shifts.get(key) ?? 0) + (corners[at]?.sign ?? 0) * units)
    }
    left -= units
  }
  return (wanted - left) * gain
}

/** Whether the shown cells of a space cannot tell the corners with a plus from those with a minus, by their marks. */
function isEven(
  truth: Truth,
  { places, marks }: Space,
  keys: readonly number[],
  corners: readonly Corner[],
  rest: number,
): boolean {
  let sum = 0
  for (let at = 0; at < keys.length; at++)
    sum += (corners[at]?.sign ?? 0) * (marks[truth.project((keys[at] ?? 0) + rest, places)] ?? 0)
  return sum === 0
}

/** Codes of some dimensions as the number of a combination with code 0 elsewhere. */
const numberOf = (truth: Truth, places: readonly number[], codes: readonly number[]): number =>
  places.reduce((sum, place, depth) => sum + (codes[depth] ?? 0) * (truth.weights[place] ?? 0), 0)

/** Codes of some dimensions as {@link Truth.project} numbers them. */
export const numberAmong = (truth: Truth, places: readonly number[], codes: readonly number[]): number =>
  places.reduce((index, place, depth) => index * (truth.leaves[place] ?? 1) + (codes[depth] ?? 0), 0)

function someOf(members: ReadonlyMap<number, Float64Array>): Float64Array {
  for (const list of members.values()) return list.slice(0, examples)
  return nobody
}
