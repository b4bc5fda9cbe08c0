/**
 * The words of this package: a true table and what was released before go in, cell states and a certificate come out.
 * @module
 */

/** What a count counts. */
export type Unit = 'persons' | 'records' | 'households'

/** One category of an axis. */
export type AxisNode = {
  readonly code: string
  /** Which of the dimension's finest codes this category is the union of: indices, each once. */
  readonly leaves: readonly number[]
}

/** One dimension of a table, with the categories it shows. */
export type Axis = {
  readonly dimension: string
  /** The party this attribute comes from; absent when every party that knows the person knows it. */
  readonly owner?: string
  /** Belonging to a category says something delicate about a person. */
  readonly sensitive?: boolean
  /** Size of the dimension's finest code list; the same in every table of the release. */
  readonly leaves: number
  /** Node 0 is the widest and holds all others (a filter makes it a subset); the others may nest. */
  readonly nodes: readonly AxisNode[]
  /** Nodes that say nothing about a person in them ("no provision"): the group rule passes them by. */
  readonly neutral?: readonly number[]
}

/** Where a cell stands: a node index for each axis, in the order of the axes. */
export type Position = readonly number[]

/** A cell as the engine counted it. */
export type TrueCell = {
  readonly at: Position
  /** What would be published, in the table's unit. */
  readonly count: number
  /** Distinct persons behind the count. */
  readonly persons: number
  /** Of those persons, how many each party holds itself. A key may also name a coalition and count the union of its members. */
  readonly byParty: Readonly<Record<string, number>>
  /** The two largest contributions of one person to the count; [1, 1] for persons. */
  readonly largest: readonly [number, number]
}

type Shape = { readonly population: string; readonly unit: Unit; readonly axes: readonly Axis[] }

/** A table before protection: every combination of nodes once, in any order. */
export type TrueTable = Shape & {
  readonly cells: readonly TrueCell[]
  /** Combinations that cannot hold anybody, which everyone knows. */
  readonly structuralZeros?: readonly Position[]
}

/** A cell that may be seen. */
export type ReleasedCell = { readonly at: Position; readonly state: 'released'; readonly count: number }
/** A cell that may not: it carries neither count nor reason. */
export type WithheldCell = { readonly at: Position; readonly state: 'withheld' }
export type CellState = ReleasedCell | WithheldCell

/** What the ledger remembers of one answer of the same release. */
export type EarlierTable = Shape & {
  readonly cells: readonly CellState[]
  readonly structuralZeros?: readonly Position[]
  /** The same cells counted again within the job, if its columns are open: sharpens what must stay hidden. */
  readonly recounted?: readonly TrueCell[]
}

/** What was shown of the same population in the release before. */
export type PreviousTable = Pick<EarlierTable, 'axes' | 'cells'>

/** Who reads an answer; what each knows besides is in `attackers.ts`. */
export type Attacker =
  | { readonly kind: 'outsider' }
  | { readonly kind: 'insider' | 'attribute_holder'; readonly party: string }

/** One way to see more, worked out from the published pattern or the shape alone. */
export type Advice = {
  readonly dimension: string
  /** How many cells the coarser table has. */
  readonly cells: number
  /** At least this share of them can be shown; absent with a refusal, where there is no pattern to work it out from. */
  readonly shownShare?: number
} & (
  | { readonly kind: 'drop_dimension' }
  /** `into`: the categories to ask for, each a level of its own or made of neighbours. */
  | { readonly kind: 'coarsen_dimension'; readonly into: readonly (readonly string[])[] }
  | { readonly kind: 'merge_categories'; readonly codes: readonly string[]; readonly shownShare: number }
)

export type RefusalCode =
  /** More atoms than the cap: the attacker's system would be too large. */
  | 'too_many_atoms'
  /** More cells unsafe in themselves than the rules allow. */
  | 'too_sparse'
  /** No pattern of withheld cells protects the table next to what is already released. */
  | 'not_protectable'
  /** Nothing would be left to show. */
  | 'nothing_left'
  /** The ledger holds another count for a cell of this table. */
  | 'ledger_conflict'
  /** The attacker did not finish in time. */
  | 'time_limit'
  /** The solver failed; nothing is known about the answer's safety. */
  | 'attacker_failed'

/** Proof of the audit that goes with an answer. */
export type Certificate = {
  readonly version: 1
  /** SHA-256 of the rules applied, hex. */
  readonly rulesSha256: string
  readonly solver: { readonly name: string; readonly version: string }
  readonly earlierTables: number
  /** Size of the attacker's system: unknowns, equations known to the attacker, cells withheld in this table. */
  readonly atoms: number
  readonly equations: number
  readonly holes: number
  /** Every attacker tried, all without success. */
  readonly attackers: readonly {
    readonly kind: 'outsider' | 'insider' | 'attribute_holder'
    readonly party?: string
    readonly verdict: 'safe'
  }[]
  /** SHA-256 of the canonical form of the question's shape, the published cells and the fields above, hex. */
  readonly sha256: string
  /** Kept with the answer and never sent: it says which cells were unsafe. */
  readonly private: {
    readonly intervals: readonly AttackedInterval[]
    /** What the cells withheld for the sake of others cost, and what no choice of them goes below; absent where nobody asked. */
    readonly secondary?: { readonly cost: number; readonly atLeast: number }
  }
}

/** Values between which an attacker provably cannot decide: each bound is reached by a whole table that fits all answers. */
export type AttackedInterval = {
  /** The cell or union attacked, in words of the table; `union` for a derived one. */
  readonly at: Position | 'union'
  readonly attacker: string
  readonly low: number
  readonly high: number
}

export type Outcome =
  | {
      readonly outcome: 'answered'
      readonly cells: readonly CellState[]
      readonly certificate: Certificate
      readonly advice: readonly Advice[]
    }
  | {
      readonly outcome: 'refused'
      readonly code: RefusalCode
      readonly advice: readonly Advice[]
      /** Refused because of sums that were shown before; without them the table could be shown. */
      readonly beside?: 'sums'
    }
