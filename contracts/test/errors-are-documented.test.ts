import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ProblemCode, problem, problemCodes, problemFor } from '../src/index.ts'

const text = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8')
const broker = text.slice(text.indexOf('## Broker'))
const end = broker.indexOf('\n## ', 1)
const rows = (end < 0 ? broker : broker.slice(0, end))
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
const documented = new Map(
  rows.map(([, code = '', status, reason, remedy]) => [code.replaceAll('`', ''), { status, reason, remedy }]),
)

describe('every refusal is documented, and every documented refusal exists', () => {
  it('has the same codes on both sides, each once', () => {
    expect([...documented.keys()].sort()).toEqual(Object.keys(problemCodes).sort())
    expect(rows).toHaveLength(documented.size)
  })

  it.each(Object.entries(problemCodes))('%s says the same in the document', (code, { status, reason, remedy }) => {
    expect(documented.get(code)).toEqual({ status: String(status), reason: reason.en, remedy: remedy.en })
  })

  it.each(Object.keys(problemCodes) as ProblemCode[])('%s makes a problem in both languages', (code) => {
    const made = problem.parse(problemFor(code))
    expect(made.reason.nl).not.toBe(made.reason.en)
    expect(made.remedy.nl).not.toBe(made.remedy.en)
    expect(made.status).toBeGreaterThanOrEqual(400)
  })
})
