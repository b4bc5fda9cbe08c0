/**
 * Whether one of the files is a near-complete register, as a municipality's: then surname, date, sex and address are enough to
 * know somebody by (N15), because whoever shares them is in it too and makes the value void.
 * @module
 */
import type { LinkageReport } from '@kruispunt/linkage/broker'

/** Of every other file at least this share is found in a register. */
const nearlyAll = 0.75

/** @returns the name of the register, or undefined when no file holds nearly everybody of all others and more people besides */
export function findRegister({ parties, pairs }: LinkageReport): string | undefined {
  if (parties.length < 3) return undefined
  const subjectsOf = new Map(parties.map(({ party, subjects }) => [party, subjects]))
  return parties.find(({ party, subjects }) =>
    parties.every((other) => {
      if (other.party === party) return true
      const pair = pairs.find(
        (candidate) => candidate.parties.includes(party) && candidate.parties.includes(other.party),
      )
      const size = subjectsOf.get(other.party) ?? 0
      return pair !== undefined && subjects > size && pair.linked >= nearlyAll * size
    }),
  )?.party
}
