import type { Contribution, ContributionContent, LabBoard, PartyId, PortalGrant } from '@kruispunt/contracts'
import { labDossier } from '@kruispunt/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dossierText } from '../src/method/dossier-text.ts'
import { lab, type TestBroker } from './support/broker.ts'
import { startTestLab } from './support/lab.ts'
import { browserAt, grantOf, refusalIn, signInNew } from './support/portal.ts'

let now = Date.parse('2026-11-01T09:00:00.000Z')
let broker: TestBroker
let ask: ReturnType<typeof browserAt>
const people = {} as Record<'karin' | 'town' | 'police' | 'health' | 'auditor' | 'stranger', string>
const path = `/v1/labs/${lab}/contributions`
const readerOf = (party: string): PortalGrant => ({ ...grantOf('partner-reader'), party: party as PartyId })

beforeAll(async () => {
  const stage = await startTestLab(['town', 'police', 'health'], {
    now: () => now,
    environment: { KRUISPUNT_PORTAL_PORT: '0' },
  })
  broker = stage.broker
  ask = browserAt(broker.portalUrl as string)
  const signIn = (name: string, ...grants: PortalGrant[]) => signInNew(broker, name, grants, () => now)
  people.karin = await signIn('karin', grantOf('coordinator'))
  for (const party of ['town', 'police', 'health'] as const) people[party] = await signIn(party, readerOf(party))
  people.auditor = await signIn('auditor', grantOf('auditor'))
  people.stranger = await signIn('elders', grantOf('coordinator', 'elders'))
})
afterAll(() => broker.destroy())

async function boardIn(answer: Promise<Response>): Promise<LabBoard> {
  const told = await answer
  expect(told.status, await told.clone().text()).toBe(200)
  return (await told.json()) as LabBoard
}
const read = (cookie: string) => boardIn(ask(path, { cookie }))
const send = (cookie: string, content: unknown) => ask(path, { cookie, json: { content } })
async function add(cookie: string, content: ContributionContent): Promise<Contribution> {
  now += 1000
  return (await boardIn(send(cookie, content))).contributions.at(-1) as Contribution
}
const change = (cookie: string, id: string, version: number, content: ContributionContent | null) =>
  ask(`${path}/${id}`, { method: 'PUT', cookie, json: { version, content } })
const issue = (title: string): ContributionContent => ({ kind: 'issue', title, text: 'Wat er speelt.' })
const note = (text: string): ContributionContent => ({ kind: 'canvas-note', field: 'core', text, analysis: null })

