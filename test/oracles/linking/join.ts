/**
 * Edges between subjects, and which of them make persons, from the written rules (contracts/docs/linkage-rules.md §3 and §4).
 * @module
 */
import { groupsAlong, pairsOf } from './groups.ts'

export type Subject = { readonly party: string; readonly bsn: string | undefined }
export type Edge = {
  readonly one: Subject
  readonly other: Subject
  /** Ids of the keys they share. */
  readonly keys: ReadonlySet<string>
}
export type Refusal = 'conflict' | 'tie'
type Cluster = readonly Subject[]

const differ = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other
const clash = (one: Cluster, other: Cluster): boolean =>
  one.some((a) => other.some((b) => a.party === b.party || differ(a.bsn, b.bsn)))
const anyClash = (clusters: readonly Cluster[]): boolean => pairsOf(clusters).some(([one, other]) => clash(one, other))

/** An equal citizen number before all else, then the number of keys. */
const weightOf = ({ keys }: Edge): number => (keys.has('B1') ? 1000 : 0) + keys.size

/** @param refuse - called once for every edge that was not followed */
export function joinByWeight(
  subjects: readonly Subject[],
  edges: readonly Edge[],
  refuse: (edge: Edge, why: Refusal) => void,
): Cluster[] {
  const clusterOf = new Map<Subject, Cluster>(subjects.map((subject) => [subject, [subject]]))
  const of = (subject: Subject): Cluster => clusterOf.get(subject) as Cluster
  const ends = ({ one, other }: Edge) => [of(one), of(other)] as const

  /** Joins what hangs together without a clash. @returns the edges of all else */
  const joinWithoutClash = (candidates: readonly Edge[]): Edge[] => {
    const groups = groupsAlong(candidates.flatMap(ends), candidates.map(ends))
    const clashing = new Set<Cluster>()
    for (const group of groups) {
      if (anyClash(group)) for (const cluster of group) clashing.add(cluster)
      else {
        const joined = group.flat()
        for (const subject of joined) clusterOf.set(subject, joined)
      }
    }
    return candidates.filter((edge) => clashing.has(of(edge.one)))
  }

  for (const weight of [...new Set(edges.map(weightOf))].toSorted((one, other) => other - one)) {
    const left = joinWithoutClash(edges.filter((edge) => weightOf(edge) === weight))
    const open: Edge[] = []
    for (const edge of left) {
      const [one, other] = ends(edge)
      if (one === other) continue
      if (clash(one, other)) refuse(edge, 'conflict')
      else open.push(edge)
    }
    const neighbours = new Map<Cluster, Set<Cluster>>()
    for (const [one, other] of open.flatMap((edge) => [ends(edge), ends(edge).toReversed() as [Cluster, Cluster]])) {
      const known = neighbours.get(one) ?? new Set()
      neighbours.set(one, known.add(other))
    }
    /** The cluster has another neighbour that clashes with this one. */
    const isTorn = (cluster: Cluster, neighbour: Cluster): boolean =>
      [...(neighbours.get(cluster) ?? [])].some((rival) => rival !== neighbour && clash(rival, neighbour))
    const isTied = (edge: Edge): boolean => {
      const [one, other] = ends(edge)
      return isTorn(one, other) || isTorn(other, one)
    }
    const tied = open.filter(isTied)
    for (const edge of [...tied, ...joinWithoutClash(open.filter((edge) => !tied.includes(edge)))]) refuse(edge, 'tie')
  }
  return [...new Set(clusterOf.values())]
}
