/**
 * Which cells of a table to withhold, in view of earlier answers on the same dimensions or some of them. The attacker of the
 * gate is complete there; what answers on other dimensions add is left to whoever asks.
 * @module
 */
import { layOutAtoms } from '../atoms.ts'
import { Audit } from '../audit.ts'
import { positionKey } from '../check-input.ts'
import type { Guard } from '../guards.ts'
import { loadSolver } from '../highs-model.ts'
import { buildRegistry, type Entry } from '../registry.ts'
import type { Rules } from '../rules.ts'
import { settle } from '../settle.ts'
import { Suppression } from '../suppress.ts'
import { System } from '../system.ts'
import type { Axis, EarlierTable, RefusalCode, TrueCell, TrueTable } from '../types.ts'
import type { LedgerGuard } from './guard.ts'
import type { KnownCell } from './known-cell.ts'
import type { Memory } from './memory.ts'

export type Plan = {
  /** Cells of the table to withhold for the sake of others. */
  readonly withheld: readonly KnownCell[]
  /** The guards that make sense: those that the attacker cannot know already, at levels that it cannot exclude already. */
  readonly kept: readonly LedgerGuard[]
}

export type PlanTask = {
  readonly table: TrueTable
  /** Of the table, by position key. */
  readonly cells: ReadonlyMap<string, KnownCell>
  readonly guards: readonly LedgerGuard[]
  readonly rules: Rules
  readonly secret: Uint8Array
  readonly deadlineMs: number
  readonly improveMs?: number
  readonly now: () => number
}

/** Work that goes into showing more, unless the question says otherwise: in a series nobody waits long for one answer. */
const usualMs = 500

export async function planWithin(memory: Memory, task: PlanTask): Promise<Plan | RefusalCode> {
  const { table, cells, guards, rules, secret } = task
  const earlier = answersWithin(memory, table, guards, new Set(cells.values()))
  const atoms = layOutAtoms([table.axes, ...earlier.map(({ axes }) => axes)], rules.maxAtoms)
  if ('tooMany' in atoms) return 'too_many_atoms'
  const registry = buildRegistry([table], earlier, atoms, secret, rules.costs)
  if (registry === 'conflict') return 'ledger_conflict'

  const entryOf = new Map<string, Entry>()
  for (const [key, cell] of cells) {
    const entry = registry.currentAt[0]?.get(key)
    if (entry) entryOf.set(cell.name, entry)
  }
  earlier.forEach(({ names }, index) => {
    for (const [key, name] of names) {
      const entry = registry.earlierAt[index]?.get(key)
      if (entry) entryOf.set(name, entry)
    }
  })
  const system = new System(atoms, registry, table.unit, rules.minimum)
  for (const cell of cells.values()) {
    const entry = entryOf.get(cell.name)
    if (entry && cell.fate === undefined && !memory.isShown(cell)) system.setShown(entry, false)
  }
  const origin = new Map<Guard['terms'], LedgerGuard>()
  const within = guards.map((guard): Guard => {
    const made = overColumns(guard, entryOf)
    origin.set(made.terms, guard)
    return made
  })
  const solver = await loadSolver()
  const audit = new Audit(solver, system, task)
  const suppression = new Suppression(solver, system, audit)
  try {
    const held = settle(suppression, audit, system, registry, within, { ...task, improveMs: task.improveMs ?? usualMs })
    if (typeof held === 'string') return held
    const withheld = [...cells.values()].filter((cell) => {
      const entry = entryOf.get(cell.name)
      return entry !== undefined && memory.isShown(cell) && !system.isShown(entry)
    })
    const kept = held.flatMap(({ terms, need }): LedgerGuard[] => {
      const guard = origin.get(terms)
      return guard && need !== undefined ? [{ ...guard, need }] : []
    })
    return { withheld, kept }
  } finally {
    suppression.dispose()
    audit.dispose()
  }
}

