import { join } from 'node:path'
import { type AgreementId, type EarlierTable, mostOnDashboard, type SavedTables } from '@kruispunt/contracts'
import { documentHash } from '@kruispunt/statements'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../src/db/open.ts'
import type { LedgerAnswer } from '../src/jobs/ledger.ts'
import { createSqliteLedger } from '../src/jobs/sqlite-ledger.ts'
import { smallAgreement } from './jobs/support/small-agreement.ts'
import { coordinator, lab, type TestBroker } from './support/broker.ts'
import { coordinatorClient, startTestLab } from './support/lab.ts'
import { browserAt, grantOf, refusalIn, signInNew } from './support/portal.ts'
import { sampleAnswer } from './support/sample-answer.ts'

let now = Date.parse('2026-11-01T09:00:00.000Z')
let broker: TestBroker
let ask: ReturnType<typeof browserAt>
let karin: string
let reader: string
let stranger: string
const path = `/v1/labs/${lab}`
const release = 'a'.repeat(64)
const [one, two] = ['b'.repeat(64), 'c'.repeat(64)]

const remembered = (tableHash: string) =>
  ({
    release,
    tableHash,
    deliveries: [],
    population: 'inwoners',
    question: { table: 'wmo', axes: [], filters: [] },
    table: {},
    sums: [],
    answer: sampleAnswer,
    certificate: { mode: 'cell-key' },
    created: now,
  }) as unknown as LedgerAnswer

beforeAll(async () => {
  const stage = await startTestLab(['town', 'police', 'health'], {
    now: () => now,
    environment: { KRUISPUNT_PORTAL_PORT: '0' },
  })
  broker = stage.broker
  for (const member of stage.members) expect((await stage.submit(member, stage.accept(member))).status).toBe(200)
  const document = smallAgreement(lab, new Date(now))
  const envelope = stage.signer.sign('coordinator', [coordinator], { kind: 'agreement', document })
  const { client } = await coordinatorClient(broker)
  await client.ask({ method: 'POST', path: `${path}/statements`, json: { envelope } })
  const store = openStore(join(broker.dataDir, 'broker.db'))
  const agreement = documentHash('agreement', document) as AgreementId
  createSqliteLedger(store.sqlite).record({ lab, agreement }, [one, two].map(remembered), () => {})
  store.close()
  ask = browserAt(broker.portalUrl as string)
  karin = await signInNew(broker, 'karin', [grantOf('coordinator')], () => now)
  reader = await signInNew(broker, 'reader', [grantOf('partner-reader')], () => now)
  stranger = await signInNew(broker, 'elders', [grantOf('coordinator', 'elders')], () => now)
})
afterAll(() => broker.destroy())

async function listed(answer: Promise<Response>): Promise<SavedTables['saved']> {
  const told = await answer
  expect(told.status, await told.clone().text()).toBe(200)
  return ((await told.json()) as SavedTables).saved
}
const save = (json: object, cookie = karin) => ask(`${path}/saved-tables`, { cookie, json })
const read = (cookie = reader) => listed(ask(`${path}/saved-tables`, { cookie }))
const office = { role: 'coordinator', party: null }

