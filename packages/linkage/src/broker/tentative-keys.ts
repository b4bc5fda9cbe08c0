/**
 * Tentative keys: evidence that whole households share, or too little of it, counts between two parties only where it is
 * borne out.
 *
 * Two registers of one population hold the same people, so whoever shares an address and a surname across them is mostly linked
 * by other keys as well; what is left are people with too many slips for those. Two samples of a population hold one person's
 * brother and another's wife, whom no other key links. How many of the pairs that share a key are linked without it tells
 * the one from the other, and takes no more than tokens.
 * @module
 */
import { isTentative } from '../recipe/tentative.ts'
import type { Evidence } from './evidence.ts'
import { joinEvidence } from './join-evidence.ts'
import { type LinkRules, weighLinks } from './link-rules.ts'

/**
 * At least this share of the pairs that share a key are linked without it. On labelled English sets, heavy slips and all, keys of
 * addresses were borne out for 0.88 to 0.99 where both parties hold the same people, and for 0.53 to 0.64 where each holds half.
 */
const fewestBorneOut = 0.8

/**
 * Takes tentative keys away from the edges between two parties, or within one, where the firm keys do not bear them out. Nothing
 * happens when no party sends a tentative key.
 * @param evidence - its edges are changed
 */
export function dropUnprovenKeys(
  { edges, ...evidence }: Evidence,
  rules: LinkRules,
  { parties, withinExtracts }: { readonly parties: number; readonly withinExtracts: boolean },
): void {
  const tentative = evidence.keyIds.flatMap((id, key) => (isTentative(id) ? [key] : []))
  if (tentative.length === 0) return
  const byAll = weighLinks({ edges, ...evidence }, { ...rules, fewestKeys: 1 })
  const firm = (edge: number): number => {
    const weight = byAll(edge) - tentative.filter((key) => edges.shares(edge, key)).length
    return weight < rules.fewestKeys ? 0 : weight
  }
  const clusters = joinEvidence({ edges, ...evidence }, firm, { identities: true, withinExtracts }, () => {})
  const { partyOf } = evidence.subjects
  const sharing = tentative.map(() => new Float64Array(parties * parties))
  const borneOut = tentative.map(() => new Float64Array(parties * parties))
  const forEachShared = (visit: (edge: number, at: number, pair: number) => void): void => {
    for (let edge = 0; edge < edges.count(); edge++) {
      // The left one has the lower number, so it is of the party that comes first.
      const pair = (partyOf[edges.left(edge)] as number) * parties + (partyOf[edges.right(edge)] as number)
      for (const [at, key] of tentative.entries()) if (edges.shares(edge, key)) visit(edge, at, pair)
    }
  }
  const add = (counts: Float64Array[], at: number, pair: number): void => {
    const ofKey = counts[at] as Float64Array
    ofKey[pair] = (ofKey[pair] as number) + 1
  }
  forEachShared((edge, at, pair) => {
    add(sharing, at, pair)
    if (clusters.find(edges.left(edge)) === clusters.find(edges.right(edge))) add(borneOut, at, pair)
  })
  forEachShared((edge, at, pair) => {
    const share = (borneOut[at]?.[pair] as number) / (sharing[at]?.[pair] as number)
    if (share < fewestBorneOut) edges.forget(edge, tentative[at] as number)
  })
}
