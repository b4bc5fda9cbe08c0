/**
 * How well the linking went, in counts only (linkage.md §6). Exact: for the broker's memory, not for display.
 * @module
 */
import type { ExtractTokens } from './extract-tokens.ts'
import type { Refusals } from './join-by-weight.ts'

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
  readonly pairs: readonly {
    readonly parties: readonly [string, string]
    /** persons in both extracts: as many subjects of the one as of the other */
    readonly linked: number
    /** linked / subjects of the first, and of the second party, 0 to 1; 0 for an empty extract */
    readonly rates: readonly [number, number]
  }[]
  /** different tokens that two subjects of one extract hold, per match key */
  readonly keys: readonly { readonly keyId: string; readonly voidTokens: number }[]
  /** refused edges, by the rule that refused them */
  readonly conflicts: { readonly sameParty: number; readonly differentIdentity: number }
  /** edges dropped because others of the same weight contradicted them */
  readonly ties: number
}

/**
 * @param partiesOf - per person, one bit per party that holds it, in the order of `extracts`
 * @param ambiguous - per extract, subjects whose every shared token was void
 */
export function buildReport(counts: {
  extracts: readonly ExtractTokens[]
  partiesOf: readonly number[]
  ambiguous: readonly number[]
  keys: LinkageReport['keys']
  refusals: Refusals
}): LinkageReport {
  const { extracts, partiesOf, ambiguous, keys, refusals } = counts
  const personsPerCombination = new Map<number, number>()
  for (const mask of partiesOf) personsPerCombination.set(mask, (personsPerCombination.get(mask) ?? 0) + 1)
  const personsWhere = (holds: (mask: number) => boolean): number =>
    [...personsPerCombination].reduce((sum, [mask, persons]) => (holds(mask) ? sum + persons : sum), 0)
  const bit = (party: number): number => (1 << party) >>> 0
  const hasBoth = (mask: number, a: number, b: number): boolean =>
    ((mask & bit(a)) >>> 0) + ((mask & bit(b)) >>> 0) === bit(a) + bit(b)

  return {
    persons: partiesOf.length,
    parties: extracts.map(({ party, subjects }, at) => ({
      party,
      subjects,
      linked: personsWhere((mask) => (mask & bit(at)) !== 0 && mask >>> 0 !== bit(at)),
      ambiguous: ambiguous[at] as number,
    })),
    pairs: extracts.flatMap((one, a) =>
      extracts.slice(a + 1).map((other, step) => {
        const linked = personsWhere((mask) => hasBoth(mask, a, a + 1 + step))
        const rate = (subjects: number): number => (subjects === 0 ? 0 : linked / subjects)
        return {
          parties: [one.party, other.party] as const,
          linked,
          rates: [rate(one.subjects), rate(other.subjects)] as const,
        }
      }),
    ),
    keys,
    conflicts: { ...refusals.conflicts },
    ties: refusals.ties,
  }
}
