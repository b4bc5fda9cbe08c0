/**
 * What the linkage report holds (linkage.md §6). Exact counts: for the broker's memory, not for display.
 * @module
 */

/** Why a figure may not be relied upon. */
export type EstimateFlaw =
  /** a party does not say which subjects have a citizen number, or has none */
  | 'numbers_unknown'
  /** too few pairs to be within a point of the truth in 99 of 100 cases */
  | 'too_few'
  /** no register that holds nearly everybody once is among the two */
  | 'no_register'
  /** the counts do not follow the method's model */
  | 'model_does_not_fit'
  /** most of it is taken from other pairs of parties, which may be better or worse */
  | 'taken_from_others'
  /** nothing to estimate it from */
  | 'no_basis'

/** A share from 0 to 1. `margin` is half the width within which the truth lies in 99 of 100 cases. */
export type Estimate =
  | { readonly valid: true; readonly value: number; readonly margin: number }
  | { readonly valid: false; readonly value: number | null; readonly flaw: EstimateFlaw }

/** The other keys, judged by the citizen numbers of those who have one. */
export type NameAudit = {
  /** links that the other keys make by themselves between two known numbers; of those, with equal numbers */
  readonly links: number
  readonly sameNumber: number
  /** pairs with one number; of those, that the other keys link too */
  readonly numberPairs: number
  readonly alsoByNames: number
  /** true links of which a number is wrong, as estimated; counted as right in the estimates */
  readonly wrongNumbers: number
  readonly precision: Estimate
  readonly recall: Estimate
}

/** Blakely & Salmond's duplicate method: what the numbers of candidates per subject say. */
export type DuplicateMethod = {
  readonly register: string
  /** subjects of the other party with 0, 1, 2 and 3 or more candidates, before the void rule */
  readonly candidates: readonly [number, number, number, number]
  /** share of the subjects whose own record is among the candidates, and chance candidates per subject */
  readonly found: number
  readonly chance: number
  /** of the links as made */
  readonly precision: Estimate
}

/** How good the links are that the job works with, citizen numbers and all. */
export type LinkQualityEstimate = {
  readonly precision: Estimate
  readonly recall: Estimate
  /** lowest and highest of the pairs audited, where this one cannot be */
  readonly range: { readonly precision: readonly [number, number]; readonly recall: readonly [number, number] } | null
}

export type PairReport = {
  readonly parties: readonly [string, string]
  /** persons in both extracts: as many subjects of the one as of the other */
  readonly linked: number
  /** linked / subjects of the first, and of the second party, 0 to 1; 0 for an empty extract */
  readonly rates: readonly [number, number]
  /** of the linked, those that share one key only */
  readonly singleKey: number
  /** pairs that share the citizen number and nothing else, though both parties send other keys */
  readonly suspects: number
  readonly conflicts: Conflicts
  readonly ties: number
  readonly audit: NameAudit | null
  readonly duplicates: DuplicateMethod | null
  readonly quality: LinkQualityEstimate
}

/** Refused edges, by the rule that refused them. */
type Conflicts = { readonly sameParty: number; readonly differentIdentity: number }

export type KeyReport = {
  readonly keyId: string
  /** different tokens that two subjects of one extract hold */
  readonly voidTokens: number
  /** linked pairs of subjects that share this key */
  readonly links: number
  /** share of the pairs with one citizen number, and of those with different ones, that share this key */
  readonly m: number | null
  readonly u: number | null
}

export type LinkageReport = {
  readonly persons: number
  readonly parties: readonly {
    readonly party: string
    readonly subjects: number
    /** subjects that are one person with a subject of any other party */
    readonly linked: number
    /** subjects whose every shared token was void */
    readonly ambiguous: number
  }[]
  readonly pairs: readonly PairReport[]
  /** with two to four parties: persons held by the combination of parties that holds fewest, of those that hold any; or null */
  readonly fewestTogether: number | null
  readonly keys: readonly KeyReport[]
  /** the sums over all pairs */
  readonly singleKey: number
  readonly suspects: number
  readonly conflicts: Conflicts
  /** edges dropped because others of the same weight contradicted them */
  readonly ties: number
  readonly audit: NameAudit | null
  readonly quality: LinkQualityEstimate
  readonly households: {
    readonly households: number
    readonly personsWithoutAddress: number
    readonly personsInInstitutions: number
    readonly personsWithSeveralAddresses: number
  } | null
}
