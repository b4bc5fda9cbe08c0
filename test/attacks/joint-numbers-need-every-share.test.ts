import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgreementId, ExtractStatement, StatementBody } from '@kruispunt/contracts'
import { concatBytes, sha256, toHex, utf8 } from '@kruispunt/crypto'
import { generatorTimes, groupReady, randomScalars } from '@kruispunt/crypto/group'
import { columnKey, openCommittedColumn } from '@kruispunt/extracts'
import { usableCeremony } from '@kruispunt/lab-record'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { blindBatch, evaluateBatch, finishBatch, oprfInputs } from '@kruispunt/pseudonyms/oprf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnFile } from '../../services/broker/src/blobs/column-store.ts'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { type NodeSecrets, secretsIn } from '../scenarios/support/hostile/node-secrets.ts'
import { citizenNumbers, fileOf } from '../scenarios/support/hostile/people.ts'
import { createPuppet, type Puppet } from '../scenarios/support/hostile/puppet.ts'
import { until } from '../scenarios/support/processes.ts'

const minutes = 60_000
/** Politie may have so many records: its budget at each other party is 704 elements. */
const mostRecords = 640
let lab: AttackLab
let salted: AgreementId
const secrets = new Map<string, NodeSecrets>()
/** Far more people than are in any file: the toy space that is searched as a whole. */
const space = citizenNumbers(1500)
const inFile = (from: number) => space.slice(from, from + 40)

beforeAll(async () => {
  await groupReady()
  lab = await startAttackLab({
    upTo: 'delivered',
    agreement: ({ parties }) => ({
      pseudonymMode: 'joint-oprf',
      parties: parties.map((party) => (party.id === 'politie' ? { ...party, maxRecords: mostRecords } : party)),
    }),
    numbersOf: (_party, at) => inFile(at * 20),
  })
  salted = await lab.propose({ reference: 'PROEF-2', pseudonymMode: 'salted' })
  await Promise.all(lab.nodes.map((node) => node.sign(salted)))
  await lab.untilKeyed(salted)
  await lab.node('gemeente').deliver(fileOf(inFile(0)), { agreement: salted })
  for (const { party, folder } of lab.nodes)
    secrets.set(party, await secretsIn(lab.copyOf(folder, party), lab.passphraseOf(party)))
}, 6 * minutes)
afterAll(() => lab?.stop(), minutes)

/** K_pseudonym, K_oprfInput and the share, as they lie in a node. */
function keysOf(party: string, agreement: AgreementId) {
  const key = secrets.get(party)?.epochKeys.find((one) => one.agreement === agreement)?.key
  if (key === undefined) throw new Error('no key')
  return { pseudonym: key.slice(0, 32), input: key.slice(32, 64), share: key.slice(64) }
}

/** The plaintext tokens of gemeente's citizen numbers, as a broker sees them while a job runs. */
async function plainTokens(agreement: AgreementId): Promise<Set<string>> {
  const extract = (await lab.entries())
    .map(payloadOf)
    .find((one) => one.kind === 'extract' && one.from === 'gemeente' && one.agreement === agreement)
  const { columns, epoch, extractId, party } = extract as unknown as ExtractStatement
  const header = columns.find(({ name }) => name === 'token:B1')
  const root = secrets.get('gemeente')?.extracts.find((one) => one.extractId === extractId)?.root
  if (header === undefined || root === undefined) throw new Error('no extract')
  const ciphertext = readFileSync(columnFile(join(lab.broker.dataDir, 'columns'), extractId, header.name))
  const place = { agreementId: agreement, epoch, party, extractId, column: header.name }
  const bytes = await openCommittedColumn({ place, key: columnKey(root, extractId, header.name), ciphertext, header })
  return new Set(Array.from({ length: bytes.length / 16 }, (_, row) => toHex(bytes.subarray(row * 16, row * 16 + 16))))
}

/** Tokens of the whole space under these shares. */
function tokensUnder(shares: readonly Uint8Array[], { pseudonym, input }: ReturnType<typeof keysOf>): string[] {
  const { secrets: hidden, elements } = blindBatch(oprfInputs(input, utf8(space.join(''))))
  const outputs = finishBatch(
    hidden,
    shares.map((share) => evaluateBatch(elements, share)),
  )
  const maker = createTokenMaker(pseudonym)
  return space.map((_, at) => {
    const token = new Uint8Array(16)
    maker.tokensInto('B1', outputs.slice(at * 64, at * 64 + 64), Uint32Array.of(0, 64), token, 0)
    return toHex(token)
  })
}

