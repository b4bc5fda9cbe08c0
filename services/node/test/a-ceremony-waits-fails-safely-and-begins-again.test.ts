import type { AgreementId, KeyId, StatementEnvelope } from '@kruispunt/contracts'
import { randomHex, type SigningKey, toHex } from '@kruispunt/crypto'
import { transcriptOf } from '@kruispunt/key-agreement'
import { nextHeader, signStatement } from '@kruispunt/statements'
import { afterEach, describe, expect, it } from 'vitest'
import { openFolder } from '../src/open-folder.ts'
import { optionsFor, startKeyedLab, startSignedLab } from './support/three-partners.ts'

type SignedLab = Awaited<ReturnType<typeof startSignedLab>>
let lab: SignedLab | undefined
afterEach(async () => {
  await lab?.end()
  lab = undefined
})
const stateOf = (of: SignedLab, agreement: AgreementId, epoch = 1) =>
  of.broker.state().agreements.get(agreement)?.ceremonies.get(epoch)

/** Until everybody committed and all but politie revealed. */
async function withoutReveal(): Promise<SignedLab> {
  const signed = await startSignedLab()
  await signed.until(() => stateOf(signed, signed.agreement)?.commits.size === 3)
  const others = signed.all.filter(({ party }) => party !== 'politie')
  await signed.until(() => stateOf(signed, signed.agreement)?.reveals.size === 4, others)
  return signed
}

/** A statement politie's node would never make, with its real key. */
function sayAsPolitie({ broker }: SignedLab, key: SigningKey, body: object): void {
  const header = {
    v: 1,
    lab: broker.lab,
    from: 'politie',
    keyId: key.keyId,
    ...nextHeader(broker.state().heads.get(key.keyId as KeyId)),
    issuedAt: new Date().toISOString(),
    notAfter: null,
    roster: broker.state().roster?.hash,
    seen: null,
  }
  broker.append(signStatement({ ...header, ...body }, key) as StatementEnvelope)
}

async function keyOfPolitie(of: SignedLab): Promise<SigningKey> {
  const opened = await openFolder(optionsFor(of.partner('politie').folder))
  const key = opened.keyStore.ensureSigningKey('node')
  opened.store.close()
  return key
}

