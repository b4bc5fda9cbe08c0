/**
 * What each attacker must find possible, over the attacker's unknowns: a sum of cells that lies far enough above, or
 * below, its true value.
 * @module
 */
import { positionKey } from '../check-input.ts'
import type { Position } from '../types.ts'
import type { GuardMaker, SumGuard } from './guard-maker.ts'
import { besideHiddenCount, type Hazard, hazards, type Part, type Yardstick } from './hazards.ts'
import type { SumEntries, SumEntry } from './sum-entries.ts'
import { type Line, linesOf, unsafeUnions } from './sum-lines.ts'
import type { SumSystem } from './sum-system.ts'
import type { SumMeasure, SumsQuestion } from './types.ts'

export type Guarded = {
  readonly guards: readonly SumGuard[]
  /** Cells of the current table that are unsafe in themselves. */
  readonly unsafe: ReadonlySet<SumEntry>
  readonly lines: readonly Line[]
}

/** All guards that do not depend on the pattern, and the lines whose holes make more of them. */
export function gatherSumGuards(
  { axes }: SumsQuestion['counts']['table'],
  measure: SumMeasure,
  { currentAt, earlierAt, entries }: SumEntries,
  system: SumSystem,
  maker: GuardMaker,
  measured: Yardstick,
  countUnsafe: ReadonlySet<string>,
): Guarded {
  const guards: SumGuard[] = []
  const unsafe = new Set<SumEntry>()
  const add = (at: Position, entry: SumEntry, part: Part, beside: readonly Hazard[] = []): boolean => {
    const made = maker.of(
      { cells: [{ at, entry }], current: entry.current },
      worst([...hazards(part, measured), ...beside]),
    )
    guards.push(...made)
    return made.length > 0
  }
  for (const { at } of measure.cells) {
    const key = positionKey(at)
    const entry = currentAt.get(key)
    if (!entry?.part || !system.isOpen(entry)) continue
    const beside = entry.countHidden && countUnsafe.has(key) ? [besideHiddenCount(entry.part, measured)] : []
    if (add(at, entry, entry.part, beside)) unsafe.add(entry)
  }
  const lines = linesOf(axes, currentAt, true)
  measure.earlier?.forEach((known, index) => {
    const entryAt = earlierAt[index] ?? new Map<string, SumEntry>()
    if (known.recounted) lines.push(...linesOf(known.axes, entryAt, false))
    else guards.push(...(known.kept ?? []).flatMap((kept) => maker.again(kept, entryAt)))
    for (const { at } of known.recounted ?? []) {
      const entry = entryAt.get(positionKey(at))
      if (entry?.part && entry.earlier === 'withheld' && !entry.current) add(at, entry, entry.part)
    }
  })
  for (const entry of entries) {
    // Added up in this job and shown by nobody: what overlapping answers must not single out.
    if (entry.part && !entry.current && entry.earlier === undefined) add([], entry, entry.part)
  }
  for (const union of unsafeUnions(axes, currentAt, unsafe, true)) guards.push(...maker.ofUnion(union))
  guards.push(...uncounted(system, measured))
  return { guards, unsafe, lines }
}

/**
 * Unknowns that no table shows and that the job could not add up. The largest contribution in them is at most that of a cell
 * around them: they must be open by twice the level of one such person, unless they are surely far larger.
 */
function uncounted(system: SumSystem, { rules, pPercent }: Yardstick): SumGuard[] {
  const { columns } = system.atoms
  const shown = new Set(system.entries.flatMap((entry) => (entry.columns.length === 1 ? entry.columns : [])))
  const most = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
  for (const entry of system.entries) {
    const limit = Math.min(
      entry.part?.largest[0] ?? (entry.part ? 0 : Number.POSITIVE_INFINITY),
      entry.value ?? Number.POSITIVE_INFINITY,
    )
    for (const column of entry.columns) most[column] = Math.min(most[column] ?? 0, limit)
  }
  return Array.from(most, (limit, column): SumGuard[] => {
    if (shown.has(column) || limit === 0 || !Number.isFinite(limit)) return []
    return [
      {
        key: `outsider + atom ${column}`,
        attacker: { kind: 'outsider' },
        cells: [],
        columns: [column],
        by: 2 * Math.max(1, Math.ceil((pPercent * limit) / 100)),
        safeFrom: Math.max(rules.minimum, 2 + pPercent / 100) * limit,
      },
    ]
  }).flat()
}

/** One hazard for each reader: the widest. */
function worst(found: readonly Hazard[]): Hazard[] {
  const byParty = new Map<string | undefined, Hazard>()
  for (const { party, up, down } of found) {
    const known = byParty.get(party)
    const widest = { up: Math.max(up, known?.up ?? 0), down: Math.max(down, known?.down ?? 0) }
    byParty.set(party, party === undefined ? widest : { party, ...widest })
  }
  return [...byParty.values()]
}
