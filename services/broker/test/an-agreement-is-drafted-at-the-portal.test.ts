import type { AgreementDocument, AgreementDraft, Rehearsal } from '@kruispunt/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smallAgreement } from './jobs/support/small-agreement.ts'
import { lab, type TestBroker } from './support/broker.ts'
import { startTestLab } from './support/lab.ts'
import { browserAt, grantOf, refusalIn, signInNew } from './support/portal.ts'

let now = Date.parse('2026-11-01T09:00:00.000Z')
let broker: TestBroker
let ask: ReturnType<typeof browserAt>
let karin: string
let reader: string
const path = `/v1/labs/${lab}/agreement-drafts`

beforeAll(async () => {
  const environment = { KRUISPUNT_PORTAL_PORT: '0' }
  broker = (await startTestLab(['town', 'police', 'health'], { now: () => now, environment })).broker
  ask = browserAt(broker.portalUrl as string)
  karin = await signInNew(broker, 'karin', [grantOf('coordinator')], () => now)
  reader = await signInNew(broker, 'reader', [grantOf('partner-reader')], () => now)
})
afterAll(() => broker.destroy())

async function told<T>(answer: Promise<Response>): Promise<T> {
  const got = await answer
  expect(got.status, await got.clone().text()).toBe(200)
  return (await got.json()) as T
}
const begin = () => told<AgreementDraft>(ask(path, { cookie: karin, json: { basedOn: null } }))
const change = (id: string, version: number, document: AgreementDocument, cookie = karin) =>
  ask(`${path}/${id}`, { method: 'PUT', cookie, json: { version, document } })

/** A solver works for seconds, on a busy machine for longer. */
const patient = 240_000

describe('an agreement is drafted at the portal', () => {
  it('from the model that the command line has, with the partners of the lab, and says what is still to be written', async () => {
    const { id, version, document, faults } = await begin()
    expect(version).toBe(1)
    expect(document.parties.map((party) => party.id)).toEqual(['health', 'police', 'town'])
    expect(faults).toContainEqual({ path: 'purpose', message: 'still to be written' })
    now += 60_000
    const purpose = 'Tellen wat wij samen weten, en niemand aanwijzen.'
    const changed = await told<AgreementDraft>(change(id, version, { ...document, purpose }))
    expect(changed).toMatchObject({ version: 2, changed: { by: { role: 'coordinator', party: null } } })
    expect(changed.faults.map((fault) => fault.path)).not.toContain('purpose')
    expect(changed.faults).toHaveLength(faults.length - 1)
    const read = await told<AgreementDraft>(ask(`${path}/${id}`, { cookie: karin }))
    expect(read).toStrictEqual(changed)
  })

  it('has no faults left exactly when it can be proposed', async () => {
    const { id, version, document } = await begin()
    const whole = smallAgreement(lab, new Date(now))
    expect((await told<AgreementDraft>(change(id, version, whole))).faults).toStrictEqual([])
    const broken = { ...document, tables: document.tables.map((table) => ({ ...table, population: 'niemand' })) }
    const { faults } = await told<AgreementDraft>(change(id, version + 1, broken))
    expect(faults).toContainEqual({ path: 'tables.overzicht', message: 'unknown population' })
  })

  it('keeps what the other wrote when two write at once', async () => {
    const { id, version, document } = await begin()
    const [first, second] = await Promise.all(
      ['Een', 'Twee'].map((title) => change(id, version, { ...document, title })),
    )
    const answers = [first, second].map((answer) => answer?.status).toSorted()
    expect(answers).toEqual([200, 409])
    expect((await told<AgreementDraft>(ask(`${path}/${id}`, { cookie: karin }))).version).toBe(version + 1)
  })

  it('is for who coordinates, and never another lab’s', async () => {
    const { id, version, document } = await begin()
    expect(await refusalIn(await ask(path, { cookie: reader }))).toEqual([403, 'forbidden'])
    expect(await refusalIn(await ask(`${path}/${id}`, { cookie: reader }))).toEqual([403, 'forbidden'])
    expect(await refusalIn(await change(id, version, document, reader))).toEqual([403, 'forbidden'])
    const elsewhere = { ...document, lab: 'elders' } as AgreementDocument
    expect(await refusalIn(await change(id, version, elsewhere))).toEqual([409, 'conflict'])
    const unknown = ask(path, { cookie: karin, json: { basedOn: '0'.repeat(64) } })
    expect(await refusalIn(await unknown)).toEqual([404, 'agreement_unknown'])
    const gone = { method: 'DELETE', cookie: karin }
    expect((await ask(`${path}/${id}`, gone)).status).toBe(200)
    expect(await refusalIn(await ask(`${path}/${id}`, gone))).toEqual([404, 'not_found'])
  })

  it(
    'is rehearsed in a process of its own, which refuses what the table does not allow',
    async () => {
      const document = smallAgreement(lab, new Date(now), { minimum: 10 })
      const rehearse = (dimensions: string[], persons: number) =>
        ask(`/v1/labs/${lab}/rehearsals`, {
          cookie: karin,
          json: { document, table: 'residents', dimensions, persons },
        })
      const [few, many] = await Promise.all([300, 60_000].map((persons) => rehearse(['care', 'stay'], persons)))
      const [small, large] = (await Promise.all([few?.json(), many?.json()])) as [Rehearsal, Rehearsal]
      expect(small).toMatchObject({ cells: 4 * 5, draws: 3 })
      expect(small.withheldShare.middle).toBeGreaterThan(large.withheldShare.middle)
      expect((await refusalIn(await rehearse(['nothing'], 300)))[1]).toBe('question_not_allowed')
    },
    patient,
  )
})
