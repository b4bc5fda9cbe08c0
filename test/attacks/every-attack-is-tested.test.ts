import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b)

/** Rows of the first table whose first cell looks like this. */
const rowsOf = (path: string, first: RegExp) =>
  read(path)
    .split('\n')
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter(([, cell = '']) => first.test(cell))
    .map((cells) => cells.slice(1, -1))

const attacks = new Map(
  rowsOf('contracts/docs/attacks.md', /^\d+$/).map(([number, , ends, threats = '', tests = '']) => [
    Number(number),
    {
      ends,
      threats: threats.split(', '),
      files: tests === 'not yet' ? [] : tests.split('<br>').map((file) => file.replaceAll('`', '').trim()),
    },
  ]),
)
const threats = new Map(
  rowsOf('contracts/docs/threat-model.md', /^[AR]\d+$/).map((cells) => [
    cells[0] ?? '',
    new Set((cells.at(-1) ?? '').match(/\d+/g)?.map(Number)),
  ]),
)

/** Which attacks the titles of a file name. */
const titlesIn = (path: string) =>
  new Set([...read(path).matchAll(/['"`]attack (\d+): /g)].map(([, number]) => Number(number)))
/** Tests of packages try attacks too, on the code alone; here only those count that may have processes. */
const testFiles = ['services', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.ts$/.test(name) && !name.includes('node_modules'))
    .map((name) => `${folder}/${name}`),
)
const tested = new Map(
  testFiles.map((file) => [file, titlesIn(file)] as const).filter(([, numbers]) => numbers.size > 0),
)

describe('every attack is tested', () => {
  it('lists the fifty, each with an end', () => {
    expect(sorted(attacks.keys())).toEqual(Array.from({ length: 50 }, (_, at) => at + 1))
    for (const { ends } of attacks.values()) expect(ends).not.toBe('')
  })

  it('names for each the files in which it is tried, and no others', () => {
    const named = sorted(attacks.keys()).map((number) => [number, [...(attacks.get(number)?.files ?? [])].sort()])
    const found = sorted(attacks.keys()).map((number) => [
      number,
      [...tested].flatMap(([file, numbers]) => (numbers.has(number) ? [file] : [])).sort(),
    ])
    expect(named).toEqual(found)
  })

  it('tries nothing that is not listed', () => {
    const unlisted = [...tested].flatMap(([file, numbers]) =>
      [...numbers].filter((one) => !attacks.has(one)).map(() => file),
    )
    expect(unlisted).toEqual([])
  })

  it('goes with the threat model, both ways', () => {
    const fromAttacks = new Map([...threats.keys()].map((threat) => [threat, new Set<number>()]))
    for (const [number, { threats: of }] of attacks) for (const threat of of) fromAttacks.get(threat)?.add(number)
    for (const { threats: of } of attacks.values())
      for (const threat of of) expect([...threats.keys()]).toContain(threat)
    for (const [threat, numbers] of threats)
      expect([threat, sorted(numbers)]).toEqual([threat, sorted(fromAttacks.get(threat) ?? [])])
    for (const [threat, numbers] of threats) expect([threat, numbers.size > 0]).toEqual([threat, true])
  })
})
