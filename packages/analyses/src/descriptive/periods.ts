/**
 * Months and quarters of a table, in the order of time.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import { refuseUnless } from '../problems.ts'
import type { RequestOf } from '../request.ts'
import type { Table } from '../tables/table.ts'

const monthCode = /^(\d{4})-(0[1-9]|1[0-2])$/
const quarterCode = /^(\d{4})-?[QKqk]([1-4])$/

type Period = { readonly node: number; readonly code: string; readonly label: Bilingual }
export type Periods = {
  /** 12 for months, 4 for quarters. */
  readonly inYear: 12 | 4
  readonly all: readonly Period[]
  /** Code of the period that follows the last one after so many steps, from 1. */
  readonly after: (steps: number) => string
}

/**
 * Categories such as unknown are passed over.
 * @throws AnalysisError `not_months`, `period_missing`
 */
export function periodsOf(table: Table, { dimension, level }: RequestOf<'trend'>['period']): Periods {
  const { chosen } = table.categories({ dimension, ...(level === undefined ? {} : { level }) })
  const inYear = chosen.some(({ code }) => monthCode.test(code)) ? 12 : 4
  const pattern = inYear === 12 ? monthCode : quarterCode
  const numbered = chosen
    .flatMap((period) => {
      const [, year, part] = pattern.exec(period.code) ?? []
      return year === undefined ? [] : [{ period, number: Number(year) * inYear + Number(part) - 1 }]
    })
    .toSorted((a, b) => a.number - b.number)
  refuseUnless(numbered.length >= 2, 'not_months')
  const first = numbered[0]?.number ?? 0
  refuseUnless(
    numbered.every(({ number }, index) => number === first + index),
    'period_missing',
  )
  const last = first + numbered.length - 1
  return { inYear, all: numbered.map(({ period }) => period), after: (steps) => codeOf(last + steps, inYear) }
}

function codeOf(number: number, inYear: 12 | 4): string {
  const part = (number % inYear) + 1
  const year = Math.floor(number / inYear)
  return inYear === 12 ? `${year}-${String(part).padStart(2, '0')}` : `${year}-Q${part}`
}
