/** The whole way: request, keys, opening, counting, protecting; against plain loops over the invented people. */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resultHash } from '../../src/jobs/answer.ts'
import { districtOf, type Person, quarterOf } from './support/people.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
let requestId: Awaited<ReturnType<SmallLab['openJob']>>['requestId']
beforeAll(async () => {
  lab = await createSmallLab()
  ;({ requestId } = await lab.openJob())
})
afterAll(() => lab.finish())

/** Compares every released cell with a count of its own, and says how many there were. */
function expectCounts<T>(
  answer: CrossTabAnswer,
  units: readonly T[],
  fits: (unit: T, dimension: string, code: string) => boolean,
): number {
  let released = 0
  for (const cell of answer.cells) {
    const inCell = units.filter((unit) =>
      cell.at.every((node, axis) => {
        const { dimension, nodes } = answer.axes[axis] as CrossTabAnswer['axes'][number]
        return node === 0 || fits(unit, dimension, (nodes[node] as (typeof nodes)[number]).code)
      }),
    )
    if (cell.state === 'released') {
      expect(cell.count).toBe(inCell.length)
      released += 1
    }
  }
  expect(answer.cells.length).toBe(answer.axes.reduce((product, { nodes }) => product * nodes.length, 1))
  expect(answer.released).toBe(released)
  return released
}

const personFits = (person: Person, dimension: string, code: string): boolean => {
  const { resident, client, reports } = person
  switch (dimension) {
    case 'area':
      return resident ? resident.area === code || districtOf[resident.area] === code : code === 'not-known'
    case 'care':
      return (resident?.care ?? 'not-known') === code
    case 'age':
      return (resident?.age ?? 'not-known') === code
    case 'stay':
      return (client?.stay ?? 'not-known') === code
    case 'presence:police':
      return reports.length > 0 === (code === 'yes')
    case 'presence:health':
      return (client !== undefined) === (code === 'yes')
    case 'presence:town':
      return (resident !== undefined) === (code === 'yes')
    default:
      throw new Error('not counted here')
  }
}

describe('a job answers from its deliveries', () => {
  it('opens when every key is there, and says how many questions are left', () => {
    const view = lab.view(requestId)
    expect(view).toMatchObject({ state: 'open', waitingFor: [], refusals: [], failure: null, questionsLeft: 50 })
  })

  it('counts residents by district and neighbourhood, care, and known to the police', async () => {
    const answer = await lab.ask(requestId, {
      table: 'residents',
      rows: [{ dimension: 'area', levels: ['district', 'neighbourhood'] }],
      columns: [{ dimension: 'care' }, { dimension: 'presence:police' }],
      filters: [],
    })
    const residents = lab.people.filter(({ resident }) => resident)
    expect(answer.axes[0]?.nodes.map(({ code, level, parent }) => [code, level, parent])).toStrictEqual([
      ['total', null, null],
      ['N', 'district', 0],
      ['N1', 'neighbourhood', 1],
      ['N2', 'neighbourhood', 1],
      ['S', 'district', 0],
      ['S1', 'neighbourhood', 4],
      ['S2', 'neighbourhood', 4],
      ['unknown', 'district', 0],
      ['unknown', 'neighbourhood', 7],
    ])
    expect(answer.axes[2]?.nodes.map(({ code }) => code)).toStrictEqual(['total', 'yes', 'no'])
    expect(expectCounts(answer, residents, personFits)).toBeGreaterThan(20)
    expect(answer.rows).toBe(1)
    expect(answer.resultSha256).toBe(resultHash(answer))
  })

  it('counts reports by quarter and month against what the town knows of the person', async () => {
    const answer = await lab.ask(requestId, {
      table: 'reports',
      rows: [{ dimension: 'month', levels: ['quarter', 'month'] }],
      columns: [{ dimension: 'care' }],
      filters: [],
    })
    const reports = lab.people.flatMap((person) => person.reports.map((report) => ({ person, ...report })))
    expect(answer.unit).toBe('records')
    expect(answer.axes[1]?.nodes.map(({ code }) => code)).toStrictEqual(['total', 'yes', 'no', 'unknown', 'not-known'])
    const shown = expectCounts(answer, reports, ({ person, month }, dimension, code) =>
      dimension === 'month' ? month === code || quarterOf(month) === code : personFits(person, dimension, code),
    )
    expect(shown).toBeGreaterThan(15)
  })

  it('leaves out a category that its owner declares empty, and shows more for it', async () => {
    const question = {
      table: 'residents',
      rows: [{ dimension: 'area', levels: ['district'] }],
      columns: [{ dimension: 'care' }],
      filters: [],
    }
    const before = await lab.ask(requestId, question)
    const fresh = await createSmallLab()
    fresh.deliver('residents', fresh.people, undefined, ['area', 'care'])
    const answer = await fresh.ask((await fresh.openJob()).requestId, question)
    expect(answer.axes.map(({ nodes }) => nodes.map(({ code }) => code))).toStrictEqual([
      ['total', 'N', 'S'],
      ['total', 'yes', 'no'],
    ])
    const residents = fresh.people.filter(({ resident }) => resident)
    expect(expectCounts(answer, residents, personFits)).toBe(9)
    expect(before.withheld).toBeGreaterThan(0)
    await fresh.finish()
  })

  it('counts everybody any partner knows, with those the town does not know', async () => {
    const answer = await lab.ask(requestId, {
      table: 'everybody',
      rows: [{ dimension: 'area', levels: ['district'] }],
      columns: [{ dimension: 'stay' }],
      filters: [],
    })
    const everybody = lab.people.filter(({ resident, client, reports }) => resident || client || reports.length > 0)
    expect(answer.axes[0]?.nodes.map(({ code }) => code)).toStrictEqual(['total', 'N', 'S', 'unknown', 'not-known'])
    expect(expectCounts(answer, everybody, personFits)).toBeGreaterThan(5)
  })

  it('counts only whom a filter names, a coarser category too', async () => {
    const answer = await lab.ask(requestId, {
      table: 'residents',
      rows: [{ dimension: 'age' }],
      columns: [],
      filters: [{ dimension: 'area', codes: ['N'] }],
    })
    const north = lab.people.filter(({ resident }) => resident && districtOf[resident.area] === 'N')
    expect(expectCounts(answer, north, personFits)).toBeGreaterThan(0)
    expect(answer.filters).toStrictEqual([
      { dimension: 'area', label: { nl: 'gebied', en: 'area' }, codes: [{ nl: 'de N', en: 'the N' }] },
    ])
  })

  it('puts a result statement on record for each answer, with the hash of what was given', async () => {
    const question = { table: 'residents', rows: [{ dimension: 'stay' }], columns: [], filters: [] }
    const answer = await lab.ask(requestId, question)
    const results = lab.logged.flatMap(({ statement }) => (statement.kind === 'result' ? [statement] : []))
    const { tableHash, resultSha256, released, withheld } = answer
    expect(results.at(-1)).toMatchObject({ tableHash, resultSha256, released, withheld })
  })

  it('reports how well linking went, in counts that may be seen', () => {
    const quality = lab.jobs().linkQuality(lab.lab, requestId)
    const both = lab.people.filter(({ resident, reports }) => resident && reports.length > 0).length
    expect(quality.pairs.find(({ a, b }) => a === 'town' && b === 'police')?.linked).toBe(both)
    expect(quality.parties[0]).toMatchObject({ party: 'town', ambiguous: null })
    expect(quality.explanation.length).toBeGreaterThan(0)
  })
})
