import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { nodeIn } from '../scenarios/support/hostile/hostile-party.ts'
import { hangUp, jsonOf } from '../scenarios/support/hostile/relay.ts'
import { alteredBody, changeEntries } from '../scenarios/support/hostile/tricks.ts'
import { until } from '../scenarios/support/processes.ts'

const minutes = 60_000
let lab: AttackLab

beforeAll(async () => {
  lab = await startAttackLab({ upTo: 'proposed' })
  await lab.save('proposed')
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

const signAll = () => Promise.all(lab.nodes.map((node) => node.sign(lab.agreement)))
const kinds = async () => (await lab.entries()).map((envelope) => payloadOf(envelope))
const frozen = (party: string) =>
  until(`${party} is frozen`, async () => {
    const { frozen } = await lab.node(party).status()
    return frozen.length > 0 ? frozen.map(({ reason }) => reason) : undefined
  })
const usable = async () => {
  const all = await Promise.all(lab.nodes.map((node) => node.ceremonies()))
  return all.flat().filter(({ keyUsable }) => keyUsable).length
}

describe('a ceremony fits or ends', () => {
  afterEach(() => lab.back('proposed'), 2 * minutes)

  it(
    'attack 1: another KEM key in a relayed commit breaks its signature, and nobody who saw it reveals anything',
    async () => {
      lab.relay.on(
        changeEntries('gemeente', (envelope) =>
          payloadOf(envelope).kind === 'salt-commit' && payloadOf(envelope).from === 'politie'
            ? alteredBody(envelope, { kemPublicKey: '5a'.repeat(1216) })
            : envelope,
        ),
      )
      await signAll()
      expect(await frozen('gemeente')).toEqual(['log_entry_invalid'])
      expect((await kinds()).filter(({ kind, from }) => kind === 'salt-reveal' && from === 'gemeente')).toEqual([])
      expect(await usable()).toBe(0)
    },
    2 * minutes,
  )

  it(
    'attack 7: a confirm that never comes leaves nobody a key, and nothing can be prepared with one',
    async () => {
      const dropped = new Promise<void>((resolve) =>
        lab.relay.on({
          party: 'ggd',
          path: 'statements',
          act: (call, pass) => {
            const { envelope } = jsonOf<{ envelope: Parameters<typeof payloadOf>[0] }>(call)
            if (payloadOf(envelope).kind !== 'salt-confirm') return pass()
            resolve()
            return hangUp
          },
        }),
      )
      await signAll()
      await dropped
      await until('the others confirmed', async () =>
        (await kinds()).filter(({ kind }) => kind === 'salt-confirm').length === 2 ? true : undefined,
      )
      expect(await usable()).toBe(0)
      const { folder } = lab.node('politie')
      await lab.node('politie').stop()
      const stopped = await nodeIn(folder)
      expect(() => stopped.deliveries.pseudonymKey(lab.agreement, 1)).toThrow(
        expect.objectContaining({ code: 'ceremony_not_complete' }),
      )
      await stopped.close()
      await expect(lab.node('gemeente').deliver('bsn,bekend\n123456782,ja')).rejects.toThrow(/key|ceremony/)
    },
    2 * minutes,
  )

  it(
    'control: the same lab, left alone, has a key that all share',
    async () => {
      await signAll()
      await lab.untilKeyed(lab.agreement)
      expect(await usable()).toBe(3)
    },
    2 * minutes,
  )
})
