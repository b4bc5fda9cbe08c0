import { openEnvelope } from '@kruispunt/statements'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCode } from './support/answers.ts'
import { coordinator, lab } from './support/broker.ts'
import { coordinatorClient, startTestLab } from './support/lab.ts'
import { keyOf } from './support/party.ts'

let stage: Awaited<ReturnType<typeof startTestLab>>
beforeAll(async () => {
  stage = await startTestLab(['ggd', 'politie'])
})
afterAll(() => stage.broker.destroy())

const unknownAgreement = 'ab'.repeat(32) as never

describe('a statement counts once, and only when it is right', () => {
  it('refuses everything but acceptances while the roster is not accepted by all', async () => {
    const [ggd] = stage.members
    if (!ggd) throw new Error('no member')
    const { heads } = stage.signer
    const before = new Map(heads)
    const approval = {
      kind: 'agreement-approval',
      agreement: unknownAgreement,
      decision: 'approved',
      reason: null,
    } as const
    const envelope = stage.signer.sign('ggd', [ggd.officer], approval)
    heads.clear()
    for (const [key, head] of before) heads.set(key, head)
    expect(readCode(await stage.submit(ggd, envelope))).toBe('roster_not_accepted')
  })

  it('refuses a right statement from the wrong sender, and one from the future', async () => {
    const [ggd, politie] = stage.members
    if (!ggd || !politie) throw new Error('no members')
    const acceptance = stage.accept(politie)
    stage.signer.heads.clear()
    expect(readCode(await stage.submit(ggd, acceptance))).toBe('forbidden')
    const { client } = await coordinatorClient(stage.broker)
    const bySession = await client.send({
      method: 'POST',
      path: `/v1/labs/${lab}/statements`,
      json: { envelope: acceptance },
    })
    expect(readCode(bySession)).toBe('forbidden')
    const issuedAt = new Date(Date.now() + 6 * 60_000).toISOString()
    const body = { kind: 'roster-acceptance', rosterHash: stage.rosterHash } as const
    const early = stage.signer.sign('ggd', [ggd.officer, ggd.node, ggd.witness], body, { issuedAt })
    stage.signer.heads.clear()
    expect(readCode(await stage.submit(ggd, early))).toBe('clock_ahead')
  })

  it('records acceptances, and gives the first receipt to a second sending', async () => {
    for (const [index, member] of stage.members.entries()) {
      const envelope = stage.accept(member)
      const first = await stage.submit(member, envelope)
      expect(JSON.parse(first.text)).toEqual({ index: index + 1, size: index + 2, existing: false })
      const again = await stage.submit(member, envelope)
      expect(JSON.parse(again.text)).toEqual({ index: index + 1, size: index + 2, existing: true })
    }
  })

  it('names the rule a statement breaks', async () => {
    const [ggd, politie] = stage.members
    if (!ggd || !politie) throw new Error('no members')
    const approval = {
      kind: 'agreement-approval',
      agreement: unknownAgreement,
      decision: 'approved',
      reason: null,
    } as const
    const attempt = async (sign: () => unknown) => {
      const before = new Map(stage.signer.heads)
      const envelope = sign()
      stage.signer.heads.clear()
      for (const [key, head] of before) stage.signer.heads.set(key, head)
      return readCode(await stage.submit(ggd, envelope))
    }
    const sign = stage.signer.sign
    expect(await attempt(() => sign('ggd', [ggd.officer], approval))).toBe('agreement_unknown')
    expect(await attempt(() => sign('ggd', [keyOf('stranger')], approval))).toBe('signer_unknown')
    expect(await attempt(() => sign('ggd', [ggd.node], approval))).toBe('not_in_role')
    expect(await attempt(() => sign('politie', [politie.officer], approval))).toBe('agreement_unknown')
    expect(await attempt(() => sign('ggd', [ggd.officer], approval, { seq: 9 }))).toBe('chain_gap')
    expect(await attempt(() => sign('ggd', [ggd.officer], approval, { seq: 1 }))).toBe('chain_fork')
    expect(await attempt(() => sign('ggd', [ggd.officer], approval, { prev: 'cd'.repeat(32) }))).toBe('chain_fork')
    expect(await attempt(() => sign('ggd', [ggd.officer], approval, { lab: 'elders' }))).toBe('wrong_lab')
    expect(await attempt(() => sign('ggd', [ggd.officer], approval, { roster: 'cd'.repeat(32) }))).toBe('wrong_roster')
    expect(await attempt(() => sign('ggd', [ggd.officer], approval, { extra: 1 }))).toBe('statement_malformed')
    expect(await attempt(() => sign('ggd', [ggd.officer], approval, { notAfter: '2020-01-01T00:00:00.000Z' }))).toBe(
      'statement_expired',
    )
    const seen = { size: 1, root: 'cd'.repeat(32) }
    expect(await attempt(() => sign('ggd', [ggd.officer], approval, { seen }))).toBe('seen_conflict')
    const good = stage.signer.sign
    const tampered = await attempt(() => {
      const envelope = good('ggd', [ggd.officer], approval)
      return { ...envelope, signatures: [{ ...envelope.signatures[0], sig: Buffer.alloc(64).toString('base64') }] }
    })
    expect(tampered).toBe('signature_invalid')
    const retyped = await attempt(() => ({
      ...good('ggd', [ggd.officer], approval),
      payloadType: 'application/vnd.datalab.revocation.v1+json',
    }))
    expect(retyped).toBe('signature_invalid')
  })

  it('lists which parts of a malformed statement are wrong, without what was there', async () => {
    const { client } = await coordinatorClient(stage.broker)
    const envelope = stage.signer.sign('coordinator', [coordinator], {
      kind: 'request',
      question: 'geheim-123456782',
    } as never)
    const answer = await client.send({ method: 'POST', path: `/v1/labs/${lab}/statements`, json: { envelope } })
    expect(readCode(answer)).toBe('statement_malformed')
    expect(JSON.parse(answer.text).violations.map(({ path }: { path: string }) => path)).toContain('requestId')
    expect(answer.text).not.toContain('geheim')
  })

  it('has the log of before after a restart, and goes on from there', async () => {
    const before = stage.broker.logs.get(lab).record()
    const size = before.tree.size
    const root = before.tree.root()
    const broker = await stage.broker.restart()
    stage = { ...stage, broker }
    const after = broker.logs.get(lab).record()
    expect(after.tree.size).toBe(size)
    expect(after.tree.root()).toEqual(root)
    expect([...after.state.rosterAcceptedBy.keys()]).toEqual(['ggd', 'politie'])
    expect(
      openEnvelope(broker.logs.get(lab).entries(0, 1)[0]?.envelope as never, () => broker.keys.brokerKey.publicKey)
        .kind,
    ).toBe('roster')
  })
})
