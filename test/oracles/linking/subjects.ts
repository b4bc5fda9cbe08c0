/**
 * Rows of one extract to subjects, from the written rules (contracts/docs/linkage-rules.md §1).
 * @module
 */
import { chainOf, groupsAlong, listBy, pairsOf } from './groups.ts'
import { type Row, type Rule, rules, wholeDate } from './rows-of-one-person.ts'

/** Rows that are one already. */
type Cluster = { readonly rows: readonly number[] }

/** @returns per row the number of its subject; subjects are numbered in the order of their first rows */
export function plainSubjects(rows: readonly Row[]): number[] {
  let clusters: Cluster[] = rows.map((_, row) => ({ rows: [row] }))
  for (const rule of rules) clusters = applyRule(rule, rows, clusters)
  const subjectOfRow: number[] = []
  const inOrder = clusters.toSorted((one, other) => Math.min(...one.rows) - Math.min(...other.rows))
  inOrder.forEach(({ rows: own }, subject) => {
    for (const row of own) subjectOfRow[row] = subject
  })
  return subjectOfRow
}

function applyRule(rule: Rule, rows: readonly Row[], before: readonly Cluster[]): Cluster[] {
  const row = (at: number): Row => rows[at] as Row
  /** Which clusters have each value. */
  const sharing = (clusters: readonly Cluster[]): Cluster[][] =>
    [
      ...listBy(
        clusters.flatMap((cluster) =>
          cluster.rows.flatMap((at) => rule.values(row(at)).map((v) => [v, cluster] as const)),
        ),
      ).values(),
    ].map((list) => [...new Set(list)])
  const contradict = (one: Cluster, other: Cluster): boolean =>
    one.rows.some((a) => other.rows.some((b) => rule.contradict(row(a), row(b))))
  const agree = (group: readonly Cluster[]): boolean => !pairsOf(group).some(([one, other]) => contradict(one, other))
  const merged = (group: readonly Cluster[]): Cluster => ({ rows: group.flatMap((cluster) => cluster.rows) })
  const saysOf = (cluster: Cluster): string =>
    [
      ...new Set(
        cluster.rows.map((at) => {
          const { person, bsn } = row(at)
          return [
            bsn ?? '',
            person.surnames.join('/'),
            person.givenName,
            person.initials,
            wholeDate(person),
            person.sex,
          ].join(' ')
        }),
      ),
    ]
      .toSorted()
      .join('|')

  return groupsAlong(before, sharing(before).flatMap(chainOf)).flatMap((group) => {
    if (agree(group)) return [merged(group)]
    // Those that share a value and say the same of themselves are one, whoever else contradicts them.
    const alike = sharing(group).flatMap((clusters) =>
      [...listBy(clusters.map((cluster) => [saysOf(cluster), cluster] as const)).values()].flatMap(chainOf),
    )
    const rest = groupsAlong(group, alike).map(merged)
    const fitting = sharing(rest)
      .flatMap(pairsOf)
      .filter(([one, other]) => !contradict(one, other))
    return groupsAlong(rest, fitting).flatMap((part) => (agree(part) ? [merged(part)] : part))
  })
}
