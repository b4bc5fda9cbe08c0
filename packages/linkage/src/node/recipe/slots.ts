/**
 * How many tokens of a key travel for every subject: a fixed number that follows from the key alone, so that no extract shows
 * who has two surnames, a long one or none.
 *
 * A subject with more values than slots sends those whose hash is lowest: a choice that every node makes in the same way, so that
 * what two nodes share is mostly kept by both. A subject with fewer sends random filling.
 * @module
 */
import { householdKey, type KeyPart, type MatchKey } from '@kruispunt/contracts'

/** Own and partner's name, or the halves of a double name; a calling name beside the official one. Others have one value. */
const usualValues: Readonly<Partial<Record<KeyPart, number>>> = {
  initial: 2,
  surname: 2,
  surnameSound: 2,
  namesSorted: 2,
  /** two surnames of seven letters, or one of fifteen */
  surnameOneOut: 16,
  birthDateOneMasked: 8,
}

/** Beyond this a slot costs every subject more than it gives the few who would fill it. */
const mostSlots = 16

/** Tokens of this key per subject, 1 to 16. */
export function slotsOf({ id, parts }: MatchKey): number {
  // A subject lives in one household.
  if (id === householdKey) return 1
  return Math.min(
    mostSlots,
    parts.reduce((product, part) => product * (usualValues[part] ?? 1), 1),
  )
}
