import { type AgreementId, agreementDocument } from '@kruispunt/contracts'
import { toHex } from '@kruispunt/crypto'
import { documentHash, shortCode } from '@kruispunt/statements'
import { afterEach, describe, expect, it } from 'vitest'
import { renderAgreement } from '../src/officers/render-agreement.ts'
import { testAgreement } from './support/agreement.ts'
import { newKey } from './support/scripted-broker.ts'
import { type Lab, officer, passphraseOf, startLab } from './support/three-partners.ts'

let lab: Lab | undefined
afterEach(async () => {
  await lab?.end()
  lab = undefined
})
const signature = (party: string) => ({ officer, passphrase: passphraseOf(party) })
const two = ['gemeente', 'politie']

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
  it('shows every text of the document in both languages, and control characters as what they are', () => {
    const document = testAgreement('zorg-en-overlast', two, { purpose: 'Tellen\u202edrenim\u001b[2J' })
    const id = documentHash('agreement', document) as AgreementId
    const ids = new Set(['v', 'kind', 'codes', 'unknownCode'])
    const texts: string[] = []
    const walk = (value: unknown, language: string): void => {
      if (typeof value === 'string' && value.length > 12 && !/[\u202e\u001b]/.test(value)) texts.push(value)
      else if (Array.isArray(value)) for (const one of value) walk(one, language)
      else if (typeof value === 'object' && value !== null)
        for (const [name, one] of Object.entries(value))
          if (!ids.has(name) && !(['nl', 'en'].includes(name) && name !== language)) walk(one, language)
    }
    for (const language of ['nl', 'en'] as const) {
      const text = renderAgreement(id, agreementDocument.parse(document), { signedBy: [], refusedBy: [] }, language)
      texts.length = 0
      walk(document, language)
      expect(texts.length).toBeGreaterThan(20)
      const translated = new Set(['joint-controller', 'protect-foreign'])
      for (const one of texts) if (!translated.has(one)) expect(text).toContain(one)
      expect(text).toContain(shortCode(id))
      expect(text).toContain('Tellen\\u{202e}drenim\\u{1b}[2J')
      expect(text).not.toMatch(/[\u202e\u001b]/)
    }
  })
})
