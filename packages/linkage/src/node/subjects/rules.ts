/**
 * What makes two rows of one extract candidates for being one person, strongest first.
 * @module
 * @see linkage.md §4 step 1
 */
import type { PersonColumns } from '../identifiers/columns.ts'
import type { PartColumn, PartColumns } from '../identifiers/part-columns.ts'
import { areDistinct, areDistinctDespiteNumber, type Signature } from './distinct.ts'

export type RuleName = 'citizenNumber' | 'namesAndBirthDate' | 'nameBirthDateAndAddress'

/** Calls `use` with four numbers for every value of the rule that a row has; rows with an equal value are candidates. */
export type RuleValues = (row: number, use: (a: number, b: number, c: number, d: number) => void) => void

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

const at = ({ column, map }: PartColumn, row: number): number =>
  map === null ? (column[row] as number) : (map[column[row] as number] as number)

/** Same given name (by sound), surname and date; then same initial, surname, date and address. Any surname, any initial. */
export function nameRules(columns: PersonColumns, parts: PartColumns): Rule[] {
  const sound = parts.of('givenNameSound')
  const date = parts.of('birthDate')
  const [surname, initial, address] = [columns.column('surname'), columns.column('initial'), columns.column('address')]
  const { lists } = columns
  const namesAndBirthDate: RuleValues = (row, use) => {
    const [given, born] = [at(sound, row), at(date, row)]
    if (given === 0 || born === 0) return
    const list = surname[row] as number
    for (let s = lists.starts[list] as number; s < (lists.starts[list + 1] as number); s++) {
      use(lists.items[s] as number, given, born, 0)
    }
  }
  const nameBirthDateAndAddress: RuleValues = (row, use) => {
    const [born, home] = [at(date, row), address[row] as number]
    if (born === 0 || home === 0) return
    const [names, letters] = [surname[row] as number, initial[row] as number]
    for (let s = lists.starts[names] as number; s < (lists.starts[names + 1] as number); s++) {
      for (let i = lists.starts[letters] as number; i < (lists.starts[letters + 1] as number); i++) {
        use(lists.items[s] as number, lists.items[i] as number, born, home)
      }
    }
  }
  return [
    { name: 'namesAndBirthDate', values: namesAndBirthDate, areDistinct },
    { name: 'nameBirthDateAndAddress', values: nameBirthDateAndAddress, areDistinct },
  ]
}
