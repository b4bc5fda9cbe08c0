/**
 * How good the keys other than the citizen number are by themselves, as the numbers tell.
 *
 * Numbers are wrong too now and then, mostly a relative's, and such a case looks like a fault of the names. Two corrections:
 * - False links share few keys. Links between different numbers that share as many keys as the better half of the links
 *   between equal numbers are therefore taken for true ones with a wrong number, and so are as many of the others as
 *   that half stands for.
 * - A wrong number that belongs to somebody else makes a pair of one number that is two persons, which names rightly do
 *   not link. There are about as many as there are true links with a wrong number, less those whose owner is in the same
 *   extract, where the number is void. Whether wrong numbers belong to anybody is read off all pairs of parties together,
 *   from the pairs of one number of whom names link one side to somebody with another number.
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

export type AuditedPair = {
  readonly counts: AuditCounts
  /** share of the one and of the other party's subjects that has a link with the other, 0 to 1 */
  readonly rates: readonly [number, number]
}

/** @param pairs - all pairs of parties that can be audited */
export function judgeNames(pairs: readonly AuditedPair[]): JudgedNames[] {
  const expected = pairs.map(expectedWrongPairs)
  const seen = sum(pairs.map(({ counts }) => sum(counts.otherwise)))
  const seeable = sum(
    pairs.map(({ rates }, at) => sum((expected[at] ?? []).map((wrong, side) => wrong * (rates[side] as number)))),
  )
  const ofSomebody = seeable > 0 ? Math.min(1.5, seen / seeable) : 0
  return pairs.map(({ counts }, at) => {
    const same = sum(counts.sameNumber)
    const different = sum(counts.differentNumber)
    const missed = counts.numberPairs - counts.alsoByNames
    return judged({
      links: same + different,
      sameNumber: same,
      numberPairs: counts.numberPairs,
      alsoByNames: counts.alsoByNames,
      wrongNumbers: wrongNumbersIn(counts),
      wrongPairs: Math.min(missed, ofSomebody * sum(expected[at] ?? [])),
    })
  })
}

/**
 * Per side, the pairs that wrong numbers of that party's subjects make if each belongs to somebody who is as likely to be
 * in the other's extract as its own bearer.
 */
function expectedWrongPairs({ counts, rates }: AuditedPair): readonly [number, number] {
  const half = wrongNumbersIn(counts) / 2
  // Of the other party's subjects, so many are in this one's extract, and its own subjects' relatives likewise.
  return [half * (1 - rates[1]), half * (1 - rates[0])]
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
  return Math.min(sum(differentNumber), (sum(differentNumber.slice(keys)) * same) / better)
}
