import type { CrossTabAnswer, CrossTabRequest } from '@kruispunt/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { resultHash } from '../../src/jobs/answer.ts'
import { createJobs } from '../../src/jobs/jobs.ts'
import { makePeople } from './support/people.ts'
import type { AgreementChanges } from './support/small-agreement.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
const start = async (agreement: AgreementChanges = {}) => {
  lab = await createSmallLab({ people: makePeople(500), agreement })
  return lab.openJob()
}
afterEach(() => lab.finish())

const question: CrossTabRequest = {
  table: 'residents',
  rows: [{ dimension: 'area', levels: ['district'] }],
  columns: [{ dimension: 'care' }],
  filters: [{ dimension: 'age', codes: ['65+', '18-64'] }],
}
const results = () => lab.logged.flatMap(({ statement }) => (statement.kind === 'result' ? [statement] : []))
const byCode = (answer: CrossTabAnswer) =>
  Object.fromEntries(
    answer.cells.map((cell) => {
      const codes = cell.at.map(
        (node, axis) => `${answer.axes[axis]?.dimension}=${answer.axes[axis]?.nodes[node]?.code}`,
      )
      return [codes.toSorted().join(), cell.state === 'released' ? cell.count : 'withheld']
    }),
  )

describe('an answer is given once', () => {
  it('repeats the same answer for the same question, and spends nothing on it', async () => {
    const { requestId } = await start()
    const first = await lab.ask(requestId, question)
    expect(first.questionsLeft).toBe(49)
    expect(await lab.ask(requestId, question)).toStrictEqual(first)
    expect(results()).toHaveLength(1)
    expect(lab.view(requestId).questionsLeft).toBe(49)
  })

  it('knows a question by what it asks: turned round, filters in another order, levels in another order', async () => {
    const { requestId } = await start()
    const first = await lab.ask(requestId, question)
    const turned = await lab.ask(requestId, {
      ...question,
      rows: question.columns,
      columns: question.rows,
      filters: [{ dimension: 'age', codes: ['18-64', '65+'] }],
    })
    expect(turned.axes.map(({ dimension }) => dimension)).toStrictEqual(['care', 'area'])
    expect(turned.resultSha256).toBe(first.resultSha256)
    expect(resultHash(turned)).toBe(first.resultSha256)
    expect(byCode(turned)).toStrictEqual(byCode(first))
    expect(turned.questionsLeft).toBe(49)
  })

  it('takes a filter that filters nothing for no filter', async () => {
    const { requestId } = await start()
    const all = ['0-17', '18-64', '65+', 'unknown']
    const filtered = await lab.ask(requestId, { ...question, filters: [{ dimension: 'age', codes: all }] })
    const plain = await lab.ask(requestId, { ...question, filters: [] })
    expect(plain).toStrictEqual(filtered)
  })

  it('stops at the agreed number of questions, and still repeats old answers', async () => {
    const { requestId } = await start({ questionBudget: 1 })
    const first = await lab.ask(requestId, question)
    expect(first.questionsLeft).toBe(0)
    await expect(lab.ask(requestId, { ...question, filters: [] })).rejects.toMatchObject({
      code: 'question_budget_spent',
    })
    expect(await lab.ask(requestId, question)).toStrictEqual(first)
  })

  it('does not let two questions at once slip past the budget', async () => {
    const { requestId } = await start({ questionBudget: 1 })
    const [one, other] = await Promise.allSettled([
      lab.ask(requestId, question),
      lab.ask(requestId, { ...question, filters: [] }),
    ])
    expect([one.status, other.status]).toStrictEqual(['fulfilled', 'rejected'])
    expect(results()).toHaveLength(1)
  })

  it('does not renew the budget for a request that leaves a delivery out', async () => {
    const { requestId } = await start({ questionBudget: 1 })
    await lab.ask(requestId, question)
    const smaller = await lab.openJob({ residents: ['token:B1', 'present:B1', 'area', 'care', 'age'] })
    expect(lab.view(smaller.requestId).questionsLeft).toBe(0)
    await expect(lab.ask(smaller.requestId, { ...question, filters: [] })).rejects.toMatchObject({
      code: 'question_budget_spent',
    })
  })

  it('gives the remembered answer in a later job too, and says so in its log', async () => {
    const { requestId } = await start()
    const first = await lab.ask(requestId, question)
    await lab.jobs().close(lab.lab, requestId, 'closed-by-coordinator')
    const later = await lab.openJob()
    expect(await lab.ask(later.requestId, question)).toStrictEqual(first)
    expect(results().map(({ requestHash }) => requestHash)).toHaveLength(2)
    expect(results().at(-1)).toMatchObject({ requestHash: later.requestHash, resultSha256: first.resultSha256 })
  })

  it('counts anew when a partner delivers anew', async () => {
    const { requestId } = await start()
    const first = await lab.ask(requestId, question)
    await lab.jobs().close(lab.lab, requestId, 'closed-by-coordinator')
    lab.deliver('residents', lab.people.slice(0, 400))
    const later = await lab.openJob()
    const second = await lab.ask(later.requestId, question)
    expect(second.tableHash).toBe(first.tableHash)
    expect(second.release).not.toBe(first.release)
    expect(byCode(second)['area=total,care=total']).not.toBe(byCode(first)['area=total,care=total'])
  })

  it('answers nobody before the log says so, and finishes a repeat after a crash in between', async () => {
    const { requestId } = await start()
    const { labs } = lab.deps
    const service = createJobs({
      ...lab.deps,
      labs: {
        ...labs,
        appendBroker: async (at, body, more) => {
          if (body.kind === 'result') throw new Error('the disk is full')
          return labs.appendBroker(at, body, more)
        },
      },
    })
    await lab.jobs().close(lab.lab, requestId, 'closed-by-coordinator')
    lab.connect(service)
    const crashing = await lab.openJob()
    await expect(lab.ask(crashing.requestId, question)).rejects.toThrow('the disk is full')
    expect(results()).toHaveLength(0)
    // The ledger knows the answer, so the next one who asks gets that one.
    lab.connect(createJobs(lab.deps))
    const next = await lab.openJob()
    expect(lab.view(next.requestId).questionsLeft).toBe(49)
    const answer = await lab.ask(next.requestId, question)
    expect(results()).toMatchObject([{ requestHash: next.requestHash, resultSha256: answer.resultSha256 }])
    expect(answer.questionsLeft).toBe(49)
  })

  it('keeps published cells only: a withheld one has no count in the ledger', async () => {
    await start()
    lab = await (lab.finish(), createSmallLab({ people: makePeople(150), agreement: { minimum: 10 } }))
    const { requestId } = await lab.openJob()
    const answer = await lab.ask(requestId, {
      table: 'residents',
      rows: [{ dimension: 'care' }],
      columns: [{ dimension: 'age' }],
      filters: [],
    })
    expect(answer.withheld).toBeGreaterThan(0)
    const [kept] = lab.deps.ledger.answers({ lab: lab.lab, agreement: lab.view(requestId).agreement })
    for (const cells of [kept?.table.cells ?? [], kept?.answer.cells ?? []])
      for (const cell of cells) expect('count' in cell).toBe(cell.state === 'released')
    expect(JSON.stringify(kept)).not.toMatch(/"persons":\d|byParty|largest|recounted/)
  })
})
