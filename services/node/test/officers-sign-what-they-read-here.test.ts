import {
  type AgreementDocument,
  type AgreementId,
  type AgreementOutcome,
  agreementDecisionOrder,
  agreementDocument,
  anyStatement,
  type MatchKeyId,
} from '@kruispunt/contracts'
import { toHex } from '@kruispunt/crypto'
import { documentHash, shortCode } from '@kruispunt/statements'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { changedLines } from '../src/officers/agreement-differences.ts'
import { renderAgreement } from '../src/officers/render-agreement.ts'
import { testAgreement } from './support/agreement.ts'
import { newKey } from './support/scripted-broker.ts'
import { type Lab, officer, type Partner, passphraseOf, startLab } from './support/three-partners.ts'

let lab: Lab | undefined
afterEach(async () => {
  await lab?.end()
  lab = undefined
})
const signature = (party: string) => ({ officer, passphrase: passphraseOf(party) })
const two = ['gemeente', 'politie']

type Tree = { [name: string]: unknown }
const id = documentHash('agreement', { proef: 1 }) as AgreementId
const none = { signedBy: [], refusedBy: [] }
const texts = (document: AgreementDocument) =>
  ['nl' as const, 'en' as const].map((language) => renderAgreement(id, document, none, language)).join('\n')

/** Values that cannot be otherwise. */
const constant = new Set(['v', 'kind'])
const alternatives: Record<string, string> = {
  role: 'recipient',
  dataKind: 'special',
  zeros: 'publish',
  approval: 'per-request',
  onwardSharing: 'yes',
  remaining: 'high',
  unit: 'households',
  profile: 'en1',
  parts: 'sex',
  field: 'place',
  citizenNumber: 'veto',
  suspects: 'drop',
  pseudonymMode: 'joint-oprf',
}

const otherKind: Record<string, string> = {
  category: 'area',
  suppression: 'cell-key',
  'cell-key': 'suppression',
  'differential-privacy': 'suppression',
}

/** A document in which each optional member, each kind of derivation and each list has something in it. */
function everyMember(): AgreementDocument {
  const document = testAgreement('lab', two, {
    supersedes: 'c'.repeat(64) as AgreementId,
    attachments: [{ name: 'DPIA.pdf', mediaType: 'application/pdf', bytes: 10, sha256: 'd'.repeat(64) }],
  })
  const [first, second] = document.datasets
  const [dimension] = first?.dimensions ?? []
  const [population] = document.populations
  const [table] = document.tables
  if (!first || !second || !dimension || !population || !table) throw new Error('the fixture has changed')
  const both = (text: string) => ({ nl: text, en: `${text} (en)` })
  const band = { code: 'jong', from: 0, below: 18 }
  const parent = { code: 'alle', label: both('alle'), parent: null, sources: ['heel'] }
  const other = (name: string, derivation: typeof dimension.derivation): typeof dimension => ({
    ...dimension,
    id: name as typeof dimension.id,
    derivation,
    levels: [
      { id: 'grof' as typeof dimension.id, label: both('grof') },
      { id: 'fijn' as typeof dimension.id, label: both('fijn') },
    ],
    codes: [{ code: 'jong', label: both('jong'), parent: 'alle', sources: ['jeugd'] }],
    parents: [[parent]],
  })
  first.dimensions.push(
    other('leeftijd', { kind: 'age-band', referenceDate: '2026-01-01', bands: [band] }),
    other('aantal', { kind: 'number-band', bands: [band] }),
    other('maand', { kind: 'month', from: '2026-01', to: '2026-03' }),
    other('wijk', { kind: 'area' }),
    other('soort', { kind: 'category' }),
  )
  second.grain = 'record'
  second.recordLabel = both('melding')
  population.dataset = first.id
  table.filters = [dimension.id]
  first.stricter = { minimum: 12, groupSharePercent: 80, zeros: 'protect-all' }
  first.extractMode = 'per-request'
  first.measures = [
    {
      id: 'uren' as typeof dimension.id,
      label: both('uren'),
      unit: both('uren per week'),
      meaning: 'uren zorg',
      whyNeeded: 'om op te tellen',
      dataKind: 'ordinary',
      headers: ['uren'],
      decimals: 1,
      lowest: 0,
      highest: 168,
    },
  ]
  table.measures = ['uren' as typeof dimension.id]
  document.disclosure.sums = { pPercent: 10, dominance: { largest: 2, percent: 90 } }
  document.linkage = {
    ...document.linkage,
    selfTest: 100,
    keys: [...document.linkage.keys, { id: 'N1' as MatchKeyId, parts: ['initial', 'surname', 'birthDate'] }],
  }
  document.populations.push(
    { ...population, id: 'tweede' as typeof dimension.id, answers: { kind: 'suppression' } },
    {
      ...population,
      id: 'derde' as typeof dimension.id,
      answers: { kind: 'cell-key', maxDeviation: 5, variance: 2, smallestShown: 2 },
    },
    {
      ...population,
      id: 'vierde' as typeof dimension.id,
      answers: { kind: 'differential-privacy', epsilon: '1', delta: '0.000001', epsilonPerTable: '0.1' },
    },
  )
  return document
}

