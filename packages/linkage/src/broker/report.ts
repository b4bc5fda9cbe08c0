/**
 * Puts the linkage report together. Exact: for the broker's memory, not for display.
 * @module
 */
import { auditNames } from './audit-counts.ts'
import { countCandidates } from './candidate-counts.ts'
import { judgeByDuplicates } from './duplicate-method.ts'
import { type Evidence, holdsIdentity, holdsName, holdsVoid } from './evidence.ts'
import { type ExtractTokens, householdKeyId, identityKeyId } from './extract-tokens.ts'
import type { Households } from './households.ts'
import { countLinks, type LinkCounts } from './link-counts.ts'
import { estimateQuality } from './link-quality.ts'
import type { LinkRules } from './link-rules.ts'
import { type JudgedNames, joinAudits, judgeNames } from './name-audit.ts'
import { pairsOf } from './pair-counts.ts'
import type { Persons } from './persons.ts'
import type { Refusals } from './refusals.ts'
import type { DuplicateMethod, KeyReport, LinkageReport, NameAudit, PairReport } from './report-shape.ts'

type Linkage = {
  readonly extracts: readonly ExtractTokens[]
  readonly evidence: Evidence
  readonly rules: LinkRules
  readonly withinExtracts: boolean
  readonly persons: Persons
  readonly refusals: Refusals
  readonly households: Households | undefined
}

export function buildReport(linkage: Linkage): LinkageReport {
  const { extracts, evidence, rules, persons, refusals, households } = linkage
  const linkedIn = countLinked(persons)
  const pairs = pairsOf(extracts.length).map(([a, b]) => {
    const linked = linkedIn((parties) => parties.includes(a) && parties.includes(b))
    const rate = (party: number): number => linked / Math.max(1, extracts[party]?.subjects ?? 0)
    return { a, b, linked, rates: [rate(a), rate(b)] as const }
  })
  const links = countLinks(evidence, persons, extracts.length)
  const names = judgeAllNames(linkage, pairs)
  const duplicatesOf = duplicateJudge(linkage)
  const duplicates = pairs.map(({ a, b }) => duplicatesOf(a, b))
  const quality = estimateQuality(
    pairs.map(({ a, b, linked }, at) => ({
      parties: [a, b],
      linked,
      bothNumbered: links.bothNumbered.of(a, b),
      numberUnlinked: links.numberUnlinked.of(a, b),
      suspectsLinked: links.suspectsLinked.of(a, b),
      doubled: refusals.doubled.of(a, b),
      names: names[at],
      duplicates: duplicates[at]?.precision,
    })),
    rules,
  )

  return {
    persons: persons.count,
    parties: extracts.map(({ party, subjects }, at) => ({
      party,
      subjects,
      linked: linkedIn((parties) => parties.includes(at) && parties.length > 1),
      ambiguous: countAmbiguous(evidence, at, rules),
    })),
    pairs: pairs.map(
      ({ a, b, linked, rates }, at): PairReport => ({
        parties: [nameOf(linkage, a), nameOf(linkage, b)],
        linked,
        rates,
        singleKey: links.singleKey.of(a, b),
        suspects: links.suspects.of(a, b),
        conflicts: { sameParty: refusals.sameParty.of(a, b), differentIdentity: refusals.differentIdentity.of(a, b) },
        ties: refusals.tie.of(a, b),
        audit: withoutWorkings(names[at]),
        duplicates: duplicates[at] ?? null,
        quality: quality.pairs[at] as PairReport['quality'],
      }),
    ),
    fewestTogether: fewestTogether(persons, extracts.length),
    keys: reportKeys(linkage, links, pairs),
    singleKey: links.singleKey.total(),
    suspects: links.suspects.total(),
    conflicts: { sameParty: refusals.sameParty.total(), differentIdentity: refusals.differentIdentity.total() },
    ties: refusals.tie.total(),
    audit: withoutWorkings(joinAudits(names.flatMap((judged) => judged ?? []))),
    quality: quality.lab,
    households: households ? householdCounts(households) : null,
  }
}

type Pair = { readonly a: number; readonly b: number; readonly rates: readonly [number, number] }

const nameOf = ({ extracts }: Linkage, party: number): string => (extracts[party] as ExtractTokens).party

const householdCounts = ({ of: _, count, ...counts }: Households): LinkageReport['households'] => ({
  households: count,
  ...counts,
})

/** @returns how many persons are held by a combination of parties that fits */
function countLinked(persons: Persons): (fits: (parties: readonly number[]) => boolean) => number {
  const personsPer = new Map<number, number>()
  for (const bits of persons.partiesOf) personsPer.set(bits, (personsPer.get(bits) ?? 0) + 1)
  const combinations = [...personsPer].map(([bits, count]) => ({
    count,
    parties: Array.from({ length: 32 }, (_, party) => party).filter((party) => (bits & (1 << party)) !== 0),
  }))
  return (fits) => combinations.reduce((sum, { parties, count }) => (fits(parties) ? sum + count : sum), 0)
}

