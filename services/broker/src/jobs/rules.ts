/**
 * Under which rules a table is protected: the agreement's, or tighter where a dataset that it shows has tighter ones.
 * @module
 */
import type { Dataset } from '@kruispunt/contracts'
import { defaultRules, type Rules } from '@kruispunt/disclosure'
import type { JobPlan } from './job-plan.ts'

const zerosByStrength = ['publish', 'protect-foreign', 'protect-all'] as const

/**
 * What the agreement leaves open is as disclosure control has it.
 * @param datasets - whose people, variables or amounts the table shows, or an earlier one that it is checked against: what is
 *   hidden there must stay as well hidden
 */
export function rulesFor({ agreement }: Pick<JobPlan, 'agreement'>, datasets: Iterable<Dataset>): Rules {
  const { insider, coalition, sums, ...agreed } = agreement.disclosure
  let { minimum, groupSharePercent, zeros } = agreed
  for (const { stricter } of datasets) {
    minimum = Math.max(minimum, stricter?.minimum ?? minimum)
    groupSharePercent = Math.min(groupSharePercent, stricter?.groupSharePercent ?? groupSharePercent)
    const wanted = stricter?.zeros ?? zeros
    if (zerosByStrength.indexOf(wanted) > zerosByStrength.indexOf(zeros)) zeros = wanted
  }
  const dominance = sums?.dominance
  return {
    ...defaultRules,
    minimum,
    groupShare: groupSharePercent / 100,
    zeros: zeros === 'protect-all' ? 'protect' : zeros,
    insider,
    coalition,
    ...(sums ? { pPercent: sums.pPercent } : {}),
    // Of the largest contribution alone the second largest contributor could tell the first (Handbook 4.2.1): two together are tighter.
    ...(dominance ? { dominance: { n: Math.max(2, dominance.largest), percent: dominance.percent } } : {}),
  }
}