/** Paths to everything that is no list and no object. */
function leavesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]]
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, [...path, name]))
}

/** Changes one leaf into something else of its kind. */
function change(tree: Tree, path: readonly string[], member = path[0] ?? ''): void {
  const [name = '', ...rest] = path
  if (rest.length > 0) return change(tree[name] as Tree, rest, /^\d+$/.test(rest[0] ?? '') ? name : (rest[0] ?? ''))
  const value = tree[name]
  const bilingual = { nl: 'melding', en: 'report' }
  if (value === null) tree[name] = name === 'recordLabel' ? bilingual : name === 'below' ? 99 : 'ander'
  else if (name === 'grain') tree[name] = value === 'record' ? 'person' : 'record'
  else if (typeof value === 'number') tree[name] = value + 1
  else if (typeof value === 'boolean') tree[name] = !value
  else
    tree[name] =
      name === 'kind' ? (otherKind[String(value)] ?? 'category') : (alternatives[member] ?? `${String(value)}x`)
}

const namesOf = (path: readonly string[]) => path.filter((name) => !/^\d+$/.test(name)).join('.')

/** Every member a JSON schema allows, by its names. */
function membersOf(schema: Tree, path: readonly string[] = []): string[] {
  const parts = [...((schema.anyOf ?? schema.oneOf ?? []) as Tree[]), ...(schema.items ? [schema.items as Tree] : [])]
  const own = Object.entries((schema.properties ?? {}) as Record<string, Tree>)
  const below = [
    ...parts.flatMap((part) => membersOf(part, path)),
    ...own.flatMap(([name, one]) => membersOf(one, [...path, name])),
  ]
  return own.length === 0 && parts.length === 0 && schema.type !== 'null' ? [path.join('.')] : below
}

