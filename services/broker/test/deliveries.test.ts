import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AgreementDocument, AgreementId, ExtractId, StatementBody } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import { agreedColumns } from '@kruispunt/lab-record'
import { documentHash } from '@kruispunt/statements'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnFile } from '../src/blobs/column-store.ts'
import { agreementTemplate } from '../src/drafting/agreement-template.ts'
import { readCode } from './support/answers.ts'
import { coordinator, lab } from './support/broker.ts'
import { coordinatorClient, type Member, startTestLab } from './support/lab.ts'

let stage: Awaited<ReturnType<typeof startTestLab>>
let document: AgreementDocument
let agreement: AgreementId
const hex = (bytes: number, digit: string) => digit.repeat(bytes * 2)
const bytesOf = (name: string) => Buffer.from(`ciphertext of ${name}`)
const member = (index: number): Member => {
  const found = stage.members[index]
  if (!found) throw new Error('no such member')
  return found
}
async function record(who: Member, body: StatementBody, key = who.node): Promise<void> {
  const answer = await stage.submit(who, stage.signer.sign(who.id, [key], body))
  expect(answer.text).toContain('"existing":false')
}

/** Signs, expects the refusal, and takes the number back. */
async function refused(who: Member, body: StatementBody): Promise<{ code: string; text: string }> {
  const before = new Map(stage.signer.heads)
  const answer = await stage.submit(who, stage.signer.sign(who.id, [who.node], body))
  stage.signer.heads.clear()
  for (const [key, head] of before) stage.signer.heads.set(key, head)
  return { code: readCode(answer), text: answer.text }
}

const put = (who: Member, extractId: string, column: string, bytes: Buffer) =>
  who
    .client(stage.broker)
    .send({ method: 'PUT', path: `/v1/labs/${lab}/extracts/${extractId}/columns/${column}`, bytes })

function extractOf(
  who: Member,
  extractId: string,
  change: Partial<StatementBody<'extract'>> = {},
): StatementBody<'extract'> {
  const dataset = document.datasets.find(({ party }) => party === who.id)
  if (!dataset) throw new Error('no dataset')
  return {
    kind: 'extract',
    extractId: extractId as ExtractId,
    agreement,
    epoch: 1,
    party: who.id,
    dataset: dataset.id,
    period: dataset.period,
    version: 1,
    replaces: null,
    subjects: 10,
    records: 0,
    rowsLeftOut: 0,
    columns: agreedColumns(dataset, document.linkage).map(({ name, table }) => ({
      name,
      table,
      type: name.startsWith('token') ? ('tokens' as const) : ('codes-8' as const),
      slots: 1,
      bytes: bytesOf(name).length,
      ciphertextSha256: createHash('sha256').update(bytesOf(name)).digest('hex'),
      keyCommitment: hex(32, 'c'),
    })),
    ...change,
  }
}

beforeAll(async () => {
  stage = await startTestLab(['ggd', 'politie'])
  for (const one of stage.members) await stage.submit(one, stage.accept(one))
  document = agreementTemplate(
    lab,
    stage.members.map(({ id }) => ({ id, name: id })),
    new Date(Date.now() - 86_400_000),
  )
  agreement = documentHash('agreement', document) as AgreementId
  const { client } = await coordinatorClient(stage.broker)
  const envelope = stage.signer.sign('coordinator', [coordinator], { kind: 'agreement', document })
  await client.ask({ method: 'POST', path: `/v1/labs/${lab}/statements`, json: { envelope } })
  for (const one of stage.members)
    await record(one, { kind: 'agreement-approval', agreement, decision: 'approved', reason: null }, one.officer)
  const suite = 'xwing-xchacha20poly1305'
  for (const { id: party, ...one } of stage.members)
    await record(
      { ...one, id: party },
      { kind: 'salt-commit', agreement, epoch: 1, party, suite, kemPublicKey: 'ab', commit: hex(32, 'a') },
    )
  const [ggd, politie] = [member(0), member(1)]
  const sealed = { transcript: hex(32, 'b'), ct: 'ab', nonce: 'ab', box: 'ab', shareCommitment: hex(32, '9') }
  for (const [from, to] of [
    [ggd, politie],
    [politie, ggd],
  ] as const)
    await record(from, { kind: 'salt-reveal', agreement, epoch: 1, to: to.id, ...sealed })
  for (const one of stage.members)
    await record(one, {
      kind: 'salt-confirm',
      agreement,
      epoch: 1,
      transcript: hex(32, 'b'),
      party: one.id,
      tag: hex(32, 'd'),
    })
})
afterAll(() => stage.broker.destroy())

