/** Populations that the agreement answers with errors instead of holes, over the whole way. */
import type { AnswerMode, CrossTabAnswer, CrossTabRequest } from '@kruispunt/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { createJobs } from '../../src/jobs/jobs.ts'
import type { Person } from './support/people.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
afterEach(async () => {
  await lab.finish()
})
const opened = async (answers: AnswerMode) => {
  lab = await createSmallLab({ agreement: { answers, minimum: 5 } })
  return lab.openJob()
}

const byCare: CrossTabRequest = {
  table: 'residents',
  rows: [{ dimension: 'area' }],
  columns: [{ dimension: 'care' }],
  filters: [],
}
const truths = (answer: CrossTabAnswer, people: readonly Person[]) =>
  answer.cells.map(({ at }) => {
    const codes = answer.axes.map(({ nodes }, axis) => nodes[at[axis] ?? 0]?.code)
    return people.filter(
      ({ resident }) =>
        resident &&
        answer.axes.every(
          ({ dimension }, axis) =>
            codes[axis] === 'total' || resident[dimension as 'area' | 'care' | 'age'] === codes[axis],
        ),
    ).length
  })
/** Shown count less the true one; `undefined` where withheld. */
const errors = (answer: CrossTabAnswer) => {
  const truth = truths(answer, lab.people)
  return answer.cells.map((cell, index) => (cell.state === 'released' ? cell.count - (truth[index] ?? 0) : undefined))
}

describe('cell keys', () => {
  const mode: AnswerMode = { kind: 'cell-key', maxDeviation: 4, variance: 3, smallestShown: 2 }

  it('give small errors, no more than agreed, and say so in words', async () => {
    const { requestId } = await opened(mode)
    const answer = await lab.ask(requestId, byCare)
    expect(answer).toMatchObject({ mode: 'cell-key', minimum: 5, withheld: 0 })
    expect(answer.exactness.en).toContain('error')
    const off = errors(answer)
    expect(off.every((error) => error !== undefined && Math.abs(error) <= 4)).toBe(true)
    expect(off.some((error) => error !== 0)).toBe(true)
  })

  it('withhold counts below the minimum before there is any error', async () => {
    lab = await createSmallLab({ agreement: { answers: mode, minimum: 100 } })
    const { requestId } = await lab.openJob()
    const answer = await lab.ask(requestId, { ...byCare, columns: [{ dimension: 'care' }, { dimension: 'age' }] })
    const small = truths(answer, lab.people).map((count) => count > 0 && count < 100)
    expect(answer.cells.map(({ state }) => state === 'withheld')).toStrictEqual(small)
    expect(answer.withheld).toBeGreaterThan(0)
  })

  it('give the same cell the same error in another table and in a later job', async () => {
    const { requestId } = await opened(mode)
    const first = await lab.ask(requestId, byCare)
    const next = await lab.openJob()
    const byAge = await lab.ask(next.requestId, { ...byCare, columns: [{ dimension: 'age' }] })
    const filtered = await lab.ask(next.requestId, {
      ...byCare,
      columns: [],
      filters: [{ dimension: 'care', codes: ['yes'] }],
    })
    const margin = ({ cells }: CrossTabAnswer, node: number) => cells.filter(({ at }) => at[1] === node)
    expect(margin(byAge, 0)).toStrictEqual(margin(first, 0))
    const countOf = (cell: CrossTabAnswer['cells'][number]) => (cell.state === 'released' ? cell.count : null)
    expect(filtered.cells.map(countOf)).toStrictEqual(margin(first, 1).map(countOf))
  })
})

describe('differential privacy', () => {
  const mode: AnswerMode = { kind: 'differential-privacy', epsilon: '2', delta: '0.000001', epsilonPerTable: '1' }

  it('adds noise, keeps the answer, and refuses when the budget is spent, after a restart too', async () => {
    const { requestId } = await opened(mode)
    expect(lab.view(requestId).privacyBudgets).toContainEqual({
      population: 'residents',
      answersLeft: 2,
      epsilon: 2,
      spent: 0,
    })
    const first = await lab.ask(requestId, byCare)
    expect(first).toMatchObject({ mode: 'differential-privacy', withheld: 0 })
    expect(errors(first).some((error) => error !== 0)).toBe(true)
    // Inner cells of the shown margins add up: noise is drawn once, in the finest cells.
    const count = (at: readonly number[]) => {
      const cell = first.cells.find((each) => each.at.join() === at.join())
      return cell?.state === 'released' ? cell.count : Number.NaN
    }
    const [areas = 0, cares = 0] = first.axes.map(({ nodes }) => nodes.length)
    for (let area = 0; area < areas; area++) {
      const parts = Array.from({ length: cares - 1 }, (_, care) => count([area, care + 1]))
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(count([area, 0]))
    }
    // Everybody is another population of the same unit: the same people, one account.
    await lab.ask(requestId, { ...byCare, table: 'everybody' })
    await lab.jobs().stop()
    lab.connect(createJobs(lab.deps))
    const later = await lab.openJob()
    expect(lab.view(later.requestId).privacyBudgets).toContainEqual({
      population: 'residents',
      answersLeft: 0,
      epsilon: 2,
      spent: 2,
    })
    const another = { ...byCare, columns: [{ dimension: 'age' }] }
    await expect(lab.ask(later.requestId, another)).rejects.toMatchObject({ code: 'privacy_budget_spent' })
    expect((await lab.ask(later.requestId, byCare)).resultSha256).toBe(first.resultSha256)
  })

  it('does not let two questions at once slip past the budget', async () => {
    const { requestId } = await opened({ ...mode, epsilon: '1' })
    const asked = await Promise.allSettled([
      lab.ask(requestId, byCare),
      lab.ask(requestId, { ...byCare, columns: [{ dimension: 'age' }] }),
    ])
    expect(asked.map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected'])
  })
})
