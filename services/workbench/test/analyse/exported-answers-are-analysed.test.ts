import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../../src/analyse/program.ts'
import { byArea, byQuarter } from './support/exported-answer.ts'

const folder = mkdtempSync(join(tmpdir(), 'kruispunt-analyse-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

const fileOf = (content: unknown): string => {
  const path = join(folder, `${files++}.json`)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

async function command(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await run(args, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    now: () => performance.now(),
  })
  return { code, out: out.join(''), err: err.join('') }
}

const table = fileOf(byArea)
const quarters = fileOf(byQuarter)
const page = readFileSync(new URL('../../../../packages/analyses/docs/questions.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/^```json ask ?([a-z_]*)\n([\s\S]*?)^```/gm)].map(([, refusal = '', text = '']) => ({
  refusal,
  text,
  type: JSON.parse(text).type as string,
}))
const shares = fileOf(examples.find(({ type }) => type === 'shares')?.text ?? '')

describe('exported answers are analysed', () => {
  it('has an example of every question', () => {
    expect(examples.map(({ type }) => type).toSorted()).toEqual([
      'association',
      'differences',
      'forecast',
      'funnel',
      'person',
      'rates',
      'shares',
      'standardised-rates',
      'trend',
    ])
  })

  it.each(examples)('the example of $type runs, and is made again from its record', async ({ text, refusal }) => {
    const asked = await command('ask', fileOf(text), table, quarters)
    if (refusal !== '') {
      expect(asked.code).toBe(3)
      expect(JSON.parse(asked.out)).toMatchObject({ format: 'kruispunt-refusal/1', code: refusal })
      return
    }
    expect(asked.code).toBe(0)
    const record = JSON.parse(asked.out)
    expect(record).toMatchObject({
      format: 'kruispunt-analysis/1',
      tables: [{ resultSha256: byArea.resultSha256 }, { resultSha256: byQuarter.resultSha256 }],
    })
    const again = await command('redo', fileOf(asked.out), quarters, table)
    expect(again).toMatchObject({ code: 0, out: asked.out })
    for (const lang of ['nl', 'en'] as const) {
      const read = await command('ask', fileOf(text), table, quarters, '--text', '--lang', lang)
      expect(read.out).toContain(record.question[lang])
      for (const finding of record.findings) expect(read.out).toContain(finding[lang])
      expect(read.out).toContain(record.methods[0].source)
      expect(read.out).not.toMatch(/undefined|NaN|\[object/)
    }
  })

  it('a withheld cell is an interval, in figures and in words', async () => {
    const { out } = await command(
      'ask',
      fileOf({ type: 'shares', of: { dimension: 'gebied' }, within: { wmo: 'ja', leeftijd: 'oud' } }),
      table,
    )
    const record = JSON.parse(out)
    expect(record.tables[0].inexact).toBeGreaterThan(0)
    expect(
      record.result.categories.some(({ count }: { count: { low: number; high: number } }) => count.low < count.high),
    ).toBe(true)
  })

  it('describes a table so that a question can be written', async () => {
    const { code, out } = await command('describe', table)
    expect(code).toBe(0)
    expect(out).toContain('gebied @ wijk: W1, W2')
    expect(out).toContain('gebied @ buurt: n, o, z, w')
    expect(out).toContain('wmo @ wmo: ja, nee')
  })

  it('takes the answers of linked tables from one file, and its place in the log', async () => {
    const linked = fileOf({ answers: [{ ...byArea, logIndex: 3 }, byArea] })
    const question = fileOf({ type: 'shares', table: 1, of: { dimension: 'gebied' } })
    const { code, out } = await command('ask', question, linked)
    expect(code).toBe(0)
    expect(JSON.parse(out).tables).toHaveLength(2)
  })

  it('writes a record to a file, and no refusal', async () => {
    const path = join(folder, 'record.json')
    expect((await command('ask', shares, table, '--out', path)).out).toBe('')
    expect(JSON.parse(readFileSync(path, 'utf8')).type).toBe('shares')
    const untouched = join(folder, 'none.json')
    const refused = await command('ask', fileOf({ type: 'person' }), table, '--out', untouched)
    expect(refused.code).toBe(3)
    expect(() => readFileSync(untouched)).toThrow()
    const nowhere = await command('ask', shares, table, '--out', join(folder, 'no', 'such', 'folder.json'))
    expect(nowhere.code).toBe(2)
    expect(JSON.parse(nowhere.out).code).toBe('output_not_writable')
  })

  it.each([
    ['no file', async () => command('ask', shares, join(folder, 'absent.json')), 2],
    ['no JSON', async () => command('ask', fileOf('{'), table), 2],
    ['no command', async () => command('guess'), 2],
    ['no number', async () => command('ask', shares, table, '--largest-error', 'many'), 2],
    ['no answer to describe', async () => command('describe', fileOf({})), 2],
    ['no answer', async () => command('ask', shares, fileOf({})), 3],
    ['a changed answer', async () => command('ask', shares, fileOf({ ...byArea, minimum: 3 })), 3],
    ['no record', async () => command('redo', shares, table), 3],
  ])('%s ends with its code', async (_, asked, code) => {
    expect((await asked()).code).toBe(code)
  })

  it('says where another record came out', async () => {
    const { out } = await command('ask', shares, table)
    const changed = fileOf(out.replace('"kind": "descriptive"', '"kind": "predictive"'))
    const again = await command('redo', changed, table)
    expect(again).toMatchObject({ code: 4, out })
    expect(again.err).toContain('another record came out')
  })
})
