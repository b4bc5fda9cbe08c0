import type { Contribution, ContributionContent, Office, PartyId } from '@kruispunt/contracts'
import { describe, expect, it } from 'vitest'
import { type Act, boardOf, judge, seenBy } from '../src/index.ts'

const parties = ['gemeente', 'politie', 'ggd'] as PartyId[]
const [gemeente, politie, ggd] = parties.map((party) => ({ role: 'partner-reader', party })) as [Office, Office, Office]
const coordinator: Office = { role: 'coordinator', party: null }

/** A lab as the broker keeps it: what is judged good is appended, and nothing else. */
function startLab() {
  let all: Contribution[] = []
  let clock = Date.parse('2026-11-01T09:00:00.000Z')
  const write = (act: Act): string => {
    const refusal = judge(act, all, parties)
    if (refusal !== undefined) throw Object.assign(new Error(refusal.code), refusal)
    clock += 1000
    const id = act.id ?? all.length.toString(16).padStart(32, '0')
    const version = { version: act.version + 1, by: act.by, at: new Date(clock).toISOString(), content: act.content }
    const before = all.find((one) => one.id === id)
    all =
      before === undefined
        ? [...all, { id, versions: [version] }]
        : all.map((one) => (one.id === id ? { id, versions: [...one.versions, version] } : one))
    return id
  }
  return {
    add: (by: Office, content: ContributionContent) => write({ id: null, version: 0, content, by }),
    change: (by: Office, id: string, version: number, content: ContributionContent | null) =>
      write({ id, version, content, by }),
    all: () => all,
    board: () => boardOf(all, parties),
  }
}
const issue = (title: string): ContributionContent => ({ kind: 'issue', title, text: 'Wat er speelt.' })
const coded = (code: string, more: object = {}) => expect.objectContaining({ code, ...more })

describe('the issue is chosen together', () => {
  it('by votes, ten for each organisation, and what was not chosen stays named', () => {
    const lab = startLab()
    const alone = lab.add(gemeente, issue('Langer thuis'))
    const noise = lab.add(politie, issue('Overlast'))
    lab.add(gemeente, {
      kind: 'votes',
      votes: [
        { issue: alone, votes: 6 },
        { issue: noise, votes: 4 },
      ],
    })
    lab.add(politie, { kind: 'votes', votes: [{ issue: noise, votes: 10 }] })
    expect(lab.board().votes).toEqual([
      { issue: noise, votes: 14 },
      { issue: alone, votes: 4 + 2 },
    ])
    expect(() =>
      lab.add(ggd, {
        kind: 'votes',
        votes: [
          { issue: alone, votes: 6 },
          { issue: noise, votes: 5 },
        ],
      }),
    ).toThrow(coded('contribution_unfit'))
    expect(() => lab.add(ggd, { kind: 'votes', votes: [{ issue: 'f'.repeat(32), votes: 5 }] })).toThrow(
      coded('contribution_unfit'),
    )
    expect(() => lab.add(politie, { kind: 'votes', votes: [{ issue: alone, votes: 1 }] })).toThrow(
      coded('changed_meanwhile'),
    )
    lab.add(coordinator, { kind: 'chosen-issue', issue: noise, reason: 'De meeste stemmen.' })
    expect(lab.board().votes.map((row) => row.issue)).toEqual([noise, alone])
  })

  it('and the next phase stays shut until every organisation that takes part has a goal', () => {
    const lab = startLab()
    const open = () => lab.add(coordinator, { kind: 'phase', phase: 2 })
    expect(open).toThrow(coded('phase_shut'))
    const chosen = lab.add(gemeente, issue('Langer thuis'))
    lab.add(coordinator, { kind: 'chosen-issue', issue: chosen, reason: 'Samen besloten.' })
    for (const by of [gemeente, politie]) {
      lab.add(by, { kind: 'goal', issue: chosen, text: 'Ons doel.' })
      lab.add(by, { kind: 'taking-part', takesPart: true, reason: 'Het raakt ons werk.' })
    }
    expect(lab.board().next).toEqual({
      isOpen: false,
      waitsFor: [
        { gate: 'goal-missing', parties: ['ggd'] },
        { gate: 'decision-missing', parties: ['ggd'] },
      ],
    })
    expect(open).toThrow(coded('phase_shut'))
    lab.add(ggd, { kind: 'taking-part', takesPart: false, reason: 'Geen capaciteit dit jaar.' })
    expect(lab.board().next).toEqual({ isOpen: true, waitsFor: [] })
    const phase = open()
    expect(lab.board().phase).toBe(2)
    expect(() => lab.change(coordinator, phase, 1, { kind: 'phase', phase: 4 })).toThrow(coded('phase_shut'))
    lab.change(coordinator, phase, 1, { kind: 'phase', phase: 1 })
    expect(lab.board().phase, 'back is always possible').toBe(1)
  })

  it('and not chosen anew once the lab has gone on, nor opened by an organisation', () => {
    const lab = startLab()
    const chosen = lab.add(gemeente, issue('Langer thuis'))
    expect(() => lab.add(gemeente, { kind: 'chosen-issue', issue: chosen, reason: 'Wij willen dit.' })).toThrow(
      coded('not_your_contribution'),
    )
    expect(() => lab.add(politie, { kind: 'phase', phase: 2 })).toThrow(coded('not_your_contribution'))
    expect(() => lab.add(coordinator, { kind: 'goal', issue: chosen, text: 'Namens allen.' })).toThrow(
      coded('not_your_contribution'),
    )
    expect(() => lab.add({ role: 'auditor', party: null }, issue('Van buiten'))).toThrow(coded('not_your_contribution'))
    expect(() => lab.add({ role: 'partner-reader', party: 'elders' as PartyId }, issue('Van buiten'))).toThrow(
      coded('not_your_contribution'),
    )
  })
})