describe('elements of joint numbers go to the party they were sent to, and no further', () => {
  const elements = Buffer.alloc(65 * 32, 7)
  const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const send = (who: Member, method: 'PUT' | 'GET' | 'DELETE', path: string, bytes?: Buffer) =>
    who
      .client(stage.broker)
      .send({ method: method as 'GET', path: `/v1/labs/${lab}/elements/${path}`, ...(bytes && { bytes }) })
  const batch = (count: number, of = elements): StatementBody<'oprf-batch'> => ({
    kind: 'oprf-batch',
    agreement,
    epoch: 1,
    to: member(1).id,
    count,
    sha256: digestOf(of),
  })

  it('arrive before the statement that names them, whole, under their own digest', async () => {
    const [ggd] = stage.members
    if (!ggd) throw new Error('no member')
    expect((await refused(ggd, batch(65))).code).toBe('elements_missing')
    expect(readCode(await send(ggd, 'PUT', digestOf(Buffer.from('other')), elements))).toBe('invalid_request')
    expect(readCode(await send(ggd, 'PUT', digestOf(elements), Buffer.alloc(65_537 * 32)))).toBe('payload_too_large')
    expect((await send(ggd, 'PUT', digestOf(elements), elements)).text).toContain('"existing":false')
    expect((await send(ggd, 'PUT', digestOf(elements), elements)).text).toContain('"existing":true')
    expect((await refused(ggd, batch(64))).code).toBe('elements_missing')
    // Sent by another, they are nobody's.
    expect((await refused(member(1), { ...batch(65), to: ggd.id })).code).toBe('elements_missing')
    expect(readCode(await send(member(1), 'GET', `ggd/${digestOf(elements)}`))).toBe('not_found')
    await record(ggd, batch(65))
  })

  it('are read by that party alone, and gone once they are answered and the answer is fetched', async () => {
    const [ggd, politie] = [member(0), member(1)]
    const sent = await send(politie, 'GET', `ggd/${digestOf(elements)}`)
    expect(sent.status).toBe(200)
    expect(sent.text).toBe(elements.toString('utf8'))
    for (const path of [`ggd/${digestOf(elements)}`, `ggd/${hex(32, '0')}`, `politie/${digestOf(elements)}`])
      expect(readCode(await send(ggd, 'GET', path))).toBe('not_found')

    const answer = Buffer.alloc(65 * 32, 9)
    await send(politie, 'PUT', digestOf(answer), answer)
    const hash = [
      ...(stage.broker.logs.get(lab).record().state.agreements.get(agreement)?.ceremonies.get(1)?.batches.keys() ?? []),
    ]
    const body = { agreement, epoch: 1, to: ggd.id, batch: hash[0] ?? '', count: 65, sha256: digestOf(answer) }
    await record(politie, { kind: 'oprf-evaluation', ...body })
    expect(readCode(await send(politie, 'GET', `ggd/${digestOf(elements)}`))).toBe('not_found')
    expect((await send(ggd, 'GET', `politie/${digestOf(answer)}`)).status).toBe(200)
    expect((await send(ggd, 'DELETE', `politie/${digestOf(answer)}`)).status).toBe(200)
    expect(readCode(await send(ggd, 'GET', `politie/${digestOf(answer)}`))).toBe('not_found')
    const left = readdirSync(join(stage.broker.dataDir, 'elements'), { recursive: true, encoding: 'utf8' })
    expect(left.filter((name) => name.length > 2)).toEqual([])
  })
})