describe('a ceremony waits, fails safely and begins again', () => {
  it('names the partner that never reveals, lets another give up, and completes in the next round', async () => {
    lab = await withoutReveal()
    const { agreement } = lab
    const [gemeente, woonzorg] = [lab.partner('gemeente'), lab.partner('woonzorg')]
    await lab.tickAll([gemeente, woonzorg])
    expect(gemeente.node.views.ceremonies()[0]).toMatchObject({
      status: 'running',
      waitingFor: ['politie'],
      keyUsable: false,
    })
    expect(() => gemeente.node.deliveries.agreementFor()).toThrow(
      expect.objectContaining({ code: 'ceremony_not_complete' }),
    )
    expect(() => gemeente.node.restartCeremony(agreement)).toThrow(
      expect.objectContaining({ code: 'ceremony_not_aborted' }),
    )

    gemeente.node.abandonCeremony(agreement)
    await gemeente.node.trySending()
    await lab.tickAll([woonzorg])
    expect(woonzorg.node.views.ceremonies()[0]).toMatchObject({
      status: 'aborted',
      abandonedBy: 'gemeente',
      reason: 'waited-too-long',
    })
    expect(stateOf(lab, agreement)?.abort?.statement).toMatchObject({ waitingFor: ['politie'] })
    expect(() => gemeente.node.abandonCeremony(agreement)).toThrow(
      expect.objectContaining({ code: 'ceremony_not_running' }),
    )

    // Politie is back; only one node asks for the next round, the others join by themselves.
    expect(woonzorg.node.restartCeremony(agreement)).toStrictEqual({ epoch: 2 })
    const all = lab.all
    await lab.until(() => all.every(({ node }) => node.views.ceremonies()[0]?.keyUsable === true))
    expect(new Set(all.map(({ node }) => toHex(node.deliveries.pseudonymKey(agreement, 2)))).size).toBe(1)
    expect(() => gemeente.node.deliveries.pseudonymKey(agreement, 1)).toThrow(
      expect.objectContaining({ code: 'ceremony_not_complete' }),
    )
  })

  it('shows publicly who revealed something else than it committed to, and uses no key', async () => {
    lab = await withoutReveal()
    const { agreement } = lab
    const key = await keyOfPolitie(lab)
    const round = stateOf(lab, agreement)
    const commits = [...(round?.commits ?? [])].map(([party, { statement, payloadBytes }]) => ({
      party,
      body: statement,
      payloadBytes,
    }))
    const own = commits.find(({ party }) => party === 'politie')
    if (own === undefined) throw new Error('politie has not committed')
    const frame = { agreementId: agreement, epoch: 1, party: 'politie', parties: commits.map(({ party }) => party) }
    const outcome = transcriptOf(frame, own.body, commits)
    if (outcome.status !== 'complete') throw new Error('the commits do not fit')
    for (const to of ['gemeente', 'woonzorg']) {
      const forged = { ct: randomHex(1120), nonce: randomHex(24), box: randomHex(48), shareCommitment: '' }
      const body = { kind: 'salt-reveal', agreement, epoch: 1, transcript: outcome.transcript.hash, to, ...forged }
      sayAsPolitie(lab, key, body)
    }
    const honest = lab.all.filter(({ party }) => party !== 'politie')
    const [gemeente] = honest
    await lab.until(() => stateOf(lab as SignedLab, agreement)?.complaints.length === 1, honest)
    await lab.tickAll(honest)
    expect(stateOf(lab, agreement)?.complaints[0]?.statement).toMatchObject({ accused: 'politie' })
    for (const { node } of honest)
      expect(node.views.ceremonies()[0]).toMatchObject({ status: 'aborted', reason: 'complaint', keyUsable: false })
    expect(gemeente?.node.views.status().outbox).toStrictEqual([])
  })

  it('uses no key when one confirm does not fit, though the log calls the round complete', async () => {
    const signed = await startSignedLab()
    lab = signed
    const { agreement } = signed
    await signed.until(() => stateOf(signed, agreement)?.reveals.size === 6)
    const honest = signed.all.filter(({ party }) => party !== 'politie')
    await signed.until(() => stateOf(signed, agreement)?.confirms.size === 2, honest)
    const transcript = [...(stateOf(signed, agreement)?.confirms.values() ?? [])][0]?.statement.transcript
    const body = { kind: 'salt-confirm', agreement, epoch: 1, transcript, party: 'politie', tag: randomHex(32) }
    sayAsPolitie(signed, await keyOfPolitie(signed), body)
    expect(stateOf(signed, agreement)?.completeAt).toBeTypeOf('number')
    await signed.until(() => stateOf(signed, agreement)?.abort !== undefined, honest)
    await signed.tickAll(honest)
    expect(stateOf(signed, agreement)?.abort?.statement).toMatchObject({
      reason: 'messages-do-not-fit',
      waitingFor: ['politie'],
    })
    for (const { node } of honest) {
      expect(node.views.ceremonies()[0]).toMatchObject({ status: 'aborted', keyUsable: false })
      expect(() => node.deliveries.pseudonymKey(agreement, 1)).toThrow(
        expect.objectContaining({ code: 'ceremony_not_complete' }),
      )
    }
  })

  it('goes on where it was after the broker stopped and after every node was restarted', async () => {
    lab = await withoutReveal()
    const { broker, agreement, all } = lab
    await broker.stop()
    const [gemeente] = all
    await expect(gemeente?.node.agent.tick()).rejects.toMatchObject({ code: 'broker_unreachable' })
    expect(gemeente?.node.views.status().broker).toMatchObject({ state: 'waiting', code: 'broker_unreachable' })
    for (const partner of all) await partner.reopen()
    await broker.start()
    await lab.until(() => all.every(({ node }) => node.views.ceremonies()[0]?.keyUsable === true))
    expect(new Set(all.map(({ node }) => toHex(node.deliveries.pseudonymKey(agreement, 1)))).size).toBe(1)
    expect(gemeente?.node.views.status().broker.state).toBe('connected')
  })

  it('begins no round under an agreement that has expired', async () => {
    const soon = new Date(Date.now() + 4000).toISOString()
    lab = await startSignedLab(['gemeente', 'politie'], { validUntil: soon })
    for (const partner of lab.all) partner.clockShiftMs = 5000
    for (let round = 0; round < 3; round += 1) await lab.tickAll()
    const { node } = lab.partner('gemeente')
    expect(node.views.agreements()[0]?.status).toBe('expired')
    expect(node.views.ceremonies()[0]?.status).toBe('not-started')
    expect(() => node.deliveries.agreementFor(lab?.agreement)).toThrow(
      expect.objectContaining({ code: 'agreement_expired' }),
    )
  })

  it('destroys the joint key when an agreement is withdrawn', async () => {
    const keyed = await startKeyedLab(['gemeente', 'politie'])
    lab = keyed
    const [gemeente, politie] = [keyed.partner('gemeente'), keyed.partner('politie')]
    const order = { agreement: keyed.agreement, reason: 'De grondslag vervalt.' }
    const row = politie.node.acts.withdrawAgreement({
      officer: 'privacy-officer',
      passphrase: 'wachtwoord van politie',
      ...order,
    })
    await politie.node.sendDecision(row)
    await keyed.tickAll()
    const opened = await openFolder(optionsFor(gemeente.folder))
    expect(opened.store.db.$client.prepare('SELECT count(*) AS n FROM epoch_keys').get()).toStrictEqual({ n: 0 })
    opened.store.close()
  })
})
