import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HighsModel, loadSolver } from '../../src/highs-model.ts'
import { ExchangeTableau } from '../../src/holes/exchange-tableau.ts'

const solver = await loadSolver()
const size = 9
const mostSteps = 500

const problem = fc.record({
  ties: fc.array(
    fc.array(fc.constantFrom(-1, 0, 0, 1), { minLength: size, maxLength: size }).filter((row) => row.some(Boolean)),
    { maxLength: 6 },
  ),
  goal: fc.array(fc.constantFrom(-1, 0, 0, 0, 1, 2), { minLength: size, maxLength: size }),
  rooms: fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: size, maxLength: size }),
})

const sparse = (row: readonly number[]) => {
  const columns = row.flatMap((factor, column) => (factor === 0 ? [] : [column]))
  return { columns, factors: columns.map((column) => row[column] ?? 0) }
}
const roomOf = (rooms: readonly (readonly [number, number])[]) => ({
  lower: Float64Array.from(rooms, ([down]) => -down),
  upper: Float64Array.from(rooms, ([, up]) => up),
})

/** The most that the solver says can be reached. */
function mostOf(
  rows: readonly (readonly number[])[],
  goal: readonly number[],
  room: ReturnType<typeof roomOf>,
): number {
  const model = new HighsModel(
    solver,
    { ...room, cost: new Float64Array(size) },
    rows.map((row) => ({ terms: sparse(row), lower: 0, upper: 0 })),
  )
  model.maximise(sparse(goal))
  const solved = model.solve(false, 10_000)
  model.dispose()
  if (solved.status !== 'optimal') throw new Error(solved.status)
  return solved.objective
}

const dot = (row: readonly number[], values: Float64Array) =>
  row.reduce((sum, factor, at) => sum + factor * (values[at] ?? 0), 0)

describe('what is hidden can be attacked alone', () => {
  it('goes as far as the solver goes, and no further, however often limits and goals change', () => {
    fc.assert(
      fc.property(problem, fc.array(problem, { maxLength: 3 }), (first, others) => {
        const tableau = new ExchangeTableau(size, first.ties.map(sparse))
        for (const { goal, rooms } of [first, ...others]) {
          const room = roomOf(rooms)
          const most = mostOf(first.ties, goal, room)
          const found = tableau.reach(sparse(goal), most + 1, room, mostSteps)
          expect(found.status).toBe('short')
          if (found.status === 'short') expect(found.most).toBeCloseTo(most, 6)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('finds movements that keep every tie and every limit and are as far as asked', () => {
    fc.assert(
      fc.property(problem, fc.double({ min: 0.05, max: 1, noNaN: true }), ({ ties, goal, rooms }, share) => {
        const room = roomOf(rooms)
        const most = mostOf(ties, goal, room)
        fc.pre(most > 1)
        const enough = Math.max(1, Math.floor(share * most))
        const found = new ExchangeTableau(size, ties.map(sparse)).reach(sparse(goal), enough, room, mostSteps)
        expect(found.status).toBe('reached')
        if (found.status !== 'reached') return
        expect(dot(goal, found.moved)).toBeGreaterThan(enough - 1e-6)
        for (const row of ties) expect(dot(row, found.moved)).toBeCloseTo(0, 6)
        found.moved.forEach((value, at) => {
          expect(value).toBeGreaterThan((room.lower[at] ?? 0) - 1e-6)
          expect(value).toBeLessThan((room.upper[at] ?? 0) + 1e-6)
        })
      }),
      { numRuns: 100 },
    )
  })

  it('says that it does not know when it runs out of steps', () => {
    const tableau = new ExchangeTableau(2, [sparse([1, -1])])
    const room = roomOf([
      [5, 5],
      [5, 5],
    ])
    expect(tableau.reach(sparse([1, 0]), 3, room, 0)).toStrictEqual({ status: 'unclear' })
  })
})
