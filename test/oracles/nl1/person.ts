/**
 * One raw row as profile nl1 reads it. Written from contracts/docs/linkage-profiles.md alone; shares no code with the product.
 * @module
 */
import { plainAddress } from './address.ts'
import { plainBirthDate } from './birth-date.ts'
import { callingNames, plainGivenNames, plainInitials } from './given-names.ts'
import { plainSurnames } from './surnames.ts'
import { lettersAndDigitsOf, small, sortedSet } from './text.ts'

/** The fields of the agreement as the source wrote them; absent and empty are the same. */
export type RawPerson = { readonly [field: string]: string }

export type PlainPerson = {
  readonly surnames: readonly string[]
  readonly givenName: string
  readonly initials: string
  readonly firstInitials: readonly string[]
  readonly birthYear: string
  readonly birthMonth: string
  readonly birthDay: string
  readonly sex: string
  readonly postcodeArea: string
  readonly address: string
  readonly addressWithoutSuffix: string
}

const men = new Set('1 m man mannelijk male jongen dhr heer boy mr'.split(' '))
const women = new Set('2 v f w vrouw vrouwelijk female meisje mevrouw mevr mw girl woman mrs ms'.split(' '))
const sexOf = (raw: string): string => {
  const written = lettersAndDigitsOf(small(raw))
  return men.has(written) ? 'M' : women.has(written) ? 'V' : ''
}

/** @param withTable - the agreement looks calling names up */
export function plainPerson(raw: RawPerson, withTable: boolean): PlainPerson {
  const field = (name: string): string => raw[name] ?? ''
  const given = plainGivenNames(field('givenNames'))
  const calling = plainGivenNames(field('callingName'))
  const initials = plainInitials(field('initials')) || given.initials
  const official = withTable ? [given.first, calling.first].flatMap((name) => callingNames.get(name) ?? []) : []
  const firsts = [initials, given.first, calling.first || calling.initials, ...official]
  const birth = plainBirthDate(field('birthDate'))
  const address = plainAddress(raw)
  return {
    surnames: sortedSet([field('surname'), field('partnerSurname')].flatMap(plainSurnames)),
    givenName: given.first || calling.first,
    initials,
    firstInitials: sortedSet(firsts.flatMap((text) => text[0] ?? [])),
    birthYear: birth.year,
    birthMonth: birth.month,
    birthDay: birth.day,
    sex: sexOf(field('sex')),
    postcodeArea: address.area,
    address: address.full,
    addressWithoutSuffix: address.withoutSuffix,
  }
}
