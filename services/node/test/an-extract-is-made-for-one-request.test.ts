/** A dataset that stays at its node: extracts are made of it for one request each, and nothing else opens them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExtractId, StatementBody, StatementOf } from '@kruispunt/contracts'
import { fromHex } from '@kruispunt/crypto'
import { decodeCodes, openCommittedColumn, openKeyRelease } from '@kruispunt/extracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmMapping, inspectFile } from '../src/delivery/inspect.ts'
import { prepareExtract } from '../src/delivery/prepare.ts'
import { sendExtract } from '../src/delivery/send.ts'
import { type KruispuntNode, openNode } from '../src/node.ts'
import { testAgreement } from './support/agreement.ts'
import { openJob } from './support/ask-job.ts'
import { askSingle, singleRequest } from './support/ask-single.ts'
import { officer, optionsFor, partners, passphraseOf, startKeyedLab } from './support/three-partners.ts'

type Lab = Awaited<ReturnType<typeof startKeyedLab>>
/** Numbers that pass the eleven test; woonzorg's dataset is the one that stays at home. */
const people = ['999990019', '999990020', '999990032', '999990044', '999990056', '999990068', '999990081', '999990093']
const sharing = people.slice(0, 6)
let lab: Lab
let kept: ExtractId
let standing: ReadonlyMap<string, ExtractId>

async function prepare(node: KruispuntNode, numbers: readonly string[], name: string): Promise<ExtractId> {
  const path = join(lab.root, `${name}.csv`)
  writeFileSync(
    path,
    ['bsn;bekend', ...numbers.map((number, at) => `${number};${at % 2 === 0 ? 'ja' : 'nee'}`)].join('\n'),
  )
  const inspected = await inspectFile(node.deliveries, { agreement: lab.agreement }, path)
  const columns = Object.fromEntries(inspected.mapping.fields.map(({ field, column }) => [field, column]))
  const options = { leaveOutBadRows: false }
  return (await prepareExtract(node.deliveries, inspected, confirmMapping(inspected, columns), options)).extractId
}

const special = () => lab.partner('woonzorg').node
const askedOf = (requestHash: string, node = special()) =>
  node.requestExtracts.list().find((asked) => asked.requestHash === requestHash)
const uploads = () => lab.broker.script.requests.filter((line) => line.startsWith('PUT') && line.includes('/columns/'))
const madeIn = (requestHash: string) =>
  [...lab.broker.state().extracts.values()].filter(
    ({ recorded }) => recorded.statement.forRequest?.requestHash === requestHash,
  )

/** A request whose extracts were made by everybody, with its job. */
async function jobOf(body: StatementBody<'request'>) {
  const requestHash = askSingle(lab.broker, body)
  await lab.until(() => askedOf(requestHash)?.state === 'to-confirm' && askedOf(requestHash)?.inTheWay === null)
  await special().requestExtracts.confirm(body.requestId, undefined)
  await lab.tickAll()
  for (const { node } of lab.all) await node.requestExtracts.work()
  await lab.until(() => madeIn(requestHash).length === 3)
  const { kem, jobHash } = openJob(lab.broker, requestHash)
  return { requestHash, jobHash, kem }
}

/** What a broker that keeps everything has of one party after a job: rows of a token and a code. */
async function openedBy(requestHash: string, kem: { secretKey: Uint8Array }, party: string) {
  const release = [...(lab.broker.state().requests.get(requestHash)?.releases.values() ?? [])].find(
    ({ statement }) => statement.from === party,
  )?.statement
  if (release === undefined) throw new Error('nothing released')
  const keys = openKeyRelease({
    requestHash: release.requestHash,
    jobHash: release.jobHash,
    ciphertext: fromHex(release.ct),
    nonce: fromHex(release.nonce),
    box: fromHex(release.box),
    jobKemSecretKey: kem.secretKey,
  })
  const sent = lab.broker.state().extracts.get(release.extractId)?.recorded.statement as StatementOf<'extract'>
  const open = async (column: string) => {
    const header = sent.columns.find(({ name }) => name === column)
    const key = keys.find((released) => released.column === column)?.key
    if (header === undefined || key === undefined) throw new Error('no such column')
    const path = lab.partner(party).node.deliveries.columnPath(release.extractId, column)
    return openCommittedColumn({
      place: { agreementId: sent.agreement, epoch: 1, party, extractId: release.extractId, column },
      key,
      ciphertext: readFileSync(path),
      header,
    })
  }
  const tokens = Buffer.from(await open('token:B1'))
  const codes = decodeCodes(await open(`${party}.bekend`), { rows: sent.subjects, codes: 3 })
  return Array.from(codes, (code, row) => ({ token: tokens.subarray(row * 16, row * 16 + 16).toString('hex'), code }))
}