describe('officers sign what they read here', () => {
  it('accepts a roster only with the code of that roster, and an officer once', async () => {
    lab = await startLab(two)
    const { node } = lab.partner('gemeente')
    expect(() => node.views.roster()).toThrow(expect.objectContaining({ code: 'roster_missing' }))
    lab.broker.putRoster()
    await node.agent.refresh()
    const { shortCode: code } = node.views.roster()
    const wrong = `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`
    expect(() => node.acts.acceptRoster({ ...signature('gemeente'), shortCode: wrong })).toThrow(
      expect.objectContaining({ code: 'short_code_wrong' }),
    )
    expect(lab.broker.entries).toHaveLength(1)
    const typed = code.toLowerCase().replaceAll('-', ' ')
    const first = node.acts.acceptRoster({ ...signature('gemeente'), shortCode: typed })
    expect(node.acts.acceptRoster({ ...signature('gemeente'), shortCode: code }).id).toBe(first.id)
  })
  it('refuses a roster in which the broker put other keys under our name', async () => {
    lab = await startLab(two)
    const other = newKey()
    const replaced = { keyId: other.keyId, publicKey: toHex(other.publicKey) }
    lab.broker.putRoster((document) => ({
      ...document,
      parties: document.parties.map((party) =>
        party.id === 'gemeente'
          ? { ...party, nodeKey: { ...party.nodeKey, ...replaced } as typeof party.nodeKey }
          : party,
      ),
    }))
    const { node } = lab.partner('gemeente')
    await node.agent.refresh()
    const { shortCode: code } = node.views.roster()
    expect(() => node.acts.acceptRoster({ ...signature('gemeente'), shortCode: code })).toThrow(
      expect.objectContaining({ code: 'roster_not_ours' }),
    )
  })
  it('opens an officer key with no other passphrase, so the node cannot sign alone', async () => {
    lab = await startLab(two)
    await lab.acceptRoster()
    const agreement = lab.propose()
    const { node } = lab.partner('gemeente')
    await node.agent.refresh()
    const order = { agreement, shortCode: shortCode(agreement), decision: 'approved', reason: null } as const
    const decide = (who: { officer: string; passphrase: string }) => () =>
      node.acts.decideAgreement({ ...who, ...order })
    expect(decide({ officer, passphrase: passphraseOf('politie') })).toThrow(
      expect.objectContaining({ code: 'passphrase_wrong' }),
    )
    expect(decide({ officer: 'iemand', passphrase: passphraseOf('gemeente') })).toThrow(
      expect.objectContaining({ code: 'officer_unknown' }),
    )
  })
  it('does not let the code of one text sign another that differs in one character', async () => {
    lab = await startLab(two)
    await lab.acceptRoster()
    const first = lab.propose({ publication: 'Alleen gecontroleerde tabellen' })
    const second = lab.propose({ publication: 'Alleen gecontroleerde  tabellen' })
    expect(second).not.toBe(first)
    const [gemeente, politie] = [lab.partner('gemeente'), lab.partner('politie')]
    await lab.tickAll()
    const order = { decision: 'approved', reason: null } as const
    expect(() =>
      gemeente.node.acts.decideAgreement({
        ...signature('gemeente'),
        ...order,
        agreement: second,
        shortCode: shortCode(first),
      }),
    ).toThrow(expect.objectContaining({ code: 'short_code_wrong' }))
    // Each was shown another text and signs it: neither becomes active.
    await lab.sign(first, [gemeente])
    await lab.sign(second, [politie])
    await lab.tickAll()
    expect(gemeente.node.views.agreements().map(({ status }) => status)).toStrictEqual(['in-review', 'in-review'])
    expect(gemeente.node.views.ceremonies().map(({ status }) => status)).toStrictEqual(['not-started', 'not-started'])
  })
  it('keeps a refusal, and decides once', async () => {
    lab = await startLab(two)
    await lab.acceptRoster()
    const agreement = lab.propose()
    const { node } = lab.partner('gemeente')
    await node.agent.refresh()
    const order = { ...signature('gemeente'), agreement, shortCode: shortCode(agreement) }
    await node.sendDecision(
      node.acts.decideAgreement({ ...order, decision: 'rejected', reason: 'De grondslag ontbreekt.' }),
    )
    expect(node.views.agreements()[0]).toMatchObject({ status: 'rejected', refusedBy: ['gemeente'] })
    const before = lab.broker.entries.length
    await node.sendDecision(node.acts.decideAgreement({ ...order, decision: 'approved', reason: null }))
    expect(lab.broker.entries).toHaveLength(before)
  })
  it('signs under conditions and sends back in words that every partner reads, each counting as the decision it is', async () => {
    lab = await startLab(two)
    await lab.acceptRoster()
    const [gemeente, politie] = [lab.partner('gemeente'), lab.partner('politie')]
    const first = lab.propose()
    const second = lab.propose({ title: 'Een andere tekst' })
    await lab.tickAll()
    const decide = (party: string, agreement: AgreementId, decision: AgreementOutcome, reason: string | null) => {
      const { node } = lab?.partner(party) as Partner
      const order = { ...signature(party), agreement, shortCode: shortCode(agreement), decision, reason }
      return node.sendDecision(node.acts.decideAgreement(order))
    }
    await decide('gemeente', first, 'approved-with-conditions', 'Alleen zolang de DPIA geldt.')
    await decide('politie', first, 'approved', null)
    await decide('politie', second, 'returned', 'De bewaartermijn is te lang.')
    await lab.tickAll()
    expect(gemeente.node.views.agreement(first).status).toBe('active')
    expect(gemeente.node.views.agreement(second).status).toBe('rejected')
    const seen = [first, second].flatMap((id) => politie.node.views.agreement(id).decisions)
    expect(seen.map(({ party, outcome, reason, role }) => ({ party, outcome, reason, role }))).toStrictEqual([
      {
        party: 'gemeente',
        outcome: 'approved-with-conditions',
        reason: 'Alleen zolang de DPIA geldt.',
        role: 'privacy-officer',
      },
      { party: 'politie', outcome: 'approved', reason: null, role: 'privacy-officer' },
      { party: 'politie', outcome: 'returned', reason: 'De bewaartermijn is te lang.', role: 'privacy-officer' },
    ])
  })
  it('takes no condition without words, and none that does not fit its decision', () => {
    const order = { ...signature('gemeente'), shortCode: 'AAAA-AAAA-AAAA' }
    for (const decision of ['approved-with-conditions', 'returned', 'rejected'])
      expect(agreementDecisionOrder.safeParse({ ...order, decision, reason: null }).success).toBe(false)
    const statement = {
      v: 1,
      kind: 'agreement-approval',
      lab: 'lab',
      from: 'gemeente',
      keyId: 'a'.repeat(32),
      seq: 1,
      prev: '0'.repeat(64),
      issuedAt: '2026-01-01T00:00:00.000Z',
      notAfter: null,
      roster: 'b'.repeat(64),
      seen: null,
      agreement: 'c'.repeat(64),
      reason: 'Omdat.',
    }
    const fits = (decision: string, review: string, reason: string | null = 'Omdat.') =>
      anyStatement.safeParse({ ...statement, decision, review, reason }).success
    expect(fits('approved', 'with-conditions')).toBe(true)
    expect(fits('rejected', 'returned')).toBe(true)
    expect(fits('approved', 'returned')).toBe(false)
    expect(fits('rejected', 'with-conditions')).toBe(false)
    expect(fits('approved', 'with-conditions', null)).toBe(false)
  })
  it('names what differs from the text signed before, and says so when none was signed', async () => {
    lab = await startLab(two)
    await lab.acceptRoster()
    const { node } = lab.partner('gemeente')
    const first = lab.propose()
    await lab.sign(first)
    expect(node.views.differences(first, 'nl')).toStrictEqual({ before: null, changes: [] })
    const [dataset, ...others] = testAgreement('lab', two).datasets
    if (dataset === undefined) throw new Error('the fixture has changed')
    const unsigned = lab.propose({ version: 2, publication: 'Niet', supersedes: first })
    const third = lab.propose({
      version: 3,
      purpose: 'Partijen tellen iets anders.',
      datasets: [{ ...dataset, schedule: 'Iedere week' }, ...others],
    })
    await lab.tickAll()
    // The second was put forward and not signed: the officer compares with what carries the own signature.
    for (const id of [unsigned, third]) expect(node.views.differences(id, 'nl').before?.id).toBe(first)
    const { changes } = node.views.differences(third, 'nl')
    const old = testAgreement('lab', two)
    expect(changes.flatMap(({ removed }) => removed)).toContain(`Verwerkingsdoel: ${old.purpose}`)
    expect(changes.flatMap(({ added }) => added)).toContain('Verwerkingsdoel: Partijen tellen iets anders.')
    const schedule = changes.find(({ added }) => added.some((line) => line.includes('Iedere week')))
    expect(schedule?.place.join(' ')).toContain(dataset.title.nl)
    await lab.sign(third)
    expect(node.views.differences(unsigned, 'nl').before?.id).toBe(first)
  })
  it('shows control characters as what they are', () => {
    const text = renderAgreement(id, testAgreement('lab', two, { purpose: 'Tellen\u202edrenim\u001b[2J' }), none, 'nl')
    expect(text).toContain('Tellen\\u{202e}drenim\\u{1b}[2J')
    expect(text).not.toMatch(/[\u202e\u001b]/)
    expect(text.split(shortCode(id))).toHaveLength(3)
  })

  it('reads differently after any change to any member of the document', () => {
    const document = everyMember()
    const before = texts(document)
    const unseen: string[] = []
    let changed = 0
    for (const path of leavesOf(document)) {
      if (constant.has(path.at(-1) ?? '') && path.at(-2) !== 'derivation') continue
      const other = structuredClone(document) as unknown as Tree
      change(other, path)
      changed += 1
      const after = other as unknown as AgreementDocument
      if (texts(after) === before) unseen.push(path.join('.'))
      const differs = (['nl', 'en'] as const).some((language) => changedLines(document, after, language).length > 0)
      if (!differs) unseen.push(`${path.join('.')} among the differences`)
    }
    expect(unseen).toStrictEqual([])
    expect(changed).toBeGreaterThan(150)
  })

  it('tries every member an agreement can have, so a new one cannot stay out of sight', () => {
    const schema = z.toJSONSchema(agreementDocument, { io: 'input', unrepresentable: 'any' })
    const present = new Set(leavesOf(everyMember()).map((path) => namesOf(path)))
    const known = [...present]
    const missing = membersOf(schema as Tree).filter(
      (name) => !known.some((one) => one === name || one.startsWith(`${name}.`)),
    )
    expect(missing).toStrictEqual([])
  })
})