describe('a lab keeps its tables', () => {
  it('under a name and with a note, each with the office and the time, for everybody of the lab', async () => {
    await listed(save({ name: ' Zorg naar wijk ', release, tableHash: one, note: 'Voor het overleg.\nMet buurten.' }))
    now += 60_000
    const [kept] = await read()
    const at = '2026-11-01T09:00:00.000Z'
    expect(kept).toMatchObject({
      name: 'Zorg naar wijk',
      place: null,
      saved: { by: office, at },
      notes: [{ text: 'Voor het overleg.\nMet buurten.', by: office, at }],
      table: { release, tableHash: one, title: sampleAnswer.title } satisfies Partial<EarlierTable>,
    })
    expect(JSON.stringify(kept)).not.toContain('karin')
    const [changed] = await listed(
      ask(`${path}/saved-tables/${kept?.id}`, {
        method: 'PUT',
        cookie: karin,
        json: { name: 'Zorg', shownAs: 'bars' },
      }),
    )
    expect(changed).toMatchObject({ name: 'Zorg', shownAs: 'bars', changed: { at: '2026-11-01T09:01:00.000Z' } })
    const [noted] = await listed(
      ask(`${path}/saved-tables/${kept?.id}/notes`, { cookie: karin, json: { text: 'Besproken.' } }),
    )
    expect(noted?.notes.map(({ text }) => text)).toEqual(['Voor het overleg.\nMet buurten.', 'Besproken.'])
  })

  it('once under one name, however often the button is pressed', async () => {
    await Promise.all([1, 2, 3].map(() => listed(save({ name: 'Twee keer', release, tableHash: two }))))
    expect((await read()).filter(({ name }) => name === 'Twee keer')).toHaveLength(1)
  })

  it('in the order of its dashboard, and those beside it after', async () => {
    const all = await read()
    const order = all.map(({ id }) => id).toReversed()
    const arrange = (saved: readonly string[]) =>
      ask(`${path}/dashboard`, { method: 'PUT', cookie: karin, json: { saved } })
    expect((await listed(arrange(order))).map(({ id, place }) => [id, place])).toEqual(order.map((id, at) => [id, at]))
    expect((await listed(arrange(order.slice(1)))).map(({ id, place }) => [id, place])).toEqual([
      [order[1], 0],
      [order[0], null],
    ])
    expect(await refusalIn(await arrange(['0'.repeat(32)]))).toEqual([404, 'not_found'])
    expect(await refusalIn(await arrange(Array(mostOnDashboard + 1).fill(order[0])))).toEqual([400, 'invalid_request'])
    expect((await read())[0]?.id, 'what was refused changed nothing').toBe(order[1])
  })

  it('but nothing that was not answered here, and no text with a number that may be somebody’s', async () => {
    expect(await refusalIn(await save({ name: 'Niets', release, tableHash: 'd'.repeat(64) }))).toEqual([
      404,
      'not_found',
    ])
    for (const note of ['bsn 123456782', '123.456.782', '1234 56 782'])
      expect(await refusalIn(await save({ name: 'Nummer', release, tableHash: one, note }))).toEqual([
        400,
        'invalid_request',
      ])
    expect((await read()).map(({ name }) => name)).not.toContain('Nummer')
  })

  it('and only who coordinates this lab changes anything', async () => {
    const [kept] = await read()
    const attempts = [
      [`${path}/saved-tables`, 'POST', { name: 'Van mij', release, tableHash: one }],
      [`${path}/saved-tables/${kept?.id}`, 'PUT', { name: 'Van mij', shownAs: 'table' }],
      [`${path}/saved-tables/${kept?.id}`, 'DELETE', undefined],
      [`${path}/saved-tables/${kept?.id}/notes`, 'POST', { text: 'Van mij' }],
      [`${path}/dashboard`, 'PUT', { saved: [] }],
    ] as const
    for (const [at, method, json] of attempts) {
      expect(await refusalIn(await ask(at, { method, cookie: reader, json }))).toEqual([403, 'forbidden'])
      expect(await refusalIn(await ask(at, { method, cookie: stranger, json }))).toEqual([404, 'not_found'])
    }
    expect(await refusalIn(await ask(`${path}/saved-tables`, { cookie: stranger }))).toEqual([404, 'not_found'])
    expect(await read()).toHaveLength(2)
  })

  it('until it is taken away, with its notes; the answer stays', async () => {
    const [kept, ...others] = await read()
    const gone = { method: 'DELETE', cookie: karin }
    expect(await listed(ask(`${path}/saved-tables/${kept?.id}`, gone))).toHaveLength(others.length)
    expect(await refusalIn(await ask(`${path}/saved-tables/${kept?.id}`, gone))).toEqual([404, 'not_found'])
    expect((await ask(`${path}/releases/${release}/cross-tabs/${one}`, { cookie: reader })).status).toBe(200)
  })
})
