import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AgreementId, ExtractStatement } from '@kruispunt/contracts'
import { columnKey, openCommittedColumn } from '@kruispunt/extracts'
import { openReveals, startCeremony, transcriptOf } from '@kruispunt/key-agreement'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnFile } from '../../services/broker/src/blobs/column-store.ts'
import { composeRequest, requestEnds } from '../../services/broker/src/requests/compose-request.ts'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { type NodeSecrets, secretsIn } from '../scenarios/support/hostile/node-secrets.ts'
import { fileOf } from '../scenarios/support/hostile/people.ts'
import { createPuppet } from '../scenarios/support/hostile/puppet.ts'
import {
  memoryCanBeRead,
  type Needles,
  searchBytes,
  searchFolder,
  searchHeap,
  searchMemory,
  snapshotFlags,
} from '../scenarios/support/hostile/search.ts'
import { until } from '../scenarios/support/processes.ts'

const minutes = 60_000
const plant = fileURLToPath(new URL('../scenarios/support/hostile/plant.mjs', import.meta.url))
let lab: AttackLab
let second: AgreementId
const secrets = new Map<string, NodeSecrets>()
let needles: Needles
const dumps = () => join(lab.root, 'dumps')

const numbersOf = (party: string) => lab.numbersOf(party, lab.parties.indexOf(party))
const keyUnder = (party: string, agreement: AgreementId) => {
  const found = secrets.get(party)?.epochKeys.find((key) => key.agreement === agreement)
  if (found === undefined) throw new Error('no key')
  return found.key
}

