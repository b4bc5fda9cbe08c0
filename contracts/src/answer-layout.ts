/**
 * The two layouts of an answer. Remembered, and hashed: axes by id of their variable, cells in order, `rows` 1, `questionsLeft` 0, no
 * percentages. Handed over: axes as the question has them. Whoever holds an answer can work its hash out again.
 * @module
 */
import type { CrossTabAnswer } from './cross-tabs.ts'

type Cell = CrossTabAnswer['cells'][number]

/** @param order - ids of all dimensions of the answer */
export function laidOut(answer: CrossTabAnswer, order: readonly string[]): CrossTabAnswer {
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

/** Axes by dimension, the only layout that is hashed. */
export function inCanonicalLayout(answer: CrossTabAnswer): CrossTabAnswer {
  const order = answer.axes.map(({ dimension }) => dimension).toSorted((a, b) => (a < b ? -1 : 1))
  const { percentages: _, ...counted } = answer
  return { ...laidOut(counted, order), rows: 1, questionsLeft: 0 }
}

/** What `resultSha256` is `H("result", jcs)` of: the answer in canonical layout without that very member. */
export function hashedForm(answer: CrossTabAnswer): Omit<CrossTabAnswer, 'resultSha256'> {
  const { resultSha256: _, ...rest } = inCanonicalLayout(answer)
  return rest
}
