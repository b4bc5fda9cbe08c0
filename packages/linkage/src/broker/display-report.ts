/**
 * The linkage report as it may be shown (linkage.md §6): small counts and shaky rates left out, and whatever would give
 * those away by subtraction.
 * @module
 */
import {
  fewestForRate,
  percentageOf,
  type ShownAudit,
  type ShownEstimate,
  type ShownQuality,
  showAudit,
  showEstimate,
  showQuality,
} from './display-estimate.ts'
import { BrokerLinkageError } from './errors.ts'
import type { LinkageReport, PairReport } from './report-shape.ts'

/** A count, or a percentage to 0.1, that is shown; null where it is too small to show. */
type Shown = number | null

export type DisplayedPair = {
  readonly parties: readonly [string, string]
  readonly linked: Shown
  /** percentages of the first and of the second party's subjects */
  readonly percentages: readonly [Shown, Shown]
  readonly singleKey: Shown
  readonly suspects: Shown
  readonly conflicts: { readonly sameParty: Shown; readonly differentIdentity: Shown }
  readonly ties: Shown
  readonly audit: ShownAudit | null
  readonly duplicates: { readonly register: string; readonly precision: ShownEstimate } | null
  readonly quality: ShownQuality
}

export type DisplayedLinkageReport = {
  readonly persons: Shown
  readonly parties: readonly {
    readonly party: string
    readonly subjects: Shown
    readonly linked: Shown
    readonly ambiguous: Shown
  }[]
  readonly pairs: readonly DisplayedPair[]
  readonly keys: readonly {
    readonly keyId: string
    readonly voidTokens: Shown
    readonly links: Shown
    /** percentage of the pairs with one citizen number that share this key */
    readonly agreeing: Shown
  }[]
  readonly singleKey: Shown
  readonly suspects: Shown
  readonly conflicts: { readonly sameParty: Shown; readonly differentIdentity: Shown }
  readonly ties: Shown
  readonly audit: ShownAudit | null
  readonly quality: ShownQuality
  readonly households: {
    readonly households: Shown
    readonly personsWithoutAddress: Shown
    readonly personsInInstitutions: Shown
    readonly personsWithSeveralAddresses: Shown
  } | null
}

/**
 * Leaves out every count below the minimum, every rate over fewer than 100 subjects, and what would give by subtraction
 * - how many did *not* link, when those are too few;
 * - a hidden pair's figure, from the sum over all pairs;
 * - with two to four parties, the persons that one combination of parties holds: there the totals, the pairs and the
 *   parties' own figures give each of those. A combination that holds nobody says nothing about anybody and hides nothing.
 * What follows from bounds only, without being fixed, is left to the disclosure control of the tables, which takes the
 * shown report as known.
 * @param minimum - smallest count that may be shown; a whole number, 3 or more
 * @throws {@link BrokerLinkageError} `minimum_malformed`
 */
export function reportForDisplay(report: LinkageReport, minimum: number): DisplayedLinkageReport {
  if (!Number.isSafeInteger(minimum) || minimum < 3) throw new BrokerLinkageError('minimum_malformed')
  const count = (value: number): Shown => (value < minimum ? null : value)
  const part = (value: number, whole: number): Shown => (whole - value < minimum ? null : count(value))
  const pairs = report.pairs.map((pair) => showPair(pair, report, { count, part }))
  const sumOver = (exact: (pair: PairReport) => number, shown: (pair: DisplayedPair) => Shown): Shown => {
    const hidden = report.pairs.filter((_, at) => shown(pairs[at] as DisplayedPair) === null).map(exact)
    const rest = hidden.reduce((total, value) => total + value, 0)
    // One hidden figure follows from the sum; several follow together when they are small together.
    if (hidden.length === 1 || (hidden.length > 1 && rest < minimum)) return null
    return count(report.pairs.reduce((total, pair) => total + exact(pair), 0))
  }
  const totals = report.fewestTogether === null || report.fewestTogether >= minimum
  const links = report.pairs.reduce((sum, { linked }) => sum + linked, 0)
  const { households } = report
  return {
    persons: totals ? count(report.persons) : null,
    parties: report.parties.map(({ party, subjects, linked, ambiguous }) => ({
      party,
      subjects: count(subjects),
      linked: totals ? part(linked, subjects) : null,
      // Who is neither linked nor ambiguous is the rest of both.
      ambiguous: part(ambiguous, subjects - linked),
    })),
    pairs,
    keys: report.keys.map(({ keyId, voidTokens, links: ofKey, m }) => ({
      keyId,
      voidTokens: count(voidTokens),
      links: part(ofKey, links),
      agreeing:
        m === null || report.audit === null || report.audit.numberPairs < fewestForRate ? null : percentageOf(m),
    })),
    singleKey: sumOver(
      (pair) => pair.singleKey,
      (pair) => pair.singleKey,
    ),
    suspects: sumOver(
      (pair) => pair.suspects,
      (pair) => pair.suspects,
    ),
    conflicts: {
      sameParty: sumOver(
        (pair) => pair.conflicts.sameParty,
        (pair) => pair.conflicts.sameParty,
      ),
      differentIdentity: sumOver(
        (pair) => pair.conflicts.differentIdentity,
        (pair) => pair.conflicts.differentIdentity,
      ),
    },
    ties: sumOver(
      (pair) => pair.ties,
      (pair) => pair.ties,
    ),
    audit: showAudit(report.audit),
    quality: showQuality(report.quality, links),
    households: households && {
      households: count(households.households),
      personsWithoutAddress: part(households.personsWithoutAddress, report.persons),
      personsInInstitutions: part(households.personsInInstitutions, report.persons),
      personsWithSeveralAddresses: part(households.personsWithSeveralAddresses, report.persons),
    },
  }
}

function showPair(
  pair: PairReport,
  { parties }: LinkageReport,
  { count, part }: { count: (value: number) => Shown; part: (value: number, whole: number) => Shown },
): DisplayedPair {
  const subjectsOf = (name: string): number => parties.find(({ party }) => party === name)?.subjects ?? 0
  const [first, second] = [subjectsOf(pair.parties[0]), subjectsOf(pair.parties[1])]
  // The count stands beside both totals, so it is shown only when it may be seen against either of them.
  const linked = part(pair.linked, first) === null ? null : part(pair.linked, second)
  const rateOf = (subjects: number): Shown =>
    linked === null || subjects < fewestForRate ? null : percentageOf(linked / subjects)
  return {
    parties: pair.parties,
    linked,
    percentages: [rateOf(first), rateOf(second)],
    singleKey: part(pair.singleKey, pair.linked),
    suspects: part(pair.suspects, pair.linked),
    conflicts: {
      sameParty: count(pair.conflicts.sameParty),
      differentIdentity: count(pair.conflicts.differentIdentity),
    },
    ties: count(pair.ties),
    audit: showAudit(pair.audit),
    duplicates: pair.duplicates && {
      register: pair.duplicates.register,
      precision: showEstimate(pair.duplicates.precision, pair.linked),
    },
    quality: showQuality(pair.quality, pair.linked),
  }
}
