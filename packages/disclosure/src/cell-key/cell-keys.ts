/**
 * Cell keys: what decides the error of a cell, the same wherever and however the cell is asked for.
 *
 * The method as published adds up a random number for each person. Persons here have numbers only within one job, so the
 * smallest thing that lasts is the _atom_: everybody with one combination of finest codes of the release's closed catalogue.
 * Each atom gets a random number from the broker's secret, and the key of a cell is the sum over its atoms that hold anybody.
 * Every cell is a union of atoms, so two cells hold the same persons exactly if they have the same atoms: same persons, same
 * error, as with numbers for persons. An atom that changes size from one delivery to the next changes its number.
 * @module
 */
import { createHmac, createSecretKey } from 'node:crypto'
import { cellName } from '../cell-name.ts'
import { DisclosureError } from '../errors.ts'
import type { Axis, Position, Unit } from '../types.ts'
import { keySpace } from './key-widths.ts'
import { Combinations, type People } from './people.ts'

export type KeySource = {
  /** The broker's, kept as long as any answer of the release; 16 bytes or more. */
  readonly secret: Uint8Array
  readonly release: string
  readonly population: string
  /** Persons and records of one cell have errors of their own: one would else give the other away. */
  readonly unit: Unit
}

/**
 * The key of a cell from its definition alone, for callers that do not know the atoms. Order of axes, filter or category, total
 * or absent: the same union has the same key. It loses what only the atoms tell: two different unions that happen to hold the
 * same persons get different errors, and whoever knows that they are the same can take the mean of both.
 * @returns a whole number from 0 up to 2^48
 * @throws {@link DisclosureError} `secret_too_short`
 */
export function cellKeyOfUnion(source: KeySource, axes: readonly Axis[], at: Position): number {
  return macOf(source, 'union', cellName(axes, at)).readUIntBE(0, 6)
}

/**
 * The keys of all cells of a table, each from the atoms that hold anybody in it.
 * @param people - everybody of the population, by every dimension of the release: the same dimensions in every job
 * @returns for each position, in the order given, a whole number from 0 up to 2^48
 * @throws {@link DisclosureError} `secret_too_short`, `people_malformed`
 */
export function cellKeysOfPeople(
  source: KeySource,
  people: People,
  axes: readonly Axis[],
  positions: readonly Position[],
): number[] {
  const known = new Combinations(people)
  const places = axes.map(({ dimension, leaves }) => {
    const place = known.names.indexOf(dimension)
    if (place < 0 || known.leaves[place] !== leaves) throw new DisclosureError('people_malformed')
    return place
  })
  // Atoms that the table does not tell apart are added up first: the table's cells are far fewer than the release's atoms.
  const groups = new Map<string, { readonly codes: readonly number[]; key: number }>()
  const atomKey = atomKeys(source, known)
  for (const atom of known.keys()) {
    const codes = places.map((place) => known.code(atom, place))
    const group = groups.get(codes.join()) ?? { codes, key: 0 }
    group.key = (group.key + atomKey(atom)) % keySpace
    groups.set(codes.join(), group)
  }
  const keys = new Map<string, number>()
  for (const { codes, key } of groups.values()) {
    for (const at of cellsAround(axes, codes)) keys.set(at.join(), ((keys.get(at.join()) ?? 0) + key) % keySpace)
  }
  // A cell without anybody has the empty sum: its count is zero and stays so whatever the key.
  return positions.map((at) => keys.get(at.join()) ?? 0)
}

/** Positions of all cells that hold a combination of finest codes. */
function cellsAround(axes: readonly Axis[], codes: readonly number[]): Position[] {
  return axes.reduce<Position[]>(
    (made, { nodes }, axis) => {
      const around = [...nodes.keys()].filter((node) => nodes[node]?.leaves.includes(codes[axis] ?? -1))
      return made.flatMap((at) => around.map((node) => [...at, node]))
    },
    [[]],
  )
}

/** The number of an atom, from its codes and how many have them, whatever the order of the dimensions. */
function atomKeys(source: KeySource, known: Combinations): (atom: number) => number {
  const dimensions = known.names.map((name, place) => ({ name, place })).sort((a, b) => (a.name < b.name ? -1 : 1))
  const names = JSON.stringify(dimensions.map(({ name }) => name))
  // A key object is laid out once: with a hundred thousand atoms that is most of the work.
  const key = createSecretKey(macOf(source, 'atom', names))
  const text = Buffer.alloc(8 + 2 * dimensions.length)
  return (atom) => {
    text.writeDoubleBE(known.count(atom))
    for (const [index, { place }] of dimensions.entries()) text.writeUInt16BE(known.code(atom, place), 8 + 2 * index)
    return createHmac('sha256', key).update(text).digest().readUIntBE(0, 6)
  }
}

function macOf({ secret, release, population, unit }: KeySource, use: 'union' | 'atom', name: string): Buffer {
  if (secret.length < 16) throw new DisclosureError('secret_too_short')
  const text = JSON.stringify(['cell-key', use, release, population, unit, name])
  return createHmac('sha256', secret).update(text).digest()
}
