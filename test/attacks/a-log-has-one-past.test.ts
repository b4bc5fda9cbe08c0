/** The broker shows another past, two pasts, an old one or a broken one: nodes see it, keep the proof and hand nothing out. */
import type { StatementEnvelope } from '@kruispunt/contracts'
import { fromHex, toHex } from '@kruispunt/crypto'
import { logIdentityOf, witnessName } from '@kruispunt/lab-record'
import { envelopeBytes } from '@kruispunt/statements'
import { leafHash, verifyCheckpoint, verifyInclusion } from '@kruispunt/transparency-log'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { evidenceIn } from '../scenarios/support/hostile/evidence-of.ts'
import { hashOf, payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { jsonOf, jsonReply } from '../scenarios/support/hostile/relay.ts'
import { takeOver } from '../scenarios/support/hostile/taken-over.ts'
import { until } from '../scenarios/support/processes.ts'

const minutes = 60_000
const hour = 60 * minutes
const parties = ['gemeente', 'politie', 'ggd', 'school'] as const
let lab: AttackLab

beforeAll(async () => {
  // Four, so that three are a quorum and two are not.
  lab = await startAttackLab({ upTo: 'delivered', parties })
  await lab.save('delivered')
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

type Log = Awaited<ReturnType<AttackLab['forgeLog']>>
/** Another agreement, put forward by the coordinator: an entry like any other. */
const proposal = (log: Log, reference: string) =>
  log.sign(
    { kind: 'agreement', document: lab.documentWith({ reference }) },
    { from: 'coordinator' },
    lab.coordinatorKey,
  )
const freezes = (party: string) =>
  until(`${party} freezes`, async () => {
    const { frozen } = await lab.node(party).status()
    return frozen.length > 0 ? frozen.map(({ reason }) => reason) : undefined
  })
const evidenceOf = (party: string) => evidenceIn(lab.node(party).folder)
const inTheWay = (party: string, requestHash: string) =>
  until(`${party} judges the job`, async () => {
    const found = (await lab.node(party).requests()).find(({ hash }) => hash === requestHash)
    return found?.inTheWay ?? undefined
  })
const reaches = (party: string, size: number) =>
  until(`${party} has ${size} entries`, async () =>
    (await lab.node(party).status()).log.size >= size ? true : undefined,
  )
const cosignedBy = (note: string, party: string) =>
  note.includes(`\u2014 ${witnessName(lab.keys.brokerName, lab.lab, party as never)} `)
/** Signed by the log key, over which size and root. */
const signedState = (note: string | null | undefined) => {
  if (note === null || note === undefined) throw new Error('no note was kept')
  const { size, root } = verifyCheckpoint(
    note,
    logIdentityOf(lab.keys.brokerName, lab.lab, toHex(lab.keys.logKey.publicKey)),
  )
  return { size, root: toHex(root) }
}

type Said = { kind: string; from: string; hash: string; requestId?: string; requestHash?: string }
/** A job on the real log: all but one release, and that one does not, whoever asks and whenever. */
async function givesNothing(party: string): Promise<void> {
  const body = await lab.requestBody()
  const notAfter = new Date(Date.now() + hour).toISOString()
  await (await lab.coordinator()).submit(body as never, { notAfter })
  const releases = async () => {
    const all = (await lab.entries()).map((envelope) => ({ ...payloadOf(envelope), hash: hashOf(envelope) }) as Said)
    const asked = all.find(({ requestId }) => requestId === body.requestId)
    return all.filter(({ kind, requestHash }) => kind === 'key-release' && requestHash === asked?.hash)
  }
  await until('the others have released', async () => ((await releases()).length === 3 ? true : undefined))
  expect((await releases()).map(({ from }) => from)).not.toContain(party)
  expect((await lab.readJob(body.requestId)).state).toBe('waiting')
}

describe('a log has one past', () => {
  it(
    'control: with an honest broker all four release, and the job opens',
    async () => {
      expect((await lab.openJob()).state).toBe('open')
      for (const party of parties) expect(evidenceOf(party)).toEqual([])
    },
    2 * minutes,
  )

  it(
    'attack 21: a log cut off, grown again or shown as it was freezes whoever is shown it, for good and with the evidence kept',
    async () => {
      const whole = await lab.entries()
      for (const party of parties) await reaches(party, whole.length)
      const cutOff = await lab.forgeLog(whole.length - 1)
      lab.relay.on(cutOff.servedTo('gemeente'))
      const [reason] = await freezes('gemeente')
      // Whichever it asks for first.
      expect(['log_shrunk', 'checkpoint_smaller']).toContain(reason)
      const [of] = evidenceOf('gemeente')
      expect(signedState(of?.detail.storedNote).size).toBe(whole.length)
      expect(signedState(of?.detail.offeredNote).size).toBe(whole.length - 1)
      // Honest again: what it saw stays, and nothing is handed out while the others do.
      lab.relay.beHonest()
      await lab.node('gemeente').stop()
      await lab.node('gemeente').start()
      expect(await freezes('gemeente')).toContain(reason)
      await givesNothing('gemeente')

      const longer = await lab.entries()
      for (const party of ['politie', 'ggd', 'school']) await reaches(party, longer.length)
      const [same, past] = [await lab.forgeLog(longer.length - 1), await lab.forgeLog(longer.length - 1)]
      same.append(proposal(same, 'ANDER-1'))
      for (const reference of ['ANDER-1', 'ANDER-2']) past.append(proposal(past, reference))
      const earlier = (await lab.forgeLog()).note(longer.length - 1)
      lab.relay.on(same.servedTo('politie'))
      lab.relay.on(past.servedTo('ggd'))
      lab.relay.on({
        party: 'school',
        path: 'log/checkpoints',
        act: () => jsonReply({ latest: earlier, quorum: null }),
      })
      expect(await freezes('politie')).toEqual(['checkpoint_other_root'])
      const [twoRoots] = evidenceOf('politie')
      const [before, offered] = [signedState(twoRoots?.detail.storedNote), signedState(twoRoots?.detail.offeredNote)]
      expect(offered.size).toBe(before.size)
      expect(offered.root).not.toBe(before.root)
      await freezes('ggd')
      // By its root, or by an entry whose place in its signer's chain is that of one that was never seen.
      const [ofGgd] = evidenceOf('ggd')
      expect(['checkpoint_other_root', 'log_entry_invalid']).toContain(ofGgd?.reason)
      if (ofGgd?.reason === 'log_entry_invalid') expect(ofGgd.detail.entry?.envelope).toEqual(past.entries.at(-1))
      expect(await freezes('school')).toEqual(['checkpoint_smaller'])
      expect(signedState(evidenceOf('school')[0]?.detail.offeredNote).size).toBe(longer.length - 1)

      lab.relay.beHonest()
      const released = async () => (await lab.entries()).map(payloadOf).filter(({ kind }) => kind === 'key-release')
      const sofar = (await released()).length
      const body = await lab.requestBody()
      const notAfter = new Date(Date.now() + hour).toISOString()
      await (await lab.coordinator()).submit(body as never, { notAfter })
      await until('the job is on record', async () =>
        (await lab.entries()).map(payloadOf).some(({ kind, seq }) => kind === 'job' && Number(seq) > 0)
          ? true
          : undefined,
      )
      for (const node of lab.nodes) {
        await node.stop()
        await node.start()
        expect((await node.status()).frozen.length).toBeGreaterThan(0)
      }
      expect(await released()).toHaveLength(sofar)
    },
    4 * minutes,
  )

  it(
    'attack 22: of two logs for two nodes each neither gets a quorum, and what a node has seen names the fork',
    async () => {
      await lab.back('delivered')
      const size = (await lab.entries()).length
      for (const party of parties) await reaches(party, size)
      const usual = await lab.requestBody()
      const [first, second] = [await lab.forgeLog(), await lab.forgeLog()]
      lab.relay.on(first.servedTo(['gemeente', 'politie']))
      lab.relay.on(second.servedTo(['ggd', 'school']))
      first.append(proposal(first, 'VOOR-1-EN-2'))
      second.append(proposal(second, 'VOOR-3-EN-4'))
      const notAfter = new Date(Date.now() + hour).toISOString()
      const asked = first.sign(usual as never, { from: 'coordinator', notAfter }, lab.coordinatorKey)
      first.append(asked)
      const job = { kind: 'job', requestHash: hashOf(asked), jobKemPublicKey: '00'.repeat(1216) }
      first.append(first.sign(job as never, { notAfter: new Date(Date.now() + hour / 2).toISOString() }))
      for (const [log, two] of [
        [first, ['gemeente', 'politie']],
        [second, ['ggd', 'school']],
      ] as const)
        await until('both cosign what they are shown', async () =>
          two.every((party) => cosignedBy(log.note(), party)) ? true : undefined,
        )
      expect([first.quorumNote(), second.quorumNote()]).toEqual([null, null])
      for (const party of parties) expect((await lab.node(party).status()).log.quorumSize).toBeLessThanOrEqual(size)
      for (const party of ['gemeente', 'politie'])
        expect(await inTheWay(party, hashOf(asked))).toBe('not_in_checkpoint')
      expect(first.entries.map(payloadOf).filter(({ kind }) => kind === 'key-release')).toEqual([])

      // What ggd says next tells which log it has seen. Whoever is told the other one sees that there are two.
      const [delivery] = await lab.node('ggd').deliveries()
      await lab.node('ggd').decide(`/deliveries/${delivery?.extractId}/withdrawals`, { reason: 'Bezwaar.' })
      const said = await until('ggd has said so', async () =>
        second.entries.find((envelope) => payloadOf(envelope).kind === 'revocation'),
      )
      const fork = { size: size + 1, root: toHex(second.tree.root(size + 1)) }
      expect(payloadOf(said).seen).toEqual(fork)
      expect(fork.root).not.toBe(toHex(first.tree.root(size + 1)))
      expect((await lab.submit('ggd', said)).status).toBe(409)
      first.append(said)
      for (const party of ['gemeente', 'politie']) {
        expect(await freezes(party)).toEqual(['log_entry_invalid'])
        const [kept] = evidenceOf(party)
        expect(kept?.detail).toMatchObject({ code: 'seen_conflict' })
        expect(payloadOf(kept?.detail.entry?.envelope as StatementEnvelope).seen).toEqual(fork)
      }
    },
    3 * minutes,
  )

  it(
    'attack 23: with a checkpoint of more than a day ago no key leaves, however the broker dates its job',
    async () => {
      await lab.back('delivered')
      const gemeente = lab.node('gemeente')
      const broker = await takeOver(lab)
      const now = broker.ask()
      broker.job(now)
      expect((await broker.answerOf('gemeente', now)).kind).toBe('key-release')

      await gemeente.stop()
      // Both dated ahead, so that they would still hold by the clock of a day later.
      const ahead = (ms: number) => new Date(Date.now() + ms).toISOString()
      const body = { ...broker.usual, requestId: '7a'.repeat(16) }
      const header = { from: 'coordinator', issuedAt: ahead(4 * minutes), notAfter: ahead(30 * hour) }
      const asked = broker.log.sign(body as never, header, lab.coordinatorKey)
      broker.log.append(asked)
      broker.job(hashOf(asked), { header: { issuedAt: ahead(24 * hour), notAfter: ahead(24 * hour + 40 * minutes) } })
      const size = broker.log.entries.length
      const quorum = await until('the other three cosign it', async () => {
        const note = broker.log.quorumNote()
        return note !== null && signedState(note).size >= size ? note : undefined
      })
      const frozen = broker.log.entries
        .slice(0, signedState(quorum).size)
        .map((envelope, index) => ({ index, envelope }))
      const notes = jsonReply({ latest: quorum, quorum })
      lab.relay.on({ party: 'gemeente', path: 'log/checkpoints', act: () => notes })
      lab.relay.on({ party: 'gemeente', path: 'log/cosignatures', act: () => notes })
      lab.relay.on({
        party: 'gemeente',
        path: 'log/entries',
        act: ({ query }) => jsonReply({ entries: frozen.slice(Number(query.get('from'))), size: frozen.length }),
      })
      await gemeente.start({ KRUISPUNT_TEST_CLOCK_SHIFT_MS: String(24 * hour + 2 * minutes) })
      // The witnesses' time is a day old: by that alone it knows that something is wrong.
      expect(await inTheWay('gemeente', hashOf(asked))).toBe('clock_differs')
      expect(broker.releases(hashOf(asked)).filter(({ from }) => from === 'gemeente')).toEqual([])
    },
    3 * minutes,
  )

  it(
    'attack 23: a statement of somebody who has seen more than the node is shown raises the alarm',
    async () => {
      await lab.back('delivered')
      const size = (await lab.entries()).length
      await reaches('gemeente', size)
      const shown = await lab.forgeLog()
      lab.relay.on(shown.servedTo('gemeente'))
      await lab.propose({ reference: 'ACHTERGEHOUDEN' })
      await reaches('politie', size + 1)
      await until('politie has cosigned it', async () => {
        const { latest } = jsonOf<{ latest: string }>(await lab.relay.call('politie', 'GET', 'log/checkpoints'))
        return cosignedBy(latest, 'politie') ? true : undefined
      })
      const [delivery] = await lab.node('politie').deliveries()
      await lab.node('politie').decide(`/deliveries/${delivery?.extractId}/withdrawals`, { reason: 'Bezwaar.' })
      const said = (await lab.entries()).find((envelope) => payloadOf(envelope).kind === 'revocation')
      if (said === undefined) throw new Error('nothing was said')
      expect((await lab.node('gemeente').status()).frozen).toEqual([])
      shown.append(said)
      expect(await freezes('gemeente')).toEqual(['log_entry_invalid'])
      const [kept] = evidenceOf('gemeente')
      expect(kept?.detail).toMatchObject({ code: 'seen_conflict' })
      expect((payloadOf(said).seen as { size: number }).size).toBeGreaterThan(size)
    },
    2 * minutes,
  )

  it(
    'attack 26: an entry at another index, or two that changed places, are no log; and no proof fits what it was not made for',
    async () => {
      await lab.back('delivered')
      const size = (await lab.entries()).length
      for (const party of parties) await reaches(party, size)
      type Page = { entries: { index: number; envelope: StatementEnvelope }[]; size: number }
      const asked = new Map<string, number>()
      const changed = (party: string, change: (page: Page) => Page) =>
        lab.relay.on({
          party,
          path: 'log/entries',
          act: async ({ query }, pass) => {
            asked.set(party, (asked.get(party) ?? 0) + 1)
            const page = jsonOf<Page>(await pass())
            const nothing = { entries: [], size: Number(query.get('from')) }
            return jsonReply(page.entries.length < 2 ? nothing : change(page))
          },
        })
      changed('gemeente', ({ entries, size: all }) => ({
        entries: entries.map(({ index, envelope }) => ({ index: index + 1, envelope })),
        size: all,
      }))
      changed('politie', ({ entries, size: all }) => {
        const [left, right, ...rest] = entries
        if (left === undefined || right === undefined) throw new Error('two entries')
        const swapped = [
          { ...left, envelope: right.envelope },
          { ...right, envelope: left.envelope },
        ]
        return { entries: [...swapped, ...rest], size: all }
      })
      // What was asked before the broker lies is answered.
      await until('both ask for more', async () =>
        [...asked.values()].filter((times) => times > 1).length === 2 ? true : undefined,
      )
      for (const reference of ['LINKS', 'RECHTS']) await lab.propose({ reference })
      for (const party of ['gemeente', 'politie']) expect(await freezes(party)).toEqual(['log_entry_invalid'])
      expect(evidenceOf('gemeente')[0]?.detail).toMatchObject({ code: 'index' })
      expect(evidenceOf('politie')[0]?.detail).toMatchObject({ code: 'chain_gap' })
      // Those who were told the truth go on.
      for (const party of ['ggd', 'school']) await reaches(party, size + 2)

      const entries = await lab.entries()
      const { latest } = jsonOf<{ latest: string }>(await lab.relay.call('ggd', 'GET', 'log/checkpoints'))
      const state = signedState(latest)
      const root = fromHex(state.root)
      const leaves = entries.map((envelope) => leafHash(envelopeBytes(envelope)))
      const leafAt = (at: number) => leaves[at] ?? new Uint8Array(32)
      for (let index = 0; index < state.size; index += 1) {
        const reply = await lab.relay.call('ggd', 'GET', `log/inclusion-proofs?index=${index}&size=${state.size}`)
        const proof = jsonOf<{ proof: string[] }>(reply).proof.map(fromHex)
        const claim = { index, size: state.size, leafHash: leafAt(index), proof, root }
        expect([index, verifyInclusion(claim)]).toEqual([index, true])
        const neighbour = index === 0 ? 1 : index - 1
        const probes = {
          'another index': { ...claim, index: neighbour },
          'an index outside': { ...claim, index: state.size },
          'half the size': { ...claim, size: Math.max(1, Math.floor(state.size / 2)) },
          'another leaf': { ...claim, leafHash: leafAt(neighbour) },
          'no proof': { ...claim, proof: [] },
          'a hash more': { ...claim, proof: [...proof, leafAt(neighbour)] },
          'a hash fewer': { ...claim, proof: proof.slice(0, -1) },
          'the other way round': { ...claim, proof: [...proof].reverse() },
          'left for right': { ...claim, leafHash: proof[0] ?? root, proof: [leafAt(index), ...proof.slice(1)] },
          'a node for a leaf': { ...claim, leafHash: root, proof: [] },
        }
        for (const [what, probe] of Object.entries(probes))
          expect([index, what, verifyInclusion(probe)]).toEqual([index, what, false])
      }
    },
    3 * minutes,
  )

  it(
    'attack 50: what a key said in a place of before, or on another past, is refused, and kept beside what it had said',
    async () => {
      await lab.back('delivered')
      const { node, officer } = await lab.keysOf('ggd')
      const before = await lab.entries()
      const ofKey = before.filter((envelope) => payloadOf(envelope).keyId === node.keyId)
      const [last, older] = [ofKey.at(-1), ofKey.at(-2)]
      if (last === undefined || older === undefined) throw new Error('ggd has said more than that')
      const sign = await lab.forger()
      const body = { kind: 'release-refusal', requestHash: 'ab'.repeat(32), code: 'revoked' } as const
      const { seq, prev } = payloadOf(last) as { seq: number; prev: string }
      const second = {
        older: sign('ggd', [node], body as never, { seq: seq - 1, prev: payloadOf(older).prev }),
        same: sign('ggd', [node], body as never, { seq, prev }),
        unlinked: sign('ggd', [node], body as never, { seq: seq + 1, prev: 'cd'.repeat(32) }),
      }
      const codes = []
      for (const envelope of Object.values(second)) codes.push((await lab.submit('ggd', envelope)).body.code)
      expect(codes).toEqual(['chain_replay', 'chain_fork', 'chain_fork'])
      expect(await lab.entries()).toHaveLength(before.length)
      // The key of an officer has a chain of its own; nothing of all this stands in its way.
      expect(officer.keyId).not.toBe(node.keyId)

      // A broker that puts them in the log all the same.
      const shown = [
        ['gemeente', second.older, older],
        ['politie', second.same, last],
        ['school', second.unlinked, last],
      ] as const
      for (const [party, envelope] of shown) {
        await reaches(party, before.length)
        const forged = await lab.forgeLog()
        forged.append(envelope)
        lab.relay.on(forged.servedTo(party))
      }
      for (const [party, envelope, said] of shown) {
        expect([party, await freezes(party)]).toEqual([party, ['log_entry_invalid']])
        const [kept] = evidenceOf(party)
        expect(kept?.detail.code).toMatch(/^chain_(replay|fork)$/)
        expect(kept?.detail.entry?.envelope).toEqual(envelope)
        expect(kept?.detail.known).toEqual(said)
      }
    },
    3 * minutes,
  )
})