beforeAll(async () => {
  const datasets = testAgreement('elders', partners).datasets.map((dataset) =>
    dataset.party === 'woonzorg' ? { ...dataset, extractMode: 'per-request' as const } : dataset,
  )
  lab = await startKeyedLab(partners, { datasets, requestBudget: 50 })
  const sent = new Map<string, ExtractId>()
  for (const { node, party } of lab.all) {
    const extractId = await prepare(node, sharing, party)
    if (party === 'woonzorg') kept = extractId
    else {
      await sendExtract(node.deliveries, extractId)
      sent.set(party, extractId)
    }
  }
  standing = sent
  await lab.tickAll()
}, 120_000)
afterAll(() => lab.end())

describe('a dataset that stays at its node', () => {
  it('is ready once it was prepared, and not a byte of it leaves by itself', async () => {
    const before = uploads().length
    await expect(sendExtract(special().deliveries, kept)).rejects.toMatchObject({ code: 'extract_stays_here' })
    await expect(special().deliveries.submitExtract(kept)).rejects.toMatchObject({ code: 'extract_stays_here' })
    expect(uploads()).toHaveLength(before)
    expect(special().deliveries.outstanding()).toEqual([])
    expect([...lab.broker.state().extracts.keys()].sort()).toEqual([...standing.values()].sort())
  })

  it('is asked of the steward, and nothing is made before the yes; the others’ is made by the signed agreement alone', async () => {
    const body = singleRequest(lab.broker, lab.agreement)
    const requestHash = askSingle(lab.broker, body)
    await lab.until(() => askedOf(requestHash)?.inTheWay === null)
    const asked = askedOf(requestHash)
    expect(asked).toMatchObject({ state: 'to-confirm', dataset: 'woonzorg', question: 'Hoeveel?', source: kept })
    expect(asked?.columns).toEqual(body.extracts.find(({ party }) => party === 'woonzorg')?.columns)
    for (const { node } of lab.all) await node.requestExtracts.work()
    expect(
      madeIn(requestHash)
        .map(({ recorded }) => recorded.statement.party)
        .sort(),
    ).toEqual(['gemeente', 'politie'])
    await lab.tickAll()
    await special().requestExtracts.decline(body.requestId, undefined)
    await lab.tickAll()
    const refusal = lab.broker
      .state()
      .requests.get(requestHash)
      ?.refusals.get('woonzorg' as never)
    expect(refusal?.statement.code).toBe('steward_declined')
    await expect(special().requestExtracts.confirm(body.requestId, undefined)).rejects.toMatchObject({
      code: 'request_not_to_confirm',
    })
    expect(madeIn(requestHash)).toHaveLength(2)
  })

  it('is not confirmed of another file than the one that was shown', async () => {
    const body = singleRequest(lab.broker, lab.agreement)
    const requestHash = askSingle(lab.broker, body)
    await lab.until(() => askedOf(requestHash)?.inTheWay === null)
    const [other] = [...standing.values()]
    await expect(special().requestExtracts.confirm(body.requestId, 'woonzorg', other)).rejects.toMatchObject({
      code: 'extract_not_ready',
    })
    expect(askedOf(requestHash)?.state).toBe('to-confirm')
  })
})

