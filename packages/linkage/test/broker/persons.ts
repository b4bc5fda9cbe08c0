/** Linking word extracts and naming the persons by their subjects. @module */
import { randomBytes } from 'node:crypto'
import { type LinkedPersons, type LinkOptions, linkPersons } from '../../src/broker.ts'
import { toTokens, type WordExtract } from './tokens.ts'

export function linkWords(
  extracts: readonly WordExtract[],
  options: Omit<LinkOptions, 'jobKey'> = {},
): { linked: LinkedPersons; persons: string[][] } {
  const linked = linkPersons(extracts.map(toTokens), { jobKey: randomBytes(32), ...options })
  const persons = Array.from({ length: linked.persons }, (): string[] => [])
  for (const [at, numbers] of linked.personOf.entries()) {
    for (const [row, person] of numbers.entries()) persons[person]?.push(`${extracts[at]?.party}/${row}`)
  }
  return { linked, persons: persons.map((subjects) => subjects.sort()).sort() }
}
