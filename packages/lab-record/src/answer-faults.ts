/**
 * What a schema cannot say about how an agreement answers: amounts, stricter rules, one way of answering a population.
 * @module
 */
import type { AgreementDocument, Dataset } from '@kruispunt/contracts'

const zerosByStrength = ['publish', 'protect-foreign', 'protect-all'] as const

/** Rules of a dataset bind tighter or not at all: what all signed is the least that anybody gets. */
function stricterFaults({ id, stricter }: Dataset, { disclosure }: AgreementDocument): string[] {
  if (stricter === undefined) return []
  const { minimum, groupSharePercent, zeros } = stricter
  const looser =
    (minimum !== undefined && minimum < disclosure.minimum) ||
    (groupSharePercent !== undefined && groupSharePercent > disclosure.groupSharePercent) ||
    (zeros !== undefined && zerosByStrength.indexOf(zeros) < zerosByStrength.indexOf(disclosure.zeros))
  return looser ? [`datasets.${id}.stricter: looser than the agreement`] : []
}

function measureFaults({ datasets, disclosure, populations, tables }: AgreementDocument): string[] {
  const faults: string[] = []
  const names = datasets.flatMap(({ dimensions, measures = [] }) => [...dimensions, ...measures].map(({ id }) => id))
  const twice = new Set(names.filter((name, at) => names.indexOf(name) !== at))
  for (const { id, measures = [] } of datasets)
    if (measures.some((measure) => twice.has(measure.id))) faults.push(`datasets.${id}: a measure has a name in use`)
  if (datasets.some(({ measures = [] }) => measures.length > 0) && disclosure.sums === undefined)
    faults.push('disclosure.sums: amounts are summed without a rule for sums')
  for (const { id, population, measures = [] } of tables) {
    const counted = populations.find((candidate) => candidate.id === population)
    const own = datasets.find((dataset) => dataset.id === counted?.dataset)?.measures ?? []
    if (measures.some((measure) => !own.some((listed) => listed.id === measure)))
      faults.push(`tables.${id}: sums an amount that its population's dataset does not have`)
    if (measures.length > 0 && counted?.unit === 'households') faults.push(`tables.${id}: sums amounts of households`)
    if (measures.length > 0 && (counted?.answers?.kind ?? 'suppression') !== 'suppression')
      faults.push(`tables.${id}: exact sums beside counts that are not exact`)
  }
  return faults
}

/**
 * The same people are never counted exactly in one place and with noise in another: the difference would give the noise
 * away. Populations of one unit overlap, so they are answered in one way.
 */
function modeFaults({ populations }: AgreementDocument): string[] {
  const kinds = new Map<string, string>()
  const faults: string[] = []
  for (const { id, unit, answers } of populations) {
    const way = JSON.stringify(answers ?? { kind: 'suppression' })
    if ((kinds.get(unit) ?? way) !== way)
      faults.push(`populations.${id}: populations of one unit are answered in different ways`)
    kinds.set(unit, way)
    if (answers?.kind === 'cell-key' && answers.smallestShown >= answers.maxDeviation)
      faults.push(`populations.${id}: counts up to ${answers.smallestShown} cannot be kept away by smaller errors`)
    if (answers?.kind === 'cell-key' && answers.variance > (answers.maxDeviation * (answers.maxDeviation + 1)) / 3)
      faults.push(`populations.${id}: errors cannot vary so much within their largest`)
    // One person may have any number of records: no noise hides them all.
    if (answers?.kind === 'differential-privacy' && unit === 'records')
      faults.push(`populations.${id}: records are not counted with noise`)
    if (answers?.kind === 'differential-privacy' && Number(answers.epsilonPerTable) > Number(answers.epsilon))
      faults.push(`populations.${id}: one table spends more than the whole budget`)
  }
  return faults
}

/** All faults, each as `path: what is wrong`. Quotes names from the agreement only. */
export const answerFaults = (document: AgreementDocument): string[] => [
  ...document.datasets.flatMap((dataset) => stricterFaults(dataset, document)),
  ...measureFaults(document),
  ...modeFaults(document),
]
