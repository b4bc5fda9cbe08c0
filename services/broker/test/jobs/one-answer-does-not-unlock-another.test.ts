/** Sequences of questions that subtract to a handful: the later one is refused, or its cells stay withheld. */
import type { CrossTabAnswer, CrossTabRequest } from '@kruispunt/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { makePeople, type Person } from './support/people.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
afterEach(() => lab.finish())

/** Only three people live in S2; and only four clients are no residents. */
const lopsided = (): Person[] => {
  let inS2 = 0
  let outside = 0
  return makePeople(900).map((person) => {
    const { resident, client } = person
    if (resident?.area === 'S2' && ++inS2 > 3) return { ...person, resident: { ...resident, area: 'S1' } }
    if (!resident && client && ++outside > 4) return { ...person, client: undefined }
    return person
  })
}

/** What somebody finds who subtracts the second answer from the first, cell by cell. */
function differences(a: CrossTabAnswer, b: CrossTabAnswer): number[] {
  return a.cells.flatMap((cell) => {
    const other = b.cells.find(({ at }) => at.join() === cell.at.join())
    return cell.state === 'released' && other?.state === 'released' ? [cell.count - other.count] : []
  })
}
/** The answer, or nothing when it is refused as unsafe. */
async function tryAsk(
  requestId: Parameters<SmallLab['ask']>[0],
  question: CrossTabRequest,
): Promise<CrossTabAnswer | undefined> {
  try {
    return await lab.ask(requestId, question)
  } catch (error) {
    expect(error).toMatchObject({ code: 'not_protectable' })
    return undefined
  }
}
const isSafe = (difference: number) => difference === 0 || difference >= 5

const residents = (rows: CrossTabRequest['rows'], filters: CrossTabRequest['filters'] = []): CrossTabRequest => ({
  table: 'residents',
  rows,
  columns: [],
  filters,
})

describe('one answer does not unlock another', () => {
  it('a filter that leaves out three people', async () => {
    lab = await createSmallLab({ people: lopsided() })
    const { requestId } = await lab.openJob()
    const all = await lab.ask(requestId, residents([{ dimension: 'care' }]))
    const most = await tryAsk(
      requestId,
      residents([{ dimension: 'care' }], [{ dimension: 'area', codes: ['N', 'S1', 'unknown'] }]),
    )
    expect(all.released).toBeGreaterThan(0)
    for (const difference of most ? differences(all, most) : []) expect(difference).toSatisfy(isSafe)
  })

  it('the same in another job that asks for fewer deliveries', async () => {
    lab = await createSmallLab({ people: lopsided() })
    const first = await lab.openJob()
    const all = await lab.ask(first.requestId, residents([{ dimension: 'care' }]))
    const second = await lab.openJob({ residents: ['token:B1', 'present:B1', 'area', 'care'] })
    const most = await tryAsk(
      second.requestId,
      residents([{ dimension: 'care' }], [{ dimension: 'area', codes: ['N', 'S1', 'unknown'] }]),
    )
    for (const difference of most ? differences(all, most) : []) expect(difference).toSatisfy(isSafe)
  })

  it('a number of residents that the log states, less a filter', async () => {
    lab = await createSmallLab({ people: lopsided() })
    const { requestId } = await lab.openJob()
    const { subjects } = lab.current('residents').statement
    const most = await tryAsk(
      requestId,
      residents([{ dimension: 'care' }], [{ dimension: 'area', codes: ['N', 'S1', 'unknown'] }]),
    )
    const total = most?.cells.find(({ at }) => at.join() === '0')
    if (total?.state === 'released') expect(subjects - total.count).toSatisfy(isSafe)
  })

  it('everybody, less the residents: another population of the same people', async () => {
    lab = await createSmallLab({ people: lopsided() })
    const { requestId } = await lab.openJob()
    const own = await tryAsk(requestId, residents([{ dimension: 'presence:health' }]))
    const question = { table: 'everybody', rows: [{ dimension: 'presence:health' }], columns: [], filters: [] }
    const everybody = await tryAsk(requestId, question)
    const others = lab.people.filter(({ resident, client }) => !resident && client)
    expect(others).toHaveLength(4)
    for (const difference of everybody && own ? differences(everybody, own) : []) expect(difference).toSatisfy(isSafe)
  })

  it('residents known to a party whose number of people the log states', async () => {
    lab = await createSmallLab({ people: lopsided() })
    const { requestId } = await lab.openJob()
    const { subjects } = lab.current('clients').statement
    const own = await tryAsk(requestId, residents([{ dimension: 'presence:health' }, { dimension: 'care' }]))
    const known = own?.cells.find(({ at }) => at.join() === '1,0')
    if (known?.state === 'released') expect(subjects - known.count).toSatisfy(isSafe)
    const police = await lab.ask(requestId, residents([{ dimension: 'presence:police' }]))
    expect(police.withheld).toBe(0)
  })

  it('and a population asked for as a filter counts the same', async () => {
    lab = await createSmallLab({ people: makePeople(900) })
    const { requestId } = await lab.openJob()
    const own = await lab.ask(requestId, residents([{ dimension: 'care' }]))
    const filtered = await lab.ask(requestId, {
      table: 'everybody',
      rows: [{ dimension: 'care' }],
      columns: [],
      filters: [{ dimension: 'presence:town', codes: ['yes'] }],
    })
    const shown = (answer: CrossTabAnswer) =>
      Object.fromEntries(
        answer.cells.flatMap((cell) => {
          const code = answer.axes[0]?.nodes[cell.at[0] ?? -1]?.code ?? ''
          return cell.state === 'released' ? [[code, cell.count]] : []
        }),
      )
    const [a, b] = [shown(own), shown(filtered)]
    for (const code of Object.keys(a)) if (code in b) expect(b[code]).toBe(a[code])
    expect(Object.keys(b)).toContain('total')
  })

  it('refuses with advice in both languages', async () => {
    lab = await createSmallLab({ people: makePeople(30), agreement: { minimum: 20 } })
    const { requestId } = await lab.openJob()
    const asked = lab.ask(requestId, residents([{ dimension: 'area' }, { dimension: 'age' }]))
    const error = await asked.catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'not_protectable' })
    const { advice } = error as { advice: { nl: string; en: string }[] }
    expect(advice.length).toBeGreaterThan(0)
    for (const { nl, en } of advice) expect([nl, en]).not.toContain('')
  })
})
