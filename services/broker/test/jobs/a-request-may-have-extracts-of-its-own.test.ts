/** A dataset that is opened for single requests only: what changes for the broker, and what must not. */
import type { CrossTabRequest } from '@kruispunt/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { makePeople } from './support/people.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
const people = makePeople(400)
const start = async (changes: Parameters<typeof createSmallLab>[0] = {}) => {
  lab = await createSmallLab({ people, ...changes })
}
afterEach(() => lab.finish())

const question: CrossTabRequest = {
  table: 'residents',
  rows: [{ dimension: 'care' }],
  columns: [{ dimension: 'stay' }],
  filters: [],
}

describe('a request with extracts of its own', () => {
  it('waits for every extract before it has a job, and says for whom', async () => {
    await start({ agreement: { single: 'clients', approval: 'per-request' } })
    const { requestId, requestHash } = lab.request()
    expect(lab.view(requestId).waitingFor).toEqual(['town'])
    const approval = { kind: 'request-approval', requestHash, decision: 'approved', reason: null }
    lab.say('town', [lab.keysOf('town').officer], approval)
    expect(lab.view(requestId).waitingFor).toEqual(['town', 'police', 'health'])
    expect(lab.requestState(requestHash).job).toBeUndefined()
    lab.makeFor(requestHash)
    await lab.settled(() => lab.requestState(requestHash).job !== undefined)
  })

  it('is answered as if everything stood', async () => {
    await start({ agreement: { single: 'clients' } })
    const single = await lab.ask((await lab.openJob()).requestId, question)
    await lab.finish()
    await start()
    const standing = await lab.ask((await lab.openJob()).requestId, question)
    expect(single.cells).toStrictEqual(standing.cells)
    expect(single.axes.map(({ dimension }) => dimension)).toStrictEqual(standing.axes.map(({ dimension }) => dimension))
  })

  it('is the same release to disclosure control as another request of the same rows: one answer, one budget', async () => {
    await start({ agreement: { single: 'clients', questionBudget: 1 } })
    const first = await lab.openJob()
    const answer = await lab.ask(first.requestId, question)
    const second = await lab.openJob()
    expect(lab.requestState(second.requestHash).recorded.statement.extracts).not.toEqual(
      lab.requestState(first.requestHash).recorded.statement.extracts,
    )
    expect(lab.view(second.requestId).questionsLeft).toBe(0)
    expect(await lab.ask(second.requestId, question)).toStrictEqual(answer)
    // A new request is no way to a fresh budget, nor to a table that is a little different.
    const other = { ...question, columns: [{ dimension: 'age' }] }
    await expect(lab.ask(second.requestId, other)).rejects.toMatchObject({ code: 'question_budget_spent' })
  })

  it('shares that budget with requests of standing deliveries alone', async () => {
    await start({ agreement: { single: 'clients', questionBudget: 1 } })
    await lab.ask((await lab.openJob()).requestId, question)
    const columns = (dataset: string) => lab.current(dataset).statement.columns.map(({ name }) => name)
    const standing = await lab.openJob({ residents: columns('residents'), reports: columns('reports') })
    expect(lab.view(standing.requestId).questionsLeft).toBe(0)
  })

  it('is called off when an officer withdraws the delivery that one of its extracts was made of', async () => {
    await start({ agreement: { single: 'clients' } })
    const { requestId } = await lab.openJob()
    const { extractId: id } = lab.current('residents').statement
    lab.say('town', [lab.keysOf('town').officer], { kind: 'revocation', scope: 'extract', id, reason: 'bezwaar' })
    await lab.stateIs(requestId, 'closed')
    await expect(lab.ask(requestId, question)).rejects.toMatchObject({ code: 'job_not_open' })
  })

  it('fails before anything is made when it leaves out a column that links', async () => {
    await start({ agreement: { single: 'clients' } })
    const { requestId } = lab.request({ clients: ['stay'], residents: ['token:B1', 'present:B1', 'care'] })
    await lab.stateIs(requestId, 'failed')
  })
})
