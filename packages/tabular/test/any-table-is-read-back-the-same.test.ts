import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataset, field, inspected, readAll, utf8 } from './helpers.ts'

type Written = {
  table: string[][]
  delimiter: string
  quoteAll: boolean
  lineEnd: '\n' | '\r\n' | '\r'
  encoding: 'utf-8' | 'utf-8-bom' | 'windows-1252' | 'utf-16le' | 'utf-16be'
  ended: boolean
  pieces: number
}

const value = (lineEnd: string) =>
  fc.string({
    unit: fc.constantFrom(
      'a',
      'Z',
      'é',
      'ß',
      'Ü',
      ' ',
      ',',
      ';',
      '|',
      '\t',
      '"',
      '7',
      '.',
      ...(lineEnd === '\r' ? [] : ['\n', '\r\n']),
    ),
    maxLength: 8,
  })

const written: fc.Arbitrary<Written> = fc
  .record({ columns: fc.integer({ min: 2, max: 6 }), lineEnd: fc.constantFrom<Written['lineEnd']>('\n', '\r\n', '\r') })
  .chain(({ columns, lineEnd }) =>
    fc.record({
      table: fc.array(fc.array(value(lineEnd), { minLength: columns, maxLength: columns }), {
        minLength: 1,
        maxLength: 40,
      }),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      quoteAll: fc.boolean(),
      lineEnd: fc.constant(lineEnd),
      encoding: fc.constantFrom<Written['encoding']>('utf-8', 'utf-8-bom', 'windows-1252', 'utf-16le', 'utf-16be'),
      ended: fc.boolean(),
      pieces: fc.constantFrom(1, 2, 3, 7, 64, 100_000),
    }),
  )

function bytesOf({ table, delimiter, quoteAll, lineEnd, encoding, ended }: Written): Uint8Array {
  const header = (table[0] ?? []).map((_, column) => `kolom ${'abcdef'[column]}`)
  const cell = (text: string) => (quoteAll || /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const text = [header, ...table].map((row) => row.map(cell).join(delimiter)).join(lineEnd) + (ended ? lineEnd : '')
  if (encoding === 'utf-8') return utf8(text)
  if (encoding === 'utf-8-bom') return utf8(`\ufeff${text}`)
  if (encoding === 'windows-1252') return Buffer.from(text, 'latin1')
  const little = Buffer.from(`\ufeff${text}`, 'utf16le')
  return encoding === 'utf-16le' ? little : little.swap16()
}

describe('any table is read back the same', () => {
  it('whatever the delimiter, the quoting, the line end, the encoding and the pieces it comes in', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (table) => {
        const ids = (table.table[0] ?? []).map((_, column) => `kolom ${'abcdef'[column]}`)
        const spec = dataset(...ids.map((id) => field(id, { kind: 'text' })))
        const { batches, report } = await readAll(bytesOf(table), spec, { pieces: table.pieces })
        const columns = ids.map((id) => batches.flatMap(({ texts }) => texts[id] ?? []))
        expect(columns).toStrictEqual(ids.map((_, column) => table.table.map((row) => (row[column] ?? '').trim())))
        expect(report.rowsBad).toBe(0)
        expect(batches.flatMap(({ numbers }) => [...numbers])).toStrictEqual(table.table.map((_, row) => row + 2))
      }),
      { numRuns: 400 },
    )
  })

  it('gives the same when quotation marks come and go in a long file, and says at which row', async () => {
    const lines = Array.from({ length: 30_000 }, (_, row) =>
      row % 997 === 0 ? `"a;""${row}\nb";${row}` : `'t ${row};${row}`,
    )
    const spec = dataset(field('naam', { kind: 'text' }), field('nr', { kind: 'text' }))
    const { batches, report } = await readAll(utf8(`naam;nr\n${lines.join('\n')}\n`), spec, { pieces: 10_007 })
    expect(report.rowsRead).toBe(30_000)
    expect(batches.flatMap(({ texts }) => texts['naam'] ?? [])).toStrictEqual(
      lines.map((_, row) => (row % 997 === 0 ? `a;"${row}\nb` : `'t ${row}`)),
    )
    expect(batches.flatMap(({ texts }) => texts['nr'] ?? [])).toStrictEqual(lines.map((_, row) => String(row)))
    expect(batches.flatMap(({ numbers }) => [...numbers])).toStrictEqual(lines.map((_, row) => row + 2))
  })

  it('repairs text that was decoded with the wrong character set, and lines in another encoding', async () => {
    const spec = dataset(field('naam', { kind: 'text' }), field('nr', { kind: 'text' }))
    const bytes = Buffer.concat([
      Buffer.from('naam;nr\nMichÃ¡n;1\nNguyá»\u0085n;2\nMichÃƒÂ¡n;3\n', 'utf8'),
      Buffer.from('Joëlle;4\n', 'latin1'),
    ])
    const { batches, report } = await readAll(bytes, spec)
    expect(batches.flatMap(({ texts }) => texts['naam'] ?? [])).toStrictEqual(['Michán', 'Nguyễn', 'Michán', 'Joëlle'])
    expect(report.findings.map(({ code, severity, rows }) => [code, severity, rows])).toStrictEqual([
      ['mixed_encoding', 'notice', [5]],
    ])
    expect(inspected(bytes)).toMatchObject({ encoding: 'utf-8', mixedEncoding: true, wrongCharset: true })
  })

  it('skips what Excel puts before the header and empty lines, and keeps the numbering of a spreadsheet', async () => {
    const spec = dataset(field('naam', { kind: 'text' }))
    const { batches } = await readAll(utf8('sep=;\r\n\r\nnaam;nr\r\n\r\na;1;\r\n\r\n"b";2\r\n\x1a'), spec)
    expect(batches.flatMap(({ texts }) => texts['naam'] ?? [])).toStrictEqual(['a', 'b'])
    expect(batches.flatMap(({ numbers }) => [...numbers])).toStrictEqual([5, 7])
  })
})