describe('a delivery counts when every column of it is here, and not before', () => {
  const extractId = randomHex(16)

  it('is refused while a column is missing or differs, naming which', async () => {
    const [ggd] = stage.members
    if (!ggd) throw new Error('no member')
    const body = extractOf(ggd, extractId)
    expect((await refused(ggd, body)).code).toBe('extract_incomplete')
    const [first, ...rest] = body.columns.map(({ name }) => name)
    if (first === undefined) throw new Error('no columns')
    await put(ggd, extractId, first, bytesOf('something else'))
    for (const name of rest) await put(ggd, extractId, name, bytesOf(name))
    const incomplete = await refused(ggd, body)
    expect(incomplete.code).toBe('extract_incomplete')
    expect(JSON.parse(incomplete.text).violations).toMatchObject([{ path: `columns.${first}` }])
  })

  it('is refused when its columns were sent by another party', async () => {
    const id = randomHex(16)
    for (const { name } of extractOf(member(1), id).columns) await put(member(1), id, name, bytesOf(name))
    expect((await refused(member(0), extractOf(member(0), id))).code).toBe('extract_incomplete')
  })

  it('is recorded when all are here, stays as it is, and goes when its key is destroyed', async () => {
    const id = randomHex(16)
    const ggd = member(0)
    const body = extractOf(ggd, id)
    for (const { name } of body.columns) await put(ggd, id, name, bytesOf(name))
    await record(ggd, body)
    expect(readCode(await put(ggd, id, 'extra', bytesOf('extra')))).toBe('extract_exists')
    const [column] = body.columns
    if (!column) throw new Error('no column')
    expect(readCode(await put(ggd, id, column.name, bytesOf('other')))).toBe('conflict')
    expect(JSON.parse((await put(ggd, id, column.name, bytesOf(column.name))).text).existing).toBe(true)

    const view = (await ggd.client(stage.broker).ask({ method: 'GET', path: `/v1/labs/${lab}` })) as {
      agreements: { status: string; ceremony: string; deliveries: { extractId: string }[] }[]
    }
    expect(view.agreements).toMatchObject([{ status: 'active', ceremony: 'complete', deliveries: [{ extractId: id }] }])

    const file = columnFile(join(stage.broker.dataDir, 'columns'), id, column.name)
    expect(existsSync(file)).toBe(true)
    await record(ggd, { kind: 'key-destroyed', extractIds: [id as ExtractId] })
    expect(existsSync(file)).toBe(false)
    expect(readCode(await put(ggd, id, column.name, bytesOf(column.name)))).toBe('extract_exists')
  })

  it('leaves uploads that nobody followed up to be tidied away, and nothing else', async () => {
    const later = Date.now() + 73 * 3_600_000
    await stage.broker.stop()
    const { startBroker } = await import('../src/broker.ts')
    const { readConfig } = await import('../src/config.ts')
    const { capturedLogger, idleJobs } = await import('./support/broker.ts')
    const config = readConfig({ KRUISPUNT_DATA_DIR: stage.broker.dataDir, KRUISPUNT_PORT: '0' })
    const first = extractOf(member(0), extractId).columns[0]?.name ?? ''
    expect(existsSync(columnFile(config.blobFolder, extractId, first))).toBe(true)
    const broker = await startBroker({
      config,
      version: 'x',
      startJobs: async () => idleJobs,
      logger: capturedLogger().logger,
      now: () => later,
    })
    expect(existsSync(columnFile(config.blobFolder, extractId, first))).toBe(false)
    await broker.stop()
  })
})
