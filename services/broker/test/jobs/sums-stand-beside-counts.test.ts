/** Amounts over the whole way, against plain addition over the invented people. */
import type { CrossTabAnswer, CrossTabRequest } from '@kruispunt/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resultHash } from '../../src/jobs/answer.ts'
import { createJobs } from '../../src/jobs/jobs.ts'
import { districtOf } from './support/people.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
let requestId: Awaited<ReturnType<SmallLab['openJob']>>['requestId']
beforeAll(async () => {
  lab = await createSmallLab()
  ;({ requestId } = await lab.openJob())
})
afterAll(() => lab.finish())

const hours: CrossTabRequest = {
  table: 'residents',
  rows: [{ dimension: 'area', levels: ['district', 'neighbourhood'] }],
  columns: [{ dimension: 'care' }],
  filters: [],
  measures: ['hours'],
}
const codesAt = (answer: CrossTabAnswer, at: readonly number[]) =>
  new Map(answer.axes.map(({ dimension, nodes }, axis) => [dimension, nodes[at[axis] ?? 0]?.code ?? '']))

describe('sums stand beside counts', () => {
  it('adds up the hours of residents, and divides by the count beside', async () => {
    const answer = await lab.ask(requestId, hours)
    expect(answer.measures).toMatchObject([{ id: 'hours', decimals: 1, meanDecimals: 2 }])
    let shown = 0
    for (const cell of answer.cells) {
      const codes = codesAt(answer, cell.at)
      const inCell = lab.people.filter(({ resident }) => {
        const [area, care] = [codes.get('area'), codes.get('care')]
        return (
          resident !== undefined &&
          (area === 'total' || resident.area === area || districtOf[resident.area] === area) &&
          (care === 'total' || resident.care === care)
        )
      })
      if (cell.state === 'withheld') {
        expect(cell).not.toHaveProperty('sums')
        continue
      }
      const [sum] = cell.sums ?? []
      if (sum?.state !== 'released') continue
      shown += 1
      const truth = inCell.reduce((total, { resident }) => total + (resident?.tenths ?? 0), 0)
      expect(sum.sum).toBe(truth)
      expect(sum.mean).toBe(inCell.length === 0 ? null : Math.round((10 * truth) / inCell.length))
    }
    expect(shown).toBeGreaterThan(5)
    expect(resultHash(answer)).toBe(answer.resultSha256)
  })

  it('adds up the minutes of reports, each a unit of its own', async () => {
    const answer = await lab.ask(requestId, {
      table: 'reports',
      rows: [{ dimension: 'month', levels: ['quarter', 'month'] }],
      columns: [{ dimension: 'kind' }],
      filters: [],
      measures: ['minutes'],
    })
    const reports = lab.people.flatMap((person) => person.reports)
    const total = answer.cells.find(({ at }) => at.every((node) => node === 0))
    expect(total).toMatchObject({
      state: 'released',
      count: reports.length,
      sums: [{ state: 'released', sum: reports.reduce((sum, { minutes }) => sum + minutes, 0) }],
    })
  })

  it('shows the same sums in another table of the same cells, and holds later sums against them', async () => {
    const first = await lab.ask(requestId, hours)
    const byAge = await lab.ask(requestId, { ...hours, columns: [{ dimension: 'age' }] })
    const sumsOfTotals = (answer: CrossTabAnswer) =>
      new Map(
        answer.cells.flatMap((cell) =>
          cell.state === 'released' && cell.at[1] === 0 ? [[codesAt(answer, cell.at).get('area'), cell.sums]] : [],
        ),
      )
    expect(sumsOfTotals(byAge)).toStrictEqual(sumsOfTotals(first))
  })

  it('is another question than the counts alone, with the same counts', async () => {
    const { measures: _, ...counts } = hours
    const [alone, beside] = [await lab.ask(requestId, counts), await lab.ask(requestId, hours)]
    expect(alone.tableHash).not.toBe(beside.tableHash)
    expect(alone.cells).toStrictEqual(
      beside.cells.map((cell) =>
        cell.state === 'released' ? { at: cell.at, state: cell.state, count: cell.count } : cell,
      ),
    )
  })

  it('gives percentages of rows from shown counts, and the hash of the answer without them', async () => {
    const answer = await lab.ask(requestId, { ...hours, percentages: 'row' })
    expect(answer.percentages).toBe('row')
    const countAt = new Map(answer.cells.map((cell) => [cell.at.join(), cell.state === 'released' ? cell.count : null]))
    for (const cell of answer.cells) {
      if (cell.state === 'withheld') expect(cell).not.toHaveProperty('permille')
      else {
        const whole = countAt.get([cell.at[0], 0].join()) ?? null
        expect(cell.permille).toBe(whole ? Math.round((1000 * cell.count) / whole) : null)
      }
    }
    expect(resultHash(answer)).toBe(answer.resultSha256)
    expect(answer.resultSha256).toBe((await lab.ask(requestId, hours)).resultSha256)
  })

  it('refuses an amount that the table does not list, or that the job did not open', async () => {
    await expect(lab.ask(requestId, { ...hours, measures: ['minutes'] })).rejects.toMatchObject({
      code: 'measure_not_allowed',
    })
    await expect(lab.ask(requestId, { ...hours, measures: ['hours', 'hours'] })).rejects.toMatchObject({
      code: 'measure_not_allowed',
    })
    const { requestId: narrow } = await lab.openJob({ residents: ['token:B1', 'present:B1', 'age', 'care'] })
    const byAge: CrossTabRequest = { ...hours, rows: [{ dimension: 'age' }] }
    await expect(lab.ask(narrow, byAge)).rejects.toMatchObject({ code: 'column_not_requested' })
  })

  it('says the same after a restart', async () => {
    const before = await lab.ask(requestId, hours)
    await lab.jobs().stop()
    lab.connect(createJobs(lab.deps))
    const again = await lab.openJob()
    const after = await lab.ask(again.requestId, hours)
    expect({ ...after, questionsLeft: 0 }).toStrictEqual({ ...before, questionsLeft: 0 })
  })
})

describe('rules of one dataset', () => {
  it('withhold more where its people are shown, and say so', async () => {
    const question: CrossTabRequest = {
      table: 'residents',
      rows: [{ dimension: 'area' }],
      columns: [{ dimension: 'stay' }],
      filters: [],
    }
    const counted = []
    for (const stricter of [undefined, 40]) {
      const strict = await createSmallLab({ agreement: stricter ? { stricter } : {} })
      const { requestId: own } = await strict.openJob()
      counted.push(await strict.ask(own, question))
      await strict.finish()
    }
    const [loose, tight] = counted as [CrossTabAnswer, CrossTabAnswer]
    expect([loose.minimum, tight.minimum]).toStrictEqual([5, 40])
    expect(tight.withheld).toBeGreaterThan(loose.withheld)
    expect(tight.rules[0]?.en).toContain('40 persons')
  })
})