beforeAll(async () => {
  lab = await startAttackLab({ upTo: 'delivered' })
  mkdirSync(dumps())
  second = await lab.propose({ reference: 'PROEF-2' })
  await Promise.all(lab.nodes.map((node) => node.sign(second)))
  await lab.untilKeyed(second)
  await lab.node('gemeente').deliver(fileOf(numbersOf('gemeente')), { agreement: second })
  for (const { party, folder } of lab.nodes)
    secrets.set(party, await secretsIn(lab.copyOf(folder, party), lab.passphraseOf(party)))

  const tokens = createTokenMaker(keyUnder('gemeente', lab.agreement))
  const some = numbersOf('gemeente').slice(0, 4)
  needles = new Map<string, Uint8Array | string>([
    ['salt', keyUnder('gemeente', lab.agreement)],
    ...[...secrets].flatMap(([party, { extracts }]) =>
      extracts
        .filter(({ agreement }) => agreement === lab.agreement)
        .flatMap(({ root, keys }): [string, Uint8Array][] => [
          [`root of ${party}`, root],
          ...keys.map((key, at): [string, Uint8Array] => [`column key ${at} of ${party}`, key]),
        ]),
    ),
    ...some.map((number, at): [string, string] => [`number ${at}`, number]),
    ...some.map((number, at): [string, Uint8Array] => [`token ${at}`, tokens.token('B1', number)]),
  ])
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

const columnBytes = (extractId: string, column: string) =>
  readFileSync(columnFile(join(lab.broker.dataDir, 'columns'), extractId, column))
const extractsOnRecord = async () =>
  (await lab.entries()).map(payloadOf).filter(({ kind }) => kind === 'extract') as unknown as ExtractStatement[]
const openWith = (extract: ExtractStatement, column: string, key: Uint8Array) => {
  const header = extract.columns.find(({ name }) => name === column)
  if (header === undefined) throw new Error('no such column')
  const { agreement: agreementId, epoch, party, extractId } = extract
  const ciphertext = columnBytes(extractId, column)
  return openCommittedColumn({ place: { agreementId, epoch, party, extractId, column }, key, ciphertext, header })
}
/** Every run of 16 bytes, so that a repetition is found wherever it lies. */
const windowsOf = (bytes: Buffer) =>
  new Set(Array.from({ length: Math.max(0, bytes.length - 15) }, (_, at) => bytes.toString('latin1', at, at + 16)))

describe('a stolen broker tells nothing', () => {
  it(
    'attack 10: after a job no key, number or token is on its disk, in its log, in its heap or anywhere in its memory',
    async () => {
      await lab.broker.stop()
      await lab.broker.start({}, snapshotFlags(dumps()))
      const job = await lab.openJob()
      expect(job.state).toBe('open')
      await lab.table(job.requestId, 'gemeente.bekend', 'politie.bekend')
      const { api, base } = await lab.coordinator()
      await api.ask({ method: 'POST', path: `${base}/jobs/${job.requestId}/closings`, json: {} })
      const child = lab.broker.process()
      if (child?.pid === undefined) throw new Error('no broker')
      const heap = await searchHeap(child, dumps(), needles)
      expect(heap).toEqual([])
      if (memoryCanBeRead) {
        const memory = searchMemory(child.pid, needles)
        expect(memory.bytes).toBeGreaterThan(50_000_000)
        expect(memory.found).toEqual([])
      }
      expect(searchFolder(lab.broker.dataDir, needles)).toEqual([])
      writeFileSync(join(dumps(), 'log'), lab.broker.output())
      expect(searchFolder(dumps(), new Map([...needles].filter(([name]) => name.startsWith('number'))))).toEqual([])
    },
    4 * minutes,
  )

  it(
    'control: the same search finds each of them where it is planted, on disk, in the heap and in memory',
    async () => {
      const planted = [...needles].map(([, needle]) =>
        typeof needle === 'string' ? { text: needle } : { hex: Buffer.from(needle).toString('hex') },
      )
      await lab.broker.stop()
      await lab.broker.start({ KRUISPUNT_TEST_PLANTED: JSON.stringify(planted) }, [
        '--import',
        plant,
        ...snapshotFlags(dumps()),
      ])
      const child = lab.broker.process()
      if (child?.pid === undefined) throw new Error('no broker')
      expect((await searchHeap(child, dumps(), needles)).sort()).toEqual([...needles.keys()].sort())
      if (memoryCanBeRead) expect(searchMemory(child.pid, needles).found).toEqual([...needles.keys()].sort())
      const folder = lab.copyOf(lab.broker.dataDir, 'planted')
      for (const [at, needle] of [...needles.values()].entries())
        writeFileSync(join(folder, `planted-${at}`), Buffer.concat([Buffer.from(`${at}:`), Buffer.from(needle)]))
      expect(searchFolder(folder, needles)).toHaveLength(needles.size)
      await lab.broker.stop()
      await lab.broker.start()
    },
    4 * minutes,
  )

  it(
    'attack 32: its disk with everything of one partner opens no column of another',
    async () => {
      const mine = secrets.get('ggd')
      if (mine === undefined) throw new Error('no secrets')
      const all = await extractsOnRecord()
      const own = all.find(({ party }) => party === 'ggd')
      const rootOf = mine.extracts.find(({ extractId }) => extractId === own?.extractId)?.root
      if (own === undefined || rootOf === undefined) throw new Error('no own extract')
      expect((await openWith(own, 'token:B1', columnKey(rootOf, own.extractId, 'token:B1'))).length).toBeGreaterThan(0)
      const { node, witness, officer } = await lab.keysOf('ggd')
      expect([node, witness, officer].every((key) => key.publicKey.length === 32)).toBe(true)
      for (const extract of all.filter(({ party }) => party !== 'ggd'))
        for (const { name } of extract.columns) {
          const roots = [...mine.extracts.map(({ root }) => root), ...mine.epochKeys.map(({ key }) => key)]
          const keys = [...mine.extracts.flatMap((one) => one.keys), ...mine.epochKeys.map(({ key }) => key)]
          for (const key of [...keys, ...roots.map((root) => columnKey(root, extract.extractId, name))])
            await expect(openWith(extract, name, key)).rejects.toMatchObject({ code: 'wrong_commitment' })
        }
      // Nor is there anything of them in the partner's own folder.
      const others = new Map(
        ['gemeente', 'politie'].flatMap((party) =>
          (secrets.get(party)?.extracts ?? []).flatMap(({ root, keys }): [string, Uint8Array][] => [
            [`root of ${party}`, root],
            ...keys.map((key, at): [string, Uint8Array] => [`column key ${at} of ${party}`, key]),
          ]),
        ),
      )
      expect(searchFolder(lab.copyOf(lab.node('ggd').folder, 'stolen'), others)).toEqual([])
    },
    2 * minutes,
  )

  it(
    'attack 9: the same numbers under two agreements, and under two epochs of one, are no pseudonym in common, and no stored bytes either',
    async () => {
      for (const party of lab.parties)
        expect(keyUnder(party, lab.agreement)).toEqual(keyUnder('gemeente', lab.agreement))
      const stored = (extract: ExtractStatement) =>
        windowsOf(Buffer.concat(extract.columns.map(({ name }) => columnBytes(extract.extractId, name))))
      const tokensOf = async (extract: ExtractStatement, own: NodeSecrets | undefined) => {
        const root = own?.extracts.find(({ extractId }) => extractId === extract.extractId)?.root
        if (root === undefined) throw new Error('no root')
        const bytes = Buffer.from(await openWith(extract, 'token:B1', columnKey(root, extract.extractId, 'token:B1')))
        return new Set(
          Array.from({ length: bytes.length / 16 }, (_, at) => bytes.toString('latin1', at * 16, at * 16 + 16)),
        )
      }
      const ofGemeente = async () => (await extractsOnRecord()).filter(({ party }) => party === 'gemeente')
      const seen: { readonly tokens: Set<string>; readonly stored: Set<string> }[] = []
      for (const extract of await ofGemeente())
        seen.push({ tokens: await tokensOf(extract, secrets.get('gemeente')), stored: stored(extract) })

      // A next epoch of the second agreement, and the same file once more. The broker throws the earlier bytes away by then.
      const { status } = await lab
        .node('gemeente')
        .decide('/ceremonies/rotations', { agreement: second, reason: 'scheduled' })
      expect(status).toBe(200)
      for (const party of lab.parties)
        await until(`${party} has the key of the next epoch`, async () => {
          const found = (await lab.node(party).ceremonies()).find(({ agreement }) => agreement === second)
          return found?.keyUsable === true && found.epoch === 2 ? true : undefined
        })
      await lab.node('gemeente').deliver(fileOf(numbersOf('gemeente')), { agreement: second })
      const after = await secretsIn(lab.copyOf(lab.node('gemeente').folder, 'next-epoch'), lab.passphraseOf('gemeente'))
      const [first, other, next] = await ofGemeente()
      if (first === undefined || other === undefined || next === undefined) throw new Error('three extracts')
      expect([first, other, next].map(({ agreement, epoch }) => [agreement, epoch])).toEqual([
        [lab.agreement, 1],
        [second, 1],
        [second, 2],
      ])
      seen.push({ tokens: await tokensOf(next, after), stored: stored(next) })
      expect(seen).toHaveLength(3)
      for (const { tokens, stored: bytes } of seen) {
        expect(tokens.size).toBe(numbersOf('gemeente').length)
        expect(bytes.size).toBeGreaterThan(900)
      }
      for (const [at, one] of seen.entries())
        for (const two of seen.slice(at + 1)) {
          expect([...one.tokens].filter((token) => two.tokens.has(token))).toEqual([])
          expect([...one.stored].filter((window) => two.stored.has(window))).toEqual([])
        }
    },
    3 * minutes,
  )

  it(
    'of a dataset that is opened for single requests it holds nothing before a job, nothing after it, and nobody else claims the name of what is made',
    async () => {
      const single = await lab.propose({
        reference: 'PROEF-ENKEL',
        datasets: lab.document.datasets.map((dataset) =>
          dataset.party === 'politie' ? { ...dataset, extractMode: 'per-request' as const } : dataset,
        ),
      })
      await Promise.all(lab.nodes.map((node) => node.sign(single)))
      await lab.untilKeyed(single)
      const politie = lab.node('politie')
      for (const { party } of lab.nodes) {
        const options = { agreement: single, send: party !== 'politie' }
        await lab.node(party).deliver(fileOf(numbersOf(party)), options)
      }
      const kept = (await politie.deliveries()).find(({ state }) => state === 'prepared')?.extractId ?? ''
      const refusal = await politie.ask('POST', `/deliveries/${kept}/sendings`, {})
      expect([refusal.status, refusal.body.code]).toEqual([409, 'extract_stays_here'])

      const coordinator = await lab.coordinator()
      const record = await coordinator.readLog()
      const agreement = record.state.agreements.get(single)
      if (agreement === undefined) throw new Error('no agreement')
      const body = composeRequest(record, agreement, 'Een proef', undefined)
      const notAfter = requestEnds(Date.now())
      const { hash } = await coordinator.submit(body, { notAfter })
      const made = new Map(body.extracts.map(({ party, extractId }) => [party as string, extractId as string]))
      const politieId = made.get('politie') ?? ''
      // Everybody in the lab reads the id that politie's extract will have; only politie can put anything there.
      const squat = await lab.relay.call('ggd', 'PUT', `extracts/${politieId}/columns/token:B1`, Buffer.from('van ggd'))
      expect(squat.status).toBe(404)
      type Asked = {
        asked: { requestHash: string; dataset: string; state: string; source: string; inTheWay: string | null }[]
      }
      const asked = await until('politie is asked', async () => {
        const { body: reply } = await politie.ask<Asked>('GET', '/request-extracts')
        const found = reply.asked.find(({ requestHash }) => requestHash === hash)
        return found?.state === 'to-confirm' && found.inTheWay === null ? found : undefined
      })
      expect((await lab.readJob(body.requestId)).waitingFor).toContain('politie')
      expect(existsSync(columnFile(join(lab.broker.dataDir, 'columns'), politieId, 'token:B1'))).toBe(false)

      const { dataset, source } = asked
      const path = `/request-extracts/${hash}/confirmations`
      const elsewhere = await politie.ask('POST', path, { dataset, source: politieId })
      expect([elsewhere.status, elsewhere.body.code]).toEqual([409, 'extract_not_ready'])
      expect((await politie.ask('POST', path, { dataset, source })).status).toBe(200)
      const job = await lab.settled(body.requestId)
      expect([job.state, job.refusals]).toEqual(['open', []])
      const { api, base } = coordinator
      const links = await api.send({ method: 'GET', path: `${base}/jobs/${body.requestId}/link-quality` })
      expect(links.status).toBe(200)

      const files = [...made.values()].map((id) => columnFile(join(lab.broker.dataDir, 'columns'), id, 'token:B1'))
      expect(files.map((file) => existsSync(file))).toEqual([true, true, true])
      await api.ask({ method: 'POST', path: `${base}/jobs/${body.requestId}/closings`, json: {} })
      await until('the ciphertext is gone', async () => (files.some((file) => existsSync(file)) ? undefined : true))
      await until('every node has said that the key is gone', async () => {
        const said = (await lab.entries()).map(payloadOf).filter(({ kind }) => kind === 'key-destroyed')
        const gone = new Set(said.flatMap(({ extractIds }) => extractIds as string[]))
        return [...made.values()].every((id) => gone.has(id)) ? true : undefined
      })
      const mine = (await politie.deliveries()).filter(({ extractId }) => [kept, politieId].includes(extractId))
      expect(new Map(mine.map(({ extractId, keyPresent }) => [extractId, keyPresent]))).toEqual(
        new Map([
          [kept, true],
          [politieId, false],
        ]),
      )
    },
    4 * minutes,
  )

  it(
    'attack 11: all traffic and afterwards every lasting key opens no reveal; the key of the round itself would have',
    async () => {
      const ggd = await createPuppet(lab, 'ggd')
      const agreement = await lab.propose({ reference: 'PROEF-3' })
      await Promise.all(['gemeente', 'politie'].map((party) => lab.node(party).sign(agreement)))
      await ggd.approve(agreement)
      const started = await ggd.commit(agreement, 1)
      const transcript = await ggd.transcript(started)
      await ggd.reveal(started, transcript)
      const leaked = [...secrets.values()].flatMap(({ lasting }) => lasting.filter(({ bytes }) => bytes.length === 32))
      // Of each of the three: what wraps the others, the seeds of node and witness, and that of the officer.
      expect(leaked).toHaveLength(3 * 4)
      await until('all have revealed', async () =>
        (await ggd.round(agreement, 1))?.reveals.size === 6 ? true : undefined,
      )
      for (const of of [lab.agreement, second, agreement]) {
        const round = await ggd.round(of, 1)
        if (round === undefined) throw new Error('no round')
        const commits = [...round.commits].map(([party, { statement, payloadBytes }]) => ({
          party,
          body: statement,
          payloadBytes,
        }))
        expect([commits.length, round.reveals.size]).toEqual([3, 6])
        for (const recipient of lab.parties) {
          const own = commits.find(({ party }) => party === recipient)
          if (own === undefined) throw new Error('no commit')
          const frame = { ...ggd.frameOf(of, 1), party: recipient }
          const view = transcriptOf(frame, own.body, commits)
          if (view.status !== 'complete') throw new Error(view.code)
          const reveals = [...round.reveals.values()]
            .map(({ statement }) => ({ party: statement.from, body: statement }))
            .filter(({ body }) => body.to === recipient)
          // Whoever opens needs a contribution of its own; any will do to see whether the boxes open.
          const fake = startCeremony(frame)
          const seen = {
            ...view.transcript,
            commits: view.transcript.commits.map((commit) =>
              commit.party === recipient ? { ...commit, commit: fake.commitBody.commit } : commit,
            ),
          }
          const tryWith = (kemSecretKey: string) => openReveals(frame, { ...fake.secrets, kemSecretKey }, seen, reveals)
          for (const { bytes } of leaked)
            expect(tryWith(Buffer.from(bytes).toString('hex'))).toMatchObject({ status: 'complaint' })
          if (of === agreement && recipient === 'ggd')
            expect(tryWith(started.secrets.kemSecretKey)).toMatchObject({ status: 'opened' })
        }
      }
      // Nor do all the bytes that ever passed hold a key of a round that honest nodes made by themselves.
      const bodies = lab.relay.traffic.flatMap(({ call, reply }) => [call.body, reply?.body ?? Buffer.alloc(0)])
      const payloads = bodies.flatMap((bytes) =>
        [...bytes.toString('latin1').matchAll(/"payload":"([^"]+)"/g)].map(([, text = '']) =>
          Buffer.from(text, 'base64'),
        ),
      )
      const traffic = [...bodies, ...payloads]
      expect(traffic.length).toBeGreaterThan(500)
      const keys = [lab.agreement, second].map((of): [string, Uint8Array] => [of, keyUnder('gemeente', of)])
      expect(searchBytes(traffic, new Map(keys))).toEqual([])
      const [some = ''] = numbersOf('gemeente')
      // A control: the search finds what did pass.
      expect(searchBytes(traffic, new Map([['passed', Buffer.from(started.commitBody.commit, 'hex')]]))).toEqual([
        'passed',
      ])
      expect(searchBytes(traffic, new Map([['number', some]]))).toEqual([])
      // Of rounds that ended nothing secret is kept, at no node.
      for (const [, { openRounds }] of secrets) expect(openRounds).toBe(0)
      await ggd.stop()
    },
    2 * minutes,
  )
})
