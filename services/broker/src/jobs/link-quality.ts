/**
 * How well the linking went, as the coordinator may see it: from the same displayed report that disclosure control
 * takes as known to everybody.
 * @module
 */
import type { LinkQuality } from '@kruispunt/contracts'
import type { DisplayedLinkageReport } from '@kruispunt/linkage/broker'

/** A rate is shown over this many subjects or more. */
const fewestForRate = 100

const asShare = (percentage: number | null): number | null =>
  percentage === null ? null : Math.round(percentage * 10) / 1000

function rate(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null || whole < fewestForRate) return null
  return Math.round((1000 * part) / whole) / 1000
}

/** Shown only where every part of the sum is. */
const sum = (parts: readonly (number | null)[]): number | null =>
  parts.reduce((total, part) => (total === null || part === null ? null : total + part), 0)

/** `withKey` stays empty: padding keeps the broker from telling a token from filling. */
export function linkQualityOf(shown: DisplayedLinkageReport): LinkQuality {
  return {
    parties: shown.parties.map(({ party, subjects, linked }) => ({
      party,
      subjects,
      withKey: null,
      linkedToAny: rate(linked, subjects),
    })),
    pairs: shown.pairs.map(({ parties: [a, b], linked, percentages: [ofA, ofB] }) => ({
      a,
      b,
      linked,
      rateOfA: asShare(ofA),
      rateOfB: asShare(ofB),
    })),
    persons: shown.persons,
    voidTokens: shown.keys.length === 0 ? null : sum(shown.keys.map(({ voidTokens }) => voidTokens)),
    conflicts: sum([shown.conflicts.sameParty, shown.conflicts.differentIdentity]),
    ties: shown.ties,
  }
}
