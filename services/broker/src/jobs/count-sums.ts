/**
 * The amounts of a checked question added up, cell by cell beside its counts.
 * @module
 */
import type { Rules, SumCell, TrueTable } from '@kruispunt/disclosure'
import { engineQuery } from './count-table.ts'
import type { AskedMeasure } from './measures.ts'
import type { OpenJob } from './open-job.ts'
import type { CheckedQuestion } from './question.ts'

/** How many of the largest contributions the rules look at. */
const looksAt = ({ dominance }: Pick<Rules, 'dominance'>): number => Math.max(2, dominance?.n ?? 2)

/**
 * The count table that sums stand beside. Where records are counted each of them is a unit with an amount within the bounds of one
 * row; contributions are a person's, all its records together.
 */
export const tableBeside = (table: TrueTable): TrueTable =>
  table.unit !== 'records'
    ? table
    : {
        ...table,
        unit: 'persons',
        cells: table.cells.map(({ at, count }) => ({ at, count, persons: count, byParty: {}, largest: [1, 1] })),
      }

/** @param counted - cells of the same question, from `countTable` and {@link tableBeside} */
export async function countSums(
  job: Pick<OpenJob, 'counting'>,
  question: CheckedQuestion,
  { measure, recordTable }: AskedMeasure,
  counted: TrueTable['cells'],
  rules: Pick<Rules, 'dominance'>,
): Promise<SumCell[]> {
  const { unit: _, ...query } = engineQuery(question)
  const { cells } = await job.counting.sum({
    ...query,
    ...(recordTable === undefined ? {} : { recordTable }),
    measure: measure.id,
    largest: looksAt(rules),
  })
  const unitsAt = new Map(counted.map(({ at, persons }) => [at.slice(0, question.axes.length).join(), { at, persons }]))
  return cells.map(({ at, sum, contributors, largest }): SumCell => {
    const cell = unitsAt.get(at.join())
    if (!cell) throw new Error('a sum without its count')
    // A measure has one owner, who knows every amount; no other party knows any. So nobody is an insider of part of a sum.
    return { at: cell.at, sum, persons: cell.persons, contributors, largest, byParty: {} }
  })
}
