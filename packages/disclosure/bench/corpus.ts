/**
 * Tables to measure suppression on: public ones from R's `datasets`, and tables drawn from fixed seeds in many shapes.
 * @module
 */
import type { Axis, TrueTable } from '../src/index.ts'
import { admissions, hairEyeColour, titanic, titanicFourWay } from '../test/fixtures.ts'
import type { Person } from '../test/magnitude/people.ts'
import { flat, type Group, nested, tableOf, twoWay } from '../test/tables.ts'

/** `beside`: linked tables that are asked with it. */
export type Case = {
  readonly name: string
  readonly table: TrueTable
  readonly minimum: number
  readonly beside?: readonly TrueTable[]
}

/** Whole numbers from a fixed seed, the same on every machine. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const codes = (size: number): string[] => Array.from({ length: size }, (_, code) => `${code}`)

type Counted = { readonly leaves: Readonly<Record<string, number>>; readonly count: number }

/** Every combination of finest codes, counted by `count`. */
function everybody(axes: readonly Axis[], count: (leaves: readonly number[]) => number): Counted[] {
  let groups: { leaves: Record<string, number>; place: number[] }[] = [{ leaves: {}, place: [] }]
  for (const { dimension, leaves } of axes) {
    groups = groups.flatMap((group) =>
      Array.from({ length: leaves }, (_, leaf) => ({
        leaves: { ...group.leaves, [dimension]: leaf },
        place: [...group.place, leaf],
      })),
    )
  }
  return groups.map(({ leaves, place }): Group => ({ leaves, count: count(place) }))
}

/** Independent codes of very different sizes, as areas and ages are: the product of shares, with noise. */
export const skewed = (axes: readonly Axis[], persons: number, seed: number): TrueTable =>
  tableOf(axes, skewedPeople(axes, persons, seed))

function skewedPeople(axes: readonly Axis[], persons: number, seed: number): Counted[] {
  const next = random(seed)
  const shares = axes.map(({ leaves }) => {
    const drawn = Array.from({ length: leaves }, () => Math.exp(1.2 * normal(next)))
    const sum = drawn.reduce((total, share) => total + share, 0)
    return drawn.map((share) => share / sum)
  })
  return everybody(axes, (place) => {
    const expected = place.reduce((product, leaf, axis) => product * (shares[axis]?.[leaf] ?? 0), persons)
    return Math.floor(expected * Math.exp(0.6 * normal(next)) + next())
  })
}

/** Counts spread evenly on a logarithmic scale; `small` is the chance of a count below 10. */
export function even(axes: readonly Axis[], small: number, seed: number): TrueTable {
  const next = random(seed)
  return tableOf(
    axes,
    everybody(axes, () => (next() < small ? 1 + Math.floor(next() * 9) : Math.floor(10 * 20 ** next()))),
  )
}

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

export const crossed = (...sizes: readonly number[]): Axis[] =>
  sizes.map((size, index) => flat(`d${index}`, codes(size)))

/** `size` finest codes in `groups` groups of about the same size. */
export function grouped(dimension: string, size: number, groups: number): Axis {
  const nodes: Record<string, number[]> = { all: Array.from({ length: size }, (_, leaf) => leaf) }
  for (let leaf = 0; leaf < size; leaf++) {
    const group = `g${Math.floor((leaf * groups) / size)}`
    nodes[group] = [...(nodes[group] ?? []), leaf]
  }
  for (let leaf = 0; leaf < size; leaf++) nodes[`c${leaf}`] = [leaf]
  return nested(dimension, size, nodes)
}

/** `occupationalStatus`: fathers' status down, sons' across (Goodman 1979; Agresti 1990; as printed by R). */
export const occupationalStatus = twoWay([
  [50, 19, 26, 8, 7, 11, 6, 2],
  [16, 40, 34, 18, 11, 20, 8, 3],
  [12, 35, 65, 66, 35, 88, 23, 21],
  [11, 20, 58, 110, 40, 183, 64, 32],
  [2, 8, 12, 23, 25, 46, 28, 12],
  [12, 28, 102, 162, 90, 554, 230, 177],
  [0, 6, 19, 40, 21, 158, 143, 71],
  [0, 3, 14, 32, 15, 126, 91, 106],
])

const publicTables = {
  HairEyeColor: hairEyeColour,
  UCBAdmissions: admissions,
  'Titanic class x sex x survived': titanic,
  'Titanic, 4-way': titanicFourWay,
  occupationalStatus,
}

