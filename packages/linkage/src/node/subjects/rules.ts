/**
 * What makes two rows of one extract candidates for being one person, strongest first.
 * @module
 * @see linkage.md §4 step 1
 */
import type { PersonColumns } from '../identifiers/columns.ts'
import type { PartColumns } from '../identifiers/part-columns.ts'
import { areDistinct, areDistinctAtAddress, areDistinctDespiteNumber, type Signature } from './distinct.ts'

export const ruleNames = [
  'citizenNumber',
  'namesAndBirthDate',
  'nameBirthDateAndAddress',
  'initialsAndBirthDate',
  'birthDateAndAddress',
  'namesAndAddress',
] as const
export type RuleName = (typeof ruleNames)[number]

/** Calls `use` with four numbers for every value of the rule that a row has; rows with an equal value are candidates. */
type RuleValues = (row: number, use: (a: number, b: number, c: number, d: number) => void) => void

export type Rule = {
  readonly name: RuleName
  readonly values: RuleValues
  readonly areDistinct: (a: Signature, b: Signature) => boolean
}

export function numberRule(bsn: Int32Array): Rule {
  const values: RuleValues = (row, use) => {
    const number = bsn[row] as number
    if (number > 0) use(number, 0, 0, 0)
  }
  return { name: 'citizenNumber', values, areDistinct: areDistinctDespiteNumber }
}

/**
 * Strongest first; given names by sound, any surname, any first initial:
 * given name, surname and date; initial, surname, date and address; two or more initials, surname, date and sex;
 * date, address and given name or two or more initials (another surname); given name, surname and address (no date, or
 * one that is a slip away). Twins have their own given name, and rarely the same two initials.
 *
 * What is not merged here makes the keys it shares void for every partner: a row too many costs more than itself.
 */
export function nameRules(columns: PersonColumns, parts: PartColumns): Rule[] {
  const sound = parts.of('givenNameSound')
  const date = parts.of('birthDate')
  const [surname, initial, address] = [columns.column('surname'), columns.column('initial'), columns.column('address')]
  const [initials, sex] = [columns.column('allInitials'), columns.column('sex')]
  const { readings, words } = columns
  const areSeveral = (letters: number): boolean => words.text(letters).length > 1
  const namesAndBirthDate: RuleValues = (row, use) => {
    const [given, born, names] = [sound[row] as number, date[row] as number, surname[row] as number]
    if (given === 0 || born === 0) return
    for (const name of readings.wordsOf(names)) use(name, given, born, 0)
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
    const [given, letters] = [sound[row] as number, initials[row] as number]
    if (given !== 0) use(given, 0, born, home)
    else if (areSeveral(letters)) use(letters, 1, born, home)
  }
  const namesAndAddress: RuleValues = (row, use) => {
    const [given, home] = [sound[row] as number, address[row] as number]
    if (given === 0 || home === 0) return
    for (const name of readings.wordsOf(surname[row] as number)) use(name, given, home, 0)
  }
  return [
    { name: 'namesAndBirthDate', values: namesAndBirthDate, areDistinct },
    { name: 'nameBirthDateAndAddress', values: nameBirthDateAndAddress, areDistinct },
    { name: 'initialsAndBirthDate', values: initialsAndBirthDate, areDistinct },
    { name: 'birthDateAndAddress', values: birthDateAndAddress, areDistinct },
    { name: 'namesAndAddress', values: namesAndAddress, areDistinct: areDistinctAtAddress },
  ]
}
