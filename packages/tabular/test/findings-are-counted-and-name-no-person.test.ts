import { describe, expect, it } from 'vitest'
import { collectColumns, describeFinding, proposeMapping, type ReadOptions, readTable } from '../src/index.ts'
import { dataset, field, inspected, plainBsn, readAll, utf8 } from './helpers.ts'

const colour = field('kleur', { kind: 'category', codes: [{ code: 'r', label: { nl: 'rood', en: 'red' } }] })
const day = field('dag', { kind: 'ageBand', referenceDate: '2024-12-31', from: [0, 18] }, { aliases: ['gebdat'] })
const spec = dataset(field('B1', { kind: 'bsn' }), colour, day)
const file = (...rows: string[]) => utf8(`bsn;kleur;gebdat\n${rows.map((row) => `${row}\n`).join('')}`)
const good = Array.from({ length: 20 }, () => '999996216;rood;19700101')

describe('findings are counted and name no person', () => {
  it('reads as the model message: row, column, reason, remedy', async () => {
    const { report } = await readAll(file(...good, '999996217;rood;19700101'), spec)
    const [finding] = report.findings
    if (finding === undefined) throw new Error('nothing found')
    expect(describeFinding(finding, 22).nl).toBe(
      'Regel 22, kolom bsn: dit nummer voldoet niet aan de elfproef. Controleer het in uw bron en lever de regel opnieuw aan.',
    )
    expect(describeFinding(finding, 22).en).toMatch(/^Row 22, column bsn: this number fails the eleven test\. /)
    expect(finding).toMatchObject({
      code: 'bsn_eleven_test',
      severity: 'warning',
      field: 'B1',
      column: 'bsn',
      count: 1,
      rows: [22],
      values: [],
    })
  })

  it('gives exact counts, a bounded number of rows, and all findings at once, errors first', async () => {
    const rows = Array.from({ length: 500 }, (_, at) =>
      at % 5 === 0 ? '1;paars;31-02-2000' : '999996216;rood;19700101',
    )
    const { report } = await readAll(file(...rows), spec, { examples: 3 })
    expect(
      report.findings.map(({ code, severity, count, rows: named }) => [code, severity, count, named]),
    ).toStrictEqual([
      ['not_a_date', 'error', 100, [2, 7, 12]],
      ['bsn_malformed', 'warning', 100, [2, 7, 12]],
      ['value_not_listed', 'warning', 100, [2, 7, 12]],
    ])
    expect(report).toMatchObject({ rowsRead: 500, rowsBad: 100, rowsGood: 400 })
  })

  it('names spellings that a code list does not know, most frequent first', async () => {
    const { report } = await readAll(
      file(...good, '999996216;paars;19700101', '999996216;Geel;19700101', '999996216;paars;19700101'),
      spec,
    )
    expect(report.findings[0]?.values).toStrictEqual([
      { value: 'paars', count: 2 },
      { value: 'Geel', count: 1 },
    ])
  })

  it('names none that could be a number of a person, a long text, or one of many', async () => {
    const telling = ['999996216', '9999.96.216', '99 99 96 216', '06-12345678', 'x'.repeat(41)]
    const few = await readAll(file(...good, ...telling.map((value) => `999996216;${value};19700101`)), spec)
    expect(few.report.findings[0]).toMatchObject({ code: 'value_not_listed', count: 5, values: [] })
    const names = Array.from({ length: 40 }, (_, at) => `999996216;naam ${at};19700101`)
    const many = await readAll(file(...good, ...names), spec)
    expect(many.report.findings[0]).toMatchObject({ code: 'value_not_listed', count: 40, values: [] })
    const edge = await readAll(file(...good, ...names.slice(0, 25)), spec)
    expect(edge.report.findings[0]?.values).toHaveLength(25)
  })

  it('quotes no number and no date anywhere in a report', async () => {
    const { report } = await readAll(
      file(...good, '123456789;rood;31-02-2001', '12345;999996216;2001-02-31', 'Jansen;Jansen 19700101;Jansen'),
      spec,
    )
    expect(report.findings.length).toBeGreaterThan(3)
    expect(JSON.stringify(report)).not.toMatch(/123456789|12345|2001|19700101|99999/)
  })
})

