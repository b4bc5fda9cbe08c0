import { agreementView, type CrossTabRequest, earlierTables, earlierTableView, jobList } from '@kruispunt/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { listEarlierTables, viewEarlierTable } from '../../src/reading/earlier-tables.ts'
import { listJobs } from '../../src/reading/list-jobs.ts'
import { viewAgreement } from '../../src/reading/view-agreement.ts'
import { makePeople } from './support/people.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
afterEach(() => lab.finish())

const question: CrossTabRequest = {
  table: 'residents',
  rows: [{ dimension: 'area', levels: ['district'] }],
  columns: [{ dimension: 'care' }],
  filters: [{ dimension: 'age', codes: ['65+'] }],
}

describe('what was answered can be read again', () => {
  it('when its job is closed: the same cells and hashes, the line of the log that vouches for them, and no question spent', async () => {
    lab = await createSmallLab({ people: makePeople(500) })
    const { requestId } = await lab.openJob()
    const answer = await lab.ask(requestId, question)
    await lab.deps.labs.appendBroker(lab.lab, { kind: 'job-closed', requestHash: requestHashOf(), reason: 'expired' })
    const deps = { record: lab.record, ledger: lab.deps.ledger }

    const { tables } = earlierTables.parse({ tables: listEarlierTables(deps) })
    expect(tables).toHaveLength(1)
    const [listed] = tables
    const logged = lab.logged.find(({ statement }) => statement.kind === 'result')
    expect(listed).toMatchObject({ number: logged?.index, requestId, tableHash: answer.tableHash })
    expect(listed).toMatchObject({ released: answer.released, withheld: answer.withheld, release: answer.release })

    const view = earlierTableView.parse(viewEarlierTable(deps, answer.release, answer.tableHash))
    expect(view.answer.resultSha256).toBe(answer.resultSha256)
    expect(view.question).toStrictEqual({
      table: 'residents',
      axes: [
        { dimension: 'area', levels: ['district'] },
        { dimension: 'care', levels: ['care'] },
      ],
      filters: [{ dimension: 'age', codes: ['65+'] }],
    })
    // Nothing of what protects it comes along.
    expect(Object.keys(view)).toStrictEqual(['table', 'question', 'answer'])
    expect(lab.view(requestId).questionsLeft).toBe(answer.questionsLeft)
  })

  it('and is refused where there is no such table or agreement', async () => {
    lab = await createSmallLab({ people: makePeople(200) })
    const deps = { record: lab.record, ledger: lab.deps.ledger }
    expect(listEarlierTables(deps)).toStrictEqual([])
    const nowhere = '00'.repeat(32)
    expect(() => viewEarlierTable(deps, nowhere, nowhere)).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect(() => viewAgreement(lab.record, nowhere as never, 0)).toThrow(
      expect.objectContaining({ code: 'agreement_unknown' }),
    )
  })

  it('as can the agreement with its decisions, and the jobs, newest first', async () => {
    lab = await createSmallLab({ people: makePeople(200) })
    const first = await lab.openJob()
    const second = lab.request()
    const view = agreementView.parse(viewAgreement(lab.record, agreementIdOf(), lab.deps.now()))
    expect(view.document).toStrictEqual(lab.agreement)
    expect(view.status).toBe('active')
    expect(view.decisions.map(({ party, decision }) => [party, decision]).toSorted()).toStrictEqual(
      lab.agreement.parties.map(({ id }) => [id, 'approved']).toSorted(),
    )
    const { jobs } = jobList.parse(listJobs(lab.record, { view: (_, requestId) => lab.view(requestId) }))
    expect(jobs.map(({ job }) => job.requestId)).toStrictEqual([second.requestId, first.requestId])
    expect(jobs.map(({ tables }) => tables)).toStrictEqual([0, 0])
  })
})

const requestHashOf = () => [...lab.record.state.requests.keys()][0] ?? ''
const agreementIdOf = () => [...lab.record.state.agreements.keys()][0] as never