/** Small enough for a proof in reasonable time. */
export function corpus(): Case[] {
  const cases: Case[] = []
  const add = (name: string, table: TrueTable, minima: readonly number[]): void => {
    for (const minimum of minima) {
      if (table.cells.some(({ count }) => count > 0 && count < minimum)) cases.push({ name, table, minimum })
    }
  }
  for (const [name, table] of Object.entries(publicTables)) add(name, table, [3, 5, 10, 15])
  for (const seed of [1, 2, 3]) {
    add(`6 x 8, skewed #${seed}`, skewed(crossed(6, 8), 2000, seed), [5, 10])
    add(`8 x 12, skewed #${seed}`, skewed(crossed(8, 12), 6000, seed), [5, 10])
    add(`10 x 15, even #${seed}`, even(crossed(10, 15), 0.12, seed), [10])
    add(`3 x 4 x 5, skewed #${seed}`, skewed(crossed(3, 4, 5), 3000, seed), [3, 10])
    add(`4 x 5 x 6, even #${seed}`, even(crossed(4, 5, 6), 0.12, seed), [10])
    add(`2 x 3 x 3 x 4, skewed #${seed}`, skewed(crossed(2, 3, 3, 4), 3000, seed), [5, 10])
    add(`12 in 4 x 6, skewed #${seed}`, skewed([grouped('area', 12, 4), ...crossed(6)], 4000, seed), [5, 10])
    add(`12 in 3 x 8 in 3, even #${seed}`, even([grouped('area', 12, 3), grouped('age', 8, 3)], 0.12, seed), [10])
    add(`34 in 8 x 6 in 2, skewed #${seed}`, skewed([grouped('area', 34, 8), grouped('age', 6, 2)], 30_000, seed), [10])
    add(`9 in 3 x 3 x 2, skewed #${seed}`, skewed([grouped('area', 9, 3), ...crossed(3, 2)], 3000, seed), [5, 10])
  }
  for (const seed of [1, 2]) {
    add(
      `4 in 2 x 3 x 2 x 2, skewed #${seed}`,
      skewed([grouped('area', 4, 2), ...crossed(3, 2, 2)], 4000, seed),
      [3, 8, 15],
    )
    add(`8 in 3 x 6 in 2, even #${seed}`, even([grouped('area', 8, 3), grouped('age', 6, 2)], 0.12, seed), [10])
    add(
      `20 in 5 x 4 x 3, skewed #${seed}`,
      skewed([grouped('area', 20, 5), ...crossed(4, 3)], 60_000, seed),
      [3, 6, 12],
    )
    add(`14 x 20, even #${seed}`, even(crossed(14, 20), 0.12, seed), [10])
  }
  for (const seed of [1, 2, 3]) {
    add(`3 x 3 x 3 x 3, skewed #${seed}`, skewed(crossed(3, 3, 3, 3), 8000, seed), [3, 7, 15])
    add(
      `6 in 3 x 4 in 2 x 2, skewed #${seed}`,
      skewed([grouped('area', 6, 3), grouped('age', 4, 2), ...crossed(2)], 3000, seed),
      [3, 7, 15],
    )
    for (const minimum of [3, 7, 15]) cases.push(...linked(seed, minimum))
  }
  return cases
}

/** `people`: with their contributions; every cell has enough of them for its count to be shown. */
export type SumsCase = {
  readonly name: string
  readonly axes: readonly Axis[]
  readonly people: readonly Person[]
  readonly minimum: number
  readonly pPercent: number
}

/** Contributions are log-normal: in a cell of few people somebody stands out now and then. */
export function sumsCorpus(): SumsCase[] {
  const shapes: readonly (readonly [string, readonly Axis[]])[] = [
    ['sums 6 x 8', crossed(6, 8)],
    ['sums 3 x 4 x 5', crossed(3, 4, 5)],
    ['sums 2 x 3 x 3 x 3', crossed(2, 3, 3, 3)],
    ['sums 12 in 4 x 5', [grouped('area', 12, 4), ...crossed(5)]],
    ['sums 8 in 3 x 4 in 2 x 2', [grouped('area', 8, 3), grouped('age', 4, 2), ...crossed(2)]],
  ]
  return shapes.flatMap(([name, axes], shape) =>
    [3, 7, 15].map((minimum): SumsCase => {
      const next = random(100 * shape + minimum)
      const people = everybody(axes, () => minimum + Math.floor(20 * next())).flatMap(({ leaves, count }) =>
        Array.from({ length: count }, () => ({ leaves, value: Math.ceil(10 * Math.exp(spread * normal(next))) })),
      )
      return { name, axes, people, minimum, pPercent: minimum === 7 ? 30 : 15 }
    }),
  )
}

/** Of the logarithm of a contribution. */
const spread = 1.9

/** Several tables about the same people, asked at once. */
function linked(seed: number, minimum: number): Case[] {
  const area = grouped('area', 8, 3)
  const age = flat('age', codes(5))
  const kind = flat('kind', codes(4))
  const sex = flat('sex', codes(2))
  const people = skewedPeople([area, age, kind, sex], 6000, seed)
  const sets: Readonly<Record<string, readonly (readonly Axis[])[]>> = {
    'area x age, area x kind': [
      [area, age],
      [area, kind],
    ],
    'area x sex x age, area x kind': [
      [area, sex, age],
      [area, kind],
    ],
    'age x kind, kind x sex, age x sex': [
      [age, kind],
      [kind, sex],
      [age, sex],
    ],
    'area x age x sex, area x kind x sex': [
      [area, age, sex],
      [area, kind, sex],
    ],
  }
  return Object.entries(sets).flatMap(([name, shown]): Case[] => {
    const [table, ...beside] = shown.map((axes) => tableOf(axes, people))
    const small = [table, ...beside].some((each) => each?.cells.some(({ count }) => count > 0 && count < minimum))
    return table && small ? [{ name: `linked: ${name} #${seed}`, table, beside, minimum }] : []
  })
}
