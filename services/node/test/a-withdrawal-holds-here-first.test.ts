/** What an officer withdraws is over at this node at once, also while the log does not say so. */
import { afterEach, describe, expect, it } from 'vitest'
import { askRequest, openJob } from './support/ask-job.ts'
import { deliver } from './support/deliver.ts'
import { officer, passphraseOf, startKeyedLab } from './support/three-partners.ts'

type Lab = Awaited<ReturnType<typeof startKeyedLab>>
let lab: Lab | undefined
afterEach(async () => {
  await lab?.end()
  lab = undefined
}, 60_000)
const signed = { officer, passphrase: passphraseOf('gemeente'), reason: 'Geen grondslag meer.' }

async function delivered(): Promise<Lab> {
  lab = await startKeyedLab(['gemeente', 'politie'])
  for (const { node } of lab.all) await deliver(node, lab.agreement)
  await lab.tickAll()
  return lab
}
const kindsOf = ({ broker }: Lab, party: string) =>
  broker.entries
    .map(({ payload }) => JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as Record<string, unknown>)
    .filter(({ from }) => from === party)
    .map(({ kind }) => kind)

describe('a withdrawal holds here first', { timeout: 180_000 }, () => {
  it('a request: no key is released to its job, though the log has not heard of it', async () => {
    const { node } = (await delivered()).partner('gemeente')
    const here = lab as Lab
    const requestHash = askRequest(here.broker, here.agreement)
    await here.tickAll()
    const row = node.acts.withdrawRequest({ ...signed, requestHash })
    expect(row.state).toBe('pending')
    openJob(here.broker, requestHash)
    // The job is read before the own withdrawal comes back: only what was signed here can stop the release.
    await node.agent.refresh()
    const [extract] = node.deliveries.extracts()
    if (extract === undefined) throw new Error('no extract')
    const release = node.releaseCase(requestHash, extract.extractId)
    expect(release?.request.withdrawn).toBeUndefined()
    expect(release?.withdrawnHere).toBe(true)
    for (let round = 0; round < 6; round += 1) await here.tickAll()
    expect(kindsOf(here, 'gemeente')).toContain('revocation')
    expect(kindsOf(here, 'gemeente')).not.toContain('key-release')
    // Withdrawing twice says one thing.
    expect(node.acts.withdrawRequest({ ...signed, requestHash }).hash).toBe(row.hash)
  })

  it('an agreement: secret and keys are gone, nothing is delivered under it any more', async () => {
    const { node } = (await delivered()).partner('gemeente')
    const here = lab as Lab
    const before = node.consequences({ scope: 'agreement', id: here.agreement })
    expect(before.keysDestroyed).toHaveLength(1)
    expect([before.secretDestroyed, before.partnersAffected]).toEqual([true, ['politie']])
    node.acts.withdrawAgreement({ ...signed, agreement: here.agreement })
    expect(node.deliveries.extracts()).toMatchObject([{ state: 'withdrawn', keyPresent: false }])
    expect(() => node.deliveries.agreementFor(here.agreement)).toThrow(
      expect.objectContaining({ code: 'agreement_not_active' }),
    )
    expect(() => node.deliveries.pseudonymKey(here.agreement, 1)).toThrow(
      expect.objectContaining({ code: 'ceremony_not_complete' }),
    )
    for (let round = 0; round < 4; round += 1) await here.tickAll()
    expect(kindsOf(here, 'gemeente').slice(-2)).toEqual(['revocation', 'key-destroyed'])
    expect(kindsOf(here, 'politie')).toContain('key-destroyed')
    expect(node.consequences({ scope: 'agreement', id: here.agreement }).keysDestroyed).toEqual([])
  })

  it('keeps a delivery no longer than was agreed: the key goes by the own clock, and the log says why', async () => {
    const here = await delivered()
    const partner = here.partner('gemeente')
    const [extract] = partner.node.deliveries.extracts()
    const days = 30
    partner.clockShiftMs = days * 86_400_000 - 60_000
    await partner.node.agent.tick().catch(() => undefined)
    expect(partner.node.deliveries.extracts()).toMatchObject([{ keyPresent: true }])
    partner.clockShiftMs = days * 86_400_000 + 60_000
    await partner.node.agent.tick().catch(() => undefined)
    expect(partner.node.deliveries.extracts()).toMatchObject([{ extractId: extract?.extractId, keyPresent: false }])
    for (let round = 0; round < 4; round += 1) await here.tickAll().catch(() => undefined)
    const last = here.broker.entries.at(-1)
    expect(JSON.parse(Buffer.from(last?.payload ?? '', 'base64').toString('utf8'))).toMatchObject({
      kind: 'key-destroyed',
      extractIds: [extract?.extractId],
      cause: 'retention',
    })
  })
})
