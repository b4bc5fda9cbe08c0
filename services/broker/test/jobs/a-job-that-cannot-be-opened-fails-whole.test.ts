import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makePeople } from './support/people.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
beforeEach(async () => {
  lab = await createSmallLab({ people: makePeople(60) })
})
afterEach(() => lab.finish())

const question = { table: 'residents', rows: [{ dimension: 'care' }], columns: [], filters: [] }

/** Releases all keys, those of `dataset` through `change`, and waits for what becomes of the job. */
async function openWith(dataset: string, change: (keys: Map<string, Uint8Array>) => void = () => undefined) {
  const made = lab.request()
  for (const each of ['residents', 'reports', 'clients'])
    await lab.release(made.requestHash, each, each === dataset ? change : undefined)
  await lab.stateIs(made.requestId, 'failed')
  return made
}

/** Failed as a whole: closed on record, no result, no answer, and the party named in both languages. */
async function expectFailure(
  { requestId, requestHash }: Awaited<ReturnType<typeof openWith>>,
  party: string,
  words: RegExp,
) {
  await lab.settled(() => lab.requestState(requestHash).closed !== undefined)
  expect(lab.requestState(requestHash).closed?.statement.reason).toBe('failed')
  expect(lab.requestState(requestHash).results).toStrictEqual([])
  const view = lab.view(requestId)
  expect(view.failure?.nl).toContain(party)
  expect(view.failure?.en).toMatch(words)
  await expect(lab.ask(requestId, question)).rejects.toMatchObject({ code: 'job_failed' })
  expect(() => lab.jobs().linkQuality(lab.lab, requestId)).toThrow(expect.objectContaining({ code: 'job_failed' }))
}

describe('a job that cannot be opened fails whole', () => {
  it('when a released key is not the one committed to', async () => {
    const made = await openWith('residents', (keys) => {
      const bytes = keys.get('care') as Uint8Array
      bytes[0] = (bytes[0] as number) ^ 1
    })
    await expectFailure(made, 'Partner town', /committed/)
  })

  it('when the keys of two columns are swapped', async () => {
    const made = await openWith('residents', (keys) => {
      const [care, age] = [keys.get('care'), keys.get('age')] as [Uint8Array, Uint8Array]
      keys.set('care', age).set('age', care)
    })
    await expectFailure(made, 'Partner town', /committed/)
  })

  it('when a key is missing from the box', async () => {
    const made = await openWith('clients', (keys) => keys.delete('stay'))
    await expectFailure(made, 'Partner health', /keys released/)
  })

  it('when two columns of ciphertext are swapped', async () => {
    const { ciphertexts } = lab.current('residents')
    const [care, age] = [ciphertexts.get('care'), ciphertexts.get('age')] as [Uint8Array, Uint8Array]
    ciphertexts.set('care', age).set('age', care)
    await expectFailure(await openWith(''), 'Partner town', /damaged, swapped or not complete/)
  })

  it('when a column ends too soon', async () => {
    const { ciphertexts } = lab.current('reports')
    ciphertexts.set('kind', (ciphertexts.get('kind') as Uint8Array).slice(0, -5))
    await expectFailure(await openWith(''), 'Partner police', /damaged, swapped or not complete/)
  })

  it('when a column is gone from the store', async () => {
    lab.current('clients').ciphertexts.delete('stay')
    await expectFailure(await openWith(''), 'Partner health', /damaged, swapped or not complete/)
  })

  it.each([
    ['holds a code outside its list', 'stay', () => new Uint8Array([9])],
    ['holds a row without a category', 'stay', () => new Uint8Array([0])],
    ['has fewer rows than the header says', 'stay', () => undefined],
    ['has fewer tokens than the header says', 'token:B1', () => undefined],
  ])('when a column, properly sealed, %s', async (_, column, first) => {
    lab.deliver('clients', lab.people, (name, bytes) => {
      if (name !== column) return bytes
      const value = first()
      return value ? Uint8Array.from([...value, ...bytes.slice(1)]) : bytes.slice(16)
    })
    await expectFailure(await openWith(''), 'Partner health', /agreed form/)
  })

  it('when a category that its party declared empty holds somebody', async () => {
    const unknownFirst = (name: string, bytes: Uint8Array) =>
      name === 'stay' ? Uint8Array.from([3, ...bytes.slice(1)]) : bytes
    lab.deliver('clients', lab.people, unknownFirst)
    expect(lab.view((await lab.openJob()).requestId).state).toBe('open')
    lab.deliver('clients', lab.people, unknownFirst, ['stay'])
    await expectFailure(await openWith(''), 'Partner health', /agreed form/)
  })

  it('before any key is asked for, when the request leaves out the column that links', async () => {
    const made = lab.request({ residents: ['care'], clients: ['token:B1', 'present:B1', 'stay'] })
    await lab.stateIs(made.requestId, 'failed')
    expect(lab.requestState(made.requestHash).job).toBeUndefined()
    await expectFailure(made, 'Partner town', /leaves out the columns/)
  })

  it('and leaves the next request alone', async () => {
    await openWith('clients', (keys) => keys.delete('stay'))
    const next = await lab.openJob()
    expect(lab.view(next.requestId).state).toBe('open')
  })
})
