/**
 * How good the keys other than the citizen number are by themselves, as the numbers tell.
 *
 * Numbers are wrong too now and then, mostly a relative's, and such a case looks like a fault of the names. Two corrections:
 * - False links share few keys. Links between different numbers that share as many keys as the better half of the links
 *   between equal numbers are therefore taken for true ones with a wrong number, and so are as many of the others as
 *   that half stands for.
 * - Two subjects with one number, of whom the names link one to somebody of the other party with a different number, are
 *   taken for a wrong number and not for a miss; so are as many more as had no such record there to be linked to.
 * @module
 */
import type { AuditCounts } from './audit-counts.ts'
import { estimateShare } from './estimate.ts'
import type { NameAudit } from './report-shape.ts'

/** With fewer keys in the better half, a false link could be among them. */
const fewestKeysOfBetterHalf = 3

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Besides what the report holds: of the pairs with one number that names do not link, how many are two persons. */
export type JudgedNames = NameAudit & { readonly wrongPairs: number }

/** Where a party holds fewer of the other's subjects than this, a case more or less would weigh too much. */
const fewestSeen = 0.25

/** @param rates - share of the one and of the other party's subjects that has a link with the other, 0 to 1 */
export function judgeNames(counts: AuditCounts, rates: readonly [number, number]): JudgedNames {
  const same = sum(counts.sameNumber)
  const different = sum(counts.differentNumber)
  const missed = counts.numberPairs - counts.alsoByNames
  const wrong =
    counts.otherwise[0] / Math.max(fewestSeen, rates[0]) + counts.otherwise[1] / Math.max(fewestSeen, rates[1])
  return judged({
    links: same + different,
    sameNumber: same,
    numberPairs: counts.numberPairs,
    alsoByNames: counts.alsoByNames,
    wrongNumbers: Math.min(different, wrongNumbersIn(counts)),
    wrongPairs: Math.min(missed, wrong),
  })
}

/** The audits of several pairs of parties as one; undefined without any. */
export function joinAudits(audits: readonly JudgedNames[]): JudgedNames | undefined {
  if (audits.length === 0) return undefined
  const total = (of: (names: JudgedNames) => number): number => sum(audits.map(of))
  return judged({
    links: total(({ links }) => links),
    sameNumber: total(({ sameNumber }) => sameNumber),
    numberPairs: total(({ numberPairs }) => numberPairs),
    alsoByNames: total(({ alsoByNames }) => alsoByNames),
    wrongNumbers: total(({ wrongNumbers }) => wrongNumbers),
    wrongPairs: total(({ wrongPairs }) => wrongPairs),
  })
}

function judged(counts: Omit<JudgedNames, 'precision' | 'recall'>): JudgedNames {
  return {
    ...counts,
    precision: estimateShare(counts.sameNumber + counts.wrongNumbers, counts.links),
    recall: estimateShare(counts.alsoByNames, counts.numberPairs - counts.wrongPairs),
  }
}

function wrongNumbersIn({ sameNumber, differentNumber }: AuditCounts): number {
  const same = sum(sameNumber)
  let keys = sameNumber.length
  let better = 0
  while (keys > 0 && better < same / 2) better += sameNumber[--keys] as number
  if (keys < fewestKeysOfBetterHalf || better === 0) return 0
  return (sum(differentNumber.slice(keys)) * same) / better
}
