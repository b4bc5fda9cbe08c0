/**
 * What a labelled set is asked to be: who takes part, what each file holds, and how much of it is wrong.
 *
 * For measuring linkage: nobody knows the truth about real files. All rates are shares of rows, 0 to 1.
 * @module
 */

/** Columns that a partner's file may have, named as the fields of an agreement's recipe. */
export const labelledColumns = [
  'citizenNumber',
  'surname',
  'surnamePrefix',
  'partnerSurname',
  'givenNames',
  'initials',
  'callingName',
  'birthDate',
  'sex',
  'postcode',
  'houseNumber',
  'houseNumberSuffix',
  'street',
  'place',
] as const
export type LabelledColumn = (typeof labelledColumns)[number]

export type ErrorRates = {
  /** one slip of the keyboard, for the given name and for the surname each */
  readonly nameTypo: number
  /** as `nameTypo`, but two slips, or letters that a scanner takes for others */
  readonly badlyRead: number
  /** given name and surname in each other's column */
  readonly namesSwapped: number
  /** the name people are called by instead of the first official one */
  readonly callingName: number
  /** initials where the file otherwise has a given name */
  readonly initialsOnly: number
  /** of those who have one: the partner's name instead of the own */
  readonly partnerName: number
  /** of those who have one: both names joined with a dash */
  readonly doubleName: number
  /** upper case throughout */
  readonly capitals: number
  /** UTF-8 read as Latin-1 */
  readonly wrongCharset: number
  readonly dayMonthSwapped: number
  readonly dateDigit: number
  /** only the year is known, the rest zeros */
  readonly yearOnly: number
  readonly sexWrong: number
  /** an earlier address of this person */
  readonly moved: number
  readonly postcodeTypo: number
  readonly houseNumberTypo: number
  /** one digit of the citizen number is wrong; most of these fail the eleven-test */
  readonly numberDigit: number
  /** the number of somebody of the same household */
  readonly relativesNumber: number
  /** fields left empty, by column */
  readonly missing: Readonly<Partial<Record<LabelledColumn, number>>>
}

export type LabelledPartner = {
  readonly name: string
  /** share of all people that this partner knows */
  readonly coverage: number
  /** whole households, as a landlord knows them; people one by one when left out */
  readonly byHousehold?: boolean
  readonly columns: readonly LabelledColumn[]
  /** rows that one known person has in the file: 1, and with this chance one more, and so on up to `mostRows` */
  readonly anotherRow?: number
  readonly mostRows?: number
  readonly errors: Partial<ErrorRates>
}

export type LabelledSetOptions = {
  /** a whole number of 32 bits */
  readonly seed: number
  readonly persons: number
  /** `dutch`: names, postcodes and numbers of the Netherlands; `english`: given names, streets and postcodes of four digits */
  readonly population: 'dutch' | 'english'
  readonly partners: readonly LabelledPartner[]
}

export type LabelledFile = {
  readonly partner: string
  readonly fileName: string
  readonly delimiter: ';' | ','
  /** with a header; the column `id` is the person, all others are as the partner would export them */
  readonly csv: string
  /** per row below the header: the person it is about */
  readonly personOfRows: Uint32Array
}

/** A file in which everything is right. */
export const noErrors: ErrorRates = {
  nameTypo: 0,
  badlyRead: 0,
  namesSwapped: 0,
  callingName: 0,
  initialsOnly: 0,
  partnerName: 0,
  doubleName: 0,
  capitals: 0,
  wrongCharset: 0,
  dayMonthSwapped: 0,
  dateDigit: 0,
  yearOnly: 0,
  sexWrong: 0,
  moved: 0,
  postcodeTypo: 0,
  houseNumberTypo: 0,
  numberDigit: 0,
  relativesNumber: 0,
  missing: {},
}
