/**
 * What normalisation takes in and gives out. A profile is data and small functions; match keys know nothing else of it.
 * @module
 */
import type { IdentifierField, LinkageProfile } from '@kruispunt/contracts'

/** The identifying fields of one row as the source wrote them, without the citizen number; absent and '' mean missing. */
export type RawPerson = { readonly [field in Exclude<IdentifierField, 'citizenNumber'>]?: string }

/** One row after normalisation. Only a-z, digits and, in addresses, U+001F-free separators; '' and [] mean missing. */
export type NormalPerson = {
  /** own name, partner name, halves of a double name: cores without prefixes, each once, sorted */
  readonly surnames: readonly string[]
  /** first given name, folded */
  readonly givenName: string
  /** all initials in order, one letter each */
  readonly initials: string
  /** first letters of initials, given name and, with the table, official names of a calling name: each once, sorted */
  readonly firstInitials: readonly string[]
  /** four, two and two digits; a year may stand alone */
  readonly birthYear: string
  readonly birthMonth: string
  readonly birthDay: string
  readonly sex: 'M' | 'V' | ''
  readonly postcodeArea: string
  /** nl1: postcode, number and suffix, or the id of the address; en1: postcode, number, street and unit */
  readonly address: string
  /** nl1: postcode and number; en1: number and the first letters of the street, without postcode */
  readonly addressWithoutSuffix: string
  /** en1: the first letters of street and of place, each by itself; nl1: missing, a postcode says both */
  readonly street: string
  readonly place: string
}

/** What a profile makes of the fields of an address. */
export type NormalAddress = Pick<NormalPerson, 'postcodeArea' | 'address' | 'addressWithoutSuffix' | 'street' | 'place'>

type NormaliseOptions = { readonly callingNames: boolean }

export type Profile = {
  readonly id: LinkageProfile
  normalise(raw: RawPerson, options: NormaliseOptions): NormalPerson
  /** Sound code of a folded name. */
  sound(name: string): string
}
