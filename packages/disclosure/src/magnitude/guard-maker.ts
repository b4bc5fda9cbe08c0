/**
 * Turns hazards into guards: who attacks, which unknowns add up to the sum, and how far it must be able to move.
 * @module
 */
import { type Attacker, attackerName } from '../attackers.ts'
import { positionKey } from '../check-input.ts'
import type { Position } from '../types.ts'
import { type Hazard, hazards, merge, type Yardstick } from './hazards.ts'
import type { SumEntry } from './sum-entries.ts'
import type { Line } from './sum-lines.ts'
import type { SumSystem } from './sum-system.ts'
import type { KeptOpen } from './types.ts'

export type SumGuard = {
  readonly key: string
  readonly attacker: Attacker
  /** Cells added up, if they are of the table asked now. */
  readonly cells: readonly Position[]
  readonly columns: readonly number[]
  /** How far the sum must be able to move: upwards if positive. Whole and not 0. */
  readonly by: number
  /**
   * For a sum that the job does not know: `by` is the distance between its bounds, wherever they lie, and from this value on it
   * is safe in itself.
   */
  readonly safeFrom?: number
}

/** Makes guards from hazards; knows who attacks. */
export class GuardMaker {
  readonly #system: SumSystem
  readonly #base: Float64Array
  readonly #measured: Yardstick
  readonly #parties: readonly string[]

  constructor(system: SumSystem, base: Float64Array, measured: Yardstick) {
    this.#system = system
    this.#base = base
    this.#measured = measured
    this.#parties = measured.rules.insider ? partiesIn(system.entries) : []
  }

  /** Everyone who is tried, for the certificate. */
  attackers(): Attacker[] {
    const inside = this.#parties.flatMap((party): Attacker[] => [
      { kind: 'insider', party },
      { kind: 'attribute_holder', party },
    ])
    return [{ kind: 'outsider' }, ...inside]
  }

  of({ cells, current }: Line, found: readonly Hazard[]): SumGuard[] {
    return found.flatMap(({ party, up, down }) => {
      const attackers: Attacker[] =
        party !== undefined
          ? [{ kind: 'insider', party }]
          : [
              { kind: 'outsider' },
              ...this.#parties.flatMap((each): Attacker[] => {
                const holder: Attacker = { kind: 'attribute_holder', party: each }
                return this.#learnsOf(holder, cells) ? [holder] : []
              }),
            ]
      return attackers.flatMap((attacker) => [
        ...this.#guard(attacker, { cells, current }, up),
        ...this.#guard(attacker, { cells, current }, -down),
      ])
    })
  }

  /** The holes of a line together: whoever sees the rest of the line knows what they add up to. */
  ofHoles(line: Line): SumGuard[] {
    return this.ofUnion({ ...line, cells: line.cells.filter(({ entry }) => !this.#system.isShown(entry)) })
  }

  /** Cells without a person in common, together. */
  ofUnion({ cells, current }: Line): SumGuard[] {
    if (cells.length < 2) return []
    const parts = cells.flatMap(({ entry }) => (entry.part ? [entry.part] : []))
    return parts.length < cells.length ? [] : this.of({ cells, current }, hazards(merge(parts), this.#measured))
  }

  /** Put back from a certificate. */
  again(kept: KeptOpen, entryAt: ReadonlyMap<string, SumEntry>): SumGuard[] {
    const cells = kept.cells.flatMap((at) => {
      const entry = entryAt.get(positionKey(at))
      return entry ? [{ at, entry }] : []
    })
    if (cells.length === 0) return []
    const by = kept.need - this.#baseOf(cells)
    // What the base is already beyond needs no guard: the base is a table that fits.
    return kept.side === 'above'
      ? this.#guard(kept.attacker, { cells, current: false }, Math.max(0, by))
      : this.#guard(kept.attacker, { cells, current: false }, Math.min(0, by))
  }

  /** Whether the attacker knows anything besides the answers, and not these very cells. */
  #learnsOf(attacker: Attacker, cells: Line['cells']): boolean {
    const system = this.#system
    const exact = cells.every(({ entry }) => {
      const { lower, upper } = system.knownBefore(attacker, entry)
      return lower === upper
    })
    if (exact) return false
    return system.entries.some((entry) => {
      const mine = system.knownBefore(attacker, entry)
      const everybodys = system.knownBefore({ kind: 'outsider' }, entry)
      return mine.lower !== everybodys.lower || mine.upper !== everybodys.upper
    })
  }

  #guard(attacker: Attacker, { cells, current }: Line, level: number): SumGuard[] {
    const floor = cells.reduce((sum, { entry }) => sum + this.#system.knownBefore(attacker, entry).lower, 0)
    // Below what the attacker knows without any answer there is nothing to protect.
    const by = level < 0 ? Math.max(level, floor - this.#baseOf(cells)) : level
    if (!(by < 0 || by > 0)) return []
    const key = [
      attackerName(attacker),
      by > 0 ? '+' : '-',
      ...cells.map(({ entry }) => entry.index).toSorted((a, b) => a - b),
    ].join(' ')
    return [
      {
        key,
        attacker,
        cells: current ? cells.map(({ at }) => at) : [],
        columns: [...new Set(cells.flatMap(({ entry }) => entry.columns))],
        by,
      },
    ]
  }

  #baseOf(cells: Line['cells']): number {
    return cells.reduce(
      (sum, { entry }) => sum + entry.columns.reduce((part, column) => part + (this.#base[column] ?? 0), 0),
      0,
    )
  }
}

function partiesIn(entries: readonly SumEntry[]): string[] {
  const parties = new Set<string>()
  for (const { part } of entries)
    for (const [party, own] of Object.entries(part?.byParty ?? {})) if (own.persons > 0) parties.add(party)
  return [...parties].sort()
}
