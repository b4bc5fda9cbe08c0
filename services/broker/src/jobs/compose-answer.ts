/**
 * What disclosure control lets out, in the words of the agreement.
 * @module
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import type { CellState } from '@kruispunt/disclosure'
import { answerAxis } from './axes.ts'
import type { JobPlan } from './job-plan.ts'
import type { CheckedQuestion, Filter } from './question.ts'

/** @param cells - of the table as disclosure control sees it; the axes that are not shown have one node each */
export function composeAnswer(
  plan: JobPlan,
  { table, population, axes, filters, tableHash }: CheckedQuestion,
  cells: readonly CellState[],
  advice: CrossTabAnswer['advice'],
): CrossTabAnswer {
  const shown = cells.map((cell): CrossTabAnswer['cells'][number] => {
    const at = cell.at.slice(0, axes.length)
    return cell.state === 'released' ? { at, state: 'released', count: cell.count } : { at, state: 'withheld' }
  })
  const released = shown.filter(({ state }) => state === 'released').length
  return {
    table: table.id,
    title: table.title,
    population: population.population.label,
    unit: population.unit,
    release: plan.release,
    minimum: plan.agreement.disclosure.minimum,
    rows: 1,
    axes: axes.map(answerAxis),
    filters: filters.map(answerFilter),
    cells: shown,
    released,
    withheld: shown.length - released,
    advice,
    questionsLeft: 0,
    tableHash,
    resultSha256: '',
  }
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
