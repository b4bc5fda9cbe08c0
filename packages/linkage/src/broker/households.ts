/**
 * Persons at one address are one household (linkage.md §3, H1, and §4.2).
 * @module
 */
import { findEqualTokens } from './equal-tokens.ts'
import { BrokerLinkageError } from './errors.ts'
import { type ExtractTokens, householdKeyId, type Subjects } from './extract-tokens.ts'
import type { Persons } from './persons.ts'

/** Stands for no household: no address is known, or too many persons live there. */
export const noHousehold = 0xffffffff

/** More persons than this at one address are an institution, not a household. */
const largestHousehold = 12

export type Households = {
  readonly count: number
  /** per person, its household, numbered in the order of persons, or {@link noHousehold} */
  readonly of: Uint32Array
  readonly personsWithoutAddress: number
  readonly personsInInstitutions: number
  /** persons to whom two of the parties asked give different addresses; the first party was believed */
  readonly personsWithSeveralAddresses: number
}

/**
 * @param from - parties whose addresses are heard
 * @throws {@link BrokerLinkageError} `unknown_party`, or `party_twice`
 */
export function checkHouseholds(extracts: readonly ExtractTokens[], from: readonly string[]): void {
  if (new Set(from).size !== from.length) throw new BrokerLinkageError('party_twice')
  if (!from.every((party) => extracts.some((extract) => extract.party === party))) {
    throw new BrokerLinkageError('unknown_party')
  }
}

/**
 * The address of a person is the one that the first of `from` gives, of those that hold the person and an address. An
 * institution there counts as known: no older address elsewhere is taken instead.
 * Where a party does not say which subjects have an address, all of its subjects count as having one.
 * @param extracts - checked; the address columns of `from` hold zeros after the call
 * @param from - checked, the most trusted first
 */
export function findHouseholds(
  extracts: readonly ExtractTokens[],
  { count, offsets }: Subjects,
  persons: Persons,
  { from, jobKey }: { readonly from: readonly string[]; readonly jobKey: Uint8Array },
): Households {
  const heard = from.map((party) => {
    const at = extracts.findIndex((extract) => extract.party === party)
    const extract = extracts[at]
    if (!extract) throw new Error('households of a party that was not checked')
    const column = extract.tokenColumns.find(({ keyId }) => keyId === householdKeyId)
    return { extract, first: offsets[at] as number, column }
  })
  const tokens = findEqualTokens(
    heard.map(({ extract }) => extract),
    heard.map(({ first }) => first),
    householdKeyId,
    jobKey,
  )
  const repeatedAs = new Uint32Array(count)
  for (let token = 0; token < tokens.count; token++) {
    repeatedAs[tokens.holderOf[token] as number] = (tokens.sameAs[token] as number) + 1
  }

  const addressOf = new Uint32Array(persons.count)
  const hasSeveral = new Uint8Array(persons.count)
  for (const { extract, first, column } of heard) {
    if (!column) continue
    for (let at = 0; at < extract.subjects; at++) {
      if (column.present?.[at] === 0) continue
      const subject = first + at
      // Beyond the numbers of tokens that may have an equal lie those of subjects that live alone.
      const address = (repeatedAs[subject] as number) || tokens.count + subject + 1
      const person = persons.of[subject] as number
      if (addressOf[person] === 0) addressOf[person] = address
      else if (addressOf[person] !== address) hasSeveral[person] = 1
    }
  }
  const personsWithSeveralAddresses = hasSeveral.reduce((sum, flag) => sum + flag, 0)
  return { ...numberHouseholds(addressOf, tokens.count + count), personsWithSeveralAddresses }
}

/** @param addressOf - per person, a number from 1 to `highest` that stands for its address, or 0 */
function numberHouseholds(addressOf: Uint32Array, highest: number): Omit<Households, 'personsWithSeveralAddresses'> {
  const personsAt = new Uint32Array(highest + 1)
  for (const address of addressOf) personsAt[address] = (personsAt[address] as number) + 1
  const numberOf = new Uint32Array(highest + 1)
  const of = new Uint32Array(addressOf.length).fill(noHousehold)
  let count = 0
  let personsInInstitutions = 0
  for (const [person, address] of addressOf.entries()) {
    if (address === 0) continue
    if ((personsAt[address] as number) > largestHousehold) {
      personsInInstitutions++
      continue
    }
    if (numberOf[address] === 0) numberOf[address] = ++count
    of[person] = (numberOf[address] as number) - 1
  }
  return { count, of, personsWithoutAddress: personsAt[0] as number, personsInInstitutions }
}
