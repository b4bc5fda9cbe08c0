import { describe, expect, it } from 'vitest'
import { type AnalysisRecord, analyse, recordText, redo } from '../src/index.ts'
import { people, quarters, questionsAboutPeople, questionsAboutQuarters } from './support/questions.ts'
import { limits, openAnswer, sealedAgain, withheldAnswer } from './support/tables.ts'

const counted = people([30, 20, 300, 100, 16, 14, 200, 90, 12, 44, 500, 210, 9, 11, 80, 70])
const hidden = withheldAnswer(counted, ([a = 0, b = 0, c = 0]) => (a === 2 || a === 3) && b > 0 && c > 0)
const byQuarter = withheldAnswer(
  quarters(Array.from({ length: 32 }, (_, at) => 20 + ((at * 11) % 17))),
  ([quarter = 0, kind = 0]) => quarter === 5 && kind > 0,
)

async function madeFrom(question: unknown, answer: unknown = hidden, largestError?: number): Promise<AnalysisRecord> {
  const made = await analyse(question, [{ answer, ...(largestError === undefined ? {} : { largestError }) }], limits)
  if (made.outcome === 'refused') throw new Error(made.code)
  return made.record
}

describe('an analysis is made again from its record', () => {
  it.each([
    ...questionsAboutPeople.map((question) => [question.type, question, hidden] as const),
    ...questionsAboutQuarters.map((question) => [question.type, question, byQuarter] as const),
  ])('%s: the same bytes', async (_, question, answer) => {
    const kept = recordText(await madeFrom(question, answer))
    const other = sealedAgain(answer, { title: { nl: 'Anders', en: 'Other' } })
    const redone = await redo(JSON.parse(kept), [other, answer], limits)
    expect(redone).toMatchObject({ outcome: 'redone', same: true })
    expect(redone.outcome === 'redone' && redone.text === kept).toBe(true)
  })

  it('says so where the record was changed', async () => {
    const record = await madeFrom(questionsAboutPeople[3])
    const changed = JSON.parse(recordText(record).replace('"cells": ', '"cells": 1'))
    expect(await redo(changed, [hidden], limits)).toMatchObject({ outcome: 'redone', same: false })
  })

  it('knows the largest error that it was made with', async () => {
    const answer = sealedAgain(openAnswer(counted), { mode: 'cell-key' })
    const record = await madeFrom(questionsAboutPeople[3], answer, 3)
    expect(record.tables[0]).toMatchObject({ mode: 'cell-key', largestError: 3 })
    expect(await redo(JSON.parse(recordText(record)), [answer], limits)).toMatchObject({ same: true })
  })

  it('takes an answer as a command prints it, with its place in the log, and turned on its side', async () => {
    const record = await madeFrom(questionsAboutPeople[3])
    const turned = {
      ...hidden,
      axes: hidden.axes.toReversed(),
      cells: hidden.cells.map((cell) => ({ ...cell, at: cell.at.toReversed() })),
      rows: 2,
      questionsLeft: 1,
    }
    const again = await madeFrom(questionsAboutPeople[3], { ...turned, logIndex: 7 })
    expect(recordText(again)).toBe(recordText(record))
  })
})

describe('a record states what it rests on', () => {
  it('question, tables by release and hash, method with source, assumptions and limits, in both languages', async () => {
    for (const [question, answer] of [
      ...questionsAboutPeople.map((each) => [each, hidden] as const),
      ...questionsAboutQuarters.map((each) => [each, byQuarter] as const),
    ]) {
      const record = await madeFrom(question, answer)
      expect(record).toMatchObject({
        format: 'kruispunt-analysis/1',
        type: question.type,
        tables: [{ release: answer.release, tableHash: answer.tableHash, resultSha256: answer.resultSha256 }],
      })
      expect(['descriptive', 'diagnostic', 'predictive']).toContain(record.kind)
      for (const { source, name } of record.methods) {
        expect(source.length).toBeGreaterThan(5)
        expect(name.nl).not.toBe(name.en)
      }
      const texts = [record.question, ...record.assumptions, ...record.limits, ...record.findings]
      for (const { nl, en } of texts) {
        expect(nl).not.toBe(en)
        for (const text of [nl, en]) expect(text).not.toMatch(/undefined|NaN|null|\[object/)
      }
      expect(record.limits.map(({ en }) => en).join()).toContain('says nothing of one person')
    }
  })

  it('says how many of the cells it used are not known exactly', async () => {
    const open = await madeFrom(questionsAboutPeople[3], openAnswer(counted))
    expect(open.assumptions[0]?.en).toContain('all of which are known exactly')
    const wide = await madeFrom({ ...questionsAboutPeople[3], within: { leeftijd: 'oud' } })
    expect(wide.tables[0]?.inexact).toBe(2)
    expect(wide.assumptions[0]?.en).toContain('Of 2 the count is not known exactly')
  })

  it('findings say what is certain, and that the rest is not', async () => {
    const rates = await madeFrom({ ...questionsAboutPeople[3], within: { leeftijd: 'oud' }, reference: 'z' })
    const texts = rates.findings.map(({ en }) => en)
    expect(texts.filter((text) => text.includes('not certain: too much is withheld'))).toHaveLength(2)
    expect(texts.join()).toContain('The others are compared with this group')
    const link = await madeFrom({ ...questionsAboutPeople[6], within: { leeftijd: 'jong' } })
    expect(link.findings[0]?.en).toMatch(/p (below|at most|between|0\.)/)
    expect(link.findings[0]?.nl).not.toContain('tussen kleiner')
  })

  it('the texts follow the figures', async () => {
    const rising = await madeFrom(
      { type: 'trend', period: { dimension: 'kwartaal' } },
      openAnswer(quarters(Array.from({ length: 32 }, (_, at) => 20 + at))),
    )
    expect(rising.findings.at(-1)?.en).toContain('rose by 4')
    expect(rising.findings.at(-1)?.nl).toContain('kwamen er per kwartaal 4 bij')
    const falling = await madeFrom(
      { type: 'trend', period: { dimension: 'kwartaal' } },
      openAnswer(quarters(Array.from({ length: 32 }, (_, at) => 90 - at))),
    )
    expect(falling.findings.at(-1)?.en).toContain('fell by 4')
    const records = await madeFrom(questionsAboutPeople[3], sealedAgain(openAnswer(counted), { unit: 'records' }))
    expect(records.limits.map(({ en }) => en).join()).toContain('margins are too narrow')
  })
})
