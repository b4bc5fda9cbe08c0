/**
 * An invented region for the ledger's benchmark: persons over eight dimensions that hang together, tables of them, and
 * questions drawn from one catalogue. Always the same for the same seed.
 * @module
 */
import type { Axis, AxisNode, People, TrueCell, TrueTable } from '@kruispunt/disclosure'

type Dimension = {
  readonly name: string
  readonly leaves: number
  readonly owner?: string
  /** How many of the finest codes one code of the level above takes together. */
  readonly group?: number
}

const dimensions: readonly Dimension[] = [
  { name: 'area', leaves: 24, group: 4 },
  { name: 'sex', leaves: 2 },
  { name: 'age', leaves: 6, group: 2 },
  { name: 'income', leaves: 5, owner: 'tax' },
  { name: 'household', leaves: 4 },
  { name: 'benefit', leaves: 6, owner: 'benefits' },
  { name: 'care', leaves: 3, owner: 'health' },
  { name: 'debt', leaves: 3, owner: 'tax' },
]

/** Holds everybody, holds a part, holds those who have care. */
const parties = ['municipality', 'benefits', 'health'] as const

export type Random = () => number

/** Mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Region = { readonly people: People; readonly held: readonly Uint32Array[] }

const kinds = [0.35, 0.25, 0.15, 0.12, 0.08, 0.05]

/** Persons of six kinds; within a kind the dimensions are apart, each with uneven categories. */
export function inventRegion(persons: number, seed: number): Region {
  const random = seeded(seed)
  const shares = kinds.map(() =>
    dimensions.map(({ leaves, name }) => {
      const turned = Math.floor(random() * leaves * 0.5)
      const weights = Array.from({ length: leaves }, (_, leaf) =>
        name === 'area' ? Math.exp(2.2 * random()) : 0.4 ** ((leaf + turned) % leaves) * Math.exp(3 * (random() - 0.5)),
      )
      const sum = weights.reduce((a, b) => a + b)
      return weights.map((weight) => weight / sum)
    }),
  )
  const draw = (weights: readonly number[]): number => {
    let rest = random()
    const found = weights.findIndex((weight) => {
      rest -= weight
      return rest < 0
    })
    return found < 0 ? weights.length - 1 : found
  }
  const groups = new Map<number, number[]>()
  for (let person = 0; person < persons; person++) {
    const kind = draw(kinds)
    let key = 0
    for (const [place, { leaves }] of dimensions.entries()) key = key * leaves + draw(shares[kind]?.[place] ?? [])
    const isIn = [1, random() < 0.4 ? 1 : 0, key % 9 >= 3 ? 1 : 0]
    const group = groups.get(key) ?? [0, 0, 0, 0]
    groups.set(key, [(group[0] ?? 0) + 1, ...isIn.map((held, party) => (group[party + 1] ?? 0) + held)])
  }
  const codes = new Uint8Array(groups.size * dimensions.length)
  let row = 0
  for (const key of groups.keys()) {
    let rest = key
    for (let place = dimensions.length - 1; place >= 0; place--) {
      const leaves = dimensions[place]?.leaves ?? 1
      codes[row * dimensions.length + place] = rest % leaves
      rest = Math.floor(rest / leaves)
    }
    row++
  }
  const column = (index: number) => Uint32Array.from(groups.values(), (group) => group[index] ?? 0)
  return {
    people: {
      dimensions: dimensions.map(({ name, leaves }) => ({ dimension: name, leaves })),
      codes,
      counts: column(0),
      held: Object.fromEntries(parties.map((party, index) => [party, column(index + 1)])),
    },
    held: parties.map((_, party) => column(party + 1)),
  }
}

