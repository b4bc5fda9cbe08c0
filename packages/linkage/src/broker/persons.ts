/**
 * Numbering the persons that subjects were joined into.
 * @module
 */
import type { Clusters } from './clusters.ts'
import type { Subjects } from './extract-tokens.ts'

export type Persons = {
  readonly count: number
  /** per subject, its person; persons are numbered in the order in which they first appear */
  readonly of: Uint32Array
  /** per person, one bit per party that holds it, the first extract's the lowest */
  readonly partiesOf: Uint32Array
}

const unnumbered = 0xffffffff

export function numberPersons({ count, partyOf }: Subjects, clusters: Clusters): Persons {
  const numberOf = new Uint32Array(count).fill(unnumbered)
  const of = new Uint32Array(count)
  let persons = 0
  for (let subject = 0; subject < count; subject++) {
    const root = clusters.find(subject)
    if (numberOf[root] === unnumbered) numberOf[root] = persons++
    of[subject] = numberOf[root] as number
  }
  const partiesOf = new Uint32Array(persons)
  for (let subject = 0; subject < count; subject++) {
    const person = of[subject] as number
    partiesOf[person] = (partiesOf[person] as number) | (1 << (partyOf[subject] as number))
  }
  return { count: persons, of, partiesOf }
}
