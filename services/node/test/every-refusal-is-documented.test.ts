import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problemTexts } from '../src/problems/codes.ts'

const page = readFileSync(new URL('../../../contracts/docs/errors.md', import.meta.url), 'utf8')
const section = page.split('\n## ').find((part) => part.startsWith('Node\n')) ?? ''
const rows = [...section.matchAll(/^\| `([a-z_]+)` +\| (\d{3}) +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, code, status, reason, remedy]) => ({ code, status: Number(status), reason, remedy }),
)

describe('every refusal is documented', () => {
  it('has a line in errors.md for every code, and no line for a code that is gone', () => {
    const inCode = Object.entries(problemTexts).map(([code, { status, reason, remedy }]) => ({
      code,
      status,
      reason: reason.en,
      remedy: remedy.en,
    }))
    const byCode = (a: { code: string | undefined }, b: { code: string | undefined }) =>
      (a.code ?? '') < (b.code ?? '') ? -1 : 1
    expect(rows.sort(byCode)).toStrictEqual(inCode.sort(byCode))
    expect(rows.length).toBeGreaterThan(30)
  })
})
