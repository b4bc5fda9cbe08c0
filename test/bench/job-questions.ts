/**
 * What the benchmarks of jobs ask.
 * @module
 */
import type { CrossTabRequest } from '@kruispunt/contracts'
import { columnsPerParty, parties } from './counting-lab.ts'
import { dimensionOf } from './job-agreement.ts'

export const asQuestion = (table: string, left: string, right: string): CrossTabRequest => ({
  table,
  rows: [{ dimension: left }],
  columns: [{ dimension: right }],
  filters: [],
})
const dimensions = parties.map((party) => Array.from({ length: columnsPerParty }, (_, at) => dimensionOf(party, at)))

/** A study: one variable of the municipality and then another, each by everything that the others have and by who knows somebody. */
export function studyQuestions(): CrossTabRequest[] {
  const [own = [], ...others] = dimensions
  const by = [...others.flat(), ...parties.slice(1).map((party) => `presence:${party}`), ...own.slice(2)]
  return own.slice(0, 2).flatMap((left) => by.map((right) => asQuestion('residents', left, right)))
}
