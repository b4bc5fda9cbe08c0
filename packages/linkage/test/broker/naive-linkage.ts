/**
 * The rules of linkage.md §4 written as plainly as possible over strings, to compare the product with.
 * Persons are sets of `party/row`; no typed arrays, no union-find, no speed.
 * @module
 */
import type { LinkRules } from '../../src/broker.ts'
import type { WordExtract } from './tokens.ts'

type Subject = { id: string; party: string; says: boolean; words: Map<string, Set<string>> }
type Edge = { a: string; b: string; weight: number }
type Cluster = Set<string>

export function linkNaively(
  extracts: readonly WordExtract[],
  rules: LinkRules,
): {
  persons: string[][]
  conflicts: { sameParty: number; differentIdentity: number }
  ties: number
} {
  const subjects = extracts.flatMap(({ party, keys, says = false }) => {
    const rows = Object.values(keys)[0]?.length ?? 0
    return Array.from({ length: rows }, (_, row): Subject => {
      const words = Object.entries(keys).map(
        ([keyId, column]) => [keyId, new Set((column[row] ?? []).filter((word) => word !== '-'))] as const,
      )
      return { id: `${party}/${row}`, party, says, words: new Map(words) }
    })
  })
  const byId = new Map(subjects.map((subject) => [subject.id, subject]))
  const holders = (keyId: string, word: string): Subject[] => subjects.filter((s) => s.words.get(keyId)?.has(word))
  const isVoid = (keyId: string, word: string): boolean => {
    const parties = holders(keyId, word).map(({ party }) => party)
    return new Set(parties).size < parties.length
  }
  const knownIdentity = (id: string): string | undefined => {
    const subject = byId.get(id)
    const word = [...(subject?.words.get('B1') ?? [])][0]
    return word !== undefined && (subject?.says || holders('B1', word).length > 1) ? word : undefined
  }

  const edges: Edge[] = []
  for (const [at, a] of subjects.entries()) {
    for (const b of subjects.slice(at + 1)) {
      if (a.party === b.party) continue
      const agreeing = [...a.words].filter(([keyId, words]) => [...words].some((word) => b.words.get(keyId)?.has(word)))
      const shared = agreeing.filter(([keyId, words]) =>
        [...words].some((word) => b.words.get(keyId)?.has(word) && !isVoid(keyId, word)),
      )
      const names = shared.filter(([keyId]) => keyId !== 'B1').length
      const numbersLink = rules.citizenNumber === 'key' && shared.length > names
      // A void name is an agreement too, though it links nobody.
      const isSuspect = agreeing.every(([keyId]) => keyId === 'B1')
      if (!numbersLink && names < rules.fewestKeys) continue
      if (numbersLink && isSuspect && rules.suspects === 'drop') continue
      const weight = names + (numbersLink ? 1000 : 0)
      edges.push({ a: a.id, b: b.id, weight })
    }
  }

  let clusters: Cluster[] = subjects.map(({ id }) => new Set([id]))
  const clusterOf = (id: string): Cluster => clusters.find((cluster) => cluster.has(id)) as Cluster
  const clashIn = (ids: Iterable<string>): 'sameParty' | 'differentIdentity' | undefined => {
    const all = [...ids]
    const parties = all.map((id) => byId.get(id)?.party)
    if (new Set(parties).size < parties.length) return 'sameParty'
    const identities = all.map(knownIdentity).filter((word) => word !== undefined)
    return new Set(identities).size > 1 ? 'differentIdentity' : undefined
  }
  const conflicts = { sameParty: 0, differentIdentity: 0 }
  let ties = 0
  for (const weight of [...new Set(edges.map((edge) => edge.weight))].sort((x, y) => y - x)) {
    let links = edges
      .filter((edge) => edge.weight === weight)
      .map(({ a, b }) => ({ left: clusterOf(a), right: clusterOf(b) }))
      .filter(({ left, right }) => left !== right)
    links = links.filter(({ left, right }) => {
      const clash = clashIn([...left, ...right])
      if (clash !== undefined) conflicts[clash]++
      return clash === undefined
    })
    const isTied = (cluster: Cluster, other: Cluster): boolean =>
      links.some(({ left, right }) => {
        const third = left === cluster ? right : right === cluster ? left : undefined
        return third !== undefined && third !== other && clashIn([...third, ...other]) !== undefined
      })
    const untied = links.filter(({ left, right }) => !isTied(left, right) && !isTied(right, left))
    ties += links.length - untied.length
    for (const group of groupsOf(untied)) {
      const members = [...group].flatMap((cluster) => [...cluster])
      if (clashIn(members) !== undefined) {
        ties += untied.filter(({ left }) => group.has(left)).length
        continue
      }
      clusters = [...clusters.filter((cluster) => !group.has(cluster)), new Set(members)]
    }
  }
  return { persons: clusters.map((cluster) => [...cluster].sort()).sort(), conflicts, ties }
}

function groupsOf(links: readonly { left: Cluster; right: Cluster }[]): Set<Cluster>[] {
  let groups: Set<Cluster>[] = []
  for (const { left, right } of links) {
    const touched = groups.filter((group) => group.has(left) || group.has(right))
    const merged = new Set([left, right, ...touched.flatMap((group) => [...group])])
    groups = [...groups.filter((group) => !touched.includes(group)), merged]
  }
  return groups
}
