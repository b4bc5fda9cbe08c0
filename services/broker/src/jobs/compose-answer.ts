/**
 * What disclosure control lets out, in the words of the agreement.
 * @module
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import { type CellState, meansOf } from '@kruispunt/disclosure'
import { answerAxis } from './axes.ts'
import type { JobPlan } from './job-plan.ts'
import type { LedgerSums } from './ledger.ts'
import type { CheckedQuestion, Filter } from './question.ts'

type AnswerSum = NonNullable<Extract<CrossTabAnswer['cells'][number], { state: 'released' }>['sums']>[number]

/** How the table was protected, in words too. */
export type Told = Pick<CrossTabAnswer, 'minimum' | 'mode' | 'exactness' | 'explanation' | 'rules'>

/** Decimals of a mean more than those of its sum. */
const finer = 1

/**
 * @param cells - of the table as disclosure control sees it; the axes that are not shown have one node each
 * @param sums - one for each measure of the question, in that order
 */
export function composeAnswer(
  plan: JobPlan,
  { table, population, axes, filters, measures, tableHash }: CheckedQuestion,
  cells: readonly CellState[],
  sums: readonly LedgerSums[],
  told: Told,
): CrossTabAnswer {
  const sumsAt = sums.map(shownSums)
  const shown = cells.map((cell): CrossTabAnswer['cells'][number] => {
    const at = cell.at.slice(0, axes.length)
    if (cell.state === 'withheld') return { at, state: 'withheld' }
    const beside = sumsAt.map((byPlace) => byPlace.get(cell.at.join()) ?? { state: 'withheld' as const })
    return { at, state: 'released', count: cell.count, ...(beside.length > 0 ? { sums: beside } : {}) }
  })
  const released = shown.filter(({ state }) => state === 'released').length
  return {
    table: table.id,
    title: table.title,
    population: population.population.label,
    unit: population.unit,
    release: plan.release,
    minimum: told.minimum,
    mode: told.mode,
    exactness: told.exactness,
    rows: 1,
    axes: axes.map(answerAxis),
    filters: filters.map(answerFilter),
    ...(measures.length === 0
      ? {}
      : {
          measures: measures.map(({ measure: { id, label, unit, decimals } }) => ({
            id,
            label,
            unit,
            decimals,
            meanDecimals: decimals + finer,
          })),
        }),
    cells: shown,
    released,
    withheld: shown.length - released,
    explanation: told.explanation,
    rules: told.rules,
    questionsLeft: 0,
    tableHash,
    resultSha256: '',
  }
}

/** By position. A sum that is not shown has no mean either. */
function shownSums({ cells }: LedgerSums): ReadonlyMap<string, AnswerSum> {
  const means = new Map(meansOf(cells, finer).map((mean) => [mean.at.join(), mean]))
  return new Map(
    cells.flatMap((cell): [string, AnswerSum][] => {
      if (cell.state === 'withheld') return []
      const mean = means.get(cell.at.join())
      const whole = mean?.state === 'released' ? Math.round(mean.figure * 10 ** finer) : null
      return [[cell.at.join(), { state: 'released', sum: cell.sum, mean: whole }]]
    }),
  )
}

/** The fewest categories that say the selection: a district, not its neighbourhoods one by one. */
function answerFilter({ variable, leaves }: Filter): CrossTabAnswer['filters'][number] {
  const left = new Set(leaves)
  const categories = [
    ...variable.levels.flatMap((level) => level.categories),
    ...(variable.notKnown ? [variable.notKnown] : []),
  ]
  const codes = categories.flatMap((category) => {
    if (!category.leaves.every((leaf) => left.has(leaf))) return []
    for (const leaf of category.leaves) left.delete(leaf)
    return [category.label]
  })
  return { dimension: variable.id, label: variable.label, codes }
}
