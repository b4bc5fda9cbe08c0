import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExtractStatement, StatementBody, StatementOf } from '@kruispunt/contracts'
import { concatBytes, fromHex, randomBytes, randomHex, sha256, toHex } from '@kruispunt/crypto'
import {
  columnAad,
  columnKey,
  createColumnSealer,
  keyCommitment,
  openColumn,
  openCommittedColumn,
  sealKeyRelease,
} from '@kruispunt/extracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ciphertextForTwoKeys } from '../../packages/extracts/test/two-keys-one-ciphertext.ts'
import { columnFile } from '../../services/broker/src/blobs/column-store.ts'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { secretsIn } from '../scenarios/support/hostile/node-secrets.ts'
import { citizenNumbers, fileOf } from '../scenarios/support/hostile/people.ts'
import { createPuppet, type Puppet } from '../scenarios/support/hostile/puppet.ts'
import { until } from '../scenarios/support/processes.ts'

const minutes = 60_000
/** Sealed bytes of one whole chunk, and of what stands before the first one (protocol §6). */
const chunk = 64 * 1024 + 17
const header = 24
let lab: AttackLab

beforeAll(async () => {
  // Nine thousand tokens of 16 bytes: two whole chunks and the begin of a third.
  const many = citizenNumbers(9000)
  lab = await startAttackLab({
    upTo: 'delivered',
    agreement: ({ parties }) => ({ parties: parties.map((party) => ({ ...party, maxRecords: 20_000 })) }),
    numbersOf: (party) => (party === 'gemeente' ? many : many.slice(0, 60)),
  })
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

const payloads = async () => (await lab.entries()).map(payloadOf)
const extractOf = async (party: string) =>
  (await payloads()).find(({ kind, party: of }) => kind === 'extract' && of === party) as unknown as ExtractStatement
const pathOf = ({ extractId }: ExtractStatement, column: string) =>
  columnFile(join(lab.broker.dataDir, 'columns'), extractId, column)

async function nothingCameOf(requestId: string) {
  expect((await lab.table(requestId, 'gemeente.bekend', 'politie.bekend')).code).toBe('job_failed')
  const all = await payloads()
  const request = all.find(({ kind, requestId: id }) => kind === 'request' && id === requestId)
  expect(request).toBeDefined()
  expect(all.filter(({ kind }) => kind === 'result')).toEqual([])
}

describe('what does not open opens nothing', () => {
  it(
    'control: the same deliveries, left alone, open',
    async () => {
      const job = await lab.openJob()
      expect(job).toMatchObject({ state: 'open', failure: null })
    },
    2 * minutes,
  )

  it(
    'attack 30: a chunk taken away, swapped, cut off or of another column or extract ends the job without a result',
    async () => {
      const gemeente = await extractOf('gemeente')
      const politie = await extractOf('politie')
      const tokens = pathOf(gemeente, 'token:B1')
      const bytes = readFileSync(tokens)
      expect(bytes.length).toBeGreaterThan(header + 2 * chunk)
      const parts = [
        bytes.subarray(0, header),
        bytes.subarray(header, header + chunk),
        bytes.subarray(header + chunk, header + 2 * chunk),
        bytes.subarray(header + 2 * chunk),
      ] as const
      const [head, first, second, last] = parts
      const flipped = Buffer.from(bytes)
      flipped.writeUInt8(flipped.readUInt8(header + 100) ^ 1, header + 100)
      const damaged: [string, string, Buffer][] = [
        ['a chunk taken away', tokens, Buffer.concat([head, first, last])],
        ['two chunks swapped', tokens, Buffer.concat([head, second, first, last])],
        ['cut off before the final tag', tokens, Buffer.concat([head, first, second])],
        ['one bit', tokens, flipped],
        ['another extract’s column', pathOf(politie, 'token:B1'), bytes],
        ['another column', pathOf(gemeente, 'gemeente.bekend'), readFileSync(pathOf(gemeente, 'present:B1'))],
      ]
      for (const [what, path, content] of damaged) {
        const whole = readFileSync(path)
        writeFileSync(path, content)
        const job = await lab.openJob()
        expect([what, job.state]).toEqual([what, 'failed'])
        expect(job.failure?.en).toMatch(/gemeente|politie/)
        await nothingCameOf(job.requestId)
        writeFileSync(path, whole)
      }
      expect((await lab.openJob()).state).toBe('open')
    },
    4 * minutes,
  )

  it(
    'attack 41: the client of one partner cannot read or write over what is another’s',
    async () => {
      const gemeente = await extractOf('gemeente')
      const before = readFileSync(pathOf(gemeente, 'gemeente.bekend'))
      const put = (extractId: string, column: string) =>
        lab.relay.call('ggd', 'PUT', `extracts/${extractId}/columns/${column}`, Buffer.from('van ggd'))
      const foreign = await put(gemeente.extractId, 'gemeente.bekend')
      const added = await put(gemeente.extractId, 'ggd.bekend')
      expect([403, 404, 409]).toContain(foreign.status)
      expect(added).toEqual(foreign)
      expect(readFileSync(pathOf(gemeente, 'gemeente.bekend')).equals(before)).toBe(true)
      const path = `extracts/${gemeente.extractId}/columns/gemeente.bekend`
      expect((await lab.relay.call('ggd', 'GET', path)).status).toBe(404)
      // Another lab looks like one that is not there.
      for (const rest of ['', '/log/entries?from=0', '/log/checkpoints'])
        expect((await lab.relay.call('ggd', 'GET', `/v1/labs/elders${rest}`)).status).toBe(404)
      // Nor by a statement: an extract in another's name, or in the place of another's; a withdrawal of it.
      const sign = await lab.forger()
      const { node, officer } = await lab.keysOf('ggd')
      const { kind, extractId, agreement, epoch, dataset, period, version, subjects, records, rowsLeftOut, columns } =
        gemeente
      const body = { kind, agreement, epoch, dataset, period, subjects, records, rowsLeftOut, columns }
      const statements = [
        { ...body, extractId, party: 'gemeente', version: version + 1, replaces: extractId },
        { ...body, extractId: randomHex(16), party: 'ggd', dataset: 'ggd', version: 2, replaces: extractId },
      ]
      for (const [at, statement] of statements.entries()) {
        const refused = await lab.submit('ggd', sign('ggd', [node], statement as StatementBody, await headOf('ggd')))
        expect([at, refused.status >= 400 && refused.status < 500]).toEqual([at, true])
      }
      const withdrawal = {
        kind: 'revocation',
        scope: 'extract',
        id: extractId,
        reason: 'van een ander',
      } as StatementBody
      expect((await lab.submit('ggd', sign('ggd', [officer], withdrawal))).body.code).toBe('not_in_role')
      // It is on record with the operator, by route and status, without anybody's identifiers.
      const lines = lab.broker
        .output()
        .split('\n')
        .filter((line) => line.includes('/columns/'))
      expect(lines.some((line) => line.includes(String(foreign.status)))).toBe(true)
      expect(lines.some((line) => line.includes(gemeente.extractId))).toBe(false)
    },
    2 * minutes,
  )

  it(
    'attack 31: one ciphertext that opens under two keys opens for the job under the committed one alone',
    async () => {
      // Two people, so that their tokens are as many bytes as such a ciphertext has.
      await lab.node('ggd').deliver(fileOf(citizenNumbers(2)), { agreement: lab.agreement })
      const folder = lab.copyOf(lab.node('ggd').folder, 'two-people')
      const ggd = await createPuppet(lab, 'ggd')
      const honest = (await payloads()).findLast(
        ({ kind, party }) => kind === 'extract' && party === 'ggd',
      ) as unknown as ExtractStatement
      const own = (await secretsIn(folder, lab.passphraseOf('ggd'))).extracts.find(
        ({ extractId }) => extractId === honest.extractId,
      )
      if (own === undefined) throw new Error('no root')
      const placeOf = (extractId: string, column: string) => ({
        agreementId: honest.agreement,
        epoch: honest.epoch,
        party: 'ggd',
        extractId,
        column,
      })

      const extractId = randomHex(16)
      const twice = ciphertextForTwoKeys(columnAad(placeOf(extractId, 'token:B1')))
      const [committed, other] = twice.keys
      // A control: the cipher opens it under either, into other people each time.
      const aad = columnAad(placeOf(extractId, 'token:B1'))
      const stories = []
      for (const key of twice.keys)
        stories.push(
          toHex(await openColumn({ key, aad, ciphertext: twice.ciphertext, expectedBytes: twice.ciphertext.length })),
        )
      expect(new Set(stories).size).toBe(2)

      const keys = new Map<string, Uint8Array>()
      const columns = []
      for (const column of honest.columns) {
        const { name } = column
        const key = name === 'token:B1' ? committed : randomBytes(32)
        let sealed: Uint8Array = twice.ciphertext
        if (name !== 'token:B1') {
          const plaintext = await openCommittedColumn({
            place: placeOf(honest.extractId, name),
            key: columnKey(own.root, honest.extractId, name),
            ciphertext: readFileSync(pathOf(honest, name)),
            header: column,
          })
          const sealer = createColumnSealer({ key, aad: columnAad(placeOf(extractId, name)) })
          sealed = concatBytes(...sealer.push(plaintext), ...sealer.finish().pieces)
        }
        keys.set(name, key)
        const path = `extracts/${extractId}/columns/${name}`
        expect((await lab.relay.call('ggd', 'PUT', path, Buffer.from(sealed))).status).toBe(200)
        columns.push({
          ...column,
          bytes: sealed.length,
          ciphertextSha256: toHex(sha256(sealed)),
          keyCommitment: toHex(keyCommitment(extractId, name, key)),
        })
      }
      const { kind, agreement, epoch, party, dataset, period, subjects, records, rowsLeftOut } = honest
      const body = { kind, agreement, epoch, party, dataset, period, subjects, records, rowsLeftOut }
      const said = await ggd.say({
        ...body,
        extractId,
        version: honest.version + 1,
        replaces: honest.extractId,
        columns,
      } as unknown as StatementBody)
      expect([said.status, said.body.code]).toEqual([200, undefined])

      /** A job for which ggd hands over this key of its tokens. */
      const jobWith = async (tokenKey: Uint8Array) => {
        const { requestId, asked } = await releaseAs(ggd, (column) =>
          column === 'token:B1' ? tokenKey : (keys.get(column) ?? randomBytes(32)),
        )
        expect(asked).toBe(extractId)
        return until('the job is settled', async () => {
          const view = await lab.readJob(requestId)
          return view.state === 'failed' || view.state === 'open' ? { ...view, requestId } : undefined
        })
      }
      const failed = await jobWith(other)
      expect(failed.state).toBe('failed')
      expect(failed.failure?.en).toContain('ggd')
      await nothingCameOf(failed.requestId)
      expect((await jobWith(committed)).state).toBe('open')
      await ggd.stop()
    },
    3 * minutes,
  )

  it(
    'attack 31: a partner whose key is not the one it committed to fails the job, by name',
    async () => {
      const ggd = await createPuppet(lab, 'ggd')
      const { requestId } = await releaseAs(ggd, () => randomBytes(32))
      const failed = await until('the job has failed', async () => {
        const view = await lab.readJob(requestId)
        return view.state === 'failed' ? view : undefined
      })
      expect(failed.failure?.en).toContain('ggd')
      await nothingCameOf(requestId)
      await ggd.stop()
    },
    2 * minutes,
  )
})

/** Where the chain of a party's node key stands, so that a refused statement leaves no gap behind it. */
async function headOf(party: string): Promise<{ seq: number; prev: string }> {
  const { node } = await lab.keysOf(party)
  const head = (await lab.record()).state.heads.get(node.keyId as never)
  return { seq: (head?.seq ?? 0) + 1, prev: head?.hash ?? '00'.repeat(32) }
}

/** Asks for a job, and releases as ggd whatever keys it is told. */
async function releaseAs(ggd: Puppet, keyOf: (column: string) => Uint8Array) {
  const body = await lab.requestBody()
  const notAfter = new Date(Date.now() + 3_600_000).toISOString()
  const { hash: requestHash } = await (await lab.coordinator()).submit(body as StatementBody, { notAfter })
  const job = await until('the job is on record', async () => (await lab.record()).state.requests.get(requestHash)?.job)
  const statement = job.statement as StatementOf<'job'>
  const asked = body.extracts.find(({ party }) => party === 'ggd')
  if (asked === undefined) throw new Error('ggd is not asked')
  const box = sealKeyRelease({
    requestHash,
    jobHash: job.hash,
    jobKemPublicKey: fromHex(statement.jobKemPublicKey),
    columnKeys: asked.columns.map((column) => ({ column, key: keyOf(column) })),
  })
  const release = {
    kind: 'key-release',
    requestHash,
    jobHash: job.hash,
    extractId: asked.extractId,
    columns: asked.columns,
    ct: toHex(box.ciphertext),
    nonce: toHex(box.nonce),
    box: toHex(box.box),
  }
  expect((await ggd.say(release as unknown as StatementBody, { notAfter: statement.notAfter })).status).toBe(200)
  return { requestId: body.requestId, asked: asked.extractId as string }
}
