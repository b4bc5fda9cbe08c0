/**
 * What each attacker must not find out, over the attacker's unknowns.
 * @module
 */

import type { Atoms } from './atoms.ts'
import { type Attacker, attackerName, knownBefore, partiesIn } from './attackers.ts'
import type { Linear } from './highs-model.ts'
import { knownEmpty } from './known-empty.ts'
import { smallMoves } from './next-delivery.ts'
import type { Entry, Registry } from './registry.ts'
import type { Rules } from './rules.ts'
import type { AttackedInterval, EarlierTable, PreviousTable, TrueTable } from './types.ts'
import { type CellGuard, unsafeCells } from './unsafe-cells.ts'

/**
 * The attacker must find some whole table that fits all answers and in which the sum is `need` or more.
 * Without `need` the cell's true value is unknown to the auditor, and the attacker must find two tables that differ in it.
 */
export type Guard = {
  readonly attacker: Attacker
  readonly at: AttackedInterval['at']
  /** Which of the tables asked now `at` is a place of; the first of them for what stands in none. */
  readonly table: number
  readonly terms: Linear
  readonly need: number | undefined
  /** True value of the sum, where the job knows it. */
  readonly truth: number | undefined
  /** An attacker who finds that nobody is there has found nothing. */
  readonly emptyIsFine: boolean
}

export type GuardedTable = {
  readonly guards: readonly Guard[]
  /** Cells of the tables asked now that are unsafe in themselves, unless an earlier answer shows them. */
  readonly unsafe: ReadonlySet<Entry>
  /** How many cells of each table the primary rules found. */
  readonly primary: readonly number[]
}

/** Gathers all guards of the tables asked now, of earlier ones, and of unions that no table shows. */
export function gatherGuards(
  tables: readonly TrueTable[],
  earlier: readonly EarlierTable[],
  previous: readonly PreviousTable[],
  registry: Registry,
  atoms: Atoms,
  rules: Rules,
): GuardedTable {
  const parties = rules.insider ? partiesIn(tables, earlier) : []
  const unit = tables[0]?.unit ?? 'persons'
  const unsafe = new Set<Entry>()
  const guards: Guard[] = []
  const known = new Set<string>()
  /** @returns how many cells of the table have guards */
  const add = (cellGuards: Map<string, CellGuard[]>, entryAt: ReadonlyMap<string, Entry>, table: number): number => {
    const cells = new Set<Entry>()
    for (const [key, found] of cellGuards) {
      const entry = entryAt.get(key)
      // What an earlier answer shows is not there to be guarded any more.
      if (!entry || entry.earlier === 'released') continue
      unsafe.add(entry)
      cells.add(entry)
      // Nobody is kept from what it knows.
      const holders = parties.filter((party) => {
        const { lower, upper } = knownBefore({ kind: 'attribute_holder', party }, entry, unit)
        return lower < upper
      })
      for (const guard of found) {
        const others = holders.filter((party) => !asksLess(guard, party, found))
        for (const made of overColumns(guard, entryAt, others, table)) {
          // Tables that share a cell ask the same about it.
          const name = nameOf(made)
          if (!known.has(name)) guards.push(made)
          known.add(name)
        }
      }
    }
    return cells.size
  }
  const at = (table: number): ReadonlyMap<string, Entry> => registry.currentAt[table] ?? new Map()
  const primary = tables.map((table, index) => add(unsafeCells(table, table.cells, rules), at(index), index))
  for (const [index, table] of tables.entries()) add(smallMoves(table, previous, rules), at(index), index)
  earlier.forEach((known, index) => {
    const entryAt = registry.earlierAt[index]
    if (entryAt && known.recounted) add(unsafeCells(known, known.recounted, rules), entryAt, 0)
  })
  guards.push(...uncounted(registry, rules), ...unshownUnions(tables, earlier, registry, atoms, rules))
  return { guards, unsafe, primary }
}

/** Whether an insider guard on the same cell asks as much already, of a party that knows more. */
function asksLess({ terms, need }: CellGuard, party: string, found: readonly CellGuard[]): boolean {
  return (
    terms.every((term) => term.factor === 1) &&
    found.some(({ against, need: asked }) => against !== 'everyone' && against.party === party && asked >= need)
  )
}

const nameOf = ({ attacker, terms, need }: Guard): string =>
  JSON.stringify([attackerName(attacker), terms.columns, terms.factors, need])

function overColumns(
  guard: CellGuard,
  entryAt: ReadonlyMap<string, Entry>,
  parties: readonly string[],
  table: number,
): Guard[] {
  const factors = new Map<number, number>()
  let truth = 0
  for (const { at, factor } of guard.terms) {
    const entry = entryAt.get(at.join(','))
    if (!entry) throw new Error('a guard names a cell outside its table')
    truth += factor * (entry.count ?? 0)
    for (const column of entry.columns) factors.set(column, (factors.get(column) ?? 0) + factor)
  }
  const terms = { columns: [...factors.keys()], factors: [...factors.values()] }
  const shared = { at: guard.at, table, terms, need: guard.need, truth, emptyIsFine: false }
  if (guard.against !== 'everyone') return [{ ...shared, attacker: { kind: 'insider', party: guard.against.party } }]
  return [
    { ...shared, attacker: { kind: 'outsider' } },
    ...parties.map((party): Guard => ({ ...shared, attacker: { kind: 'attribute_holder', party } })),
  ]
}

/** Cells withheld earlier whose value the auditor does not know: they stay at k or more at least, and open. */
function uncounted(registry: Registry, rules: Rules): Guard[] {
  return registry.entries.flatMap((entry): Guard[] => {
    if (entry.earlier !== 'withheld' || entry.count !== undefined) return []
    const terms = sum(entry.columns)
    const shared = {
      attacker: { kind: 'outsider' },
      at: 'union',
      table: 0,
      terms,
      truth: undefined,
      emptyIsFine: false,
    } as const
    return [
      { ...shared, need: rules.minimum },
      { ...shared, need: undefined },
    ]
  })
}

/**
 * Unknowns that are no cell of any table: what overlapping answers may single out. Every union contains such an unknown or
 * a cell, so guarding the smallest guards all.
 */
function unshownUnions(
  tables: readonly TrueTable[],
  earlier: readonly EarlierTable[],
  registry: Registry,
  atoms: Atoms,
  rules: Rules,
): Guard[] {
  const shown = new Set(registry.entries.flatMap((entry) => (entry.columns.length === 1 ? entry.columns : [])))
  // An attacker learns nothing about them from this answer, so there is nothing to guard.
  const empty = knownEmpty(atoms, registry)
  const axes = [...tables, ...earlier].flatMap((known) => known.axes)
  const telling = (column: number): boolean =>
    rules.zeros === 'protect' ||
    (rules.zeros === 'protect-foreign' &&
      axes.some(
        (axis) => (axis.sensitive || axis.owner !== undefined) && atoms.dimensionsOf(column).includes(axis.dimension),
      ))
  const guards: Guard[] = []
  for (let column = 0; column < atoms.columns; column++) {
    if (shown.has(column) || empty.has(column)) continue
    guards.push({
      attacker: { kind: 'outsider' },
      at: 'union',
      table: 0,
      terms: sum([column]),
      need: rules.minimum,
      truth: undefined,
      emptyIsFine: !telling(column),
    })
  }
  return guards
}

const sum = (columns: readonly number[]): Linear => ({ columns, factors: columns.map(() => 1) })
