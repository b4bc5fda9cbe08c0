import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import {
  type Batch,
  type InspectOptions,
  inspectTable,
  proposeMapping,
  readTable,
  refusal,
  refusalOf,
  rememberMapping,
  TabularError,
} from '../src/index.ts'
import { dataset, field, inPieces, inspected, plainBsn, practiceFile, readAll, utf8 } from './helpers.ts'
import { practice } from './practice-specs.ts'

const refused = (bytes: Uint8Array, options?: InspectOptions) => {
  const outcome = inspectTable(bytes, options)
  return outcome.ok ? null : outcome.refusal
}
const drain = async (batches: AsyncIterable<Batch>) => {
  for await (const batch of batches) expect(batch.rows).toBeGreaterThan(0)
}
const gemeente = 'gemeente-brp-wmo.csv' as const

describe('what is no table is refused with a remedy', () => {
  it.each([
    ['empty_file', new Uint8Array(0)],
    ['empty_file', utf8(' \r\n\r\n')],
    ['empty_file', utf8('naam;nr\n')],
    ['spreadsheet', Buffer.from('504b0304140006000800', 'hex')],
    ['spreadsheet', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['pdf', utf8('%PDF-1.7\n1 0 obj')],
    ['binary', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['binary', Buffer.from('\x01\x02\x03\x04\x05abcdefgh', 'latin1')],
    ['not_a_table', utf8('{"naam": "x", "nr": 1}\n')],
    ['not_a_table', utf8('<html><body>fout</body></html>\n')],
    ['no_header', utf8('999996216;Jan;1970-01-01\n999911235;Piet;1971-01-01\n')],
    ['no_header', utf8('1;2;3\n4;5;6\n')],
    ['no_header', utf8('Jan;12;34\nPiet;13;35\n')],
    ['no_header', utf8('Jan;1234 AB\nPiet;1235 AB\n')],
    ['truncated', utf8('naam;nr;plaats\na;1;x\nb;2')],
    ['truncated', utf8('naam;nr\n"a";1\n"b')],
    ['ragged_rows', utf8('naam;nr\na;1\nb;2;3\nc\nd;4;5;6\n')],
  ])('%s (case %#)', (code, bytes) => {
    const found = refused(bytes)
    expect(found?.code).toBe(code)
    for (const text of [found?.message, found?.remedy])
      expect([text?.nl, text?.en].every((words) => (words ?? '').length > 10)).toBe(true)
  })

  it('says in both languages how to make a CSV of a spreadsheet', () => {
    expect(refusal('spreadsheet').remedy.nl).toContain('Opslaan als')
    expect(refusal('spreadsheet').remedy.en).toContain('Save as')
  })
  it('takes years, signs and blanks in names of columns', () => {
    expect(refused(utf8('naam;2023;2024\na;1;2\n'))).toBeNull()
    expect(refused(utf8('M/V;geslacht (1=m,2=v);\nM;1;\n'))).toBeNull()
  })
  it('knows UTF-16 without a mark, and does not take it for a binary', () => {
    const bytes = Buffer.from('naam;plaats\r\nJansen;Utrecht\r\n', 'utf16le')
    expect(inspected(bytes)).toMatchObject({ encoding: 'utf-16le', byteOrderMark: false, delimiter: ';' })
    expect(inspected(Buffer.from(bytes).swap16()).encoding).toBe('utf-16be')
  })
  it('refuses one line of 200 MB by its first mebibyte', () => {
    expect(refused(new Uint8Array(1 << 20).fill(0x61), { fileBytes: 200_000_000 })?.code).toBe('line_too_long')
  })
  it('refuses a first line over the limit and takes one at the limit', () => {
    const line = 'naam;'.padEnd(100, 'x')
    expect(refused(utf8(`${line}\na;1\n`), { maxLineBytes: 99 })?.code).toBe('line_too_long')
    expect(refused(utf8(`${line}\na;1\n`), { maxLineBytes: 100 })).toBeNull()
  })
})

describe('what only shows while reading ends the reading', () => {
  const spec = dataset(field('naam', { kind: 'text' }))
  const text = (rows: number) => `naam;nr\n${Array.from({ length: rows }, (_, row) => `naam${row};${row}\n`).join('')}`
  const failing = (code: string, row: number | null) => expect.objectContaining({ code, row })

  it('a line of 200 MB after good rows is refused after little more than the limit', async () => {
    const good = utf8(text(1000))
    const inspection = inspected(good)
    let given = 0
    function* endless() {
      yield good
      for (; given < 200_000_000; given += 65_536) yield new Uint8Array(65_536).fill(0x61)
    }
    const { batches } = readTable(endless(), inspection, proposeMapping(inspection, spec), spec)
    await expect(drain(batches)).rejects.toThrow(failing('line_too_long', 1002))
    expect(given).toBeLessThan(3 << 20)
  })
  it('one chunk of any size is no way around the limit', async () => {
    const line = `${'x'.repeat(2000)};1\n`
    await expect(
      readAll(utf8(text(1500) + line + text(10)), spec, { pieces: 1e9, maxLineBytes: 1000 }),
    ).rejects.toThrow(failing('line_too_long', 1502))
  })
  it('a quotation mark that never closes is named with its row', async () => {
    const bytes = utf8(`${text(1500)}"open;1\n${text(60_000)}`)
    await expect(readAll(bytes, spec, { maxLineBytes: 300_000 })).rejects.toThrow(failing('quote_not_closed', 1502))
    await expect(readAll(bytes, spec, { maxLineBytes: 3_000_000 })).rejects.toThrow(failing('truncated', 1502))
  })
  it('a file cut off in the middle of a row is refused, wherever it is cut', async () => {
    const bytes = practiceFile(gemeente)
    const inspection = inspected(bytes)
    const mapping = proposeMapping(inspection, practice[gemeente])
    let refusals = 0
    for (let cut = 700_000; cut < 700_120; cut += 1) {
      const reading = readTable([bytes.subarray(0, cut)], inspection, mapping, practice[gemeente], {
        readBsn: plainBsn,
      })
      try {
        await drain(reading.batches)
        // Cut at a line end, or inside the last column: nothing can tell but the total, and the missing line end.
        const ended = bytes[cut - 1] === 10 || bytes[cut - 1] === 13
        expect(reading.report().findings.some(({ code }) => code === 'last_line_not_ended')).toBe(!ended)
      } catch (error) {
        expect(error).toMatchObject({
          code: 'truncated',
          row: bytes.subarray(0, cut).toString('latin1').split('\n').length,
        })
        refusals += 1
      }
    }
    expect(refusals).toBeGreaterThan(90)
  })
  it('another file than the inspected one is refused', async () => {
    const inspection = inspected(utf8(text(5)))
    const { batches } = readTable([utf8('naam;plaats\na;b\n')], inspection, proposeMapping(inspection, spec), spec)
    await expect(drain(batches)).rejects.toThrow(failing('file_changed', 1))
  })
  it('more rows than agreed, and rows that are mostly ragged, are refused', async () => {
    await expect(readAll(utf8(text(11)), spec, { maxRows: 10 })).rejects.toThrow(failing('too_many_rows', null))
    await expect(readAll(utf8(text(10)), spec, { maxRows: 10 })).resolves.toMatchObject({ report: { rowsRead: 10 } })
    await expect(readAll(utf8(text(1500) + 'a;b;c\n'.repeat(1600)), spec)).rejects.toThrow(failing('ragged_rows', null))
  })
  it('a mapping of another file, or one that leaves out what is required, is refused before reading', () => {
    const inspection = inspected(utf8(text(5)))
    const mapping = proposeMapping(inspection, spec)
    const [first] = mapping.fields
    if (first === undefined) throw new Error('no field')
    for (const wrong of [
      { ...mapping, headerFingerprint: 'other' },
      { ...mapping, dataset: 'other' },
      { ...mapping, fields: [] },
      { ...mapping, fields: [{ ...first, column: null }] },
      { ...mapping, fields: [{ ...first, column: 7 }] },
    ]) {
      expect(() => readTable([], inspection, wrong, spec)).toThrow(failing('mapping_invalid', null))
    }
  })
  it('the words for an error name its row', () => {
    expect(refusalOf(new TabularError('truncated', 7)).message.nl).toBe(
      'Regel 7: Het bestand houdt midden in een regel op.',
    )
  })
})

describe('a mapping is proposed and remembered', () => {
  const spec = dataset(
    field('B1', { kind: 'bsn' }),
    field('kleur', { kind: 'category', codes: [{ code: 'r', label: { nl: 'rood', en: 'red' } }] }),
  )
  const bytes = utf8(`x1;x2;x3\n${'999996216;rood;5\n'.repeat(9)}`)

  it('finds a number of citizens by its content alone and says that it did', () => {
    const { fields, unused } = proposeMapping(inspected(bytes), spec)
    expect(fields.map(({ column, confidence }) => [column, confidence])).toStrictEqual([
      [0, 'likely'],
      [null, 'none'],
    ])
    expect(unused).toStrictEqual(['x2', 'x3'])
  })
  it('takes what was confirmed for the same headers, and only for those', () => {
    const proposal = proposeMapping(inspected(bytes), spec)
    const fields = proposal.fields.map((one) => (one.field === 'kleur' ? { ...one, column: 1 } : one))
    const remembered = [rememberMapping({ ...proposal, fields })]
    expect(
      proposeMapping(inspected(bytes), spec, remembered).fields.map(({ column, confidence }) => [column, confidence]),
    ).toStrictEqual([
      [0, 'remembered'],
      [1, 'remembered'],
    ])
    const other = inspected(utf8(`x1;x2;x4\n${'999996216;rood;5\n'.repeat(9)}`))
    expect(proposeMapping(other, spec, remembered).fields[1]?.column).toBeNull()
  })
  it.each(['GebDat', 'Geb.datum', 'geb_datum', 'Geboortedatum (jjjjmmdd)', 'GEBOORTE DATUM'])(
    'knows %s as a date of birth',
    (header) => {
      const age = dataset(field('leeftijd', { kind: 'ageBand', referenceDate: '2024-12-31', from: [0, 18] }))
      const { fields } = proposeMapping(inspected(utf8(`nr;${header}\n${'1;19700131\n'.repeat(5)}`)), age)
      expect(fields[0]).toMatchObject({ column: 1, confidence: 'sure' })
    },
  )
  it('asks a person to look when two columns have a known name', () => {
    const age = dataset(field('leeftijd', { kind: 'ageBand', referenceDate: '2024-12-31', from: [0, 18] }))
    const { fields } = proposeMapping(inspected(utf8(`gebdat;geboortedatum\n${'19700131;19700131\n'.repeat(5)}`)), age)
    expect(fields[0]).toMatchObject({ column: 0, confidence: 'likely' })
  })
  it('says so when the name is known and the content does not fit', () => {
    const { fields } = proposeMapping(inspected(utf8(`bsn;kleur\n${'Jansen;rood\n'.repeat(5)}`)), spec)
    expect(fields[0]).toMatchObject({ column: 0, confidence: 'likely' })
    expect(fields[0]?.reason.nl).toContain('ziet er anders uit')
  })
  it('does not give a column of dates to a number of citizens', () => {
    const { fields } = proposeMapping(inspected(utf8(`nr;datum\n${'1;19700131\n'.repeat(5)}`)), spec)
    expect(fields[0]?.column).toBeNull()
  })
  it('reads a file of 64 KiB pieces as one of single bytes', async () => {
    const spec = practice['scholen-leerlingen.csv']
    const whole = await readAll(practiceFile('scholen-leerlingen.csv'), spec)
    const inspection = inspected(practiceFile('scholen-leerlingen.csv'))
    const reading = readTable(
      inPieces(practiceFile('scholen-leerlingen.csv'), 1),
      inspection,
      proposeMapping(inspection, spec),
      spec,
      { readBsn: plainBsn },
    )
    await drain(reading.batches)
    expect(reading.report()).toStrictEqual(whole.report)
  })
})
