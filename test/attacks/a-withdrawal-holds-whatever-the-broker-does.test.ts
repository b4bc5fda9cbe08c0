import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ExtractId, ExtractStatement, StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import { columnKey, openCommittedColumn } from '@kruispunt/extracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { columnFile } from '../../services/broker/src/blobs/column-store.ts'
import { openFolder } from '../../services/node/src/open-folder.ts'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { hashOf, payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { nodeIn } from '../scenarios/support/hostile/hostile-party.ts'
import { fileOf } from '../scenarios/support/hostile/people.ts'
import { command, until } from '../scenarios/support/processes.ts'

const minutes = 60_000
let lab: AttackLab

beforeAll(async () => {
  lab = await startAttackLab({
    upTo: 'delivered',
    // Few people, and a table of them all the same: what is protected is not what is tried here.
    agreement: ({ disclosure }) => ({
      disclosure: { ...disclosure, minimum: 3, groupSharePercent: 100, zeros: 'publish', insider: false },
    }),
  })
  await lab.save('delivered')
}, 5 * minutes)
afterEach(() => lab.back('delivered'), 2 * minutes)
afterAll(() => lab?.stop(), minutes)

const said = async (kind: string) =>
  (await lab.entries()).map(payloadOf).filter((statement) => statement.kind === kind) as Record<string, unknown>[]
const deliveryOf = async (party: string) => {
  const [delivery] = await lab.node(party).deliveries()
  if (delivery === undefined) throw new Error(`${party} has no delivery`)
  return delivery
}
const withdraw = async (party: string, extractId: string) =>
  lab.node(party).decide<object>(`/deliveries/${extractId}/withdrawals`, { reason: 'Bezwaar van een inwoner.' })

/** Opens one column of a delivery with a root key, from a copy of the broker's disk. */
async function columnOpened(folder: string, statement: ExtractStatement, root: Uint8Array): Promise<number> {
  const { extractId, epoch, party, agreement } = statement
  const header = statement.columns.find(({ name }) => name === 'token:B1')
  if (header === undefined) throw new Error('no such column')
  const opened = await openCommittedColumn({
    place: { agreementId: agreement, epoch, party, extractId, column: header.name },
    key: columnKey(root, extractId, header.name),
    header,
    ciphertext: readFileSync(columnFile(join(folder, 'columns'), extractId, header.name)),
  })
  return opened.length
}

describe('a withdrawal holds whatever the broker does', () => {
  it(
    'attack 33: after it no file of the node, no write-ahead log and no older backup opens what the broker kept',
    async () => {
      const node = lab.node('gemeente')
      const { extractId } = await deliveryOf('gemeente')
      const statement = (await said('extract')).find(
        (one) => one.extractId === extractId,
      ) as unknown as ExtractStatement
      const env = { KRUISPUNT_NODE_FOLDER: node.folder }
      const backup = join(lab.root, 'backup.db')
      expect((await command('node', ['backup', backup], env)).code).toBe(0)
      const disk = lab.copyOf(lab.broker.dataDir, 'disk')

      /** The backup put back among the keys that this folder has. */
      const restored = (name: string) => {
        const folder = lab.copyOf(node.folder, name)
        for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `node.db${end}`), { force: true })
        cpSync(backup, join(folder, 'node.db'))
        return folder
      }
      const control = await nodeIn(restored('before'))
      const [mine] = control.deliveries.extracts()
      expect(mine).toMatchObject({ extractId, keyPresent: true })
      await control.close()
      const rootIn = async (folder: string) => {
        const opened = await openFolder({ folder, clock: Date.now, random: () => 0 })
        try {
          const row = opened.store.db.$client
            .prepare('SELECT agreement, wrapped_root AS root FROM extracts WHERE extract_id = ?')
            .get(extractId) as { agreement: string; root: string | null }
          if (row.root === null) throw new Error('no key')
          return opened.keyStore.unwrapFor(row.agreement, row.root, `extract-root:${extractId}`)
        } finally {
          opened.store.close()
        }
      }
      const root = await rootIn(join(lab.root, 'copy-before'))
      expect(await columnOpened(disk, statement, root)).toBeGreaterThan(0)

      expect((await withdraw('gemeente', extractId)).status).toBe(200)
      await until('the node says so', async () => ((await said('key-destroyed')).length > 0 ? true : undefined))
      expect(await said('key-destroyed')).toMatchObject([
        { from: 'gemeente', extractIds: [extractId], cause: 'withdrawn' },
      ])
      await until('the broker has deleted it', async () =>
        existsSync(columnFile(join(lab.broker.dataDir, 'columns'), extractId, 'token:B1')) ? undefined : true,
      )
      // The process still runs: the write-ahead log is as it is.
      const bytes = readdirSync(node.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
      for (const form of [Buffer.from(root), Buffer.from(Buffer.from(root).toString('hex'))])
        expect(bytes.some((file) => file.includes(form))).toBe(false)
      await expect(rootIn(lab.copyOf(node.folder, 'after'))).rejects.toThrow('no key')
      const old = restored('old')
      await expect(rootIn(old)).rejects.toMatchObject({ code: 'not_initialised' })
      // Also with what is there now under the name that the backup knows.
      const [vault = ''] = readdirSync(join(old, 'keys')).filter((name) => name.startsWith('vault-'))
      for (let generation = 1; generation < 10; generation += 1)
        if (vault !== `vault-${generation}.json`)
          cpSync(join(old, 'keys', vault), join(old, 'keys', `vault-${generation}.json`))
      await expect(rootIn(old)).rejects.toMatchObject({ code: 'open_failed' })
    },
    3 * minutes,
  )

  it(
    'attack 24: held back by the broker it still keeps the key here, and what comes after it stops the others',
    async () => {
      const { extractId } = await deliveryOf('gemeente')
      const swallowed: StatementEnvelope[] = []
      lab.relay.on({
        party: 'gemeente',
        method: 'POST',
        path: 'statements',
        act: ({ body }) => {
          swallowed.push((JSON.parse(body.toString('utf8')) as { envelope: StatementEnvelope }).envelope)
          return lab.relay.hangUp
        },
      })
      const { status, body } = await withdraw('gemeente', extractId)
      // Signed and kept, though nobody answers.
      expect([status, (body as { index?: unknown }).index]).toEqual([200, null])
      expect(await lab.node('gemeente').deliveries()).toMatchObject([
        { extractId, state: 'withdrawn', keyPresent: false },
      ])
      const requestId = 'a7'.repeat(16)
      const asked = (await lab.requestBody(requestId)) as StatementBody<'request'>
      const notAfter = new Date(Date.now() + 20 * 3_600_000).toISOString()
      await (await lab.coordinator()).submit(asked, { notAfter })
      await until('the others have released', async () => ((await said('key-release')).length === 2 ? true : undefined))
      await until('the node has judged', async () =>
        (await lab.node('gemeente').requests()).some(({ inTheWay }) => inTheWay !== null) ? true : undefined,
      )
      expect((await said('key-release')).map(({ from }) => from).sort()).toEqual(['ggd', 'politie'])
      expect((await lab.readJob(requestId)).state).toBe('waiting')
      expect(await said('revocation')).toEqual([])

      // The broker goes on from what the officer says next, without the withdrawal.
      const withdrawal = swallowed.find((envelope) => payloadOf(envelope).kind === 'revocation')
      if (withdrawal === undefined) throw new Error('nothing was signed')
      const { officer } = await lab.keysOf('gemeente')
      const sign = await lab.forger()
      const next = sign(
        'gemeente',
        [officer],
        {
          kind: 'revocation',
          scope: 'agreement',
          id: lab.agreement,
          reason: 'Ook dit.',
        } as StatementBody<'revocation'>,
        { seq: Number(payloadOf(withdrawal).seq) + 1, prev: hashOf(withdrawal) },
      )
      expect((await lab.submit('gemeente', next)).body.code).toBe('chain_gap')
      const forged = await lab.forgeLog()
      forged.append(next)
      lab.relay.on(forged.servedTo(['ggd', 'politie']))
      for (const party of ['ggd', 'politie']) {
        const frozen = await until(`${party} stops`, async () => {
          const { frozen: found } = await lab.node(party).status()
          return found.length > 0 ? found : undefined
        })
        expect(frozen[0]?.reason).toBe('log_entry_invalid')
      }
    },
    3 * minutes,
  )
})

