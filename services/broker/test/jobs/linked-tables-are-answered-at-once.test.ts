/** Several tables in one question: one system, all of them or none, each on record by itself. */
import { type CrossTabAnswer, type CrossTabRequest, linkedCrossTabRequest } from '@kruispunt/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { resultHash } from '../../src/jobs/answer.ts'
import { createJobs } from '../../src/jobs/jobs.ts'
import { attackTogether, trueCounts } from './support/attack.ts'
import { makePeople } from './support/people.ts'
import type { AgreementChanges } from './support/small-agreement.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

/** Six residents of S2 get help, and seven of S1 are old. */
const fewOfSome = () => {
  let [helped, old] = [0, 0]
  return makePeople(900).map((person) => {
    const { resident } = person
    if (!resident) return person
    const care = resident.area === 'S2' && resident.care === 'yes' && ++helped > 6 ? 'no' : resident.care
    const age = resident.area === 'S1' && resident.age === '65+' && ++old > 7 ? '18-64' : resident.age
    return { ...person, resident: { ...resident, care, age } as const }
  })
}
const minimum = 10

let lab: SmallLab
const start = async (agreement: AgreementChanges = {}, people = fewOfSome()) => {
  lab = await createSmallLab({ people, agreement: { minimum, ...agreement } })
  return lab.openJob()
}
afterEach(() => lab.finish())

const of = (rows: string, columns: string, table = 'residents'): CrossTabRequest => ({
  table,
  rows: [{ dimension: rows }],
  columns: [{ dimension: columns }],
  filters: [],
})
const linked = [of('area', 'care'), of('area', 'age'), of('age', 'care')]
const results = () => lab.logged.flatMap(({ statement }) => (statement.kind === 'result' ? [statement] : []))
const askTogether = (requestId: Parameters<SmallLab['ask']>[0], questions: readonly CrossTabRequest[]) =>
  lab.jobs().askTogether(lab.lab, requestId, questions)
/** Of the people with these codes. */
const stateOf = (answer: CrossTabAnswer | undefined, codes: Record<string, string>) =>
  answer?.cells.find(({ at }) =>
    answer.axes.every(({ dimension, nodes }, axis) => nodes[at[axis] ?? 0]?.code === (codes[dimension] ?? 'total')),
  )?.state ?? 'no such cell'

