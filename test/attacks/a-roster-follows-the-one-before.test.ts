/** A broker, or a minority of partners, that puts another roster forward: no node takes over a key by it. */
import type { RosterDocument, StatementBody } from '@kruispunt/contracts'
import { generateSigningSeed, type SigningKey, signingKeyFromSeed, toHex } from '@kruispunt/crypto'
import { documentHash } from '@kruispunt/statements'
import { quorumOf } from '@kruispunt/transparency-log'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { evidenceIn } from '../scenarios/support/hostile/evidence-of.ts'
import { until } from '../scenarios/support/processes.ts'

const minutes = 60_000
const day = 86_400_000
const parties = ['gemeente', 'politie', 'ggd', 'school'] as const
let lab: AttackLab

beforeAll(async () => {
  lab = await startAttackLab({ upTo: 'accepted', parties })
  // A second one in force, so that there is something to go back to.
  lab.fixRoster()
  for (const party of ['gemeente', 'politie', 'ggd'] as const) await lab.node(party).acceptNext()
  for (const party of parties) await version(party, 2)
  await lab.save('second')
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

const version = (party: string, wanted: number) =>
  until(`${party} has roster ${wanted}`, async () =>
    (await lab.node(party).status()).rosterVersion === wanted ? true : undefined,
  )
const freezes = (party: string) =>
  until(`${party} freezes`, async () => ((await lab.node(party).status()).frozen.length > 0 ? true : undefined))
const codeOf = async (party: string) => {
  await freezes(party)
  const [kept] = evidenceIn(lab.node(party).folder)
  expect(kept?.reason).toBe('log_entry_invalid')
  return kept?.detail.code
}
type Log = Awaited<ReturnType<AttackLab['forgeLog']>>
const inForce = (log: Log) => {
  const { roster } = log.record.state
  if (roster === undefined) throw new Error('no roster')
  return roster
}
/** A roster that follows the one in force, but for what is changed in it. */
function follower(log: Log, change: Partial<RosterDocument> = {}): RosterDocument {
  const { document, hash } = inForce(log)
  const expires = new Date(Date.now() + 400 * day).toISOString()
  return { ...document, version: document.version + 1, prev: hash, expires, ...change } as RosterDocument
}
const putForward = (log: Log, document: RosterDocument) =>
  log.append(log.sign({ kind: 'roster', document } as StatementBody))
const publicPart = (key: SigningKey) => ({ keyId: key.keyId, publicKey: toHex(key.publicKey) })

describe('a roster follows the one before', () => {
  const wrong: readonly (readonly [string, string, (log: Log) => Partial<RosterDocument>])[] = [
    ['an earlier version', 'roster_rollback', (log) => log.record.state.rosters[0]?.document ?? {}],
    ['this version once more', 'roster_rollback', (log) => ({ version: inForce(log).document.version })],
    ['two versions on, as if one had been between', 'roster_skipped', () => ({ version: 4, prev: 'ab'.repeat(32) })],
    ['a version far ahead', 'roster_fast_forward', () => ({ version: 900_000 })],
    ['one that follows another past', 'roster_prev_differs', () => ({ prev: 'ab'.repeat(32) })],
    ['one that is over', 'roster_expired', () => ({ expires: new Date(Date.now() - day).toISOString() })],
    ['one with a threshold of one', 'roster_invalid', () => ({ threshold: 1 })],
    ['one with a quorum of one', 'roster_invalid', () => ({ quorum: 1 })],
  ]

  it(
    'attack 43: an earlier version, one that was skipped to, one far ahead, or one that is over is refused by whoever is shown it',
    async () => {
      const queue = [...wrong]
      while (queue.length > 0) {
        const shown = new Map(parties.map((party) => [party, queue.shift()]))
        for (const [party, attack] of shown) {
          if (attack === undefined) continue
          const log = await lab.forgeLog()
          putForward(log, follower(log, attack[2](log)))
          lab.relay.on(log.servedTo(party))
        }
        for (const [party, attack] of shown)
          if (attack !== undefined) {
            expect([attack[0], await codeOf(party)]).toEqual([attack[0], attack[1]])
            expect((await lab.node(party).status()).rosterVersion).toBe(2)
          }
        // The real broker refuses them too, whoever signs.
        for (const [, attack] of shown)
          if (attack !== undefined) {
            const { officer } = await lab.keysOf('gemeente')
            const log = await lab.forgeLog()
            const body = { kind: 'roster', document: follower(log, attack[2](log)) } as StatementBody
            const { status } = await lab.submit('gemeente', (await lab.forger())('gemeente', [officer], body))
            expect([attack[0], status >= 400 && status < 500]).toEqual([attack[0], true])
          }
        await lab.back('second')
      }
    },
    5 * minutes,
  )

  it(
    'attack 43: below the threshold, or with a new key that has not signed, the roster in force stays, and nothing counts under the other',
    async () => {
      // The broker wants the node of ggd to be one of its own.
      const own = signingKeyFromSeed(generateSigningSeed())
      const document = (log: Log) =>
        follower(log, {
          parties: inForce(log).document.parties.map((party) =>
            party.id === 'ggd' ? { ...party, nodeKey: publicPart(own) as typeof party.nodeKey } : party,
          ),
        })
      const accepting = async (log: Log, who: readonly string[]) => {
        const next = document(log)
        putForward(log, next)
        const rosterHash = documentHash('roster', next)
        for (const party of who) {
          const { officer, node, witness } = await lab.keysOf(party)
          const sign = await lab.forger()
          log.append(sign(party, [officer, node, witness], { kind: 'roster-acceptance', rosterHash }))
        }
        // Said by the node that it put there, under the roster that it put forward.
        const said = { kind: 'key-destroyed', extractIds: ['ab'.repeat(16)] } as unknown as StatementBody
        const sign = await lab.forger()
        return { claim: sign('ggd', [own], said, { roster: rosterHash }), size: log.entries.length }
      }
      const two = await lab.forgeLog()
      const three = await lab.forgeLog()
      const belowThreshold = await accepting(two, ['gemeente', 'politie'])
      const unproven = await accepting(three, ['gemeente', 'politie', 'school'])
      // Who signed knows what it signed; it is shown to those who did not.
      lab.relay.on(two.servedTo('school'))
      lab.relay.on(three.servedTo('ggd'))
      for (const [party, log, { claim, size }, code] of [
        ['school', two, belowThreshold, 'roster_below_threshold'],
        ['ggd', three, unproven, 'roster_key_unproven'],
      ] as const) {
        await until(`${party} has read it`, async () =>
          (await lab.node(party).status()).log.size >= size ? true : undefined,
        )
        expect(await lab.node(party).status()).toMatchObject({ rosterVersion: 2, frozen: [] })
        log.append(claim)
        expect(await codeOf(party)).toBe(code)
        expect((await lab.node(party).status()).rosterVersion).toBe(2)
      }
      await lab.back('second')
    },
    3 * minutes,
  )

  it(
    'control: the same change with all its signatures is in force',
    async () => {
      const log = await lab.forgeLog()
      const own = signingKeyFromSeed(generateSigningSeed())
      const next = follower(log, {
        parties: inForce(log).document.parties.map((party) =>
          party.id === 'ggd' ? { ...party, nodeKey: publicPart(own) as typeof party.nodeKey } : party,
        ),
      })
      expect(next.quorum).toBe(quorumOf(4))
      lab.relay.on(log.servedTo('school'))
      putForward(log, next)
      const rosterHash = documentHash('roster', next)
      for (const party of ['gemeente', 'politie', 'ggd']) {
        const { officer, node, witness } = await lab.keysOf(party)
        const sign = await lab.forger()
        const nodeKey = party === 'ggd' ? own : node
        log.append(sign(party, [officer, nodeKey, witness], { kind: 'roster-acceptance', rosterHash }))
      }
      await version('school', 3)
      expect((await lab.node('school').status()).frozen).toEqual([])
    },
    2 * minutes,
  )

  it(
    'attack 43: a roster that is over lets nothing begin: no agreement, no ceremony, no release',
    async () => {
      await lab.back('second')
      const { document } = inForce(await lab.forgeLog())
      const shift = Date.parse(document.expires) - Date.now() + day
      for (const party of ['gemeente', 'politie'] as const) {
        await lab.node(party).stop()
        await lab.node(party).start({ KRUISPUNT_TEST_CLOCK_SHIFT_MS: String(shift) })
      }
      const agreement = await lab.propose({ validUntil: new Date(Date.now() + shift + 30 * day).toISOString() })
      for (const party of ['gemeente', 'politie'] as const)
        await expect(lab.node(party).sign(agreement)).rejects.toThrow(/roster_expired/)
      const kinds = new Set((await lab.record()).state.agreements.get(agreement)?.approvals.keys())
      expect([...kinds]).toEqual([])
    },
    2 * minutes,
  )
})
