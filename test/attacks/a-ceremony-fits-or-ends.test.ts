import type { AgreementId, StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import { generateSigningSeed, signingKeyFromSeed } from '@kruispunt/crypto'
import { judgeComplaint, makeReveals, startCeremony, transcriptOf } from '@kruispunt/key-agreement'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { nodeIn } from '../scenarios/support/hostile/hostile-party.ts'
import { createPuppet, type Puppet } from '../scenarios/support/hostile/puppet.ts'
import { alteredBody, changeEntries, upTo } from '../scenarios/support/hostile/tricks.ts'
import { until } from '../scenarios/support/processes.ts'

const minutes = 60_000
const honest = ['gemeente', 'politie'] as const
let lab: AttackLab

beforeAll(async () => {
  lab = await startAttackLab({ upTo: 'proposed' })
  await lab.save('proposed')
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

const onRecord = async () => (await lab.entries()).map(payloadOf)
const of = (agreement: AgreementId, kind: string) => async () =>
  (await onRecord()).filter((payload) => payload.kind === kind && payload.agreement === agreement)
const ceremonyAt = async (party: string, agreement: AgreementId) =>
  (await lab.node(party).ceremonies()).find((found) => found.agreement === agreement)
const freezes = (party: string) =>
  until(`${party} freezes`, async () => {
    const { frozen } = await lab.node(party).status()
    return frozen.length > 0 ? frozen.map(({ reason }) => reason) : undefined
  })
/** Both honest nodes have given the round up and neither has a key. */
async function givenUp(agreement: AgreementId, epoch = 1) {
  for (const party of honest) {
    const found = await until(`${party} gave up`, async () => {
      const ceremony = await ceremonyAt(party, agreement)
      return ceremony?.status === 'aborted' && ceremony.epoch === epoch ? ceremony : undefined
    })
    expect(found.keyUsable).toBe(false)
  }
  const confirms = (await of(agreement, 'salt-confirm')()).filter((confirm) => confirm.epoch === epoch)
  expect(confirms.length).toBeLessThan(lab.parties.length)
}

describe('a ceremony of which one partner is hostile ends without a key', () => {
  let ggd: Puppet
  let number = 1
  /** A new agreement, signed by all: every attack has a ceremony of its own. */
  async function signedAgreement(): Promise<AgreementId> {
    number += 1
    const agreement = await lab.propose({ reference: `PROEF-${number}` })
    await Promise.all(honest.map((party) => lab.node(party).sign(agreement)))
    expect((await ggd.approve(agreement)).status).toBe(200)
    return agreement
  }

  it(
    'control: left alone, the same nodes agree on a key',
    async () => {
      await Promise.all(lab.nodes.map((node) => node.sign(lab.agreement)))
      await lab.untilKeyed(lab.agreement)
      expect(await of(lab.agreement, 'salt-confirm')()).toHaveLength(3)
      ggd = await createPuppet(lab, 'ggd')
    },
    2 * minutes,
  )
  afterAll(() => ggd?.stop())

  it(
    'attack 4: another contribution revealed to one victim is complained about with proof, and all give up',
    async () => {
      const agreement = await signedAgreement()
      const started = await ggd.commit(agreement, 1)
      const transcript = await ggd.transcript(started)
      // Another contribution under the transcript of all, for one of them only.
      const other = startCeremony(ggd.frameOf(agreement, 1))
      const commits = transcript.commits.map((commit) =>
        commit.party === 'ggd' ? { ...commit, commit: other.commitBody.commit } : commit,
      )
      const lie = makeReveals(ggd.frameOf(agreement, 1), other.secrets, { ...transcript, commits })
      if (lie.status === 'refused') throw new Error(lie.code)
      await ggd.reveal(started, transcript, (body) =>
        body.to === 'gemeente' ? (lie.reveals.find(({ to }) => to === 'gemeente') ?? {}) : {},
      )
      await givenUp(agreement)
      const [complaint] = (await lab.record()).state.agreements.get(agreement)?.ceremonies.get(1)?.complaints ?? []
      expect(complaint?.statement).toMatchObject({ from: 'gemeente', accused: 'ggd' })
      // Whoever has the log can see for himself who lied.
      const sent = (await ggd.round(agreement, 1))?.reveals.get('ggd>gemeente')?.statement
      if (complaint === undefined || sent === undefined) throw new Error('nothing to judge')
      expect(
        judgeComplaint(
          ggd.frameOf(agreement, 1),
          transcript,
          { party: 'gemeente', body: complaint.statement },
          { party: 'ggd', body: sent },
        ),
      ).toMatchObject({ status: 'blamed', party: 'ggd' })
    },
    2 * minutes,
  )

  it(
    'attack 5: the last one who copies what another committed to gets no reveal from anybody',
    async () => {
      const agreement = await signedAgreement()
      await ggd.commit(agreement, 1, (own, others) => {
        const copied = others.get('politie')
        return copied === undefined ? own : { ...own, commit: copied.commit, kemPublicKey: copied.kemPublicKey }
      })
      await givenUp(agreement)
      expect(await of(agreement, 'salt-reveal')()).toEqual([])
      const [abort] = await of(agreement, 'salt-abort')()
      expect(abort).toMatchObject({ reason: 'messages-do-not-fit' })
      expect(abort?.waitingFor).toContain('ggd')
    },
    2 * minutes,
  )

  it(
    'attack 6: a reveal passed on to somebody else does not open there, and who passed it on is blamed',
    async () => {
      const agreement = await signedAgreement()
      const started = await ggd.commit(agreement, 1)
      const transcript = await ggd.transcript(started)
      const forGgd = await until('gemeente has revealed to ggd', async () =>
        (await of(agreement, 'salt-reveal')()).find(({ from, to }) => from === 'gemeente' && to === 'ggd'),
      )
      const { ct, nonce, box } = forGgd as { ct: string; nonce: string; box: string }
      await ggd.reveal(started, transcript, (body) => (body.to === 'politie' ? { ct, nonce, box } : {}))
      await givenUp(agreement)
      const [complaint] = await of(agreement, 'salt-complaint')()
      expect(complaint).toMatchObject({ from: 'politie', accused: 'ggd' })
    },
    2 * minutes,
  )

  it(
    'attack 7: without the last confirm nobody has a key, nothing can be prepared, and an altered one ends the round',
    async () => {
      const agreement = await signedAgreement()
      const started = await ggd.commit(agreement, 1)
      const transcript = await ggd.transcript(started)
      await ggd.reveal(started, transcript)
      await until('the others have confirmed', async () =>
        (await of(agreement, 'salt-confirm')()).length === 2 ? true : undefined,
      )
      for (const party of honest) expect(await ceremonyAt(party, agreement)).toMatchObject({ keyUsable: false })
      await expect(lab.node('gemeente').deliver('bsn,bekend\n123456782,ja', { agreement })).rejects.toThrow(
        'ceremony_not_complete',
      )
      const { folder } = lab.node('politie')
      const opened = await nodeIn(folder)
      expect(() => opened.deliveries.pseudonymKey(agreement, 1)).toThrow(
        expect.objectContaining({ code: 'ceremony_not_complete' }),
      )
      await opened.close()

      const wrong = { kind: 'salt-confirm', agreement, epoch: 1, transcript: transcript.hash, party: 'ggd' } as const
      expect((await ggd.say({ ...wrong, tag: '00'.repeat(32) } as StatementBody)).status).toBe(200)
      for (const party of honest)
        await until(`${party} gave up`, async () =>
          (await ceremonyAt(party, agreement))?.status === 'aborted' ? true : undefined,
        )
      for (const party of honest) expect(await ceremonyAt(party, agreement)).toMatchObject({ keyUsable: false })
    },
    2 * minutes,
  )

  it(
    'attack 8: what was said in an earlier round is worth nothing in the next',
    async () => {
      const agreement = await signedAgreement()
      const started = await ggd.commit(agreement, 1)
      const transcript = await ggd.transcript(started)
      await ggd.reveal(started, transcript, (body) => (body.to === 'gemeente' ? { box: '00'.repeat(48) } : {}))
      await givenUp(agreement)
      const old = (await lab.entries()).filter((envelope) => payloadOf(envelope).agreement === agreement)

      const restarted = await lab.node('gemeente').ask('POST', '/ceremonies/restarts', { agreement })
      expect(restarted.status).toBe(202)
      // As they are: the chain of the key has moved on, and the broker itself sees that they are not new.
      const size = (await lab.entries()).length
      for (const envelope of old) {
        const from = String(payloadOf(envelope).from)
        if (from === 'coordinator') continue
        expect((await lab.submit(from, envelope)).body).toMatchObject({ existing: true })
      }
      // And signed anew by their owner, for the next round: the transcript is another one.
      const again = await ggd.commit(agreement, 2)
      expect((await lab.entries()).length).toBeGreaterThan(size)
      await ggd.reveal(again, await ggd.transcript(again), () => ({ transcript: transcript.hash }))
      await givenUp(agreement, 2)
      expect((await of(agreement, 'salt-abort')()).at(-1)).toMatchObject({ epoch: 2, waitingFor: ['ggd'] })
    },
    3 * minutes,
  )
})

describe('a broker that shows commits otherwise than they are', () => {
  it(
    'attack 3: two sets of commits give two transcripts, so nothing opens and nobody confirms',
    async () => {
      const ggd = await createPuppet(lab, 'ggd')
      const agreement = await lab.propose({ reference: 'TWEE-GEZICHTEN' })
      await Promise.all(honest.map((party) => lab.node(party).sign(agreement)))
      await ggd.approve(agreement)
      await until('the honest have committed', async () =>
        (await ggd.round(agreement, 1))?.commits.size === 2 ? true : undefined,
      )
      const sides = []
      for (const party of honest) {
        const log = await lab.forgeLog()
        const started = startCeremony(ggd.frameOf(agreement, 1))
        const commit = await ggd.sign([ggd.keys.node], { kind: 'salt-commit', ...started.commitBody } as StatementBody)
        log.append(commit)
        const commits = [...(log.record.state.agreements.get(agreement)?.ceremonies.get(1)?.commits ?? [])].map(
          ([from, { statement, payloadBytes }]) => ({ party: from, body: statement, payloadBytes }),
        )
        const outcome = transcriptOf(ggd.frameOf(agreement, 1), started.commitBody, commits)
        if (outcome.status !== 'complete') throw new Error(outcome.code)
        const reveals = makeReveals(ggd.frameOf(agreement, 1), started.secrets, outcome.transcript)
        if (reveals.status === 'refused') throw new Error(reveals.code)
        let head = commit
        for (const { from: _, ...reveal } of reveals.reveals) {
          const chain = { seq: Number(payloadOf(head).seq) + 1, prev: log.hashOf(head) }
          head = await ggd.sign([ggd.keys.node], { kind: 'salt-reveal', ...reveal } as StatementBody, chain)
          log.append(head)
        }
        sides.push({ party, log, transcript: outcome.transcript.hash })
      }
      const [a, b] = sides
      if (a === undefined || b === undefined) throw new Error('no sides')
      expect(a.transcript).not.toBe(b.transcript)
      for (const { party, log } of sides) {
        lab.relay.on(log.servedTo(party))
        // No checkpoint past the fork, so that what they say carries no trace of it.
        const before = await lab.relay.call(party, 'GET', 'log/checkpoints')
        lab.relay.on({ party, path: 'log/checkpoints', act: () => before })
      }
      // What each of them says is shown to the other.
      const pass = (from: typeof a, to: typeof b) => {
        const has = new Set(to.log.entries.map(({ payload }) => payload))
        for (const envelope of from.log.entries.slice())
          if (payloadOf(envelope).from === from.party && !has.has(envelope.payload)) to.log.append(envelope)
      }
      const said = (side: typeof a) => side.log.entries.map(payloadOf).filter(({ from }) => from === side.party)
      for (const side of sides)
        await until(`${side.party} gives up`, async () => {
          pass(a, b)
          pass(b, a)
          return said(side).some(({ kind, agreement: about }) => kind === 'salt-abort' && about === agreement)
            ? true
            : undefined
        })
      for (const side of sides) {
        expect(
          said(side).filter(({ kind, agreement: about }) => kind === 'salt-confirm' && about === agreement),
        ).toEqual([])
        expect(await ceremonyAt(side.party, agreement)).toMatchObject({ keyUsable: false, status: 'aborted' })
      }
      await ggd.stop()
    },
    3 * minutes,
  )

  it(
    'attack 1: another KEM key in a relayed commit breaks its signature; who sees it freezes and reveals nothing',
    async () => {
      await lab.back('proposed')
      const stranger = signingKeyFromSeed(generateSigningSeed())
      const isCommitOf = (envelope: StatementEnvelope, party: string) =>
        payloadOf(envelope).kind === 'salt-commit' && payloadOf(envelope).from === party
      const forge = await lab.forger()
      const keys = await lab.keysOf('gemeente')
      // Everybody commits before anybody sees what another committed to.
      const show = lab.relay.on(upTo(lab.parties, (envelope) => payloadOf(envelope).kind === 'salt-commit'))
      await Promise.all(lab.nodes.map((node) => node.sign(lab.agreement)))
      await until('all have committed', async () =>
        (await of(lab.agreement, 'salt-commit')()).length === 3 ? true : undefined,
      )
      lab.relay.on(
        changeEntries('gemeente', (envelope) =>
          isCommitOf(envelope, 'politie') ? alteredBody(envelope, { kemPublicKey: '5a'.repeat(1216) }) : envelope,
        ),
      )
      const resigned = (envelope: StatementEnvelope, from: string, key: typeof stranger) => {
        const { v: _v, ...body } = payloadOf(envelope)
        const header = { ...body, keyId: key.keyId, from, party: from }
        return forge(from, [key], { kind: 'salt-commit' } as StatementBody, header)
      }
      lab.relay.on(
        changeEntries('politie', (envelope) =>
          isCommitOf(envelope, 'gemeente') ? resigned(envelope, 'gemeente', stranger) : envelope,
        ),
      )
      lab.relay.on(
        changeEntries('ggd', (envelope) =>
          isCommitOf(envelope, 'politie') ? resigned(envelope, 'politie', keys.node) : envelope,
        ),
      )
      show()
      expect(await freezes('gemeente')).toEqual(['log_entry_invalid'])
      const reveals = (await onRecord()).filter(({ kind }) => kind === 'salt-reveal')
      expect(reveals.filter(({ from }) => from === 'gemeente')).toEqual([])
      expect(await ceremonyAt('gemeente', lab.agreement)).toMatchObject({ keyUsable: false })
    },
    3 * minutes,
  )

  it(
    'attack 2: a commit by a stranger’s key, or by the key of one partner in the name of another, is refused',
    async () => {
      // Shown to politie and ggd in the run above, where gemeente saw the altered one.
      for (const party of ['politie', 'ggd']) {
        expect(await freezes(party)).toEqual(['log_entry_invalid'])
        expect(await ceremonyAt(party, lab.agreement)).toMatchObject({ keyUsable: false })
      }
      expect((await onRecord()).filter(({ kind }) => kind === 'salt-reveal')).toEqual([])
      // The real broker does not take them either.
      const keys = await lab.keysOf('ggd')
      const body = {
        kind: 'salt-commit',
        ...startCeremony({ agreementId: lab.agreement, epoch: 1, party: 'politie', parties: [...lab.parties] })
          .commitBody,
      } as StatementBody
      const forge = await lab.forger()
      const stranger = signingKeyFromSeed(generateSigningSeed())
      expect((await lab.submit('politie', forge('politie', [stranger], body))).body.code).toBe('signer_unknown')
      expect((await lab.submit('politie', forge('politie', [keys.node], body))).body.code).toBe('not_in_role')
    },
    2 * minutes,
  )
})
