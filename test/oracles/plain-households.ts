/**
 * Households of the practice region in plain text: persons whom the municipality has at one address, from the words of the written
 * rules (contracts/docs/protocol.md, households). Shares no code with the product.
 * @module
 */
import { plainAddressOf } from './linking/keys.ts'
import { plainPerson } from './nl1/person.ts'
import type { PlainLinkage } from './plain-linkage.ts'

/** More at one address are an institution. */
const largest = 12

/** @returns the persons of each household */
export function plainHouseholds({ subjects }: Pick<PlainLinkage, 'subjects'>): readonly (readonly number[])[] {
  const personsAt = new Map<string, number[]>()
  for (const { party, rows, person } of subjects) {
    if (party !== 'gemeente') continue
    const address = plainAddressOf(rows.map((row) => plainPerson(row.person, true)))
    if (address !== undefined) personsAt.set(address, [...(personsAt.get(address) ?? []), person])
  }
  return [...personsAt.values()].filter((persons) => persons.length <= largest)
}
