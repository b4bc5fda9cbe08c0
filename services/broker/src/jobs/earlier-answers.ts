/**
 * Which remembered answers bear on a new one.
 * @module
 */
import type { LedgerAnswer } from './ledger.ts'

/** The deliveries that a variable's name says it was read from. */
const sourcesOf = (
  name: string,
  { release, deliveries }: Pick<LedgerAnswer, 'release' | 'deliveries'>,
): readonly string[] => {
  const of = name.slice(name.indexOf('@') + 1)
  return of === release ? deliveries.map(({ extractId }) => extractId) : of.split('+')
}

/**
 * Answers that were read from a delivery of this job, directly or through one another. The others are about other
 * deliveries: nothing in them ties down anything here.
 */
export function connected(answers: readonly LedgerAnswer[], extractIds: readonly string[]): readonly LedgerAnswer[] {
  const reached = new Set(extractIds)
  const found = new Set<LedgerAnswer>()
  for (let grows = true; grows; ) {
    grows = false
    for (const answer of answers) {
      if (found.has(answer)) continue
      const sources = answer.table.axes.flatMap(({ dimension }) => sourcesOf(dimension, answer))
      if (!sources.some((source) => reached.has(source))) continue
      found.add(answer)
      for (const source of sources) reached.add(source)
      grows = true
    }
  }
  return answers.filter((answer) => found.has(answer))
}

type Deliveries = Pick<LedgerAnswer, 'deliveries'>

/**
 * Whether two answers counted the same deliveries as far as both counted a dataset: a request for fewer datasets is no
 * new release, or leaving one out would be a way to a fresh question budget.
 */
export function sameDeliveries(a: Deliveries, b: Deliveries): boolean {
  const versions = new Map(a.deliveries.map(({ dataset, extractId }) => [dataset, extractId]))
  const both = b.deliveries.filter(({ dataset }) => versions.has(dataset))
  return both.length > 0 && both.every(({ dataset, extractId }) => versions.get(dataset) === extractId)
}
