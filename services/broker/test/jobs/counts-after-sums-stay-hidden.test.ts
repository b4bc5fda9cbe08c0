/** Sums by area and by age were shown; later the counts of area by age are asked. What the sums say about them is worked out by hand. */
import type { CrossTabRequest } from '@kruispunt/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import type { Person } from './support/people.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
afterEach(() => lab.finish())

const minimum = 10
/** To police and health service. */
const isKnown = ({ area, age }: { area: string; age: string }) => area !== 'N1' && age === '18-64'
/** One young and 24 adult people in N1, 11 and 29 in N2, nobody young elsewhere; a third get care, of whom three are young. @param tenths - hours of an adult of N1 */
const people = (tenths: number): Person[] => {
  const groups = [
    { area: 'N1', age: '0-17', count: 1, tenths: 0 },
    { area: 'N1', age: '18-64', count: 24, tenths },
    { area: 'N2', age: '0-17', count: 11, tenths: 1 },
    { area: 'N2', age: '18-64', count: 29, tenths: 100 },
    { area: 'S1', age: '18-64', count: 15, tenths: 100 },
    { area: 'S1', age: '65+', count: 20, tenths: 100 },
    { area: 'S2', age: '18-64', count: 14, tenths: 100 },
    { area: 'S2', age: '65+', count: 18, tenths: 100 },
    // An empty category would have to be protected itself.
    { area: 'unknown', age: 'unknown', count: 30, tenths: 100 },
    { area: 'unknown', age: '18-64', count: 16, tenths: 100 },
  ]
  return groups
    .flatMap(({ count, ...resident }) => Array.from({ length: count }, () => resident))
    .map((resident, index) => ({
      number: String(100_000_000 + index),
      resident: { ...resident, care: index % 3 === 2 && (index > 24 + 3 || index < 1) ? 'yes' : 'no' },
      reports: isKnown(resident) && index % 3 === 0 ? [{ kind: 'noise', month: '2024-01', minutes: 30 }] : [],
      client: isKnown(resident) && index % 2 === 0 ? { stay: 'home' } : undefined,
    }))
}
const start = async (tenths: number) => {
  lab = await createSmallLab({ people: people(tenths), agreement: { minimum } })
  return (await lab.openJob()).requestId
}
const by = (...dimensions: string[]): CrossTabRequest => ({
  table: 'residents',
  rows: dimensions.slice(0, 1).map((dimension) => ({ dimension })),
  columns: dimensions.slice(1).map((dimension) => ({ dimension })),
  filters: [],
})
const hoursBy = (dimension: string): CrossTabRequest => ({ ...by(dimension), measures: ['hours'] })
const cellOf = async (requestId: Parameters<SmallLab['ask']>[0], question: CrossTabRequest, code: string) => {
  const { axes, cells } = await lab.ask(requestId, question)
  return cells.find(({ at }) => axes[0]?.nodes[at[0] ?? 0]?.code === code)
}
const results = () => lab.logged.filter(({ statement }) => statement.kind === 'result').length
const refused = (text: string) =>
  expect.objectContaining({
    code: 'not_protectable',
    advice: expect.arrayContaining([expect.objectContaining({ en: expect.stringContaining(text) })]),
  })

describe('counts that are asked after sums were shown', () => {
  it('are refused where the sums would tell that there is one: 24 of 25 have the most there is, and the young next to nothing', async () => {
    const requestId = await start(400)
    expect(await cellOf(requestId, hoursBy('area'), 'N1')).toMatchObject({ count: 25, sums: [{ sum: 24 * 400 }] })
    expect(await cellOf(requestId, hoursBy('age'), '0-17')).toMatchObject({ count: 12, sums: [{ sum: 11 }] })
    // At most 11 tenths of an hour of N1 are those of young people; the other 9589 take 24 adults at 400 each. So one is young.
    await expect(lab.ask(requestId, by('area', 'age'))).rejects.toEqual(refused('amounts that were shown before'))
    const together = [by('area', 'age'), by('area', 'presence:police')]
    await expect(lab.jobs().askTogether(lab.lab, requestId, together)).rejects.toEqual(refused('amounts that were'))
    expect(results()).toBe(2)
    expect(lab.view(requestId).questionsLeft).toBe(48)
  })

  it('are answered where the sums leave room', async () => {
    const requestId = await start(100)
    expect(await cellOf(requestId, hoursBy('area'), 'N1')).toMatchObject({ count: 25, sums: [{ sum: 24 * 100 }] })
    await lab.ask(requestId, hoursBy('age'))
    const { cells } = await lab.ask(requestId, by('area', 'age'))
    expect(cells.filter(({ state }) => state === 'withheld').length).toBeGreaterThan(3)
  })

  it('are refused in a job that opens too little to judge them', async () => {
    await start(100)
    const known = lab.people.filter(({ resident }) => resident?.area !== 'unknown')
    lab.deliver('residents', known, undefined, ['area', 'care', 'age'])
    const { requestId } = await lab.openJob()
    await lab.ask(requestId, hoursBy('area'))
    expect((await lab.ask(requestId, by('care', 'age'))).withheld).toBeGreaterThan(0)
    const small = await lab.openJob({ residents: ['token:B1', 'present:B1', 'area', 'age'] })
    await expect(lab.ask(small.requestId, by('age'))).rejects.toEqual(refused('Open a job with all variables'))
    expect((await lab.ask(requestId, by('age'))).released).toBeGreaterThan(0)
  })
})
