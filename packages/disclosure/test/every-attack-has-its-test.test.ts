/** The table of attacks in docs/comparison.md names tests that are there. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const page = readFileSync(new URL('../docs/comparison.md', import.meta.url), 'utf8')
const rows = page
  .slice(page.indexOf('## Attacks'))
  .split('\n')
  .flatMap((line) => {
    const [, number, attack] = /^\| (\d+) +\| (.+?) +\|/.exec(line) ?? []
    const files = [...line.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file = '']) => file)
    return number === undefined ? [] : [{ number: Number(number), attack, files }]
  })

describe('the table of attacks', () => {
  it('has all 22', () => {
    expect(rows.map(({ number }) => number)).toStrictEqual(Array.from({ length: 22 }, (_, index) => index + 1))
  })

  it.each(rows)('$number, $attack, is played in the tests it names', ({ number, files }) => {
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const text = readFileSync(new URL(file, import.meta.url), 'utf8')
      // In the title of a test, or in words inside one.
      const titled = new RegExp(`it\\(\\s*['"\`]${number}: |attack ${number}\\b`)
      expect({ file, named: titled.test(text) }).toStrictEqual({ file, named: true })
    }
  })
})
