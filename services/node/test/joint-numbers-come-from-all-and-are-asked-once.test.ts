import type { PartyId } from '@kruispunt/contracts'
import { toHex, utf8 } from '@kruispunt/crypto'
import { addScalars } from '@kruispunt/crypto/group'
import { oprfBudget, usableCeremony } from '@kruispunt/lab-record'
import { oprfInputs } from '@kruispunt/pseudonyms/oprf'
import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { afterEach, describe, expect, it } from 'vitest'
import { epochSecret } from './support/epoch-secret.ts'
import { type Partner, startKeyedLab } from './support/three-partners.ts'

type Lab = Awaited<ReturnType<typeof startKeyedLab>>
let lab: Lab | undefined
afterEach(async () => {
  await lab?.end()
  lab = undefined
})

const numbers = ['123456782', '111222333', '012345672']
const digitsOf = (...asked: readonly string[]) => utf8(asked.join(''))
const joint = { pseudonymMode: 'joint-oprf' } as const

/** Rounds and work of these partners until somebody stops them. */
function keepWorking(partners: readonly Partner[]): () => Promise<void> {
  let stopped = false
  const run = async () => {
    while (!stopped) {
      for (const { node } of partners) {
        await node.agent.tick().catch(() => undefined)
        await node.evaluate()
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const running = run()
  return async () => {
    stopped = true
    await running
  }
}

async function ask(of: Lab, party: string, digits: Uint8Array, patienceMs = 20_000): Promise<string[]> {
  const outputs = await of
    .partner(party)
    .node.deliveries.jointNumbers({ agreement: of.agreement, epoch: 1, digits, patienceMs })
  return Array.from({ length: outputs.length / 64 }, (_, i) => toHex(outputs.subarray(i * 64, (i + 1) * 64)))
}

const batchesOf = (of: Lab) => {
  const state = of.broker.state().agreements.get(of.agreement)
  return [...((state && usableCeremony(state)?.batches.values()) ?? [])]
}

/** What another implementation of RFC 9497 makes of a number under the key that nobody has. */
async function oracle(of: Lab, number: string): Promise<string> {
  const secrets = await Promise.all(of.all.map(({ folder }) => epochSecret(folder)))
  const whole = Uint8Array.from(
    secrets.map(({ share }): Uint8Array => share).reduce((sum, share) => addScalars(sum, share)),
  )
  const input = Uint8Array.from(oprfInputs(secrets[0]?.inputKey ?? new Uint8Array(), utf8(number)))
  const { blind, blinded } = ristretto255_oprf.oprf.blind(input)
  return toHex(ristretto255_oprf.oprf.finalize(input, blind, ristretto255_oprf.oprf.blindEvaluate(whole, blinded)))
}

describe('joint numbers come from all, and are asked once', () => {
  it('are those of the whole key, the same at every party, and stay known without asking', async () => {
    lab = await startKeyedLab(undefined, joint)
    const stop = keepWorking(lab.all)
    try {
      const [first, second] = [
        await ask(lab, 'gemeente', digitsOf(...numbers)),
        await ask(lab, 'politie', digitsOf(numbers[1] ?? '')),
      ]
      expect(first).toStrictEqual(await Promise.all(numbers.map((number) => oracle(lab as Lab, number))))
      expect(second).toStrictEqual([first[1]])
      // Two batches, each to two others, each answered.
      expect(batchesOf(lab).map(({ answer }) => answer?.statement.kind)).toStrictEqual(Array(4).fill('oprf-evaluation'))
    } finally {
      await stop()
    }
    // With nobody else there: what was asked is not asked again, also after a restart.
    await lab.partner('gemeente').reopen()
    expect(await ask(lab, 'gemeente', digitsOf(...numbers), 0)).toHaveLength(3)
    expect(batchesOf(lab)).toHaveLength(4)
    expect(lab.broker.elements.size).toBeLessThanOrEqual(2)
  })

  it('wait for a party that is away, name it, and go on where they were', async () => {
    lab = await startKeyedLab(undefined, joint)
    const present = lab.all.filter(({ party }) => party !== 'politie')
    let stop = keepWorking(present)
    try {
      await expect(ask(lab, 'gemeente', digitsOf(...numbers), 500)).rejects.toMatchObject({
        code: 'oprf_waiting',
        violations: expect.arrayContaining([{ path: 'politie', message: 'no_answer' }]),
      })
      await stop()
      await lab.partner('gemeente').reopen()
      stop = keepWorking(lab.all)
      expect(await ask(lab, 'gemeente', digitsOf(...numbers))).toHaveLength(3)
      // Asked of each of the two others once, whatever happened in between.
      expect(
        batchesOf(lab)
          .map(({ recorded }) => recorded.statement.to)
          .sort(),
      ).toStrictEqual(['politie', 'woonzorg'])
    } finally {
      await stop()
    }
  })

  it('stop at the budget at the asking side, before anything leaves', async () => {
    const small = (await startKeyedLab(['gemeente', 'politie'], joint)) as Lab
    lab = small
    const document = small.broker.state().agreements.get(small.agreement)?.document
    const most = document?.parties.find(({ id }) => id === ('gemeente' as PartyId))?.maxRecords ?? 0
    const many = Array.from({ length: oprfBudget(most) - 63 }, (_, i) => String(100_000_000 + i))
    await expect(ask(small, 'gemeente', digitsOf(...many))).rejects.toMatchObject({ code: 'oprf_budget_spent' })
    expect(batchesOf(small)).toHaveLength(0)
  })
})