describe('the organisations of a lab write together at the portal', () => {
  it('each in its own office, with a time, and never by the name of a person', async () => {
    const first = await add(people.town, issue('  Langer thuis wonen '))
    expect(first.versions).toEqual([
      {
        version: 1,
        by: { role: 'partner-reader', party: 'town' },
        at: '2026-11-01T09:00:01.000Z',
        content: issue('Langer thuis wonen'),
      },
    ])
    const board = await read(people.auditor)
    expect(board.phase).toBe(1)
    expect(board.takingPart.map(({ party }) => party).toSorted()).toEqual(['health', 'police', 'town'])
    expect(JSON.stringify(board)).not.toContain('Persoon')
  })

  it('at the same moment: one change goes in, the other is told, and neither is lost', async () => {
    const { id } = await add(people.town, note('Eenzaamheid'))
    const both = await Promise.all([
      change(people.police, id, 1, note('Eenzaamheid en overlast')),
      change(people.health, id, 1, note('Eenzaamheid en gezondheid')),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const refused = both.find(({ status }) => status === 409) as Response
    expect(await refusalIn(refused)).toEqual([409, 'changed_meanwhile'])
    const kept = (await read(people.karin)).contributions.find((one) => one.id === id)
    expect(kept?.versions.map(({ version }) => version)).toEqual([1, 2])
  })

  it('about groups only: what belongs to a person is refused, with the place, and is not repeated', async () => {
    const answer = await send(people.police, note('Bel 06 12345678 over dit adres'))
    const problem = (await answer.json()) as { code: string; violations: unknown }
    expect([answer.status, problem.code]).toEqual([422, 'personal_data_in_text'])
    expect(problem.violations).toEqual([{ path: 'text', message: 'telephone' }])
    expect(JSON.stringify(problem)).not.toContain('12345678')
  })

  it('and step into the next phase together; who stepped out sees nothing newer', async () => {
    const chosen = await add(people.health, issue('Overlast in de buurt'))
    expect(await refusalIn(await send(people.karin, { kind: 'phase', phase: 2 }))).toEqual([409, 'phase_shut'])
    await add(people.karin, { kind: 'chosen-issue', issue: chosen.id, reason: 'Samen gekozen.' })
    for (const by of [people.town, people.police]) {
      await add(by, { kind: 'goal', issue: chosen.id, text: 'Minder overlast.' })
      await add(by, { kind: 'taking-part', takesPart: true, reason: 'Het raakt ons werk.' })
    }
    await add(people.health, { kind: 'taking-part', takesPart: false, reason: 'Geen capaciteit.' })
    const later = await add(people.karin, { kind: 'phase', phase: 2 })
    const [mine, theirs] = [await read(people.health), await read(people.town)]
    expect([mine.phase, theirs.phase]).toEqual([1, 2])
    expect(mine.contributions.map(({ id }) => id)).not.toContain(later.id)
    expect(await refusalIn(await send(people.health, note('Toch nog iets')))).toEqual([409, 'organisation_stepped_out'])
  })

  it('and take the whole of it along: as parts for a program, and as a text that says who wrote what', async () => {
    const told = await ask(`${path.replace('contributions', 'dossier')}`, { cookie: people.auditor })
    expect(told.headers.get('content-disposition')).toContain('attachment')
    const dossier = labDossier.parse(await told.json())
    expect(dossier.board).toEqual(await read(people.auditor))
    const theirs = await ask(`${path.replace('contributions', 'dossier')}`, { cookie: people.health })
    expect(labDossier.parse(await theirs.json()).board, 'nothing newer for who left').toEqual(await read(people.health))
    const text = JSON.stringify(dossierText(dossier, 'nl'))
    for (const words of ['Overlast in de buurt (0 stemmen, gekozen)', 'Langer thuis wonen (0 stemmen, niet gekozen)'])
      expect(text).toContain(words)
    expect(text).toMatch(/Minder overlast\. \(police, 1 november 2026\)/)
    expect(text).toMatch(/health: doet niet mee\. Geen capaciteit\./)
    const paper = await ask(`${path.replace('contributions', 'dossier/document')}?lang=en`, { cookie: people.karin })
    expect(paper.headers.get('content-type')).toBe('application/pdf')
    expect(
      Buffer.from(await paper.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    expect(await refusalIn(await ask(path.replace('contributions', 'dossier')))).toEqual([401, 'unauthenticated'])
  })

  it('and nobody else does', async () => {
    const { id, versions } = (await read(people.karin)).contributions[0] as Contribution
    expect(await refusalIn(await send(people.auditor, note('Van buiten')))).toEqual([403, 'forbidden'])
    expect(await refusalIn(await send(people.stranger, note('Van elders')))).toEqual([404, 'not_found'])
    expect(await refusalIn(await ask(path, { cookie: people.stranger }))).toEqual([404, 'not_found'])
    expect(await refusalIn(await ask(path))).toEqual([401, 'unauthenticated'])
    const attempt = change(people.police, id, versions.length, issue('Van een ander'))
    expect(await refusalIn(await attempt)).toEqual([403, 'not_your_contribution'])
    for (const wrong of [{ kind: 'person', name: 'x' }, { ...note('x'), extra: 1 }, note(''), note('a\u0000b')])
      expect(await refusalIn(await send(people.town, wrong))).toEqual([400, 'invalid_request'])
  })
})