describe('bad rows stay until somebody says to leave them out', () => {
  const bytes = file(
    ...good,
    'rood',
    '999911235;rood;31-02-2001',
    '999911235;rood;19700101;extra',
    '999911235;rood;20200101',
  )
  const columns = async (options: ReadOptions) => {
    const inspection = inspected(bytes)
    const reading = readTable([bytes], inspection, proposeMapping(inspection, spec), spec, {
      readBsn: plainBsn,
      ...options,
    })
    return { ...(await collectColumns(reading.batches)), report: reading.report() }
  }

  it('keeps them, marked, when nothing is said', async () => {
    const { batches, report } = await readAll(bytes, spec)
    expect(batches.flatMap(({ bad }) => [...bad])).toStrictEqual([...good.map(() => 0), 1, 1, 1, 0])
    expect(report.totals['dag']).toStrictEqual([3, 1, 20])
    expect((await columns({})).rows).toBe(24)
  })
  it('leaves them out of batches and totals when told to, and still counts them', async () => {
    const { rows, bsn, codes, report } = await columns({ leaveOutBadRows: true })
    expect(rows).toBe(21)
    expect([bsn?.length, bsn?.at(-1), codes['dag']?.length, codes['dag']?.at(-1)]).toStrictEqual([21, 999911235, 21, 1])
    expect(report).toMatchObject({ rowsRead: 24, rowsBad: 3, rowsGood: 21, totals: { dag: [0, 1, 20] } })
    expect(report.findings.map(({ code, count }) => [code, count])).toStrictEqual([
      ['ragged_row', 2],
      ['not_a_date', 1],
    ])
  })
  it('a row with quotation marks and too many or too few columns is bad like any other', async () => {
    const { batches, report } = await readAll(
      file('"999911235";rood;19700101', '"999911235";rood;19700101;"x"', '"999911235"', ...good),
      spec,
    )
    expect(batches.flatMap(({ bad }) => [...bad]).slice(0, 4)).toStrictEqual([0, 1, 1, 0])
    expect(batches.flatMap(({ bsn }) => [...(bsn ?? [])]).slice(0, 4)).toStrictEqual([999911235, 0, 0, 999996216])
    expect(report.findings.map(({ code, rows }) => [code, rows])).toStrictEqual([['ragged_row', [3, 4]]])
  })
  it('loses nothing when batches are gathered into long columns, and leaves no number behind in a batch', async () => {
    const size = 50_000
    const given: Int32Array[] = []
    async function* batches() {
      for (let at = 0; at < 5; at += 1) {
        const numbers = Uint32Array.from({ length: size }, (_, row) => at * size + row)
        const bsn = Int32Array.from(numbers)
        given.push(bsn)
        yield {
          rows: size,
          numbers,
          bad: new Uint8Array(size),
          bsn,
          codes: { d: Uint16Array.from(numbers, (row) => row % 1000) },
          amounts: { hours: Int32Array.from(numbers, (row) => -row) },
          texts: {},
        }
      }
    }
    const { rows, bsn, codes, amounts } = await collectColumns(batches())
    expect(amounts['hours']?.every((amount, row) => amount === -row)).toBe(true)
    expect(amounts['hours']?.length).toBe(5 * size)
    expect([rows, bsn?.length, codes['d']?.length]).toStrictEqual([5 * size, 5 * size, 5 * size])
    expect(bsn?.every((number, row) => number === row)).toBe(true)
    expect(given.every((numbers) => numbers.every((number) => number === 0))).toBe(true)
    expect(codes['d']?.every((code, row) => code === row % 1000)).toBe(true)
  })
  it('tells how far it is', async () => {
    const seen: number[] = []
    await readAll(bytes, spec, { onProgress: ({ rowsRead }) => seen.push(rowsRead) })
    expect(seen.at(-1)).toBe(24)
  })
})
