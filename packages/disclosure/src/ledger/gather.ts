/**
 * What a new question must not give away: the cells that the rules find unsafe, and sets of persons that no question named
 * but that overlapping ones single out.
 * @module
 */
import { knownBefore } from '../attackers.ts'
import { positionKey } from '../check-input.ts'
import { smallMoves } from '../next-delivery.ts'
import type { Rules } from '../rules.ts'
import type { Axis, PreviousTable, TrueTable } from '../types.ts'
import { type CellGuard, unsafeCells } from '../unsafe-cells.ts'
import type { LedgerGuard } from './guard.ts'
import { countOf, draftCell, type KnownCell } from './known-cell.ts'
import type { Memory, Space } from './memory.ts'

export type Gathered = {
  readonly guards: readonly LedgerGuard[]
  /** Cells unsafe in themselves that no earlier answer shows. */
  readonly unsafe: ReadonlySet<KnownCell>
  /** How many of them the primary rules found. */
  readonly primary: number
}

export type Asked = {
  readonly table: TrueTable
  readonly previous: readonly PreviousTable[]
  /** Of the table, by position key. */
  readonly cells: ReadonlyMap<string, KnownCell>
  /** Those of them that no earlier answer decided. */
  readonly fresh: ReadonlySet<KnownCell>
}

export function gather(
  memory: Memory,
  { table, previous, cells, fresh }: Asked,
  parties: readonly string[],
  rules: Rules,
): Gathered {
  const unsafe = new Set<KnownCell>()
  const guards: LedgerGuard[] = []
  const add = (found: ReadonlyMap<string, readonly CellGuard[]>): void => {
    for (const [key, cellGuards] of found) {
      const cell = cells.get(key)
      // What an earlier answer shows is not there to be guarded any more.
      if (!cell || cell.fate === 'released') continue
      unsafe.add(cell)
      // Nobody is kept from what it knows.
      const holders = parties.filter((party) => {
        const { lower, upper } = knownBefore({ kind: 'attribute_holder', party }, cell, table.unit)
        return lower < upper
      })
      for (const guard of cellGuards)
        guards.push(
          ...asked(
            guard,
            cells,
            holders.filter((party) => !asksLess(guard, party, cellGuards)),
          ),
        )
    }
  }
  add(unsafeCells(table, table.cells, rules))
  const primary = unsafe.size
  add(smallMoves(table, previous, rules))
  return { guards: [...guards, ...unnamed(memory, fresh, table.axes, rules)], unsafe, primary }
}

/** Whether an insider guard on the same cell asks as much already, of a party that knows more. */
function asksLess({ terms, need }: CellGuard, party: string, found: readonly CellGuard[]): boolean {
  return (
    terms.every((term) => term.factor === 1) &&
    found.some(({ against, need: other }) => against !== 'everyone' && against.party === party && other >= need)
  )
}

function asked(guard: CellGuard, cells: ReadonlyMap<string, KnownCell>, holders: readonly string[]): LedgerGuard[] {
  let truth = 0
  const terms = guard.terms.map(({ at, factor }) => {
    const cell = cells.get(positionKey(at))
    if (!cell) throw new Error('a guard names a cell outside its table')
    truth += factor * cell.count
    return { cell, factor }
  })
  const shared = { at: guard.at, terms, need: guard.need, truth, emptyIsFine: false }
  if (guard.against !== 'everyone') return [{ ...shared, attacker: { kind: 'insider', party: guard.against.party } }]
  return [
    { ...shared, attacker: { kind: 'outsider' } },
    ...holders.map((party): LedgerGuard => ({ ...shared, attacker: { kind: 'attribute_holder', party } })),
  ]
}

/**
 * The smallest sets that the questions over the same dimensions cut the people into, where no question names them: what
 * overlapping categories and selections single out. Every set that follows from those contains such a set or a cell, so
 * guarding the smallest guards all.
 */
function unnamed(memory: Memory, fresh: ReadonlySet<KnownCell>, axes: readonly Axis[], rules: Rules): LedgerGuard[] {
  const spaces = new Set([...fresh].map(({ places }) => places.join(',')))
  return [...memory.spaces]
    .filter(({ name }) => spaces.has(name))
    .flatMap((space) => unnamedIn(memory, space, axes, rules))
}

function unnamedIn(memory: Memory, { places, cells }: Space, all: readonly Axis[], rules: Rules): LedgerGuard[] {
  const { truth } = memory
  const axes = places.map((place): Axis => {
    const axis = all.find(({ dimension }) => dimension === truth.names[place])
    if (!axis) throw new Error('a cell on a dimension that its table does not have')
    return axis
  })
  const telling =
    rules.zeros === 'protect' ||
    (rules.zeros === 'protect-foreign' && axes.some((axis) => axis.sensitive || axis.owner !== undefined))
  const guards: LedgerGuard[] = []
  const pieces = axes.map((axis, depth): Axis => ({ ...axis, nodes: piecesOf(axis, depth, cells) }))
  const at: number[] = []
  const walk = (depth: number): void => {
    if (depth < pieces.length) {
      const size = pieces[depth]?.nodes.length ?? 0
      for (let node = 0; node < size; node++) {
        at[depth] = node
        walk(depth + 1)
      }
      return
    }
    const cell = draftCell(truth, pieces, at)
    if (memory.find(cell.name) || (cell.count === 0 && !telling)) return
    const shared = { at: 'union', terms: [{ cell, factor: 1 }], truth: cell.count, emptyIsFine: !telling } as const
    if (cell.count < rules.minimum) guards.push({ ...shared, attacker: { kind: 'outsider' }, need: rules.minimum })
    if (!rules.insider) return
    for (const party of truth.parties) {
      const own = countOf(truth, cell, party)
      const rest = cell.count - own
      if (own > 0 && rest > 0 && rest < rules.minimum)
        guards.push({ ...shared, attacker: { kind: 'insider', party }, need: own + rules.minimum })
    }
  }
  walk(0)
  return guards
}

/** Finest codes that no cell tells apart are one piece. */
function piecesOf({ leaves }: Axis, depth: number, cells: ReadonlySet<KnownCell>): Axis['nodes'] {
  const masks = [...new Map([...cells].map((cell) => [cell.leaves[depth]?.join(), cell.masks[depth]])).values()]
  const signature = (leaf: number) => masks.map((mask) => mask?.[leaf]).join('')
  const groups = Map.groupBy(
    Array.from({ length: leaves }, (_, leaf) => leaf),
    signature,
  )
  return [...groups.values()].map((inside) => ({ code: '', leaves: inside }))
}