describe('a withdrawal reaches as far as it says', () => {
  it(
    'tells before it is signed what would happen, and a request withdrawn ends its job at once, its results staying',
    async () => {
      const job = await lab.openJob()
      expect(job.state).toBe('open')
      const given = await lab.table(job.requestId, 'gemeente.bekend', 'politie.bekend')
      expect(given.code).toBeUndefined()
      const seen = await until('the node sees it', async () =>
        (await lab.node('gemeente').requests()).find(({ requestId }) => requestId === job.requestId),
      )
      const before = await until('the result is seen', async () => {
        const { body } = await lab.node('gemeente').ask<{
          requestsEnded: { requestId: string; keysGiven: boolean }[]
          resultsStaying: { resultSha256: string }[]
          keysDestroyed: object[]
          text: string
        }>('GET', `/requests/${seen.hash}/withdrawal`)
        return body.resultsStaying.length > 0 ? body : undefined
      })
      expect(before.requestsEnded).toMatchObject([{ requestId: job.requestId, keysGiven: true }])
      expect(before.resultsStaying).toMatchObject([{ resultSha256: given.answer?.resultSha256 }])
      expect(before.keysDestroyed).toEqual([])
      expect(before.text).toContain('terughalen kan niemand')
      const reason = { reason: 'Niet meer nodig.' }
      expect((await lab.node('gemeente').decide(`/requests/${seen.hash}/withdrawals`, reason)).status).toBe(200)
      await until('the job is closed', async () =>
        (await lab.readJob(job.requestId)).state === 'closed' ? true : undefined,
      )
      expect((await lab.table(job.requestId, 'gemeente.bekend', 'politie.bekend')).code).toBe('job_not_open')
      expect(await said('job-closed')).toMatchObject([{ reason: 'refused' }])
      expect(await said('result')).toHaveLength(1)
      // The deliveries go on.
      expect((await lab.openJob()).state).toBe('open')
    },
    3 * minutes,
  )

  it(
    'one person who objects is out of the next version, whose key is another, and nobody else has to do a thing',
    async () => {
      const node = lab.node('gemeente')
      const { extractId } = await deliveryOf('gemeente')
      const numbers = lab.numbersOf('gemeente', 0)
      const [objector = ''] = numbers
      const others = Object.fromEntries(
        await Promise.all(['politie', 'ggd'].map(async (party) => [party, (await deliveryOf(party)).extractId])),
      )
      const { body: inspected } = await node.ask<{ file: string; mapping: { field: string; column: number | null }[] }>(
        'POST',
        '/deliveries/inspections',
        fileOf(numbers),
      )
      const mapping = Object.fromEntries(inspected.mapping.map(({ field, column }) => [field, column]))
      const { body, status } = await node.ask<{ extractId: ExtractId; subjects: number; report: object }>(
        'POST',
        '/deliveries/preparations',
        { file: inspected.file, mapping, objections: [objector] },
      )
      expect(status).toBe(201)
      expect(body.subjects).toBe(numbers.length - 1)
      expect(body.report).toMatchObject({ objections: { given: 1, found: 1, rows: 1 } })
      expect((await node.ask('POST', `/deliveries/${body.extractId}/sendings`, {})).status).toBe(200)
      await until('the old key is gone', async () => ((await said('key-destroyed')).length > 0 ? true : undefined))
      expect(await said('key-destroyed')).toMatchObject([{ extractIds: [extractId], cause: 'replaced' }])
      const [newest] = (await said('extract')).slice(-1)
      // The log tells of one person fewer, and not that anybody objected.
      expect(newest).toMatchObject({ version: 2, replaces: extractId, subjects: numbers.length - 1, rowsLeftOut: 0 })
      for (const [party, id] of Object.entries(others))
        expect(await lab.node(party).deliveries()).toMatchObject([{ extractId: id, state: 'sent' }])
      const job = await lab.openJob()
      expect(job.state).toBe('open')
      expect(node.output()).not.toContain(objector)
    },
    3 * minutes,
  )
})