/** One question of one to three dimensions: any level, sometimes a selection of what is shown or of something else. */
export function drawQuestion(random: Random): Axis[] {
  const width = random() < 0.15 ? 1 : random() < 0.4 ? 2 : 3
  const shuffled = dimensions.map((dimension) => ({ dimension, lot: random() })).toSorted((a, b) => a.lot - b.lot)
  const axes = shuffled.slice(0, width).map(({ dimension }) => axisOf(dimension, random))
  if (random() < 0.15) {
    const other = shuffled[width]?.dimension
    if (other) axes.push(selection(other, random))
  }
  return axes
}

function axisOf(dimension: Dimension, random: Random): Axis {
  const { name, leaves, owner, group } = dimension
  const every = Array.from({ length: leaves }, (_, leaf) => leaf)
  const finest = every.map((leaf): AxisNode => ({ code: `${leaf}`, leaves: [leaf] }))
  const coarse =
    group === undefined
      ? []
      : Array.from(
          { length: leaves / group },
          (_, index): AxisNode => ({ code: `g${index}`, leaves: every.slice(index * group, (index + 1) * group) }),
        )
  const levels = coarse.length === 0 ? [finest] : [finest, coarse, [...coarse, ...finest]]
  const shown = levels[Math.floor(random() * levels.length)] ?? finest
  const nodes = [{ code: 'all', leaves: every }, ...shown]
  const axis = { dimension: name, leaves, ...(owner === undefined ? {} : { owner }) }
  if (random() >= 0.15 || leaves < 4) return { ...axis, nodes }
  // A selection of what is shown: half of the finest codes.
  const chosen = new Set(every.filter(() => random() < 0.5))
  if (chosen.size < 2) return { ...axis, nodes }
  const inside = nodes
    .map(({ code, leaves: all }) => ({ code, leaves: all.filter((leaf) => chosen.has(leaf)) }))
    .filter(({ leaves: left }) => left.length > 0)
  return { ...axis, nodes: inside }
}

function selection({ name, leaves, owner }: Dimension, random: Random): Axis {
  const first = Math.floor(random() * leaves)
  const size = 1 + Math.floor(random() * (leaves - 1))
  const chosen = Array.from({ length: size }, (_, index) => (first + index) % leaves).sort((a, b) => a - b)
  return {
    dimension: name,
    leaves,
    ...(owner === undefined ? {} : { owner }),
    nodes: [{ code: 'chosen', leaves: chosen }],
  }
}

/** Counts a table of the region. */
export function countTable({ people, held }: Region, axes: readonly Axis[]): TrueTable {
  const places = axes.map((axis) => dimensions.findIndex(({ name }) => name === axis.dimension))
  const width = dimensions.length
  const size = axes.reduce((product, { leaves }) => product * leaves, 1)
  const columns = [people.counts, ...held].map((counts) => {
    const dense = new Float64Array(size)
    for (let row = 0; row < counts.length; row++) {
      let index = 0
      for (const [axis, place] of places.entries())
        index = index * (axes[axis]?.leaves ?? 1) + (people.codes[row * width + place] ?? 0)
      dense[index] = (dense[index] ?? 0) + (counts[row] ?? 0)
    }
    return dense
  })
  const cells: TrueCell[] = []
  const at: number[] = []
  const walk = (depth: number, indices: readonly number[]): void => {
    const axis = axes[depth]
    if (axis) {
      for (const [node, { leaves }] of axis.nodes.entries()) {
        at[depth] = node
        walk(
          depth + 1,
          indices.flatMap((index) => leaves.map((leaf) => index * axis.leaves + leaf)),
        )
      }
      return
    }
    const [count = 0, ...own] = columns.map((dense) => indices.reduce((sum, index) => sum + (dense[index] ?? 0), 0))
    cells.push({
      at: [...at],
      count,
      persons: count,
      byParty: Object.fromEntries(parties.map((party, index) => [party, own[index] ?? 0])),
      largest: [Math.min(1, count), Math.min(1, Math.max(0, count - 1))],
    })
  }
  walk(0, [0])
  return { population: 'region', unit: 'persons', axes, cells }
}