describe('two people at one canvas do not overwrite each other', () => {
  const note = (text: string): ContributionContent => ({ kind: 'canvas-note', field: 'core', text, analysis: null })

  it('the second is told, and everything that was written is still there', () => {
    const lab = startLab()
    const id = lab.add(gemeente, note('Eenzaamheid'))
    lab.change(politie, id, 1, note('Eenzaamheid en overlast'))
    expect(() => lab.change(ggd, id, 1, note('Gezondheid'))).toThrow(coded('changed_meanwhile'))
    lab.change(ggd, id, 2, null)
    expect(() => lab.change(gemeente, id, 3, note('Terug'))).toThrow(coded('changed_meanwhile'))
    expect(lab.all()[0]?.versions.map(({ by, content }) => [by.party, content === null])).toEqual([
      ['gemeente', false],
      ['politie', false],
      ['ggd', true],
    ])
  })

  it('but what an organisation says for itself only that organisation changes, and nothing becomes something else', () => {
    const lab = startLab()
    const id = lab.add(gemeente, issue('Langer thuis'))
    expect(() => lab.change(politie, id, 1, issue('Anders'))).toThrow(coded('not_your_contribution'))
    expect(() => lab.change(coordinator, id, 1, null)).toThrow(coded('not_your_contribution'))
    expect(() => lab.change(gemeente, id, 1, note('Geen vraagstuk meer'))).toThrow(coded('contribution_unfit'))
    expect(() => lab.change(gemeente, 'e'.repeat(32), 1, note('Wat niet bestaat'))).toThrow(coded('not_found'))
  })
})

describe('an organisation that steps out', () => {
  it('sees nothing newer, keeps its name on what it wrote, and can come back', () => {
    const lab = startLab()
    const chosen = lab.add(ggd, issue('Langer thuis'))
    const out = lab.add(ggd, { kind: 'taking-part', takesPart: false, reason: 'Geen capaciteit.' })
    const later = lab.add(gemeente, { kind: 'remark', about: chosen, text: 'Jammer.' })
    expect(seenBy(lab.all(), ggd.party).map(({ id }) => id)).toEqual([chosen, out])
    expect(seenBy(lab.all(), gemeente.party)).toHaveLength(3)
    expect(seenBy(lab.all(), null)).toHaveLength(3)
    expect(lab.all()[0]?.versions[0]?.by.party).toBe('ggd')
    expect(() => lab.add(ggd, issue('Nog een'))).toThrow(coded('organisation_stepped_out'))
    expect(() => lab.change(ggd, out, 1, null)).toThrow(coded('contribution_unfit'))
    lab.change(ggd, out, 1, { kind: 'taking-part', takesPart: true, reason: 'Toch wel.' })
    expect(seenBy(lab.all(), ggd.party).map(({ id }) => id)).toContain(later)
    expect(lab.board().takingPart.at(-1)).toEqual({ party: 'ggd', takesPart: true })
  })
})

describe('nothing about a person enters', () => {
  it('wherever in a contribution it stands, with the place and what it seems to be', () => {
    const lab = startLab()
    const fact: ContributionContent = {
      kind: 'fact',
      question: null,
      statement: 'Zie ook de melding.',
      figure: { value: 12, unit: 'meldingen' },
      period: '2025',
      area: 'Noord',
      source: 'dossier 123456782',
      sureness: 'counted',
    }
    expect(() => lab.add(gemeente, fact)).toThrow(
      coded('personal_data_in_text', { violations: [{ path: 'source', message: 'citizen-number' }] }),
    )
    const hash = '123456782'.padEnd(64, 'a')
    const restsOn = [{ release: hash, tableHash: hash, cell: ['65-79'] }]
    lab.add(gemeente, { kind: 'insight', text: 'Ouderen wonen vaker alleen.', restsOn })
    expect(lab.all()).toHaveLength(1)
  })
})
