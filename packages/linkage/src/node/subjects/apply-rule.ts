/**
 * Merges the candidates of one rule as far as nobody contradicts it.
 *
 * Whole groups are judged, never pairs in some order, so the order of the rows cannot matter: a group without a contradiction
 * becomes one; in a group with one, those who fit each other and nobody they contradict become one, and the others stay apart.
 * @module
 */
import { type Signature, signatureName } from './distinct.ts'
import { createFirstRows } from './first-rows.ts'
import { createForest, type Forest } from './forest.ts'
import type { Rule } from './rules.ts'

/** A value that more different people share than this is no evidence of anything; none of them is merged by it. */
const mostSignatures = 100

/** Rows that are one already, with what they say of themselves. */
type Cluster = { readonly root: number; readonly signatures: readonly Signature[] }

/**
 * @param clusters - what stronger rules made; changed
 * @param signatureOf - null when rows say nothing of themselves but their number: then nothing can contradict
 * @param apart - per row 1 when it is in a group that a contradiction keeps from being one; changed
 * @returns by how many there are fewer clusters
 */
export function applyRule(
  rule: Rule,
  rows: number,
  clusters: Forest,
  signatureOf: ((row: number) => Signature) | null,
  apart: Uint8Array,
): number {
  const candidates = createForest(rows)
  const first = createFirstRows()
  for (let row = 0; row < rows; row++) {
    rule.values(row, (a, b, c, d) => candidates.join(row, first.of(a, b, c, d, row)))
  }
  first.erase()
  hangTogether(candidates, clusters, rows)
  let merged = 0
  const join = (members: readonly Cluster[]): void => {
    for (const { root } of members.slice(1)) {
      const first = (members[0] as Cluster).root
      if (clusters.rootOf(first) === clusters.rootOf(root)) continue
      clusters.join(first, root)
      merged += 1
    }
  }
  for (let row = 0; row < rows; row++) {
    if (candidates.isAlone(row) || candidates.rootOf(row) !== row) continue
    const group = clustersIn(candidates.membersOf(row), clusters, signatureOf)
    if (group.length < 2) continue
    if (agree(group, rule)) {
      join(group)
      continue
    }
    const members = [...candidates.membersOf(row)]
    // Rows that share a value and say the same of themselves are one, whoever else contradicts them.
    for (const same of sharers(group, members, clusters, rule).flatMap((ways) => [...ways.values()])) join(same)
    const rest = clustersIn(members, clusters, signatureOf)
    for (const part of compatibleParts(rest, sharers(rest, members, clusters, rule), rule)) {
      if (agree(part, rule)) join(part)
    }
    if (rule.isReason && new Set(group.map(({ root }) => clusters.rootOf(root))).size > 1)
      for (const member of members) apart[member] = 1
  }
  return merged
}

/** Candidates that are one already bring their groups together: else the group met first would decide for the others. */
function hangTogether(candidates: Forest, clusters: Forest, rows: number): void {
  const met = new Map<number, number>()
  for (let row = 0; row < rows; row++) {
    if (candidates.isAlone(row) || clusters.isAlone(row)) continue
    const root = clusters.rootOf(row)
    const other = met.get(root)
    if (other === undefined) met.set(root, row)
    else candidates.join(row, other)
  }
}

function clustersIn(
  members: Iterable<number>,
  clusters: Forest,
  signatureOf: ((row: number) => Signature) | null,
): Cluster[] {
  const roots = new Set<number>()
  for (const member of members) roots.add(clusters.rootOf(member))
  if (roots.size < 2) return []
  return [...roots].map((root) => {
    const found = new Map<string, Signature>()
    if (signatureOf !== null) {
      for (const member of clusters.membersOf(root)) {
        const signature = signatureOf(member)
        found.set(signatureName(signature), signature)
      }
    }
    return { root, signatures: [...found.values()] }
  })
}

const contradict = (a: Cluster, b: Cluster, rule: Rule): boolean =>
  a.signatures.some((one) => b.signatures.some((other) => rule.areDistinct(one, other)))

/** What a cluster says of itself; clusters that say the same agree with the same others. */
const wayOf = ({ signatures }: Cluster): string => signatures.map(signatureName).toSorted().join('|')

function agree(group: readonly Cluster[], rule: Rule): boolean {
  if (group.length < 2) return true
  const judged = [...new Map(group.map((cluster) => [wayOf(cluster), cluster])).values()]
  if (judged.reduce((sum, { signatures }) => sum + signatures.length, 0) > mostSignatures) return false
  return judged.every((cluster, at) => judged.slice(at + 1).every((other) => !contradict(cluster, other, rule)))
}

/** Per value of the rule the clusters that have it, by what they say of themselves. */
type Sharers = ReadonlyMap<string, readonly Cluster[]>

function sharers(group: readonly Cluster[], members: readonly number[], clusters: Forest, rule: Rule): Sharers[] {
  const clusterOf = new Map(group.map((cluster) => [cluster.root, { cluster, way: wayOf(cluster) }]))
  const found = new Map<string, Map<string, Set<Cluster>>>()
  for (const member of members) {
    const own = clusterOf.get(clusters.rootOf(member))
    if (own === undefined) continue
    rule.values(member, (...value) => {
      const name = value.join(' ')
      const ways = found.get(name) ?? new Map<string, Set<Cluster>>()
      ways.set(own.way, (ways.get(own.way) ?? new Set<Cluster>()).add(own.cluster))
      found.set(name, ways)
    })
  }
  return [...found.values()].map((ways) => new Map([...ways].map(([way, set]) => [way, [...set]])))
}

/** The parts of a group that hang together by pairs who share a value and do not contradict each other. */
function compatibleParts(group: readonly Cluster[], sharing: readonly Sharers[], rule: Rule): Cluster[][] {
  const indexOf = new Map(group.map((cluster, index) => [cluster, index]))
  const parts = createForest(group.length)
  for (const ways of sharing) {
    if (ways.size > mostSignatures) continue
    const clusters = [...ways.values()].flat()
    for (const [at, one] of clusters.entries()) {
      for (const other of clusters.slice(at + 1)) {
        if (!contradict(one, other, rule)) parts.join(indexOf.get(one) as number, indexOf.get(other) as number)
      }
    }
  }
  const found = new Map<number, Cluster[]>()
  for (const [index, cluster] of group.entries()) {
    const root = parts.rootOf(index)
    found.set(root, [...(found.get(root) ?? []), cluster])
  }
  return [...found.values()].filter((part) => part.length > 1)
}
