/**
 * The practice region linked in plain text: rows to subjects, subjects to persons, and the counts of the linkage report.
 * Written from contracts/docs/linkage-rules.md; shares no code with the product and knows no token.
 * @module
 */
import { listBy, pairsOf } from './linking/groups.ts'
import { type Edge, joinByWeight, type Refusal, type Subject } from './linking/join.ts'
import { plainKeyValues } from './linking/keys.ts'
import { plainSubjects } from './linking/subjects.ts'
import { plainPerson } from './nl1/person.ts'
import type { RawExtract, RawRow } from './plain-practice.ts'

/** Whoever is one subject of an extract, with all its rows in the order of the file. */
export type LinkedSubject = Subject & { readonly rows: readonly RawRow[]; readonly person: number }
type PairCount = {
  readonly linked: number
  readonly singleKey: number
  readonly suspects: number
  readonly conflicts: number
  readonly ties: number
}
export type PlainLinkage = {
  readonly persons: number
  readonly subjects: readonly LinkedSubject[]
  readonly parties: ReadonlyMap<string, { readonly subjects: number; readonly ambiguous: number }>
  /** Of two parties in the order of the extracts: `gemeente politie`. */
  readonly pairs: ReadonlyMap<string, PairCount>
  readonly keys: ReadonlyMap<string, { readonly voidTokens: number; readonly links: number }>
}

type Found = Subject & { readonly rows: readonly RawRow[]; readonly values: readonly string[] }

const subjectsOf = ({ party, mayUseBsn, rows }: RawExtract): Found[] => {
  const persons = rows.map(({ person, bsn }) => ({
    person: plainPerson(person, true),
    bsn: mayUseBsn ? bsn : undefined,
  }))
  const subjectOfRow = plainSubjects(persons)
  return [...listBy(subjectOfRow.map((subject, row) => [subject, row] as const)).values()].map((own) => {
    const bsn = own.map((row) => persons[row]?.bsn).find((number) => number !== undefined)
    const keyed = plainKeyValues(own.flatMap((row) => persons[row]?.person ?? []))
    const values = [...keyed].flatMap(([key, list]) => list.map((value) => `${key} ${value}`))
    return {
      party,
      bsn,
      rows: own.flatMap((row) => rows[row] ?? []),
      values: bsn === undefined ? values : [`B1 ${bsn}`, ...values],
    }
  })
}

const keyOf = (value: string): string => value.slice(0, value.indexOf(' '))
const distinctParties = (holders: readonly Found[]): number => new Set(holders.map(({ party }) => party)).size

export function plainLinkage(extracts: readonly RawExtract[]): PlainLinkage {
  const found = extracts.flatMap(subjectsOf)
  const holders = listBy(found.flatMap((subject) => subject.values.map((value) => [value, subject] as const)))
  const isVoid = (value: string): boolean => {
    const list = holders.get(value) ?? []
    return distinctParties(list) < list.length
  }
  const sharedKeys = new Map<Found, Map<Found, Set<string>>>()
  for (const [value, list] of holders) {
    if (isVoid(value)) continue
    for (const [one, other] of pairsOf(list)) {
      const ofOne = sharedKeys.get(one) ?? new Map<Found, Set<string>>()
      sharedKeys.set(one, ofOne)
      ofOne.set(other, (ofOne.get(other) ?? new Set()).add(keyOf(value)))
    }
  }
  const edges = [...sharedKeys].flatMap(([one, others]) =>
    [...others].map(([other, keys]): Edge & { one: Found; other: Found } => ({ one, other, keys })),
  )
  const refused: { readonly edge: Edge; readonly why: Refusal }[] = []
  const clusters = joinByWeight(found, edges, (edge, why) => refused.push({ edge, why }))
  const personOf = new Map(clusters.flatMap((cluster, person) => cluster.map((subject) => [subject, person] as const)))
  const subjects = found.map(({ party, bsn, rows, ...subject }) => ({ party, bsn, rows, ...subject }))

  const isLinked = ({ one, other }: Edge): boolean => personOf.get(one) === personOf.get(other)
  const isSuspect = ({ one, other, keys }: Edge): boolean =>
    keys.size === 1 &&
    keys.has('B1') &&
    !(one as Found).values.some((value) => (other as Found).values.includes(value) && isVoid(value))
  const names = extracts.map(({ party }) => party)
  const between = (list: readonly Edge[], a: string, b: string): number =>
    list.filter(({ one, other }) => (one.party === a && other.party === b) || (one.party === b && other.party === a))
      .length
  const linkedEdges = edges.filter(isLinked)
  const suspects = edges.filter(isSuspect)
  const ofKind = (kind: Refusal): Edge[] => refused.flatMap(({ edge, why }) => (why === kind ? edge : []))
  const [conflicts, ties] = [ofKind('conflict'), ofKind('tie')]
  const isIn = (cluster: readonly Subject[], party: string): boolean =>
    cluster.some((subject) => subject.party === party)
  const isAmbiguous = ({ values }: Found): boolean =>
    values.some(isVoid) && !values.some((value) => !isVoid(value) && (holders.get(value)?.length ?? 0) > 1)

  return {
    persons: clusters.length,
    subjects: subjects.map(({ party, bsn, rows }, at) => ({
      party,
      bsn,
      rows,
      person: personOf.get(found[at] as Found) ?? -1,
    })),
    parties: new Map(
      names.map((party) => {
        const own = found.filter((subject) => subject.party === party)
        return [party, { subjects: own.length, ambiguous: own.filter(isAmbiguous).length }]
      }),
    ),
    pairs: new Map(
      pairsOf(names).map(([a, b]) => [
        `${a} ${b}`,
        {
          linked: clusters.filter((cluster) => isIn(cluster, a) && isIn(cluster, b)).length,
          singleKey: between(
            linkedEdges.filter(({ keys }) => keys.size === 1),
            a,
            b,
          ),
          suspects: between(suspects, a, b),
          conflicts: between(conflicts, a, b),
          ties: between(ties, a, b),
        },
      ]),
    ),
    keys: new Map(
      [...new Set([...holders.keys()].map(keyOf))].map((key) => [
        key,
        {
          voidTokens: [...holders.keys()].filter((value) => keyOf(value) === key && isVoid(value)).length,
          links: linkedEdges.filter(({ keys }) => keys.has(key)).length,
        },
      ]),
    ),
  }
}
