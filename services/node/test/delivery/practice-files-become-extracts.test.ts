import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { anyStatement, citizenNumberKey, keysWithPresence } from '@kruispunt/contracts'
import { cryptoReady } from '@kruispunt/crypto'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { partners, practiceAgreement } from '../../../../infra/demo/agreement/document.ts'
import { bsnsOf, plainBsn, readReports, readResidents, tally } from '../../../../test/oracles/plain-practice.ts'
import { checkRows } from '../../src/delivery/check-rows.ts'
import { confirmMapping, inspectFile } from '../../src/delivery/inspect.ts'
import { prepareExtract } from '../../src/delivery/prepare.ts'
import { sendExtract } from '../../src/delivery/send.ts'
import { type MemoryPort, memoryPort, openAll } from './memory-port.ts'

const practice = fileURLToPath(new URL('../../../../infra/practice-region/', import.meta.url))
const document = practiceAgreement('praktijk', new Date('2026-01-01T00:00:00.000Z'))
const datasetOf = (party: string) => {
  const dataset = document.datasets.find((candidate) => candidate.party === party)
  if (dataset === undefined) throw new Error('no dataset')
  return dataset
}
/** The same agreement on the citizen number alone, where a plain calculation knows the answer without linkage of its own. */
const onNumbers = {
  ...document,
  datasets: document.datasets.map((dataset) => ({
    ...dataset,
    linkageKeys: dataset.linkageKeys.filter((key) => key === citizenNumberKey),
  })),
}
const ports: MemoryPort[] = []
const portFor = (party: string, agreement = document) => {
  const port = memoryPort(agreement, party)
  ports.push(port)
  return port
}
const proposed = (inspected: Awaited<ReturnType<typeof inspectFile>>) =>
  Object.fromEntries(inspected.mapping.fields.map(({ field, column }) => [field, column]))

async function prepare(port: MemoryPort, file: string, leaveOutBadRows = false) {
  const inspected = await inspectFile(port, {}, file)
  return prepareExtract(port, inspected, confirmMapping(inspected, proposed(inspected)), { leaveOutBadRows })
}

beforeAll(() => cryptoReady())
afterEach(() => {
  for (const port of ports.splice(0)) port.dispose()
})

