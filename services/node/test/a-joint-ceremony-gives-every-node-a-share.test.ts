import { toHex } from '@kruispunt/crypto'
import { generatorTimes } from '@kruispunt/crypto/group'
import { shareCommitments, usableCeremony } from '@kruispunt/lab-record'
import { afterEach, describe, expect, it } from 'vitest'
import { openFolder } from '../src/open-folder.ts'
import { epochSecret } from './support/epoch-secret.ts'
import { optionsFor, startKeyedLab, startSignedLab } from './support/three-partners.ts'

type Lab = Awaited<ReturnType<typeof startSignedLab>>
let lab: Lab | undefined
afterEach(async () => {
  await lab?.end()
  lab = undefined
})
const joint = { pseudonymMode: 'joint-oprf' } as const

describe('a joint ceremony gives every node a share', () => {
  it('of its own, to which the others saw it commit, beside two keys that all have', async () => {
    lab = await startKeyedLab(undefined, joint)
    const { agreement, all, broker } = lab
    const state = broker.state().agreements.get(agreement)
    const ceremony = state && usableCeremony(state)
    if (ceremony === undefined) throw new Error('no ceremony')
    const keys = await Promise.all(all.map(({ folder }) => epochSecret(folder)))
    const pseudonymKeys = all.map(({ node }) => toHex(node.deliveries.pseudonymKey(agreement, 1)))
    expect(new Set(pseudonymKeys).size).toBe(1)
    expect(new Set(keys.map(({ inputKey }) => toHex(inputKey))).size).toBe(1)
    expect(new Set(keys.map(({ share }) => toHex(share))).size).toBe(3)
    expect(keys.map(({ inputKey }) => toHex(inputKey))).not.toContain(pseudonymKeys[0])
    for (const [at, { party }] of all.entries())
      for (const other of all)
        if (other.party !== party)
          expect(shareCommitments(ceremony, other.party as never).get(party as never)).toBe(
            toHex(generatorTimes(keys[at]?.share ?? new Uint8Array())),
          )
  })

  it('also when every node is restarted in the middle, and the share outlives the ceremony’s secrets', async () => {
    lab = await startSignedLab(['gemeente', 'politie'], joint)
    const { agreement, all, broker } = lab
    const round = () => broker.state().agreements.get(agreement)?.ceremonies.get(1)
    await lab.until(() => round()?.commits.size === 2)
    for (const partner of all) await partner.reopen()
    await lab.until(() => all.every(({ node }) => node.views.ceremonies()[0]?.keyUsable === true))
    for (const partner of all) await partner.reopen()
    for (const { folder } of all) expect((await epochSecret(folder)).share).toHaveLength(32)
    const opened = await openFolder(optionsFor(lab.partner('gemeente').folder))
    const left = opened.store.db.$client.prepare('SELECT wrapped_secrets AS s, wrapped_keys AS k FROM ceremonies').all()
    expect(left).toStrictEqual([{ s: null, k: null }])
    opened.store.close()
  })

  it('and none where the numbers are salted', async () => {
    lab = await startKeyedLab(['gemeente', 'politie'])
    const secret = await epochSecret(lab.partner('gemeente').folder)
    expect([secret.inputKey.length, secret.share.length]).toStrictEqual([0, 0])
  })
})
