import { toHex } from '@kruispunt/crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { type Lab, startKeyedLab, startSignedLab } from './support/three-partners.ts'

let lab: Lab | undefined
afterEach(async () => {
  await lab?.end()
  lab = undefined
})

describe('partners agree on a key that nobody else knows', () => {
  it('ends with the same key at all three nodes, and nothing left of what made it', async () => {
    const keyed = await startKeyedLab()
    lab = keyed
    const keys = keyed.all.map(({ node }) => toHex(node.deliveries.pseudonymKey(keyed.agreement, 1)))
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
  })
  it('does not begin before a quorum has cosigned the signatures', async () => {
    const signed = await startSignedLab()
    lab = signed
    const [gemeente] = signed.all
    await signed.tickAll(gemeente === undefined ? [] : [gemeente])
    expect(gemeente?.node.views.ceremonies()[0]?.status).toBe('not-started')
  })
})
