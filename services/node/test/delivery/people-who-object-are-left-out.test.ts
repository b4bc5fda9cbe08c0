import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { citizenNumberKey } from '@kruispunt/contracts'
import { cryptoReady, toHex } from '@kruispunt/crypto'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { practiceAgreement } from '../../../../infra/demo/agreement/document.ts'
import { confirmMapping, inspectFile } from '../../src/delivery/inspect.ts'
import { type Objections, parseObjections } from '../../src/delivery/objections.ts'
import { prepareExtract } from '../../src/delivery/prepare.ts'
import { type MemoryPort, memoryPort } from './memory-port.ts'

const practice = fileURLToPath(new URL('../../../../infra/practice-region/', import.meta.url))
const document = practiceAgreement('praktijk', new Date('2026-01-01T00:00:00.000Z'))
const ports: MemoryPort[] = []
beforeAll(() => cryptoReady())
afterEach(() => {
  for (const port of ports.splice(0)) port.dispose()
})

async function prepare(party: string, file: string, objections?: Objections) {
  const port = memoryPort(document, party)
  ports.push(port)
  const inspected = await inspectFile(port, {}, join(practice, file))
  const columns = Object.fromEntries(inspected.mapping.fields.map(({ field, column }) => [field, column]))
  const options = { leaveOutBadRows: false, ...(objections === undefined ? {} : { objections }) }
  const { extractId, report } = await prepareExtract(port, inspected, confirmMapping(inspected, columns), options)
  return { port, extractId, report, body: port.extract(extractId).body }
}
const residents = readFileSync(join(practice, 'gemeente-brp-wmo.csv'), 'utf8').trim().split(/\r?\n/)
const numberAt = (row: number) => (residents[row - 1] ?? '').split(';')[0] ?? ''

describe('people who object are left out', { timeout: 120_000 }, () => {
  it('by their number and by their row: no token of theirs, one count fewer, and nothing of it in what leaves', async () => {
    const all = await prepare('gemeente', 'gemeente-brp-wmo.csv')
    const objections = parseObjections(`# bezwaren van november\n${numberAt(2)}\n\nrij 3\n`)
    const { port, extractId, report, body } = await prepare('gemeente', 'gemeente-brp-wmo.csv', objections)
    expect(report.objections).toEqual({ given: 2, found: 2, rows: 2 })
    expect(report.rowsRead).toBe(all.report.rowsRead)
    expect(body?.subjects).toBe((all.body?.subjects ?? 0) - 2)
    expect(body?.rowsLeftOut).toBe(0)
    expect(JSON.stringify(body)).not.toContain('objection')
    const column = await port.open(extractId, 'token:B1')
    const tokens = new Set<string>()
    for (let at = 0; at < column.length; at += 16) tokens.add(toHex(column.subarray(at, at + 16)))
    const maker = createTokenMaker(port.pseudonymKeyForTesting)
    const tokenOf = (row: number) => toHex(maker.token(citizenNumberKey, numberAt(row)))
    expect([tokens.has(tokenOf(2)), tokens.has(tokenOf(3)), tokens.has(tokenOf(4))]).toEqual([false, false, true])
    // Used once, and nowhere any more.
    expect(objections.citizenNumbers.size + objections.rows.size).toBe(0)
  })

  it('says when somebody was not found, and leaves nobody out by mistake', async () => {
    const { report } = await prepare('gemeente', 'gemeente-brp-wmo.csv', parseObjections('123000002\nrij 999999'))
    expect(report.objections).toEqual({ given: 2, found: 0, rows: 0 })
  })

  it('finds every report of one person', async () => {
    const reports = readFileSync(join(practice, 'politie-meldingen.csv'), 'utf8').trim().split(/\r?\n/).slice(1)
    const counts = new Map<string, number>()
    for (const line of reports) {
      const number = line.split(',')[0] ?? ''
      if (/^9\d{8}$/.test(number)) counts.set(number, (counts.get(number) ?? 0) + 1)
    }
    const [most = ['', 0]] = [...counts].sort((a, b) => b[1] - a[1])
    expect(most[1]).toBeGreaterThan(1)
    const { report, body } = await prepare('politie', 'politie-meldingen.csv', parseObjections(most[0]))
    expect(report.objections).toEqual({ given: 1, found: 1, rows: most[1] })
    expect(body?.records).toBe(reports.length - most[1])
  })

  it('refuses a number where the file has none, and what is neither number nor row, without repeating it', async () => {
    await expect(prepare('corporatie', 'corporatie-huurders.csv', parseObjections(numberAt(2)))).rejects.toMatchObject({
      code: 'objections_need_rows',
    })
    const byRow = await prepare('corporatie', 'corporatie-huurders.csv', parseObjections('regel 2'))
    expect(byRow.report.objections).toEqual({ given: 1, found: 1, rows: 1 })
    const wrong = '123456789'
    let thrown: unknown
    try {
      parseObjections(`${numberAt(2)}\n${wrong}\nJansen`)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code: 'objections_unreadable' })
    expect(JSON.stringify(thrown)).toContain('line 2')
    expect(JSON.stringify(thrown)).not.toContain(wrong)
    expect(String((thrown as Error).message)).not.toContain('Jansen')
  })
})
