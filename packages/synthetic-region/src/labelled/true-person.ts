/**
 * What is true of one person behind a labelled set.
 * @module
 */

export type Home = {
  readonly street: string
  readonly houseNumber: string
  readonly suffix: string
  readonly postcode: string
  readonly place: string
}

export type TruePerson = {
  readonly citizenNumber: string
  readonly givenNames: readonly string[]
  /** what people are called by; often the first given name */
  readonly callingName: string
  readonly prefix: string
  readonly surname: string
  readonly partnerPrefix: string
  readonly partnerSurname: string
  readonly sex: 'M' | 'V'
  readonly year: number
  readonly month: number
  readonly day: number
  readonly household: number
  readonly home: Home
  /** where this person lived before */
  readonly formerHome: Home
}
