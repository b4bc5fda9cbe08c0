/**
 * What makes two rows of one extract candidates for being one person, strongest first.
 * @module
 * @see linkage.md §4 step 1
 */
import type { PersonColumns } from '../identifiers/columns.ts'
import type { PartColumns } from '../identifiers/part-columns.ts'
import { areDistinct, areDistinctDespiteNumber, type Signature } from './distinct.ts'

export type RuleName = 'citizenNumber' | 'namesAndBirthDate' | 'nameBirthDateAndAddress'

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

/** Same given name (by sound), surname and date; then same initial, surname, date and address. Any surname, any initial. */
export function nameRules(columns: PersonColumns, parts: PartColumns): Rule[] {
  const sound = parts.of('givenNameSound')
  const date = parts.of('birthDate')
  const [surname, initial, address] = [columns.column('surname'), columns.column('initial'), columns.column('address')]
  const { readings } = columns
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
  return [
    { name: 'namesAndBirthDate', values: namesAndBirthDate, areDistinct },
    { name: 'nameBirthDateAndAddress', values: nameBirthDateAndAddress, areDistinct },
  ]
}
