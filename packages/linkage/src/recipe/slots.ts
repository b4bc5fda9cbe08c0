/**
 * How many tokens of a key travel for every subject: a fixed number that follows from the key alone, so that no extract shows
 * who has two surnames, a long one or none.
 *
 * A subject with more values than slots sends those whose hash is lowest: a choice that every node makes in the same way, so that
 * what two nodes share is mostly kept by both, and another one for every key. A subject with fewer sends random filling.
 * @module
 */
import { householdKey, type KeyPart, type MatchKey } from '@kruispunt/contracts'

/** Own and partner's name, or the halves of a double name; a calling name beside the official one. Others have one value. */
const usualValues: Readonly<Partial<Record<KeyPart, number>>> = {
  initial: 2,
  surname: 2,
  surnameSound: 2,
  namesSorted: 2,
  surnameOneOut: 8,
  birthDateOneMasked: 8,
}

// Measured on labelled sets with many calling and partners' names: twice as many slots find 0.0001 more of the pairs, one
// less loses 0.0005. Every slot costs 16 bytes a subject.
const mostOfNames = 3
const mostOfVariants = 12

/** Tokens of this key per subject, 1 to 12. */
export function slotsOf({ id, parts }: MatchKey): number {
  // A subject lives in one household.
  if (id === householdKey) return 1
  const hasVariants = parts.includes('surnameOneOut') || parts.includes('birthDateOneMasked')
  const usual = parts.reduce((product, part) => product * (usualValues[part] ?? 1), 1)
  return Math.min(usual, hasVariants ? mostOfVariants : mostOfNames)
}
