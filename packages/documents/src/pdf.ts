/**
 * A document as PDF/UA: every word is in the structure that a screen reader follows, with its language, and every letter is
 * embedded. What stands on each page only because it is a page is marked as such.
 * @module
 */
import PDFDocument from 'pdfkit'
import type { Block, TextDocument } from './document.ts'
import { letters } from './letters.ts'

type Pdf = PDFKit.PDFDocument
type Part = PDFKit.PDFStructureElement

const margins = { top: 56, bottom: 64, left: 60, right: 60 }
const ink = '#17262a'
const soft = '#4a5a5f'
const sizes = { title: 20, 1: 15, 2: 12.5, 3: 11, text: 10, small: 8.5 } as const
/** Points that one level moves to the right. */
const step = 12
const words = { nl: { page: 'bladzijde', of: 'van' }, en: { page: 'page', of: 'of' } } as const

type Writer = {
  readonly pdf: Pdf
  readonly root: Part
  /** A letter that the font does not have is written as its number: it may not go unseen. */
  readonly shown: (text: string) => string
}

type HasGlyphs = { font: { hasGlyphForCodePoint(codePoint: number): boolean } }

function showing(pdf: Pdf): (text: string) => string {
  const { font } = (pdf as unknown as { _font: HasGlyphs })._font
  return (text) =>
    [...text]
      .map((letter) => {
        const point = letter.codePointAt(0) ?? 0
        return font.hasGlyphForCodePoint(point) ? letter : `\\u{${point.toString(16)}}`
      })
      .join('')
}

function heading({ pdf, root, shown }: Writer, type: 'H1' | 'H2' | 'H3' | 'H4', text: string, size: number): void {
  // A heading does not stay behind at the foot of a page.
  const needed = size * 4
  if (pdf.y + needed > pdf.page.height - margins.bottom) pdf.addPage()
  pdf.moveDown(0.6)
  root.add(
    pdf.struct(type, {}, () => {
      pdf.font('bold').fontSize(size).fillColor(ink).text(shown(text), margins.left)
    }),
  )
  pdf.moveDown(0.2)
}

function line({ pdf, root, shown }: Writer, { name, text, depth = 0 }: Extract<Block, { kind: 'line' }>): void {
  const left = margins.left + depth * step
  const width = pdf.page.width - left - margins.right
  // The name would lose its weight if the page broke right there.
  if (pdf.y + sizes.text * 2.6 > pdf.page.height - margins.bottom) pdf.addPage()
  root.add(
    pdf.struct('P', {}, () => {
      pdf.fontSize(sizes.text).fillColor(ink)
      if (name !== undefined)
        pdf
          .font('bold')
          .text(`${shown(name)}: `, left, pdf.y, { width, continued: true })
          .font('plain')
          .text(shown(text))
      else pdf.font('plain').text(shown(text), left, pdf.y, { width })
    }),
  )
  pdf.moveDown(0.25)
}

function list({ pdf, root, shown }: Writer, { items }: Extract<Block, { kind: 'list' }>): void {
  const all = pdf.struct('L')
  root.add(all)
  for (const item of items) {
    const one = pdf.struct('LI')
    all.add(one)
    const width = pdf.page.width - margins.left - margins.right - step
    pdf.font('plain').fontSize(sizes.text).fillColor(ink)
    const top = pdf.y
    const hasRoom = top + pdf.heightOfString(shown(item), { width }) < pdf.page.height - margins.bottom
    if (!hasRoom) pdf.addPage()
    const at = pdf.y
    one.add(
      pdf.struct('Lbl', {}, () => {
        pdf.text('• ', margins.left, at, { lineBreak: false })
      }),
    )
    one.add(
      pdf.struct('LBody', {}, () => {
        pdf.text(shown(item), margins.left + step, at, { width })
      }),
    )
    one.end()
  }
  all.end()
  pdf.moveDown(0.3)
}

function table({ pdf, root, shown }: Writer, { caption, head, rows }: Extract<Block, { kind: 'table' }>): void {
  heading({ pdf, root, shown }, 'H4', caption, sizes[3])
  pdf
    .font('plain')
    .fontSize(sizes.small + 0.5)
    .fillColor(ink)
  pdf.x = margins.left
  pdf.table({
    structParent: root,
    defaultStyle: { border: 0.5, borderColor: '#d5d3ca', padding: 3 },
    data: [
      head.map((text) => ({ text: shown(text), type: 'TH' as const, scope: 'Column' as const, font: { src: 'bold' } })),
      ...rows.map((row) =>
        row.map((text, at) => ({
          text: shown(text) || ' ',
          ...(at === 0 ? { type: 'TH' as const, scope: 'Row' as const } : {}),
        })),
      ),
    ],
  } as never)
  pdf.x = margins.left
  pdf.moveDown(0.6)
}

function block(writer: Writer, part: Block): void {
  switch (part.kind) {
    case 'heading':
      return heading(writer, `H${(part.level + 1) as 2 | 3 | 4}`, part.text, sizes[part.level])
    case 'line':
      return line(writer, part)
    case 'list':
      return list(writer, part)
    case 'table':
      return table(writer, part)
  }
}

/** What is on a page because it is one: not read aloud. */
function footers({ pdf, shown }: Writer, { foot, language }: TextDocument): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let at = start; at < start + count; at += 1) {
    pdf.switchToPage(at)
    // Else writing this low would begin another page.
    pdf.page.margins.bottom = 0
    pdf.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] } as never)
    pdf
      .font('plain')
      .fontSize(sizes.small)
      .fillColor(soft)
      .text(
        shown(`${foot} · ${words[language].page} ${at - start + 1} ${words[language].of} ${count}`),
        margins.left,
        pdf.page.height - margins.bottom + 24,
        { width: pdf.page.width - margins.left - margins.right, lineBreak: false },
      )
    pdf.endMarkedContent()
  }
}

/** @returns the bytes of a file; the same document gives the same file but for its identifier */
export async function pdfOf(document: TextDocument): Promise<Uint8Array> {
  const { title, language, about, blocks, madeAt } = document
  const pdf = new PDFDocument({
    size: 'A4',
    margins,
    pdfVersion: '1.7',
    // The types do not know it yet; the library does.
    subset: 'PDF/UA',
    tagged: true,
    displayTitle: true,
    lang: language,
    bufferPages: true,
    font: letters.plain,
    info: { Title: title, Creator: 'Kruispunt', Producer: 'Kruispunt', CreationDate: new Date(madeAt) },
  } as unknown as PDFKit.PDFDocumentOptions)
  const parts: Buffer[] = []
  const written = new Promise<void>((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', resolve)
    pdf.on('error', reject)
  })
  pdf.registerFont('plain', letters.plain).registerFont('bold', letters.bold).font('plain')
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  const writer: Writer = { pdf, root, shown: showing(pdf) }
  root.add(
    pdf.struct('H1', {}, () => {
      pdf.font('bold').fontSize(sizes.title).fillColor(ink).text(writer.shown(title))
    }),
  )
  pdf.moveDown(0.4)
  for (const text of about)
    root.add(
      pdf.struct('P', {}, () => {
        pdf.font('plain').fontSize(sizes.text).fillColor(soft).text(writer.shown(text))
      }),
    )
  pdf.moveDown(0.4)
  for (const part of blocks) block(writer, part)
  root.end()
  footers(writer, document)
  pdf.end()
  await written
  return new Uint8Array(Buffer.concat(parts))
}
