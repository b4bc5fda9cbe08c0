/**
 * The words for sums: what somebody must count to have a sum protected, and what comes out.
 *
 * All amounts are whole numbers of a unit that the measure states (tenths of hours, cents).
 * @module
 */
import type { Attacker } from '../attackers.ts'
import type { Rules } from '../rules.ts'
import type { Axis, CellState, Position, RefusalCode, TrueTable } from '../types.ts'

/** The part of a cell that one party does not know of itself. */
export type OwnPart = {
  /** Part of the sum that stands in the party's own rows. */
  readonly sum: number
  /** Persons of whom the party knows the whole contribution. */
  readonly persons: number
  /** What is left without that part: persons with a contribution, and their largest ones as in {@link SumCell}. */
  readonly others: { readonly contributors: number; readonly largest: readonly number[] }
}

/** A sum as the engine added it up. */
export type SumCell = {
  readonly at: Position
  readonly sum: number
  /** Distinct persons in the cell, with or without a contribution. */
  readonly persons: number
  /** Those whose contribution, all their records added up first (holding), is not zero. */
  readonly contributors: number
  /** Largest contributions, largest first, without sign: two, or as many as the dominance rule looks at; all if there are fewer. */
  readonly largest: readonly number[]
  /** By party with rows in the cell. A key may also name a coalition. */
  readonly byParty: Readonly<Record<string, OwnPart>>
}

export type ReleasedSum = {
  readonly at: Position
  readonly state: 'released'
  readonly sum: number
  /** The released count beside it, so that a mean has the same persons below the line. */
  readonly persons: number
}
/** Carries neither sum nor reason. */
export type WithheldSum = { readonly at: Position; readonly state: 'withheld' }
export type SumState = ReleasedSum | WithheldSum

/** True sums over some axes. */
export type TrueSums = { readonly axes: readonly Axis[]; readonly cells: readonly SumCell[] }

/** What the ledger remembers of one measure of one answer of the same release. */
export type EarlierSums = {
  readonly axes: readonly Axis[]
  readonly cells: readonly SumState[]
  /** From the private part of its certificate: what must stay possible. */
  readonly kept?: readonly KeptOpen[]
  /** The same cells added up again in this job: the rules are then applied anew, insiders included. */
  readonly recounted?: readonly SumCell[]
}

export type SumMeasure = {
  readonly id: string
  /** What everybody knows of one person's contribution, in the unit. Without it: not negative, no upper bound. */
  readonly bounds?: { readonly lower: number; readonly upper?: number }
  /** p for this measure, if stricter or looser than the rules say: 10 for persons, 15 where linked to businesses. */
  readonly pPercent?: number
  /** The organisations' own totals are confidential as well: each counts as one contributor under p % and dominance. */
  readonly organisations?: boolean
  /** One for each cell of the table, in any order. */
  readonly cells: readonly SumCell[]
  /** Every answer given in the same release about the same measure. */
  readonly earlier?: readonly EarlierSums[]
  /** True sums of cross-classifications that no table shows but overlapping answers may single out, where the job can count them. */
  readonly unions?: readonly TrueSums[]
}

export type EmptyPlace = { readonly axes: readonly Axis[]; readonly at: Position }

export type SumsQuestion = {
  /** The count table of the same cells, of persons, and what was decided about it. */
  readonly counts: { readonly table: TrueTable; readonly cells: readonly CellState[] }
  readonly measures: readonly SumMeasure[]
  /**
   * Combinations that everybody knows hold nobody, such as a category of unknowns that its owner declares empty. Without them
   * disclosure control takes an attacker for more ignorant than he is, and guards what there is not.
   */
  readonly empty?: readonly EmptyPlace[]
  /** One measure follows from another (cost from hours): a cell withheld in one is withheld in all. */
  readonly together?: boolean
  readonly rules: Rules
  /** Breaks ties between equally good cells; 16 bytes or more. */
  readonly secret: Uint8Array
  /** When to give up, on the clock of `now`; ms. */
  readonly deadlineMs: number
  readonly now: () => number
}

/**
 * What an attacker must find possible of a sum of cells: that it reaches `need`. Amounts above the public lower bound:
 * sum minus bound times persons.
 */
export type KeptOpen = {
  /** The cells added up; none for a cross-classification that no table shows. */
  readonly cells: readonly Position[]
  readonly attacker: Attacker
  readonly side: 'above' | 'below'
  readonly need: number
  /** What some whole table reaches that fits everything the attacker knows. */
  readonly reached: number
}

export type SumsCertificate = {
  readonly version: 1
  readonly measure: string
  /** SHA-256 of the rules and the measure's own bounds, hex. */
  readonly rulesSha256: string
  readonly solver: { readonly name: string; readonly version: string }
  readonly earlierTables: number
  readonly atoms: number
  readonly holes: number
  readonly attackers: readonly (Attacker & { readonly verdict: 'safe' })[]
  /** SHA-256 of the question's shape, the published sums and the fields above, hex. */
  readonly sha256: string
  /** Kept with the answer and never sent. */
  readonly private: { readonly kept: readonly KeptOpen[] }
}

export type SumsOutcome =
  | {
      readonly measure: string
      readonly outcome: 'answered'
      readonly cells: readonly SumState[]
      readonly certificate: SumsCertificate
    }
  | { readonly measure: string; readonly outcome: 'refused'; readonly code: RefusalCode }
