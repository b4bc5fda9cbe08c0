import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgreementId, ExtractStatement, StatementBody } from '@kruispunt/contracts'
import { generateKemKeyPair, generateSigningSeed, signingKeyFromSeed } from '@kruispunt/crypto'
import { openCommittedColumn } from '@kruispunt/extracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnFile } from '../../services/broker/src/blobs/column-store.ts'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { type TakenOver, takeOver } from '../scenarios/support/hostile/taken-over.ts'
import { alteredBody } from '../scenarios/support/hostile/tricks.ts'
import { command } from '../scenarios/support/processes.ts'

const minutes = 60_000
const hour = 3_600_000
let lab: AttackLab
/** An agreement that asks for two approvals a request, where every party has one officer. */
let ofTwo: AgreementId
let broker: TakenOver

beforeAll(async () => {
  lab = await startAttackLab({
    upTo: 'delivered',
    agreement: ({ parties }) => ({
      parties: parties.map((party) => (party.id === 'gemeente' ? { ...party, approval: 'per-request' } : party)),
    }),
  })
  const { parties } = lab.document
  ofTwo = await lab.propose({
    reference: 'PROEF-2',
    parties: parties.map((party) => (party.id === 'gemeente' ? { ...party, approvers: 2 } : party)),
  })
  await Promise.all(lab.nodes.map((node) => node.sign(ofTwo)))
  await lab.untilKeyed(ofTwo)
  await lab.node('gemeente').deliver('bsn,bekend\n123456782,ja', { agreement: ofTwo })
  await lab.save('delivered')
  broker = await takeOver(lab)
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

const extractOf = (party: string) =>
  broker.said('extract').find((statement) => statement.party === party) as unknown as ExtractStatement

describe('a key leaves for one approved job', () => {
  it(
    'control: with the approval that was agreed, all three release',
    async () => {
      const requestHash = broker.ask()
      expect((await broker.approve('gemeente', requestHash)).status).toBe(200)
      const { kem } = broker.job(requestHash)
      for (const party of lab.parties) {
        const release = await broker.answerOf(party, requestHash)
        expect(release.kind).toBe('key-release')
        expect(broker.opened(release, kem).map(({ column }) => column)).toEqual(release.columns)
      }
    },
    2 * minutes,
  )

  it(
    'attack 29: a box holds the keys of the columns asked for, and with them nothing else opens',
    async () => {
      const extracts = broker.usual.extracts.map((asked) => ({
        ...asked,
        columns: asked.columns.filter((name) => name !== `${asked.party}.bekend`),
      }))
      const requestHash = broker.ask({ extracts })
      await broker.approve('gemeente', requestHash)
      const { kem } = broker.job(requestHash)
      const release = await broker.answerOf('gemeente', requestHash)
      const keys = broker.opened(release, kem)
      const extract = extractOf('gemeente')
      const asked = extracts.find(({ party }) => party === 'gemeente')?.columns
      expect(keys.map(({ column }) => column)).toEqual(asked)
      const outside = extract.columns.filter(({ name }) => !asked?.includes(name))
      expect(outside.map(({ name }) => name)).toEqual(['gemeente.bekend'])

      const open = (column: string, key: Uint8Array) => {
        const header = extract.columns.find(({ name }) => name === column)
        if (header === undefined) throw new Error('no such column')
        const { extractId, epoch, party } = extract
        return openCommittedColumn({
          place: { agreementId: extract.agreement, epoch, party, extractId, column },
          key,
          header,
          ciphertext: readFileSync(columnFile(join(lab.broker.dataDir, 'columns'), extractId, column)),
        })
      }
      for (const { column, key } of keys) expect((await open(column, key)).length).toBeGreaterThan(0)
      for (const { key } of keys)
        await expect(open('gemeente.bekend', key)).rejects.toMatchObject({ code: 'wrong_commitment' })
    },
    2 * minutes,
  )

  it(
    'attack 28: the key of one job serves no other, and a job that is over or too long gets nothing',
    async () => {
      const kem = generateKemKeyPair()
      const first = broker.ask()
      await broker.approve('gemeente', first)
      broker.job(first, { kem })
      expect((await broker.answerOf('gemeente', first)).kind).toBe('key-release')

      const second = broker.ask()
      await broker.approve('gemeente', second)
      broker.job(second, { kem })
      for (const party of lab.parties)
        expect(await broker.answerOf(party, second)).toMatchObject({ kind: 'release-refusal', code: 'job_key_used' })

      const third = broker.ask()
      await broker.approve('gemeente', third)
      const past = (ago: number) => new Date(Date.now() - ago).toISOString()
      broker.job(third, { header: { issuedAt: past(hour), notAfter: past(60_000) } })
      for (const party of lab.parties)
        expect(await broker.answerOf(party, third)).toMatchObject({ kind: 'release-refusal', code: 'job_expired' })

      const fourth = broker.ask()
      await broker.approve('gemeente', fourth)
      const ahead = (ms: number) => new Date(Date.now() + ms).toISOString()
      broker.job(fourth, { header: { issuedAt: ahead(3 * hour), notAfter: ahead(3.5 * hour) } })
      for (const party of lab.parties)
        expect(await broker.answerOf(party, fourth)).toMatchObject({ kind: 'release-refusal', code: 'job_too_long' })
    },
    3 * minutes,
  )

  it(
    'attack 27: programs of one node that race for one job give one release',
    async () => {
      const requestHash = broker.ask()
      await broker.approve('gemeente', requestHash)
      broker.job(requestHash)
      const env = { KRUISPUNT_NODE_FOLDER: lab.node('politie').folder }
      const raced = await Promise.all([1, 2].map(() => command('node', ['status'], env)))
      for (const { code } of raced) expect(code).toBe(0)
      for (const party of lab.parties) expect((await broker.answerOf(party, requestHash)).kind).toBe('key-release')
      await Promise.all([1, 2].map(() => command('node', ['status'], env)))
      expect(broker.releases(requestHash).map(({ from }) => from)).toHaveLength(3)
      expect(new Set(broker.releases(requestHash).map(({ from }) => from)).size).toBe(3)
    },
    3 * minutes,
  )

  it(
    'attack 16: an officer counts once, and a coordinator’s own approval counts for nothing',
    async () => {
      const requestHash = broker.ask(await broker.of(ofTwo))
      const first = await broker.approve('gemeente', requestHash)
      expect(first.status).toBe(200)
      // Asking again signs nothing new, and another statement by the same hand is refused.
      expect((await broker.approve('gemeente', requestHash)).body).toEqual(first.body)
      const { officer } = await lab.keysOf('gemeente')
      const body = { kind: 'request-approval', requestHash, decision: 'approved', reason: null } as StatementBody
      const again = broker.log.sign(body, { from: 'gemeente' }, officer)
      expect(() => broker.log.record.check(again)).toThrow(expect.objectContaining({ code: 'already_decided' }))
      const { requests } = broker.log.record.state
      expect(requests.get(requestHash)?.approvals.size).toBe(1)
      // Nothing is released: the log itself does not hold a job for it, see the end of this file.
      expect(broker.releases(requestHash)).toEqual([])
    },
    2 * minutes,
  )
})

describe('what no log may hold freezes who is shown it, and nothing leaves', () => {
  /** Shows one node one more entry, on top of the log that all have seen. */
  async function shownTo(party: string, ...entries: readonly Parameters<TakenOver['log']['append']>[0][]) {
    const before = broker.said('key-release').length
    const own = await lab.forgeLog(broker.log.entries)
    for (const entry of entries) own.append(entry)
    lab.relay.on(own.servedTo(party))
    expect(await broker.freezes(party)).toEqual(['log_entry_invalid'])
    expect(own.entries.slice(broker.log.entries.length + entries.length)).toEqual([])
    expect(broker.said('key-release')).toHaveLength(before)
  }

  it(
    'attack 14: an approval by the key of the broker, or by one that is in no roster, is none',
    async () => {
      const requestHash = broker.ask()
      const approval = { kind: 'request-approval', requestHash, decision: 'approved', reason: null } as StatementBody
      const session = signingKeyFromSeed(generateSigningSeed())
      const { node } = await lab.keysOf('gemeente')
      for (const [key, from] of [
        [lab.keys.brokerKey, 'gemeente'],
        [lab.keys.brokerKey, 'broker'],
        [session, 'gemeente'],
        [node, 'gemeente'],
        [lab.coordinatorKey, 'coordinator'],
      ] as const)
        expect(() => broker.log.record.check(broker.log.sign(approval, { from }, key))).toThrow()
      await shownTo('politie', broker.log.sign(approval, { from: 'gemeente' }))
      // A row in the broker's own tables is no approval either: there is no such table, and without one on record there is no job.
      await shownTo('ggd', broker.log.sign({ ...jobBody(requestHash) }, inHalfAnHour()))
    },
    2 * minutes,
  )

  it(
    'attack 15: an approval of one request does not become one of another that differs in one word',
    async () => {
      const a = broker.ask()
      const b = broker.ask({ question: 'Een proef.' })
      expect((await broker.approve('gemeente', a)).status).toBe(200)
      const approval = broker.log.entries.at(-1)
      if (approval === undefined) throw new Error('no approval')
      const moved = alteredBody(approval, { requestHash: b })
      expect(() => broker.log.record.check(moved)).toThrow()
      await shownTo('gemeente', moved, broker.log.sign(jobBody(b), inHalfAnHour()))
      expect(broker.releases(b)).toEqual([])
    },
    2 * minutes,
  )

  it(
    'attack 16: a job with one approval of the two that were agreed is no job, whoever else approved',
    async () => {
      await lab.back('delivered')
      broker = await takeOver(lab)
      const requestHash = broker.ask(await broker.of(ofTwo))
      expect((await broker.approve('gemeente', requestHash)).status).toBe(200)
      const body = { kind: 'request-approval', requestHash, decision: 'approved', reason: null } as StatementBody
      for (const party of ['politie', 'ggd']) {
        const { officer } = await lab.keysOf(party)
        expect(() => broker.log.record.check(broker.log.sign(body, { from: party }, officer))).toThrow()
      }
      await shownTo('gemeente', broker.log.sign(jobBody(requestHash), inHalfAnHour()))
    },
    2 * minutes,
  )

  it(
    'attack 28: a job that another key than the pinned one signed is no job',
    async () => {
      const requestHash = broker.ask({ extracts: broker.usual.extracts.filter(({ party }) => party !== 'gemeente') })
      const other = signingKeyFromSeed(generateSigningSeed())
      await shownTo('politie', broker.log.sign(jobBody(requestHash), inHalfAnHour(), other))
      expect(broker.releases(requestHash)).toEqual([])
    },
    2 * minutes,
  )

  it(
    'attack 29: a request for a column that was not delivered, or was never agreed, is no request',
    async () => {
      const extracts = broker.usual.extracts.map((asked) => ({ ...asked, columns: [...asked.columns, 'naam'] }))
      const body = { ...broker.usual, extracts } as StatementBody
      const header = { from: 'coordinator', notAfter: inHalfAnHour().notAfter }
      await shownTo('ggd', broker.log.sign(body, header, lab.coordinatorKey))
    },
    2 * minutes,
  )

  const jobBody = (requestHash: string) =>
    ({ kind: 'job', requestHash, jobKemPublicKey: '00'.repeat(1216) }) as StatementBody
  const inHalfAnHour = () => ({ notAfter: new Date(Date.now() + hour / 2).toISOString() })
})
