import type { AgreementId, PartyId } from '@kruispunt/contracts'
import { deliveryWork } from '@kruispunt/contracts'
import { describe, expect, it } from 'vitest'
import { createWorkList } from '../../src/delivery/work-list.ts'

const on = { agreement: { id: 'ab'.repeat(32) as AgreementId }, dataset: { id: 'ggd.wmo' } }

describe('whoever looks sees how far it is', () => {
  it('names how many joint numbers there are, of how many, and whose node is waited for', async () => {
    const work = createWorkList()
    const joint = { done: 3, total: 10, waitingFor: ['politie' as PartyId], brokerReachable: true }
    const seen = await work.during('preparing', on, null, async (onProgress, onJointNumbers) => {
      onProgress(0.5)
      const before = structuredClone(work.list())
      onJointNumbers(joint)
      return [before, structuredClone(work.list())]
    })
    expect(seen.map(([one]) => one)).toMatchObject([
      { part: 0.5, joint: null },
      { part: 0.5, joint },
    ])
    // As the API says it.
    expect(deliveryWork.safeParse(seen[1]?.[0]).success).toBe(true)
  })

  it('is over when the work is, however it ends', async () => {
    const work = createWorkList()
    await expect(
      work.during('sending', on, null, async () => {
        throw new Error('broken off')
      }),
    ).rejects.toThrow('broken off')
    expect(work.list()).toEqual([])
  })
})