function overColumns(
  { attacker, at, terms, need, truth, emptyIsFine }: LedgerGuard,
  entryOf: ReadonlyMap<string, Entry>,
): Guard {
  const factors = new Map<number, number>()
  for (const { cell, factor } of terms) {
    const entry = entryOf.get(cell.name)
    if (!entry) throw new Error('a guard about a cell outside its plan')
    for (const column of entry.columns) factors.set(column, (factors.get(column) ?? 0) + factor)
  }
  return {
    attacker,
    at,
    table: 0,
    terms: { columns: [...factors.keys()], factors: [...factors.values()] },
    need,
    truth,
    emptyIsFine,
  }
}

type AnswerWithin = EarlierTable & { readonly names: ReadonlyMap<string, string> }

/** What is remembered of some dimensions, in the form of tables, one for each set of dimensions. */
function answersWithin(
  memory: Memory,
  { population, unit, axes }: TrueTable,
  guards: readonly LedgerGuard[],
  current: ReadonlySet<KnownCell>,
): AnswerWithin[] {
  const places = axes.map(({ dimension }) => memory.truth.names.indexOf(dimension))
  const remembered = new Set(memory.within(places).filter((cell) => cell.fate !== undefined))
  for (const { terms } of guards) for (const { cell } of terms) if (!current.has(cell)) remembered.add(cell)
  const bySpace = Map.groupBy(remembered, (cell) => cell.places.join(','))
  return [...bySpace.values()].map((cells): AnswerWithin => tableOf(memory, cells, { population, unit, axes }))
}

function tableOf(
  memory: Memory,
  cells: readonly KnownCell[],
  { population, unit, axes: asked }: Pick<TrueTable, 'population' | 'unit' | 'axes'>,
): AnswerWithin {
  const [first] = cells
  const places = first?.places ?? []
  const numbers = places.map(() => new Map<string, number>())
  const ats = cells.map((cell) =>
    places.map((_, depth) => {
      const name = (cell.leaves[depth] ?? []).join(',')
      const known = numbers[depth] ?? new Map<string, number>()
      if (!known.has(name)) known.set(name, known.size)
      return known.get(name) ?? 0
    }),
  )
  const axes = places.map((place, depth): Axis => {
    const dimension = memory.truth.names[place] ?? ''
    const like = cells.flatMap(({ told }) => told.filter((axis) => axis.dimension === dimension))[0]
    const nodes = [...(numbers[depth]?.keys() ?? [])].map((name) => ({
      code: name,
      leaves: name.split(',').map(Number),
    }))
    return { ...like, dimension, leaves: memory.truth.leaves[place] ?? 0, nodes }
  })
  // Everybody: a cell that is limited on no dimension still needs an axis to stand on.
  const everybody = asked[0]
  const wide = axes.length === 0 && everybody !== undefined
  const all: Axis = {
    dimension: everybody?.dimension ?? '',
    leaves: everybody?.leaves ?? 0,
    nodes: [{ code: 'all', leaves: Array.from({ length: everybody?.leaves ?? 0 }, (_, leaf) => leaf) }],
  }
  const at = (index: number) => (wide ? [0] : (ats[index] ?? []))
  return {
    population,
    unit,
    axes: wide ? [all] : axes,
    cells: cells.map((cell, index) =>
      cell.fate === 'released'
        ? { at: at(index), state: 'released', count: cell.count }
        : { at: at(index), state: 'withheld' },
    ),
    structuralZeros: cells.flatMap((cell, index) => (cell.structuralZero ? [at(index)] : [])),
    recounted: cells.map(
      (cell, index): TrueCell => ({
        at: at(index),
        count: cell.count,
        persons: cell.held?.persons ?? cell.count,
        byParty: cell.held?.byParty ?? {},
        largest: [1, 1],
      }),
    ),
    names: new Map(cells.map((cell, index) => [positionKey(at(index)), cell.name])),
  }
}
