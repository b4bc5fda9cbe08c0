/**
 * Another whole table, told as what differs from the true one: so many persons more or fewer of some combinations.
 * @module
 */
import type { Truth } from './people.ts'

/** Combinations, each once, and by how much each differs: never nothing. */
export type Move = {
  readonly keys: Float64Array
  readonly deltas: Int32Array
  /** Sets of dimensions: a cross-classification that contains none of them does not change. */
  readonly varied: readonly (readonly number[])[]
}

/**
 * @param shifts - by combination; those of nothing are left out
 * @param varied - see {@link Move}; the empty set promises nothing
 */
export function moveOf(shifts: ReadonlyMap<number, number>, varied: Move['varied']): Move {
  const kept = [...shifts].filter(([, delta]) => delta !== 0)
  return {
    keys: Float64Array.from(kept, ([key]) => key),
    deltas: Int32Array.from(kept, ([, delta]) => delta),
    varied,
  }
}

/** Whether nobody is taken away who is not there, and all shifts are whole. */
export function leavesNobodyBelowZero(truth: Truth, { keys, deltas }: Move): boolean {
  return keys.every((key, index) => truth.count(key) + (deltas[index] ?? Number.NaN) >= 0)
}

/** What a move does to the cross-classification of some dimensions: the codes of what changes, and by how much. */
export type Residue = readonly { readonly codes: readonly number[]; readonly delta: number }[]

export function residueOf(truth: Truth, move: Move, places: readonly number[]): Residue {
  if (!move.varied.some((set) => set.every((place) => places.includes(place)))) return none
  const name = places.join(',')
  let known = residues.get(move)
  if (!known) {
    known = new Map()
    residues.set(move, known)
  }
  let residue = known.get(name)
  if (!residue) {
    residue = workOut(truth, move, places)
    known.set(name, residue)
  }
  return residue
}

const none: Residue = []
/** Worked out once: most classifications of a move are none of those that change. */
const residues = new WeakMap<Move, Map<string, Residue>>()

function workOut(truth: Truth, { keys, deltas }: Move, places: readonly number[]): Residue {
  const sums = new Map<number, number>()
  const example = new Map<number, number>()
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? 0
    const projected = truth.project(key, places)
    sums.set(projected, (sums.get(projected) ?? 0) + (deltas[index] ?? 0))
    example.set(projected, key)
  }
  const left = [...sums].filter(([, delta]) => delta !== 0)
  if (left.length === 0) return none
  return left.map(([projected, delta]) => ({
    codes: places.map((place) => truth.code(example.get(projected) ?? 0, place)),
    delta,
  }))
}

/** By how much a residue changes a set of combinations of the same dimensions. */
export function changeIn(residue: Residue, masks: readonly Uint8Array[]): number {
  let sum = 0
  for (const { codes, delta } of residue) {
    if (masks.every((mask, depth) => mask[codes[depth] ?? -1] === 1)) sum += delta
  }
  return sum
}
