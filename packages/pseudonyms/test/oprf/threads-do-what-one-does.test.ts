import { toHex } from '@kruispunt/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  blindBatch,
  createOprfThreads,
  drawShare,
  elementsFault,
  evaluateBatch,
  evaluationFault,
  finishBatch,
  groupReady,
} from '../../src/oprf.ts'
import { randomInputs, sharesOf } from './parties.ts'

const threads = createOprfThreads(2)
beforeAll(groupReady)
afterAll(() => threads.close())

describe('threads do what one does', () => {
  // Below, at and over the border of a task.
  it.each([1, 200, 700])('for %i records, from blinding to the result', async (records) => {
    const shares = sharesOf(3)
    const inputs = randomInputs(records)
    const parts: number[] = []
    const { secrets, elements } = await threads.blind(inputs, (done) => parts.push(done))
    expect(parts.at(-1)).toBe(parts.length)
    expect(elementsFault(elements, records + 64)).toBeUndefined()
    const evaluations = await Promise.all(shares.map(({ share }) => threads.evaluate(elements, records + 64, share)))
    const made = evaluations.map((evaluation) => (typeof evaluation === 'string' ? new Uint8Array() : evaluation))
    for (const [at, { share, commitment }] of shares.entries()) {
      expect(toHex(made[at] ?? new Uint8Array())).toBe(toHex(evaluateBatch(elements, share)))
      expect(await threads.check(secrets, made[at] ?? new Uint8Array(), commitment)).toBeUndefined()
    }
    expect(toHex(await threads.finish(secrets, made))).toBe(toHex(finishBatch(secrets, made)))
  })

  it('refuse a batch with the same fault', async () => {
    const { share } = drawShare()
    const { elements } = blindBatch(randomInputs(400))
    const bad = elements.slice().fill(0xff, 32 * 300, 32 * 301)
    expect(await threads.evaluate(bad, 464, share)).toBe('not_an_element')
    expect(await threads.evaluate(elements.slice().fill(0, 0, 32), 464, share)).toBe('not_an_element')
    expect(await threads.evaluate(elements, 463, share)).toBe('wrong_length')
    const twice = elements.slice()
    twice.copyWithin(32, 0, 32)
    expect(await threads.evaluate(twice, 464, share)).toBe('duplicate_element')
    // And go on with the next.
    expect(await threads.evaluate(elements, 464, share)).toHaveLength(464 * 32)
  })

  it('find an evaluator with another share, and an answer that is none', async () => {
    const [{ share, commitment }, other] = [drawShare(), drawShare()]
    const { secrets, elements } = blindBatch(randomInputs(300))
    const wrong = evaluateBatch(elements, other.share)
    expect(await threads.check(secrets, wrong, commitment)).toBe('canary_differs')
    const none = evaluateBatch(elements, share).fill(0xff, 32 * 290, 32 * 291)
    expect(await threads.check(secrets, none, commitment)).toBe(evaluationFault(secrets, none, commitment))
    expect(await threads.check(secrets, none, commitment)).toBe('not_an_element')
  })

  it('tell whoever still waits when they are closed', async () => {
    const closing = createOprfThreads(1)
    const { elements } = blindBatch(randomInputs(600))
    const waits = closing.evaluate(elements, 664, drawShare().share)
    const outcome = expect(waits).rejects.toThrow()
    await closing.close()
    await outcome
    await expect(closing.blind(randomInputs(1))).rejects.toThrow('closed')
  })
})
