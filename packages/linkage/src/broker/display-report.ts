/**
 * The linkage report as it may be shown: small counts and shaky rates left out (linkage.md §6).
 * @module
 */
import { BrokerLinkageError } from './errors.ts'
import type { LinkageReport } from './report.ts'

/** A count or rate that is shown, or null where it is too small to show. */
type Shown = number | null

export type DisplayedLinkageReport = {
  readonly persons: Shown
  readonly parties: readonly {
    readonly party: string
    readonly subjects: Shown
    readonly linked: Shown
    readonly ambiguous: Shown
  }[]
  readonly pairs: readonly {
    readonly parties: readonly [string, string]
    readonly linked: Shown
    /** percentages of the first and of the second party's subjects, to 0.1 */
    readonly percentages: readonly [Shown, Shown]
  }[]
  readonly keys: readonly { readonly keyId: string; readonly voidTokens: Shown }[]
  readonly conflicts: { readonly sameParty: Shown; readonly differentIdentity: Shown }
  readonly ties: Shown
}

const fewestForRate = 100

/**
 * Leaves out every count below the minimum, every rate over fewer than 100 subjects, and whatever would give by
 * subtraction how many did *not* link when those are too few.
 * @param minimum - smallest count that may be shown; a whole number, 3 or more
 * @throws {@link BrokerLinkageError} `minimum_malformed`
 */
export function reportForDisplay(report: LinkageReport, minimum: number): DisplayedLinkageReport {
  if (!Number.isSafeInteger(minimum) || minimum < 3) throw new BrokerLinkageError('minimum_malformed')
  const count = (value: number): Shown => (value < minimum ? null : value)
  const part = (value: number, whole: number): Shown => (whole - value < minimum ? null : count(value))
  const subjectsOf = new Map(report.parties.map(({ party, subjects }) => [party, subjects]))
  return {
    persons: count(report.persons),
    parties: report.parties.map(({ party, subjects, linked, ambiguous }) => ({
      party,
      subjects: count(subjects),
      linked: part(linked, subjects),
      ambiguous: part(ambiguous, subjects),
    })),
    pairs: report.pairs.map(({ parties, linked }) => {
      const [first, second] = parties.map((party) => subjectsOf.get(party) ?? 0) as [number, number]
      // The count stands beside both totals, so it is shown only when it may be seen against either of them.
      const shown = part(linked, first) === null ? null : part(linked, second)
      const percentage = (subjects: number): Shown =>
        shown === null || subjects < fewestForRate ? null : Math.round((1000 * shown) / subjects) / 10
      return { parties, linked: shown, percentages: [percentage(first), percentage(second)] }
    }),
    keys: report.keys.map(({ keyId, voidTokens }) => ({ keyId, voidTokens: count(voidTokens) })),
    conflicts: {
      sameParty: count(report.conflicts.sameParty),
      differentIdentity: count(report.conflicts.differentIdentity),
    },
    ties: count(report.ties),
  }
}
