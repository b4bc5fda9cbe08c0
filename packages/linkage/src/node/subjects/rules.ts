/**
 * What makes two rows of one extract candidates for being one person, strongest first.
 * @module
 * @see linkage.md §4 step 1
 */
import type { PersonColumns } from '../identifiers/columns.ts'
import type { PartColumns } from '../identifiers/part-columns.ts'
import {
  areDistinct,
  areDistinctAtAddress,
  areDistinctBesidesGivenName,
  areDistinctBesidesSurname,
  areDistinctDespiteNames,
  areDistinctDespiteNumber,
  type Signature,
} from './distinct.ts'

export const ruleNames = [
  'citizenNumber',
  'namesAndBirthDate',
  'nameBirthDateAndAddress',
  'initialsAndBirthDate',
  'birthDateAndAddress',
  'namesAndAddress',
  'surnameSlip',
  'givenNameSlip',
  'namesSwapped',
] as const
export type RuleName = (typeof ruleNames)[number]

/** Calls `use` with four numbers for every value of the rule that a row has; rows with an equal value are candidates. */
type RuleValues = (row: number, use: (a: number, b: number, c: number, d: number) => void) => void

export type Rule = {
  readonly name: RuleName
  readonly values: RuleValues
  readonly areDistinct: (a: Signature, b: Signature) => boolean
  /** Whether sharing a value is reason enough, so that rows kept apart are worth counting; else the rule looks for a slip. */
  readonly isReason: boolean
}

export function numberRule(bsn: Int32Array): Rule {
  const values: RuleValues = (row, use) => {
    const number = bsn[row] as number
    if (number > 0) use(number, 0, 0, 0)
  }
  return { name: 'citizenNumber', values, areDistinct: areDistinctDespiteNumber, isReason: true }
}

/**
 * Strongest first; given names by sound, any surname, any first initial:
 * given name, surname and date; initial, surname, date and address; two or more initials, surname, date and sex;
 * date, address and given name or two or more initials (another surname); given name, surname and address (no date, or
 * one that is a slip away). Twins have their own given name, and rarely the same two initials. Then, without an address:
 * given name and date with a slip in the surname; surname and date with a slip in the given name; both names and date with the
 * names in each other's column.
 *
 * What is not merged here makes the keys it shares void for every partner: a row too many costs more than itself.
 */
export function nameRules(columns: PersonColumns, parts: PartColumns): Rule[] {
  const sound = parts.of('givenNameSound')
  const date = parts.of('birthDate')
  const [surname, initial, address] = [columns.column('surname'), columns.column('initial'), columns.column('address')]
  const [initials, sex] = [columns.column('allInitials'), columns.column('sex')]
  const [given, sorted] = [columns.column('givenName'), parts.of('namesSorted')]
  const { readings, words } = columns
  const areSeveral = (letters: number): boolean => words.text(letters).length > 1
  const namesAndBirthDate: RuleValues = (row, use) => {
    const [first, born, names] = [sound[row] as number, date[row] as number, surname[row] as number]
    if (first === 0 || born === 0) return
    for (const name of readings.wordsOf(names)) use(name, first, born, 0)
  }
  const nameBirthDateAndAddress: RuleValues = (row, use) => {
    const [born, home] = [date[row] as number, address[row] as number]
    if (born === 0 || home === 0) return
    for (const name of readings.wordsOf(surname[row] as number)) {
      for (const letter of readings.wordsOf(initial[row] as number)) use(name, letter, born, home)
    }
  }
  const initialsAndBirthDate: RuleValues = (row, use) => {
    const [born, letters, own] = [date[row] as number, initials[row] as number, sex[row] as number]
    if (born === 0 || own === 0 || !areSeveral(letters)) return
    for (const name of readings.wordsOf(surname[row] as number)) use(name, letters, born, own)
  }
  const birthDateAndAddress: RuleValues = (row, use) => {
    const [born, home] = [date[row] as number, address[row] as number]
    if (born === 0 || home === 0) return
    const [first, letters] = [sound[row] as number, initials[row] as number]
    if (first !== 0) use(first, 0, born, home)
    else if (areSeveral(letters)) use(letters, 1, born, home)
  }
  const namesAndAddress: RuleValues = (row, use) => {
    const [first, home] = [sound[row] as number, address[row] as number]
    if (first === 0 || home === 0) return
    for (const name of readings.wordsOf(surname[row] as number)) use(name, first, home, 0)
  }
  const givenNameAndBirthDate: RuleValues = (row, use) => {
    const [name, born] = [given[row] as number, date[row] as number]
    if (name !== 0 && born !== 0) use(name, born, 0, 0)
  }
  const surnameAndBirthDate: RuleValues = (row, use) => {
    const born = date[row] as number
    if (given[row] === 0 || born === 0) return
    for (const name of readings.wordsOf(surname[row] as number)) use(name, born, 0, 0)
  }
  const sortedNamesAndBirthDate: RuleValues = (row, use) => {
    const born = date[row] as number
    if (born !== 0) for (const name of readings.wordsOf(sorted[row] as number)) use(name, born, 0, 0)
  }
  return [
    { name: 'namesAndBirthDate', values: namesAndBirthDate, areDistinct, isReason: true },
    { name: 'nameBirthDateAndAddress', values: nameBirthDateAndAddress, areDistinct, isReason: true },
    { name: 'initialsAndBirthDate', values: initialsAndBirthDate, areDistinct, isReason: true },
    { name: 'birthDateAndAddress', values: birthDateAndAddress, areDistinct, isReason: true },
    { name: 'namesAndAddress', values: namesAndAddress, areDistinct: areDistinctAtAddress, isReason: true },
    { name: 'surnameSlip', values: givenNameAndBirthDate, areDistinct: areDistinctBesidesSurname, isReason: false },
    { name: 'givenNameSlip', values: surnameAndBirthDate, areDistinct: areDistinctBesidesGivenName, isReason: false },
    { name: 'namesSwapped', values: sortedNamesAndBirthDate, areDistinct: areDistinctDespiteNames, isReason: true },
  ]
}
