import { createHash } from 'node:crypto'
import type { AgreementId } from '@kruispunt/contracts'
import { parse } from 'csv-parse/sync'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderAgreement } from '../src/officers/render-agreement.ts'
import { type Lab, startLab } from './support/three-partners.ts'

let lab: Lab
let first: AgreementId
let second: AgreementId
const nodeOf = (party: string) => lab.partner(party).node
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')

beforeAll(async () => {
  lab = await startLab(['gemeente', 'politie'])
  await lab.acceptRoster()
  first = lab.propose({ purpose: '=WEBSERVICE("https://ergens") en tellen' })
  second = lab.propose({ title: 'Een andere deelafspraak', reference: 'PROEF-2' })
  await lab.sign(first)
  await lab.sign(second, [lab.partner('politie')])
  await lab.until(() => lab.all.every(({ node }) => node.views.ceremonies().some(({ keyUsable }) => keyUsable)))
  // Once more, so that the witnesses have seen all of it.
  await lab.tickAll()
  await lab.tickAll()
})
afterAll(() => lab?.end())

async function wordsOf(bytes: Uint8Array): Promise<string> {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise
  let text = ''
  for (let at = 1; at <= pdf.numPages; at += 1)
    for (const item of (await (await pdf.getPage(at)).getTextContent()).items) if ('str' in item) text += item.str
  return text.replaceAll(/\s+/g, '')
}

/** RFC 9162 §2.1.3.2, written again here. */
function isIncluded(leaf: Buffer, index: number, size: number, proof: readonly string[], root: string): boolean {
  const hash = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  let [at, last] = [BigInt(index), BigInt(size - 1)]
  let found = hash(Buffer.from([0]), leaf)
  for (const step of proof.map((hex) => Buffer.from(hex, 'hex'))) {
    if (last === 0n) return false
    if (at % 2n === 1n || at === last) {
      found = hash(Buffer.from([1]), step, found)
      while (at % 2n === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n]
    } else found = hash(Buffer.from([1]), found, step)
    ;[at, last] = [at >> 1n, last >> 1n]
  }
  return last === 0n && found.toString('hex') === root
}

describe('officers take files along', () => {
  it.each(['nl', 'en'] as const)(
    'prints every line of the text that is signed, and who signed it (%s)',
    async (lang) => {
      const { bytes, mediaType } = await nodeOf('gemeente').exportAgreement(first, 'agreement-pdf', lang)
      expect(mediaType).toBe('application/pdf')
      const words = await wordsOf(bytes)
      const { document, shortCode: code, decisions } = nodeOf('gemeente').views.agreement(first)
      const none = { signedBy: [], refusedBy: [] }
      const isSignature = (line: string) => /^(?:ONDERTEKENING|SIGNATURES)$/.test(line)
      const lines = renderAgreement(first, document, none, lang).split('\n')
      const text = lines.slice(0, lines.findIndex(isSignature))
      expect(text.length).toBeGreaterThan(40)
      for (const line of text.slice(1)) expect(words).toContain(line.replaceAll(/\s+/g, ''))
      expect(words).toContain(code)
      expect(decisions).toHaveLength(2)
      for (const { keyId } of decisions) expect(words).toContain(keyId)
    },
  )
  it('gives each partner the row of its own register, of which no spreadsheet runs a word', async () => {
    const rows = await Promise.all(
      ['gemeente', 'politie'].map(async (party) => {
        const { bytes } = await nodeOf(party).exportAgreement(first, 'register-csv', 'nl')
        const [row] = parse(textOf(bytes), { columns: true, bom: true }) as Record<string, string>[]
        return row ?? {}
      }),
    )
    const { document } = nodeOf('gemeente').views.agreement(first)
    for (const [at, party] of ['gemeente', 'politie'].entries()) {
      const own = document.parties.find(({ id }) => id === party)
      const [dataset] = document.datasets.filter((one) => one.party === party)
      expect(rows[at]?.Contact).toBe(own?.contact)
      expect(rows[at]?.Betrokkenen).toBe(dataset?.dataSubjects)
      expect(rows[at]?.Persoonsgegevens).toContain(dataset?.dimensions[0]?.label.nl)
      expect(rows[at]?.Verwerkingsdoel).toMatch(/^'=/)
    }
    const { bytes } = await nodeOf('gemeente').exportAgreement(first, 'register-json', 'nl')
    const json = JSON.parse(textOf(bytes)) as Record<string, string>
    expect(json.purpose).toBe(document.purpose)
    expect(Object.keys(json)).toHaveLength(Object.keys(rows[0] ?? {}).length)
  })
  it('makes an annex for the DPIA that says it is a draft, with every risk and every variable', async () => {
    const words = await wordsOf((await nodeOf('politie').exportAgreement(first, 'dpia-pdf', 'nl')).bytes)
    const { document } = nodeOf('politie').views.agreement(first)
    const said = [
      'Concept.',
      ...document.risks.map(({ description }) => description),
      ...document.datasets.flatMap(({ dimensions }) => dimensions.map(({ whyNeeded }) => whyNeeded)),
    ]
    for (const text of said) expect(words).toContain(text.replaceAll(/\s+/g, ''))
  })
  it('proves every statement of one agreement, with none of another, to whoever holds the checkpoint', async () => {
    const { bytes } = await nodeOf('politie').exportAgreement(first, 'audit-extract', 'nl')
    const [head, ...entries] = textOf(bytes)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(head).toMatchObject({ format: 'kruispunt-audit-extract/1', agreement: first })
    const kinds = entries.map(({ envelope }) => JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')))
    const count = (kind: string) => kinds.filter((one) => one.kind === kind).length
    expect([count('roster'), count('agreement'), count('agreement-approval')]).toStrictEqual([1, 1, 2])
    expect(count('salt-confirm')).toBe(2)
    expect(kinds.every((one) => one.agreement === undefined || one.agreement === first)).toBe(true)
    expect(JSON.stringify(kinds)).not.toContain(second)
    const note = String(head.checkpoint).split('\n')
    expect(note.slice(1, 3)).toStrictEqual([String(head.size), Buffer.from(head.root, 'hex').toString('base64')])
    for (const { index, envelope, proof } of entries) {
      expect(proof).not.toBeNull()
      // The envelope's members in the order of RFC 8785.
      const signatures = envelope.signatures.map(({ keyid, sig }: Record<string, string>) => ({ keyid, sig }))
      const leaf = Buffer.from(
        JSON.stringify({ payload: envelope.payload, payloadType: envelope.payloadType, signatures }),
      )
      expect(isIncluded(leaf, index, head.size, proof, head.root)).toBe(true)
      expect(isIncluded(Buffer.concat([leaf, Buffer.from(' ')]), index, head.size, proof, head.root)).toBe(false)
    }
  })
})