describe('linked tables are answered at once', () => {
  it('as one system: no figure is wrong, the same persons share their fate, an attacker who reads all learns no small count', async () => {
    const { requestId } = await start()
    const answers = await askTogether(requestId, linked)
    const shape = answers.map(({ axes }) => axes.map(({ dimension }) => dimension).join())
    expect(shape).toStrictEqual(['area,care', 'area,age', 'age,care'])
    for (const answer of answers) {
      expect(answer.released).toBeGreaterThan(4)
      expect(answer.withheld).toBeGreaterThan(0)
      const truth = trueCounts(answer, lab.people)
      for (const [at, cell] of answer.cells.entries()) if (cell.state === 'released') expect(cell.count).toBe(truth[at])
    }
    const [byCare, byAge, crossed] = answers
    for (const area of ['N1', 'N2', 'S1', 'S2', 'unknown'])
      expect(stateOf(byCare, { area })).toBe(stateOf(byAge, { area }))
    for (const care of ['yes', 'no', 'unknown']) expect(stateOf(byCare, { care })).toBe(stateOf(crossed, { care }))
    expect(attackTogether(answers, lab.people, minimum)).toStrictEqual([])

    // The attack can succeed: it does where every cell is shown that protects another.
    const careless = answers.map((answer) => {
      const truth = trueCounts(answer, lab.people)
      const cells = answer.cells.map(({ at }, index): CrossTabAnswer['cells'][number] => {
        const count = truth[index] ?? 0
        return count === 0 || count >= minimum ? { at, state: 'released', count } : { at, state: 'withheld' }
      })
      return { ...answer, cells }
    })
    expect(attackTogether(careless, lab.people, minimum)).not.toStrictEqual([])

    // Each is on record by itself and takes one question; asked again, alone or together, they cost nothing.
    expect(answers.map(({ questionsLeft }) => questionsLeft)).toStrictEqual([47, 47, 47])
    expect(answers.map(resultHash)).toStrictEqual(results().map(({ resultSha256 }) => resultSha256))
    expect(await askTogether(requestId, linked)).toStrictEqual(answers)
    const turned = await lab.ask(requestId, of('age', 'area'))
    expect(turned.resultSha256).toBe(answers[1]?.resultSha256)
    expect(results()).toHaveLength(3)
    expect(lab.view(requestId).questionsLeft).toBe(47)
  })

  it('tables that were answered before are given as they were, and the new one judged beside them', async () => {
    const { requestId } = await start()
    const first = await lab.ask(requestId, of('area', 'care'))
    const answers = await askTogether(requestId, linked.slice(0, 2))
    expect(answers[0]).toStrictEqual({ ...first, questionsLeft: 48 })
    expect(attackTogether(answers, lab.people, minimum)).toStrictEqual([])
    expect(results()).toHaveLength(2)
  })

  it('one table asked twice in one question is one table', async () => {
    const { requestId } = await start()
    const [one, other] = await askTogether(requestId, [of('area', 'care'), of('care', 'area')])
    expect(one?.resultSha256).toBe(other?.resultSha256)
    expect(other?.axes.map(({ dimension }) => dimension)).toStrictEqual(['care', 'area'])
    expect(results()).toHaveLength(1)
    expect(lab.view(requestId).questionsLeft).toBe(49)
  })

  it('one that cannot be shown refuses all, says which, and spends nothing', async () => {
    const { requestId } = await start({ minimum: 20 }, makePeople(60))
    const sparse: CrossTabRequest = { ...of('area', 'age'), columns: [{ dimension: 'age' }, { dimension: 'care' }] }
    await expect(askTogether(requestId, [of('care', 'presence:police'), sparse])).rejects.toMatchObject({
      code: 'not_protectable',
      advice: expect.arrayContaining([expect.objectContaining({ en: expect.stringContaining('Table 2') })]),
    })
    expect(results()).toStrictEqual([])
    expect(lab.view(requestId).questionsLeft).toBe(50)
  })

  it('is refused when fewer questions are left than there are new tables', async () => {
    const { requestId } = await start({ questionBudget: 2, minimum: 3 })
    await expect(askTogether(requestId, linked)).rejects.toMatchObject({ code: 'question_budget_spent' })
    expect(lab.view(requestId).questionsLeft).toBe(2)
    expect(await askTogether(requestId, linked.slice(0, 2))).toHaveLength(2)
    expect(lab.view(requestId).questionsLeft).toBe(0)
  })

  it('is refused for tables that count different things, and for amounts', async () => {
    const { requestId } = await start()
    const reports = of('kind', 'care', 'reports')
    await expect(askTogether(requestId, [of('area', 'care'), reports])).rejects.toMatchObject({
      code: 'tables_not_linked',
    })
    const hours = { ...of('area', 'care'), measures: ['hours'] }
    await expect(askTogether(requestId, [hours, of('area', 'age')])).rejects.toMatchObject({
      code: 'measure_not_allowed',
    })
    for (const questions of [[hours, of('area', 'age')], [of('area', 'age')], Array(7).fill(of('area', 'age'))])
      expect(linkedCrossTabRequest.safeParse({ questions }).success).toBe(false)
  })

  it('populations of the same people may stand beside each other', async () => {
    const { requestId } = await start({ minimum: 5 }, makePeople(600))
    const everybody = { ...of('care', 'presence:town', 'everybody') }
    const answers = await askTogether(requestId, [of('area', 'care'), everybody])
    expect(answers.map(({ table }) => table)).toStrictEqual(['residents', 'everybody'])
  })

  it('under a privacy budget each takes its part of it, or none is answered', async () => {
    const answers = { kind: 'differential-privacy', epsilon: '1', delta: '0.000001', epsilonPerTable: '0.25' } as const
    const { requestId } = await start({ answers })
    const left = () => lab.view(requestId).privacyBudgets[0]?.answersLeft ?? 0
    const before = left()
    await askTogether(requestId, linked.slice(0, 2))
    expect(left()).toBe(before - 2)
    const many = [...linked, of('area', 'presence:police'), of('age', 'presence:police'), of('care', 'stay')]
    const filters = [['0-17'], ['18-64'], ['65+'], ['0-17', '65+'], ['0-17', '18-64'], ['18-64', '65+']]
    while (left() >= many.length) {
      const filter = { dimension: 'age', codes: filters.pop() ?? [] }
      await lab.ask(requestId, { ...of('area', 'care'), filters: [filter] })
    }
    expect(left()).toBeGreaterThan(0)
    const [was, recorded] = [left(), results().length]
    await expect(askTogether(requestId, many)).rejects.toMatchObject({ code: 'privacy_budget_spent' })
    expect([left(), results().length]).toStrictEqual([was, recorded])
  })

  it('a crash after storing and before the log is finished leaves no answer given, and all of them to be given', async () => {
    const { requestId } = await start({ minimum: 3 })
    const two = linked.slice(0, 2)
    const { labs } = lab.deps
    let logged = 0
    const dying = createJobs({
      ...lab.deps,
      labs: {
        ...labs,
        appendBroker: async (at, body, more) => {
          if (body.kind === 'result' && ++logged === 2) throw new Error('the disk is full')
          return labs.appendBroker(at, body, more)
        },
      },
    })
    await lab.jobs().close(lab.lab, requestId, 'closed-by-coordinator')
    lab.connect(dying)
    const crashing = await lab.openJob()
    await expect(askTogether(crashing.requestId, two)).rejects.toThrow('the disk is full')
    expect(results()).toHaveLength(1)
    expect(lab.view(crashing.requestId).questionsLeft).toBe(48)
    lab.connect(createJobs(lab.deps))
    const next = await lab.openJob()
    const answers = await askTogether(next.requestId, two)
    expect(answers.map(resultHash)).toStrictEqual(
      results()
        .slice(1)
        .map(({ resultSha256 }) => resultSha256),
    )
    expect(lab.view(next.requestId).questionsLeft).toBe(48)
  })
})
