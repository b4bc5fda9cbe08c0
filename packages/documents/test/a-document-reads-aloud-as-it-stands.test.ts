import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, it } from 'vitest'
import { type Block, pdfOf, type TextDocument } from '../src/index.ts'

type Node = { role?: string; type?: string; id?: string; children?: Node[] }

const long =
  'Een regel van enige lengte, die breekt omdat zij langer is dan de bladzijde breed is, en dat meer dan eens.'
const blocks: Block[] = [
  { kind: 'heading', level: 1, text: 'Partijen' },
  { kind: 'line', name: 'Rol', text: 'gezamenlijk verwerkingsverantwoordelijke' },
  { kind: 'heading', level: 2, text: 'Gegevens' },
  ...Array.from({ length: 90 }, (_, at): Block => ({ kind: 'line', text: `${at}. ${long}`, depth: at % 4 })),
  { kind: 'list', items: ['één vraag', 'twee vragen'] },
  {
    kind: 'table',
    caption: 'Risico’s',
    head: ['Risico', 'Restrisico'],
    rows: [
      ['herkenning', 'laag'],
      ['lek', ''],
    ],
  },
]
const document: TextDocument = {
  title: 'Deelafspraak: Langer thuis',
  language: 'nl',
  about: ['Controlecode AAAA-BBBB-CCCC'],
  blocks,
  foot: 'Controlecode AAAA-BBBB-CCCC',
  madeAt: Date.UTC(2026, 2, 1),
}

/** Read by other software than ours: what each page says, and in which parts. */
async function read(bytes: Uint8Array) {
  const pdf = await getDocument({ data: bytes, verbosity: 0 }).promise
  const said: { role: string; text: string }[] = []
  let unmarked = ''
  let footers = 0
  for (let at = 1; at <= pdf.numPages; at += 1) {
    const page = await pdf.getPage(at)
    const { items } = await page.getTextContent({ includeMarkedContent: true })
    const open: (string | undefined)[] = []
    const texts = new Map<string, string>()
    for (const item of items) {
      if ('type' in item) {
        if (item.type === 'endMarkedContent') open.pop()
        else open.push((item as { id?: string; tag?: string }).id ?? (item as { tag?: string }).tag)
        if ((item as { tag?: string }).tag === 'Artifact') footers += 1
        continue
      }
      const within = open.at(-1)
      if (within === undefined) unmarked += item.str
      else texts.set(within, `${texts.get(within) ?? ''}${item.str}`)
    }
    const walk = (node: Node, role: string): void => {
      if (node.type === 'content' && node.id !== undefined) said.push({ role, text: texts.get(node.id) ?? '' })
      for (const child of node.children ?? []) walk(child, node.role ?? role)
    }
    walk((await page.getStructTree()) as Node, '')
  }
  const { info, metadata } = await pdf.getMetadata()
  return { pdf, said, unmarked: unmarked.trim(), footers, info: info as Record<string, unknown>, metadata }
}

describe('a document reads aloud as it stands', () => {
  it('says its title and language, and that it is PDF/UA', async () => {
    const bytes = await pdfOf(document)
    const { info, metadata } = await read(bytes.slice())
    expect(info).toMatchObject({ Title: document.title, Language: 'nl' })
    expect(metadata.get('pdfuaid:part')).toBe('1')
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/DisplayDocTitle true/)
  })
  it('has every word in the structure, in order, with headings, lists and cells as what they are', async () => {
    const { pdf, said, unmarked, footers } = await read(await pdfOf(document))
    expect(pdf.numPages).toBeGreaterThan(2)
    expect(unmarked).toBe('')
    // Page numbers are not read: one artifact a page beside what the library draws.
    expect(footers).toBeGreaterThanOrEqual(pdf.numPages)
    const plain = (text: string) => text.replaceAll(/\s+/g, '')
    const words = plain(said.map(({ text }) => text).join(''))
    let from = 0
    for (const part of blocks) {
      const texts =
        part.kind === 'list'
          ? part.items
          : part.kind === 'table'
            ? [part.caption, ...part.head, ...part.rows.flat()]
            : [part.kind === 'line' && part.name !== undefined ? `${part.name}: ${part.text}` : part.text]
      for (const text of texts) {
        const at = words.indexOf(plain(text), from)
        expect(at, text).toBeGreaterThanOrEqual(from)
        from = at + plain(text).length
      }
    }
    const roleOf = (text: string) => said.find((one) => plain(one.text) === plain(text))?.role
    expect(roleOf('Deelafspraak: Langer thuis')).toBe('H1')
    expect(roleOf('Partijen')).toBe('H2')
    expect(roleOf('Gegevens')).toBe('H3')
    expect(roleOf('één vraag')).toBe('LBody')
    expect(roleOf('Restrisico')).toBe('TH')
    expect(roleOf('herkenning')).toBe('TH')
    expect(roleOf('laag')).toBe('TD')
  })
  it('writes a letter that it has no shape for as its number', async () => {
    const { said } = await read(await pdfOf({ ...document, blocks: [{ kind: 'line', text: 'Tellen \u{1f600} ≥ 10' }] }))
    expect(said.map(({ text }) => text).join('')).toContain('Tellen \\u{1f600} ≥ 10')
  })
  it('is the same file when nothing changed', async () => {
    const one = Buffer.from(await pdfOf(document)).toString('latin1')
    const other = Buffer.from(await pdfOf(document)).toString('latin1')
    expect(one.replace(/\/ID \[.*?\]/s, '')).toBe(other.replace(/\/ID \[.*?\]/s, ''))
  })
})