describe('what is made for one request', () => {
  it('links the same people within it, and tells a broker that keeps everything nothing about another request', async () => {
    const jobs: Awaited<ReturnType<typeof jobOf>>[] = []
    const rows: { token: string; code: number }[][] = []
    for (let round = 0; round < 2; round += 1) {
      const job = await jobOf(singleRequest(lab.broker, lab.agreement))
      await lab.until(() => lab.broker.state().requests.get(job.requestHash)?.releases.size === 3)
      jobs.push(job)
      const [here, there] = [
        await openedBy(job.requestHash, job.kem, 'woonzorg'),
        await openedBy(job.requestHash, job.kem, 'gemeente'),
      ]
      // The same six people at both, each with the same answer.
      const sorted = (all: typeof here) => all.map(({ token, code }) => `${token} ${code}`).sort()
      expect(sorted(here)).toEqual(sorted(there))
      expect(new Set(here.map(({ token }) => token)).size).toBe(sharing.length)
      expect(here.filter(({ code }) => code === 1)).toHaveLength(3)
      rows.push(here)
    }
    const [first, second] = rows.map((all) => new Set(all.map(({ token }) => token)))
    expect([...(first ?? [])].some((token) => second?.has(token))).toBe(false)
    for (const { requestHash } of jobs)
      lab.broker.append(lab.broker.sign('broker', { kind: 'job-closed', requestHash, reason: 'closed-by-coordinator' }))
    await lab.tickAll()
    await lab.tickAll()
  }, 60_000)

  it('is gone when its request ends: key destroyed and said so, ciphertext deleted, the kept delivery untouched', async () => {
    const { requestHash } = await jobOf(singleRequest(lab.broker, lab.agreement))
    await lab.until(() => lab.broker.state().requests.get(requestHash)?.releases.size === 3)
    const made = madeIn(requestHash).find(({ recorded }) => recorded.statement.party === 'woonzorg')
    const { extractId } = made?.recorded.statement as StatementOf<'extract'>
    const path = special().deliveries.columnPath(extractId, 'token:B1')
    expect(existsSync(path)).toBe(true)
    lab.broker.append(lab.broker.sign('broker', { kind: 'job-closed', requestHash, reason: 'closed-by-coordinator' }))
    await lab.until(() => madeIn(requestHash).every(({ keyDestroyed }) => keyDestroyed !== undefined))
    const said = lab.broker.entries
      .map(({ payload }) => JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as StatementOf<'key-destroyed'>)
      .filter((statement) => statement.kind === 'key-destroyed' && statement.extractIds.includes(extractId))
    expect(said.map(({ cause }) => cause)).toEqual(['request-ended'])
    expect(existsSync(path)).toBe(false)
    expect(special().deliveries.extract(extractId)).toMatchObject({ keyPresent: false })
    expect(special().deliveries.extract(kept)).toMatchObject({ keyPresent: true, state: 'prepared' })
    expect(askedOf(requestHash)?.state).toBe('over')
  }, 60_000)
})

describe('a node that stops in the middle', () => {
  it.each(['request-confirmed', 'extract-created', 'extract-recorded'] as const)(
    'goes on after %s with what the steward confirmed, and says it once',
    async (step) => {
      const body = singleRequest(lab.broker, lab.agreement)
      const requestHash = askSingle(lab.broker, body)
      await lab.until(() => askedOf(requestHash)?.inTheWay === null)
      const partner = lab.partner('woonzorg')
      await partner.node.close()
      const died = new Error('died')
      const dying = await openNode({
        ...optionsFor(partner.folder),
        onDurableStep: (at) => {
          if (at === step) throw died
        },
      })
      await expect(dying.requestExtracts.confirm(body.requestId, undefined)).rejects.toBe(died)
      await dying.close()
      await partner.reopen()
      partner.node.requestExtracts.clearUnfinished()
      await partner.node.agent.tick()
      await partner.node.requestExtracts.work()
      expect(madeIn(requestHash).filter(({ recorded }) => recorded.statement.party === 'woonzorg')).toHaveLength(1)
      expect(askedOf(requestHash)?.state).toBe('sent')
      lab.broker.append(lab.broker.sign('broker', { kind: 'job-closed', requestHash, reason: 'closed-by-coordinator' }))
    },
  )
})