describe('the practice files become extracts', () => {
  it.each(partners.map(({ id, file }) => [id, file]))('%s: unedited, with the proposed mapping', async (id, file) => {
    const port = portFor(id)
    const { extractId, report } = await prepare(port, join(practice, file))
    const lines = readFileSync(join(practice, file), 'latin1').trim().split('\n').length - 1
    expect(report.rowsRead).toBe(lines)
    expect(report.rowsLeftOut).toBe(0)
    const { body } = port.extract(extractId)
    expect(body?.columns.map(({ name }) => name)).toStrictEqual([
      ...datasetOf(id).linkageKeys.map((key) => `token:${key}`),
      ...(id === 'corporatie' ? [] : ['present:B1']),
      // The register alone says who live together.
      ...(id === 'gemeente' ? ['present:H1'] : []),
      ...(id === 'politie' ? ['subject'] : []),
      ...datasetOf(id).dimensions.map((d) => d.id),
      ...(datasetOf(id).measures ?? []).map((measure) => measure.id),
      ...datasetOf(id)
        .linkageKeys.filter((key) => !keysWithPresence.includes(key))
        .map((key) => `decoy:${key}`),
      'decoy:person',
    ])
  })

  it('are looked through first: the same rows, findings and totals as the extract, and nothing is made', async () => {
    const port = portFor('gemeente')
    const file = join(port.folder, 'cut-off.csv')
    const raw = readFileSync(join(practice, 'gemeente-brp-wmo.csv'), 'latin1').trimEnd()
    writeFileSync(file, `${raw}\r\ncut off\r\n`, 'latin1')
    const inspected = await inspectFile(port, {}, file)
    const parts: number[] = []
    const check = await checkRows(inspected, confirmMapping(inspected, proposed(inspected)), (part) => parts.push(part))
    expect(port.extracts()).toStrictEqual([])
    expect(check.rowsRead).toBe(raw.split('\n').length)
    expect(check.rowsBad).toBe(1)
    expect(check.findings.find(({ severity }) => severity === 'error')?.rows).toStrictEqual([
      raw.split('\n').length + 1,
    ])
    expect(parts.at(-1)).toBe(1)
    const { report } = await prepare(port, file, true)
    expect(check.findings).toStrictEqual(report.findings)
    expect(check.totals).toStrictEqual(report.totals)
  })

  it('carries every resident once, with the codes and the token a plain calculation gives', async () => {
    const port = portFor('gemeente', onNumbers)
    const { extractId } = await prepare(port, join(practice, 'gemeente-brp-wmo.csv'))
    const dataset = datasetOf('gemeente')
    const { body, dimensions, token } = await openAll(port, extractId, dataset)
    const residents = readResidents()
    expect(body.subjects).toBe(bsnsOf(residents).size + residents.filter(({ bsn }) => bsn === undefined).length)

    const maker = createTokenMaker(port.pseudonymKeyForTesting)
    const rowOfToken = new Map(Array.from({ length: body.subjects }, (_, row) => [token(row), row]))
    for (const { bsn, buurt, wmo, assistance } of residents) {
      if (bsn === undefined) continue
      const row = rowOfToken.get(Buffer.from(maker.token('B1', bsn)).toString('hex')) ?? -1
      expect([dimensions.get('gemeente.area')?.[row], dimensions.get('gemeente.wmo')?.[row]]).toStrictEqual([
        buurt,
        wmo,
      ])
      expect(dimensions.get('gemeente.assistance')?.[row]).toBe(assistance === 'ja' ? 'yes' : 'no')
    }
  })

  it('keeps every report with its person, its kind and its month', async () => {
    const port = portFor('politie', onNumbers)
    const { extractId } = await prepare(port, join(practice, 'politie-meldingen.csv'))
    const { body, dimensions, token, subject } = await openAll(port, extractId, datasetOf('politie'))
    const reports = readReports()
    expect(body.records).toBe(reports.length)
    const maker = createTokenMaker(port.pseudonymKeyForTesting)
    const numberOf = new Map(
      [...bsnsOf(reports)].map((bsn) => [Buffer.from(maker.token('B1', bsn)).toString('hex'), bsn]),
    )
    const delivered = Array.from({ length: body.records }, (_, row) => ({
      bsn: numberOf.get(token(subject[row] ?? -1)),
      kind: dimensions.get('politie.kind')?.[row] ?? '',
      month: dimensions.get('politie.month')?.[row] ?? '',
    }))
    const key = (r: { bsn: string | undefined; kind: string; month: string }) => [r.bsn ?? '-', r.kind, r.month]
    const counts = (rows: readonly { bsn: string | undefined; kind: string; month: string }[]) =>
      [...tally(rows, key)].map(([name, cell]) => [name, cell.rows]).sort()
    expect(counts(delivered)).toStrictEqual(counts(reports))
  })

  it('makes a statement the contract accepts, and no file holds a citizen number, plain or as bytes', async () => {
    const port = portFor('ggd')
    const { extractId, report } = await prepare(port, join(practice, 'ggd-oggz.txt'))
    const header = { v: 1, lab: 'praktijk', from: 'ggd', keyId: '0'.repeat(32), seq: 1, prev: '0'.repeat(64) }
    const rest = { issuedAt: '2026-01-01T00:00:00.000Z', notAfter: null, roster: '0'.repeat(64), seen: null }
    expect(anyStatement.safeParse({ ...header, ...rest, ...port.extract(extractId).body }).success).toBe(true)

    const numbers = readFileSync(join(practice, 'ggd-oggz.txt'), 'latin1')
      .split('\n')
      .map((line) => plainBsn(line.split('\t')[0] ?? ''))
      .filter((bsn) => bsn !== undefined)
    expect(numbers.length).toBeGreaterThan(2000)
    const files = readdirSync(port.folder, { withFileTypes: true }).filter((entry) => entry.isFile())
    const everything = Buffer.concat(files.map(({ name }) => readFileSync(join(port.folder, name)))).toString('latin1')
    const said = JSON.stringify(report)
    for (const bsn of numbers) {
      expect(everything.includes(bsn)).toBe(false)
      expect(said.includes(bsn)).toBe(false)
    }
  })

  it('remembers a confirmed mapping for the next month', async () => {
    const port = portFor('zorg')
    const file = join(practice, 'zorg-clienten.csv')
    await prepare(port, file)
    const again = await inspectFile(port, {}, file)
    expect(again.mapping.fields.map(({ confidence }) => confidence)).toStrictEqual(
      again.mapping.fields.map(() => 'remembered'),
    )
  })

  it('sends every column before the statement, and sends nothing twice', async () => {
    const port = portFor('scholen')
    const { extractId } = await prepare(port, join(practice, 'scholen-leerlingen.csv'))
    expect(await sendExtract(port, extractId)).toStrictEqual({ statementHash: 'f0'.repeat(32), index: 7 })
    const columns = port.extract(extractId).body?.columns.map(({ name }) => name)
    await sendExtract(port, extractId)
    expect(port.uploaded).toStrictEqual(columns)
  })
})

describe('a file that is not what it says is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kruispunt-wrong-'))
  const written = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  afterEach(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
  })

  it.each([
    ['the wrong partner', 'wrong_file', () => join(practice, 'scholen-leerlingen.csv')],
    [
      'a picture',
      'binary',
      () =>
        written(
          'x.csv',
          Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) & 255),
        ),
    ],
    ['a spreadsheet', 'spreadsheet', () => written('x.csv', Buffer.from('PK\u0003\u0004rest of a zip'))],
    ['a missing file', 'file_not_found', () => join(folder, 'not-there.csv')],
    ['a folder', 'file_not_found', () => folder],
    ['an empty file', 'empty_file', () => written('x.csv', '')],
    ['a line of 200 MB', 'line_too_long', () => written('x.csv', Buffer.alloc(200 * 1024 * 1024, 'a'))],
  ])('%s: %s', async (_name, code, file) => {
    const port = portFor('gemeente')
    await expect(prepare(port, file())).rejects.toThrow(expect.objectContaining({ code }))
    expect(port.extracts()).toStrictEqual([])
  })

  it('a file cut off in the middle of a row leaves nothing behind', async () => {
    const port = portFor('gemeente')
    const whole = readFileSync(join(practice, 'gemeente-brp-wmo.csv'))
    const file = written('cut.csv', whole.subarray(0, 400_000))
    await expect(prepare(port, file)).rejects.toThrow(expect.objectContaining({ code: 'truncated' }))
    expect(port.extracts()).toStrictEqual([])
  })

  it('goes on without bad rows only when the steward says so, and says how many', async () => {
    const port = portFor('zorg')
    const text = readFileSync(join(practice, 'zorg-clienten.csv'), 'utf-8')
      .replace(';2024-07\n', ';2024-77\n')
      .replace(';2024-07\r\n', ';2024-77\r\n')
    const file = written('bad.csv', text)
    await expect(prepare(port, file)).rejects.toThrow(expect.objectContaining({ code: 'rows_with_errors' }))
    const { report, extractId } = await prepare(port, file, true)
    expect(report.rowsLeftOut).toBe(1)
    expect(port.extract(extractId).body?.rowsLeftOut).toBe(1)
  })
})
