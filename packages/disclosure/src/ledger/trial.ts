/**
 * What one question does to the tables kept, and the tables found for it. Nothing is changed until it is kept.
 * @module
 */
import { type Attacker, attackerName } from '../attackers.ts'
import { guardName, type LedgerGuard, placesOf, reachedBy } from './guard.ts'
import type { KnownCell } from './known-cell.ts'
import type { Memory } from './memory.ts'
import { changeIn, type Move, residueOf } from './move.ts'

export type Kept = { readonly guard: LedgerGuard; readonly move: Move }

/** Everything that is kept of earlier answers. */
type Store = {
  readonly kept: ReadonlyMap<string, Kept>
  /** Moves by the dimensions of the guards they were found for. */
  readonly byPlaces: ReadonlyMap<string, ReadonlySet<Move>>
  /** The attackers, by name, that a move is kept for: its table fits what they know. */
  readonly fits: ReadonlyMap<Move, ReadonlyMap<string, Attacker>>
}

/** Moves of earlier answers that are tried for a new guard, the latest first, at most. */
const mostTried = 200

export class Trial {
  /** Attackers by name whose knowledge a kept move does not fit any more. */
  readonly lost = new Map<Move, Set<string>>()
  readonly found = new Map<string, Kept>()
  readonly excused = new Set<string>()
  readonly #memory: Memory
  readonly #store: Store
  /** The new cells by the dimensions they are limited on, with the kept moves that change something there. */
  readonly #fresh: readonly { readonly cells: readonly KnownCell[]; readonly moves: readonly Move[] }[]
  /** Moves found here, the latest last. */
  readonly #news = new Set<Move>()

  constructor(memory: Memory, store: Store, fresh: ReadonlySet<KnownCell>) {
    this.#memory = memory
    this.#store = store
    this.#fresh = [...Map.groupBy(fresh, ({ places }) => places.join(',')).values()].map((cells) => ({
      cells,
      moves: [...store.fits.keys()].filter((move) => residueOf(memory.truth, move, cells[0]?.places ?? []).length > 0),
    }))
    for (const { cells, moves } of this.#fresh) for (const move of moves) this.#check(move, cells)
  }

  #check(move: Move, cells: readonly KnownCell[]): void {
    for (const [name, attacker] of this.#store.fits.get(move) ?? []) {
      if (this.#memory.fitsIn(attacker, move, cells[0]?.places ?? [], cells)) continue
      const gone = this.lost.get(move)
      if (gone) gone.add(name)
      else this.lost.set(move, new Set([name]))
    }
  }

  #isLost(move: Move, attacker: Attacker): boolean {
    return this.lost.get(move)?.has(attackerName(attacker)) === true
  }

  /** Guards of earlier answers whose table the new cells contradict. */
  contradicted(): LedgerGuard[] {
    if (this.lost.size === 0) return []
    return [...this.#store.kept.values()]
      .filter(({ guard, move }) => this.#isLost(move, guard.attacker))
      .map(({ guard }) => guard)
  }

  /** Whether a table known already serves the guard. */
  serve(guard: LedgerGuard): boolean {
    for (const move of [...this.#news].toReversed()) if (this.propose(guard, move)) return true
    const kept = [...(this.#store.byPlaces.get(placesOf(guard).join(',')) ?? [])].toReversed()
    return kept
      .slice(0, mostTried)
      .some(
        (move) =>
          !this.#isLost(move, { kind: 'outsider' }) && !this.#isLost(move, guard.attacker) && this.propose(guard, move),
      )
  }

  /** Takes a proposed table for a guard if it is one. Exact: whole numbers only. */
  propose(guard: LedgerGuard, move: Move): boolean {
    if (!this.#reaches(move, guard) || !this.#memory.fits(guard.attacker, move)) return false
    this.found.set(guardName(guard), { guard, move })
    this.#news.add(move)
    return true
  }

  #reaches(move: Move, guard: LedgerGuard): boolean {
    return reachedBy(this.#memory.truth, guard, move) >= guard.need
  }

  /** @param name - of a guard that makes no sense, or not at its level */
  excuse(name: string): void {
    this.excused.add(name)
  }

  /** The new cells that would have to stay hidden for the table that an earlier answer's guard has. */
  inTheWayOf(guard: LedgerGuard): KnownCell[] {
    const kept = this.#store.kept.get(guardName(guard))
    if (!kept) return []
    return this.#fresh.flatMap(({ cells }) => {
      const residue = residueOf(this.#memory.truth, kept.move, cells[0]?.places ?? [])
      return cells.filter((cell) => this.#memory.isShown(cell) && changeIn(residue, cell.masks) !== 0)
    })
  }

  /** Takes the table that an earlier answer's guard has, now that nothing is in its way. */
  resume(guard: LedgerGuard): boolean {
    const kept = this.#store.kept.get(guardName(guard))
    return kept !== undefined && this.propose(guard, kept.move)
  }

  /** Whether every table still fits when this new cell is shown. */
  fits(cell: KnownCell): boolean {
    const isFine = (attacker: Attacker, move: Move) => this.#memory.fitsIn(attacker, move, cell.places, [cell])
    const moves = this.#fresh.find(({ cells }) => cells[0]?.places.join(',') === cell.places.join(','))?.moves ?? []
    return (
      moves.every((move) =>
        [...(this.#store.fits.get(move)?.values() ?? [])].every(
          (attacker) => this.#isLost(move, attacker) || isFine(attacker, move),
        ),
      ) && [...this.found.values()].every(({ guard, move }) => isFine(guard.attacker, move))
    )
  }

  /** The last word: every guard of every answer, those of this one included, has its table among what is shown now. */
  holds(): boolean {
    for (const guard of this.contradicted()) if (!this.found.has(guardName(guard))) return false
    for (const { cells, moves } of this.#fresh) {
      for (const move of moves) {
        for (const attacker of this.#store.fits.get(move)?.values() ?? []) {
          if (!this.#isLost(move, attacker) && !this.#memory.fitsIn(attacker, move, cells[0]?.places ?? [], cells))
            return false
        }
      }
    }
    return [...this.found.values()].every(
      ({ guard, move }) => this.#reaches(move, guard) && this.#memory.fits(guard.attacker, move),
    )
  }
}
