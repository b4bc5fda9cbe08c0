/**
 * An answer as it is remembered and as it is handed over. Remembered: axes by id of their variable, cells in order,
 * `questionsLeft` 0, no percentages. Handed over: axes as the question lays them out, percentages as it asks. The hash is that of what is remembered, so a table
 * turned on its side has the same one, and whoever holds an answer can work it out again.
 * @module
 */
import type { CrossTabAnswer, CrossTabRequest } from '@kruispunt/contracts'
import { documentHash } from '@kruispunt/statements'
import { withPercentages } from './percentages.ts'

type Cell = CrossTabAnswer['cells'][number]

/** Axes by dimension, the only layout that is hashed. */
function inCanonicalLayout(answer: CrossTabAnswer): CrossTabAnswer {
  const order = answer.axes.map(({ dimension }) => dimension).toSorted((a, b) => (a < b ? -1 : 1))
  const { percentages: _, ...counted } = answer
  return { ...laidOut(counted, order), rows: 1, questionsLeft: 0 }
}

/** @param order - ids of all dimensions of the answer */
function laidOut(answer: CrossTabAnswer, order: readonly string[]): CrossTabAnswer {
  const from = order.map((id) => answer.axes.findIndex(({ dimension }) => dimension === id))
  const pick = <T>(list: readonly T[]): T[] =>
    from.map((index) => {
      const found = list[index]
      if (found === undefined) throw new Error('an answer without one of its axes')
      return found
    })
  const cells = answer.cells.map((cell): Cell => {
    const at = pick(cell.at)
    if (cell.state === 'withheld') return { at, state: 'withheld' }
    return { at, state: 'released', count: cell.count, ...(cell.sums ? { sums: cell.sums } : {}) }
  })
  return { ...answer, axes: pick(answer.axes), cells: cells.toSorted((a, b) => compare(a.at, b.at)) }
}

function compare(a: readonly number[], b: readonly number[]): number {
  const axis = a.findIndex((node, index) => node !== b[index])
  return axis < 0 ? 0 : (a[axis] ?? 0) - (b[axis] ?? 0)
}

/** What `resultSha256` must be: `H("result", jcs)` of the answer in canonical layout without this very member. */
export function resultHash(answer: CrossTabAnswer): string {
  const { resultSha256: _, ...rest } = inCanonicalLayout(answer)
  return documentHash('result', rest)
}

/** Puts the hash in and the layout right for remembering. */
export const sealed = (answer: CrossTabAnswer): CrossTabAnswer => ({
  ...inCanonicalLayout(answer),
  resultSha256: resultHash(answer),
})

/** A remembered answer the way this question wants it. */
export function handedOver(answer: CrossTabAnswer, asked: CrossTabRequest, questionsLeft: number): CrossTabAnswer {
  const order = [...asked.rows, ...asked.columns].map(({ dimension }) => dimension)
  const turned = { ...laidOut(answer, order), rows: asked.rows.length, questionsLeft }
  return asked.percentages === undefined ? turned : withPercentages(turned, asked.percentages)
}
