/**
 * Joining subjects on the evidence, once for the persons of the job and once on names alone for the audit.
 * @module
 */
import type { Clusters } from './clusters.ts'
import { edgesByWeight } from './edge-order.ts'
import type { Evidence } from './evidence.ts'
import { joinByWeight, type Refusal } from './join-by-weight.ts'

/**
 * @param weightOf - per edge; 0 makes no link
 * @param limits - `identities`: different citizen numbers keep subjects apart; `withinExtracts`: subjects of one party
 *   may be one person
 */
export function joinEvidence(
  { edges, subjects, identityOf }: Evidence,
  weightOf: (edge: number) => number,
  limits: { readonly identities: boolean; readonly withinExtracts: boolean },
  refuse: (edge: number, why: Refusal) => void,
): Clusters {
  const partyBits = new Uint32Array(subjects.count)
  if (!limits.withinExtracts) {
    for (let subject = 0; subject < subjects.count; subject++)
      partyBits[subject] = 1 << (subjects.partyOf[subject] as number)
  }
  const known = limits.identities ? identityOf.slice() : new Uint32Array(subjects.count)
  return joinByWeight({ edges, order: edgesByWeight(edges, weightOf), partyBits, identityOf: known }, refuse)
}