describe('a broker that wants more than one request of it', () => {
  it('gets no key for a second job, of another request or with another name for the same extract', async () => {
    const { requestHash } = await jobOf(singleRequest(lab.broker, lab.agreement))
    await lab.until(() => lab.broker.state().requests.get(requestHash)?.releases.size === 3)
    const made = madeIn(requestHash).find(({ recorded }) => recorded.statement.party === 'woonzorg')?.recorded.statement
    if (made === undefined) throw new Error('nothing made')
    const found = special().releaseCase(requestHash, made.extractId)
    if (found === undefined) throw new Error('no case')
    const { checks } = await import('../src/agent/release/checks.ts')
    const sound = { ...found, releasedRequests: new Set<string>(), releasedJobKeys: new Set<string>() }
    expect(checks.map((check) => check(sound))).toStrictEqual(Array(10).fill(undefined))
    // The same extract put under another request: no rule of the log is asked, the node looks by itself.
    const other = {
      ...sound,
      request: { ...sound.request, recorded: { ...sound.request.recorded, hash: '0'.repeat(64) } },
    }
    expect(checks[9]?.(other)).toStrictEqual({ code: 'extract_other_request', passes: false })
    // And a standing delivery is not opened for a request that has extracts of its own, nor the other way round.
    const standingOwn = sound.own && { ...sound, own: { ...sound.own, madeFor: null } }
    expect(standingOwn && checks[9]?.(standingOwn)).toStrictEqual({ code: 'extract_other_request', passes: false })
  }, 60_000)

  it('gets nothing made for a request that no coordinator signed, or that an officer here has withdrawn', async () => {
    const body = singleRequest(lab.broker, lab.agreement)
    expect(() => lab.broker.append(lab.broker.sign('broker', body))).toThrow(
      expect.objectContaining({ code: 'not_in_role' }),
    )
    const requestHash = askSingle(lab.broker, body)
    await lab.until(() => askedOf(requestHash)?.inTheWay === null)
    special().acts.withdrawRequest({ officer, passphrase: passphraseOf('woonzorg'), requestHash, reason: 'nee' })
    expect(askedOf(requestHash)).toMatchObject({ inTheWay: 'revoked' })
    await special().requestExtracts.confirm(body.requestId, undefined)
    expect(madeIn(requestHash).filter(({ recorded }) => recorded.statement.party === 'woonzorg')).toEqual([])
  })

  it('gets nothing made of a delivery that a newer one took the place of', async () => {
    const body = singleRequest(lab.broker, lab.agreement)
    const requestHash = askSingle(lab.broker, body)
    await lab.until(() => askedOf(requestHash)?.inTheWay === null)
    const newer = await prepare(special(), people, 'newer')
    await special().agent.tick()
    expect(special().deliveries.extract(kept)).toMatchObject({ keyPresent: false })
    expect(askedOf(requestHash)).toMatchObject({ source: newer, state: 'to-confirm' })
    await special().requestExtracts.confirm(body.requestId, 'woonzorg', newer)
    await lab.tickAll()
    await special().requestExtracts.work()
    const made = madeIn(requestHash).find(({ recorded }) => recorded.statement.party === 'woonzorg')
    expect(made?.recorded.statement).toMatchObject({ subjects: people.length, forRequest: { source: newer } })
  })

  it('opens nothing any more that was made of a delivery which an officer withdrew, and told so beforehand', async () => {
    const { requestHash } = await jobOf(singleRequest(lab.broker, lab.agreement))
    const { node } = lab.partner('politie')
    const source = standing.get('politie') as ExtractId
    const made = madeIn(requestHash).find(({ recorded }) => recorded.statement.party === 'politie')
    const { extractId } = made?.recorded.statement as StatementOf<'extract'>
    const told = node.consequences({ scope: 'extract', id: source })
    expect(told.keysDestroyed.map((one) => one.extractId)).toEqual(expect.arrayContaining([source, extractId]))
    expect(told.requestsEnded.map(({ requestId }) => requestId)).toContain(
      lab.broker.state().requests.get(requestHash)?.recorded.statement.requestId,
    )
    node.acts.withdrawExtract({ officer, passphrase: passphraseOf('politie'), extractId: source, reason: 'bezwaar' })
    for (const id of [source, extractId]) expect(node.deliveries.extract(id).keyPresent).toBe(false)
    expect(lab.broker.state().requests.get(requestHash)?.releases.has(extractId)).toBe(false)
    await lab.tickAll()
    const refusal = lab.broker
      .state()
      .requests.get(requestHash)
      ?.refusals.get('politie' as never)
    expect(refusal?.statement.code).toBe('extract_key_gone')
    await lab.tickAll()
    await sendExtract(node.deliveries, await prepare(node, sharing, 'again'))
    await lab.tickAll()
  }, 60_000)

  it('keeps no key of it alive by never saying that the job is over: the node’s own clock ends it', async () => {
    const { requestHash } = await jobOf(singleRequest(lab.broker, lab.agreement))
    await lab.until(() => lab.broker.state().requests.get(requestHash)?.releases.size === 3)
    const made = madeIn(requestHash).find(({ recorded }) => recorded.statement.party === 'woonzorg')
    const { extractId } = made?.recorded.statement as StatementOf<'extract'>
    expect(special().deliveries.extract(extractId)).toMatchObject({ keyPresent: true })
    const partner = lab.partner('woonzorg')
    partner.clockShiftMs = 31 * 60_000
    await lab.until(() => madeIn(requestHash).some(({ keyDestroyed }) => keyDestroyed !== undefined), [partner])
    expect(special().deliveries.extract(extractId)).toMatchObject({ keyPresent: false })
  }, 60_000)
})
