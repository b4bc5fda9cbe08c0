/**
 * The values of the standard keys of a subject, from linkage.md §3 and the written rules (contracts/docs/linkage-rules.md §2).
 * @module
 */
import type { PlainPerson } from '../nl1/person.ts'
import { plainSound } from '../nl1/sound.ts'
import { sortedSet } from '../nl1/text.ts'
import { wholeDate } from './rows-of-one-person.ts'

const separator = '\u001f'
type Part = readonly string[]
const sets = (person: PlainPerson): Readonly<Record<string, Part>> => {
  const { birthYear: year, birthMonth: month, birthDay: day, givenName, surnames } = person
  const date = wholeDate(person)
  return {
    I1: person.firstInitials,
    IN: [person.initials],
    G: [givenName],
    S: surnames,
    PHG: [plainSound(givenName)],
    PHS: sortedSet(surnames.map(plainSound)),
    GS: givenName === '' ? [] : sortedSet(surnames.map((name) => [givenName, name].toSorted().join(separator))),
    D: [date],
    DS: [date === '' ? '' : year + [month, day].toSorted().join('')],
    Y: [year],
    M: [month],
    DD: [day],
    X: [person.sex],
    PC4: [person.postcodeArea],
    A: [person.address],
    A0: [person.addressWithoutSuffix],
  }
}

/** Key, its parts in order, and how many values of it travel. */
const keys: readonly (readonly [id: string, parts: string, slots: number])[] = [
  ['N1', 'I1 S D', 3],
  ['N2', 'G S D', 2],
  ['N3', 'I1 PHS D X', 3],
  ['N4', 'PHG PHS D', 2],
  ['N5', 'I1 D A0', 2],
  ['N6', 'GS D', 2],
  ['N7', 'I1 PHS DS X PC4', 3],
  ['N8', 'G S Y M PC4', 2],
  ['N9', 'G S M DD A0', 2],
  ['N10', 'G S Y A0', 2],
  ['N11', 'IN S A Y', 2],
  ['N12', 'I1 S Y M A0', 3],
  ['N13', 'I1 S Y DD A0', 3],
  ['N14', 'I1 S M DD A0', 3],
]

/** FNV-1a with a last mix, as the standard writes it: which values stay when there are more than travel. */
function hashOf(value: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(value)) hash = Math.imul(hash ^ byte, 0x01000193)
  return Math.imul(hash ^ (hash >>> 16), 0x7feb352d) >>> 0
}

/** The one address that travels of a subject of several rows. */
export const plainAddressOf = (rows: readonly PlainPerson[]): string | undefined =>
  sortedSet(rows.map(({ address }) => address).filter((address) => address !== '')).toSorted(
    (one, other) => hashOf(one) - hashOf(other) || (one < other ? -1 : 1),
  )[0]

const valuesOfRow = (parts: Readonly<Record<string, Part>>, wanted: readonly string[]): string[] =>
  wanted
    .map((name) => (parts[name] ?? []).filter((element) => element !== ''))
    .reduce<string[][]>((made, set) => made.flatMap((value) => set.map((element) => [...value, element])), [[]])
    .map((value) => value.join(separator))

/** @returns per key the values that travel; a subject of several rows has those of all of them */
export function plainKeyValues(rows: readonly PlainPerson[]): Map<string, string[]> {
  const parts = rows.map(sets)
  return new Map(
    keys.map(([id, wanted, slots]) => {
      const values = sortedSet(parts.flatMap((own) => valuesOfRow(own, wanted.split(' '))))
      const least = values.toSorted((one, other) => hashOf(one) - hashOf(other) || (one < other ? -1 : 1))
      return [id, least.slice(0, slots)]
    }),
  )
}