function fewestTogether({ partiesOf }: Persons, parties: number): number | null {
  if (parties < 2 || parties > 4) return null
  const persons = new Uint32Array(1 << parties)
  for (const bits of partiesOf) persons[bits] = (persons[bits] as number) + 1
  const occurring = persons.filter((count) => count > 0)
  return occurring.length === 0 ? null : Math.min(...occurring)
}

function countAmbiguous({ held, subjects }: Evidence, party: number, { citizenNumber }: LinkRules): number {
  const shared = citizenNumber === 'key' ? holdsIdentity | holdsName : holdsName
  let ambiguous = 0
  for (let subject = 0; subject < subjects.count; subject++) {
    const flags = held[subject] as number
    if (subjects.partyOf[subject] === party && (flags & holdsVoid) !== 0 && (flags & shared) === 0) ambiguous++
  }
  return ambiguous
}

const sends = ({ tokenColumns }: ExtractTokens, keyId: string): boolean =>
  tokenColumns.some((column) => column.keyId === keyId)

/** Only of pairs of which both parties say who has a citizen number, and both send a key of another kind. */
function judgeAllNames(linkage: Linkage, pairs: readonly Pair[]): (JudgedNames | undefined)[] {
  const { extracts, evidence, rules, withinExtracts } = linkage
  const isKnown = extracts.map(({ tokenColumns }) =>
    tokenColumns.some(({ keyId, present }) => keyId === identityKeyId && present !== undefined),
  )
  const canJudge = ({ a, b }: Pair): boolean =>
    isKnown[a] === true &&
    isKnown[b] === true &&
    (extracts[a] as ExtractTokens).tokenColumns.some(
      ({ keyId }) => keyId !== identityKeyId && keyId !== householdKeyId && sends(extracts[b] as ExtractTokens, keyId),
    )
  if (!pairs.some(canJudge)) return pairs.map(() => undefined)
  const countsOf = auditNames(evidence, extracts.length, rules, withinExtracts)
  const judged = judgeNames(pairs.filter(canJudge).map(({ a, b, rates }) => ({ counts: countsOf(a, b), rates })))
  let next = 0
  return pairs.map((pair) => (canJudge(pair) ? judged[next++] : undefined))
}

function withoutWorkings(judged: JudgedNames | undefined): NameAudit | null {
  if (!judged) return null
  const { wrongPairs: _, ...names } = judged
  return names
}

/** Of two registers the larger one is taken as such. */
function duplicateJudge(linkage: Linkage): (a: number, b: number) => DuplicateMethod | null {
  const { extracts, evidence, persons, rules } = linkage
  const counters = new Map(
    extracts.flatMap(({ register }, at) =>
      register === true ? [[at, countCandidates(evidence, persons, at, rules)] as const] : [],
    ),
  )
  const size = (party: number): number => (extracts[party] as ExtractTokens).subjects
  return (a, b) => {
    const register = [a, b].filter((party) => counters.has(party)).sort((x, y) => size(y) - size(x))[0]
    if (register === undefined) return null
    const { counts, linked } = (counters.get(register) as ReturnType<typeof countCandidates>)(register === a ? b : a)
    return judgeByDuplicates(counts, linked, nameOf(linkage, register))
  }
}

/** m and u count over the pairs of parties that both send the key; only when every party says who has a citizen number. */
function reportKeys({ extracts, evidence }: Linkage, links: LinkCounts, pairs: readonly Pair[]): KeyReport[] {
  const isKnown = extracts.every(({ tokenColumns }) =>
    tokenColumns.every(({ keyId, present }) => keyId !== identityKeyId || present !== undefined),
  )
  return evidence.keyIds.map((keyId, key) => {
    let same = 0
    let different = 0
    if (isKnown && key !== evidence.identityKey) {
      for (const { a, b } of pairs) {
        if (!sends(extracts[a] as ExtractTokens, keyId) || !sends(extracts[b] as ExtractTokens, keyId)) continue
        same += links.sameNumber.of(a, b)
        different += links.numbered(a) * links.numbered(b) - links.sameNumber.of(a, b)
      }
    }
    return {
      keyId,
      voidTokens: evidence.voidTokens[key] as number,
      links: links.linksOfKey[key] as number,
      m: same > 0 ? (links.sameNumberOfKey[key] as number) / same : null,
      u: different > 0 ? (links.otherNumberOfKey[key] as number) / different : null,
    }
  })
}
