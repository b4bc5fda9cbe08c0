/**
 * What the six exports have in common: who is in them, and how a row is written.
 * @module
 */
import type { Person } from '../people.ts'
import type { Random } from '../random.ts'

type RowContext = {
  /** a stream of this partner and this row */
  readonly random: Random
  /** somebody else of the region: a relative or a stranger whose details get mixed up with this person's */
  readonly other: () => Person
  /** how many people live in the region */
  readonly residents: number
}

export type ExportFormat = {
  readonly fileName: string
  readonly header: readonly string[]
  readonly delimiter: ';' | ',' | '\t'
  readonly newline: '\n' | '\r\n'
  readonly encoding: 'utf-8' | 'utf-8 with BOM' | 'windows-1252'
  /** how many rows this person has in this export, 0 when it is not in it */
  readonly rowsOf: (person: Person, random: Random) => number
  readonly fields: (person: Person, context: RowContext) => readonly string[]
}

const two = (value: number): string => String(value).padStart(2, '0')

export function monthOf2024(random: Random): string {
  return two(1 + random.below(12))
}

export function dayOf2024(random: Random): { day: string; month: string; time: string } {
  const month = 1 + random.below(12)
  const day = 1 + random.below(new Date(Date.UTC(2024, month, 0)).getUTCDate())
  return { day: two(day), month: two(month), time: `${two(random.below(24))}:${two(random.below(60))}` }
}

/** A number with one or two decimals behind a comma. */
export function withComma(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('.', ',')
}
