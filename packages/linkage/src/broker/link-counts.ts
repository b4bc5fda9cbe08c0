/**
 * What the links of the job rest on: counts per pair of parties and per key.
 * @module
 */
import type { Evidence } from './evidence.ts'
import { countPairs, type PairCounts } from './pair-counts.ts'
import type { Persons } from './persons.ts'

export type LinkCounts = {
  /** linked pairs of subjects that share one key only */
  readonly singleKey: PairCounts
  readonly suspects: PairCounts
  /** suspects that are linked all the same */
  readonly suspectsLinked: PairCounts
  /** linked pairs of subjects whose citizen numbers are both known */
  readonly bothNumbered: PairCounts
  /** pairs that share a citizen number and are not linked */
  readonly numberUnlinked: PairCounts
  /** pairs that share a citizen number that is not void */
  readonly sameNumber: PairCounts
  /** subjects of a party whose citizen number is known */
  readonly numbered: (party: number) => number
  /** per key: linked pairs that share it; pairs with one number, and with different ones, that do */
  readonly linksOfKey: readonly number[]
  readonly sameNumberOfKey: readonly number[]
  readonly otherNumberOfKey: readonly number[]
}

export function countLinks(
  { edges, identityKey, identityOf, keyIds, subjects, suspects }: Evidence,
  persons: Persons,
  parties: number,
): LinkCounts {
  const pairs = () => countPairs(parties)
  const perKey = () => new Array<number>(keyIds.length).fill(0)
  const counts = {
    singleKey: pairs(),
    suspects: pairs(),
    suspectsLinked: pairs(),
    bothNumbered: pairs(),
    numberUnlinked: pairs(),
    sameNumber: pairs(),
    linksOfKey: perKey(),
    sameNumberOfKey: perKey(),
    otherNumberOfKey: perKey(),
  }
  for (let edge = 0; edge < edges.count(); edge++) {
    const [left, right] = [edges.left(edge), edges.right(edge)]
    const [a, b] = [subjects.partyOf[left] as number, subjects.partyOf[right] as number]
    const isLinked = persons.of[left] === persons.of[right]
    const [number, otherNumber] = [identityOf[left] as number, identityOf[right] as number]
    const known = number !== 0 && otherNumber !== 0
    const shared = identityKey >= 0 && edges.shares(edge, identityKey)
    for (const key of keyIds.keys()) {
      if (!edges.shares(edge, key)) continue
      if (isLinked) counts.linksOfKey[key] = (counts.linksOfKey[key] as number) + 1
      const ofNumber = shared
        ? counts.sameNumberOfKey
        : known && number !== otherNumber
          ? counts.otherNumberOfKey
          : undefined
      if (ofNumber) ofNumber[key] = (ofNumber[key] as number) + 1
    }
    if (isLinked && edges.keysShared(edge, -1) === 1) counts.singleKey.add(a, b)
    if (shared) counts.sameNumber.add(a, b)
    if (shared && !isLinked) counts.numberUnlinked.add(a, b)
    if (!suspects.has(edge)) continue
    counts.suspects.add(a, b)
    if (isLinked) counts.suspectsLinked.add(a, b)
  }
  countNumbered(identityOf, subjects.partyOf, persons, counts.bothNumbered)
  const numbered = new Array<number>(parties).fill(0)
  for (const [subject, party] of subjects.partyOf.entries()) {
    if (identityOf[subject] !== 0) numbered[party] = (numbered[party] as number) + 1
  }
  return { ...counts, numbered: (party) => numbered[party] as number }
}

/** Of each person, every two subjects with a known number. */
function countNumbered(identityOf: Uint32Array, partyOf: Uint8Array, persons: Persons, bothNumbered: PairCounts): void {
  const numbered = new Uint32Array(persons.count)
  for (let subject = 0; subject < partyOf.length; subject++) {
    const person = persons.of[subject] as number
    if (identityOf[subject] !== 0) numbered[person] = (numbered[person] as number) | (1 << (partyOf[subject] as number))
  }
  const personsWith = new Map<number, number>()
  for (const bits of numbered) if (bits !== 0) personsWith.set(bits, (personsWith.get(bits) ?? 0) + 1)
  for (const [bits, count] of personsWith) {
    const held = Array.from({ length: 32 }, (_, party) => party).filter((party) => (bits & (1 << party)) !== 0)
    for (const [at, a] of held.entries()) for (const b of held.slice(at + 1)) bothNumbered.add(a, b, count)
  }
}