const batchesOnRecord = async () => {
  const agreement = (await lab.record()).state.agreements.get(lab.agreement)
  return [...((agreement && usableCeremony(agreement)?.batches.values()) ?? [])]
}

describe('joint numbers need every share', () => {
  it(
    'control: an honest lab links on joint numbers',
    async () => {
      const job = await lab.openJob()
      expect(job.state).toBe('open')
      for (const { answer } of await batchesOnRecord()) expect(answer?.statement.kind).toBe('oprf-evaluation')
      expect(await batchesOnRecord()).toHaveLength(6)
    },
    2 * minutes,
  )

  it('attack 38: neither the broker nor an evaluator sees one element in two batches, though the people are the same', () => {
    const sent = lab.relay.traffic.filter(({ call }) => call.method === 'PUT' && call.path.startsWith('elements/'))
    const bodies = new Map(sent.map(({ call }) => [call.path, call.body]))
    const elements = [...bodies.values()].flatMap((body) =>
      Array.from({ length: body.length / 32 }, (_, at) => body.toString('latin1', at * 32, at * 32 + 32)),
    )
    // Three batches of 40 people, of whom neighbours share 20, with 64 canaries; and two answers to each.
    expect(bodies.size).toBe(9)
    expect(elements).toHaveLength(9 * 104)
    expect(new Set(elements).size).toBe(elements.length)
  })

  it('attack 34: with the salt, the tokens and all shares but one, searching the whole space finds nobody', async () => {
    const tokens = await plainTokens(lab.agreement)
    const own = keysOf('politie', lab.agreement)
    const others = [own.share, keysOf('ggd', lab.agreement).share]
    expect(tokensUnder(others, own).filter((token) => tokens.has(token))).toEqual([])
    expect(space.filter((number) => tokens.has(toHex(createTokenMaker(own.pseudonym).token('B1', number))))).toEqual([])
  })

  it('attack 34: with every share the same search finds everybody, and in salted mode the salt alone does', async () => {
    const own = keysOf('politie', lab.agreement)
    const all = lab.parties.map((party) => keysOf(party, lab.agreement).share)
    const tokens = await plainTokens(lab.agreement)
    const found = tokensUnder(all, own).flatMap((token, at) => (tokens.has(token) ? [space[at]] : []))
    expect(found).toEqual(inFile(0))
    const plain = await plainTokens(salted)
    const maker = createTokenMaker(keysOf('politie', salted).pseudonym)
    expect(space.filter((number) => plain.has(toHex(maker.token('B1', number))))).toEqual(inFile(0))
  })

  describe('with a hostile partner', () => {
    let politie: Puppet
    beforeAll(async () => {
      politie = await createPuppet(lab, 'politie')
    }, 2 * minutes)
    afterAll(() => politie?.stop())

    /** Puts elements at the broker as politie's client. */
    async function put(elements: Uint8Array): Promise<string> {
      const digest = toHex(sha256(elements))
      const reply = await lab.relay.call('politie', 'PUT', `elements/${digest}`, Buffer.from(elements))
      expect(reply.status).toBe(200)
      return digest
    }
    const batchBody = (digest: string, count: number): StatementBody<'oprf-batch'> => ({
      kind: 'oprf-batch',
      agreement: lab.agreement,
      epoch: 1,
      to: 'gemeente' as StatementBody<'oprf-batch'>['to'],
      count,
      sha256: digest,
    })
    /** Asks gemeente, and waits for what it says. */
    async function ask(elements: Uint8Array) {
      const digest = await put(elements)
      const said = await politie.say(batchBody(digest, elements.length / 32))
      expect(said.status).toBe(200)
      const answer = await until('gemeente answers', async () => {
        const batch = (await batchesOnRecord()).find(({ recorded }) => recorded.statement.sha256 === digest)
        return batch?.answer?.statement
      })
      return answer.kind === 'oprf-refusal' ? answer.code : answer.kind
    }
    const elements = (count: number) => generatorTimes(randomScalars(count))
    const withLast = (last: Uint8Array) => concatBytes(elements(63), last)

    it(
      'attack 36: a batch with an element that is none, the identity, or one twice is refused as a whole, on record',
      async () => {
        const [one] = [elements(1)]
        expect(await ask(withLast(new Uint8Array(32).fill(0xff)))).toBe('elements_invalid')
        expect(await ask(withLast(new Uint8Array(32)))).toBe('elements_invalid')
        expect(await ask(concatBytes(elements(62), one, one))).toBe('elements_invalid')
        // Another length than announced does not even get on record.
        const digest = await put(elements(3))
        expect((await politie.say(batchBody(digest, 4))).body.code).toBe('elements_missing')
        const ragged = Buffer.alloc(33, 1)
        const reply = await lab.relay.call('politie', 'PUT', `elements/${toHex(sha256(ragged))}`, ragged)
        expect(reply.status).toBe(200)
        expect((await politie.say(batchBody(toHex(sha256(ragged)), 1))).body.code).toBe('elements_missing')
      },
      4 * minutes,
    )

    it(
      'attack 35: one element over the budget is refused in one batch and in many, and everybody can see it',
      async () => {
        const used = 40 + 64
        const budget = 704
        expect(await ask(elements(budget - used + 1))).toBe('budget_spent')
        expect(await ask(elements(300))).toBe('oprf-evaluation')
        expect(await ask(elements(budget - used - 300 + 1))).toBe('budget_spent')
        expect(await ask(elements(budget - used - 300))).toBe('oprf-evaluation')
        expect(await ask(elements(1))).toBe('budget_spent')
        const refusals = (await lab.entries())
          .map(payloadOf)
          .filter(({ kind, code }) => kind === 'oprf-refusal' && code === 'budget_spent')
        expect(refusals.map(({ from, to }) => [from, to])).toEqual(Array(3).fill(['gemeente', 'politie']))
        // The third partner, which had no part in it, has them in its own copy of the log.
        await until('ggd has the whole log', async () =>
          (await lab.node('ggd').status()).log.size >= (await lab.entries()).length ? true : undefined,
        )
      },
      4 * minutes,
    )

    /** Answers the next batch of this party as politie, with elements changed as told. */
    async function evaluate(victim: string, change: (evaluation: Uint8Array, elements: Uint8Array) => Uint8Array) {
      const batch = await until(`${victim} asks politie`, async () =>
        (await batchesOnRecord()).find(
          ({ recorded: { statement }, answer }) =>
            statement.from === victim && statement.to === 'politie' && answer === undefined,
        ),
      )
      const { statement, hash } = batch.recorded
      const fetched = await lab.relay.call('politie', 'GET', `elements/${victim}/${statement.sha256}`)
      const sent = Uint8Array.from(fetched.body)
      const evaluation = change(evaluateBatch(sent, keysOf('politie', lab.agreement).share), sent)
      const said = await politie.say({
        kind: 'oprf-evaluation',
        agreement: lab.agreement,
        epoch: 1,
        to: victim as StatementBody<'oprf-evaluation'>['to'],
        batch: hash,
        count: statement.count,
        sha256: await put(evaluation),
      })
      expect(said.status).toBe(200)
      return hash
    }

    // One twentieth is tried in packages/pseudonyms, where it can be repeated: it stays unseen in 4 of 100 batches. A fifth
    // does so in one of a million.
    it.each([
      ['gemeente', 'all', 1],
      ['ggd', 'a fifth', 5],
    ] as const)(
      'attack 37: to %s an evaluator uses another share for %s of the elements: it is named and the batch thrown away',
      async (victim, _, every) => {
        const other = randomScalars(1)
        const delivering = lab.node(victim).deliver(fileOf(inFile(800)), { agreement: lab.agreement, send: false })
        const outcome = expect(delivering).rejects.toThrow(/oprf_evaluator_failed/)
        const batch = await evaluate(victim, (evaluation, sent) => {
          const wrong = evaluateBatch(sent, other)
          for (let at = 0; at * 32 < evaluation.length; at += every)
            evaluation.set(wrong.subarray(at * 32, at * 32 + 32), at * 32)
          return evaluation
        })
        await outcome
        const alarm = (await batchesOnRecord()).find(({ recorded }) => recorded.hash === batch)?.alarm?.statement
        expect(alarm).toMatchObject({ from: victim, accused: 'politie', code: 'canary_differs' })
        // Nothing was made of it, and nothing more is asked of that partner under this key.
        expect((await lab.node(victim).deliveries()).filter(({ state }) => state === 'prepared')).toEqual([])
        const again = lab.node(victim).deliver(fileOf(inFile(800)), { agreement: lab.agreement, send: false })
        await expect(again).rejects.toThrow(/oprf_evaluator_failed/)
      },
      4 * minutes,
    )
  })
})
