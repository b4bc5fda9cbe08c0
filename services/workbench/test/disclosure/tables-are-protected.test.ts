import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { command, fileOf, readBack } from './support/command.ts'

const area = {
  name: 'area',
  codes: [
    'north',
    'south',
    { code: 'n1', parent: 'north' },
    { code: 'n2', parent: 'north' },
    { code: 's1', parent: 'south' },
    { code: 's2', parent: 'south' },
    { code: 's3', parent: 'south' },
  ],
}
const care = { name: 'care', codes: ['none', 'some', 'much'] }
const counts = [
  [140, 31, 12],
  [88, 12, 4],
  [201, 40, 25],
  [65, 22, 18],
  [120, 35, 19],
]
const table = { dimensions: [area, care], counts }

type Cell = { readonly at: readonly string[]; readonly count?: number; readonly withheld?: true }
const cellsOf = (result: object): readonly Cell[] => ('cells' in result ? (result.cells as readonly Cell[]) : [])
const at = (cells: readonly Cell[], ...codes: string[]) => cells.find((cell) => cell.at.join() === codes.join())

describe('tables are protected', () => {
  it('computes every margin of the hierarchy and hides what is small, with what protects it', async () => {
    const { code, result } = await command('protect', table)
    expect(code).toBe(0)
    const cells = cellsOf(result)
    expect(cells).toHaveLength(8 * 4)
    expect(at(cells, 'total', 'total')).toEqual({ at: ['total', 'total'], count: 832 })
    expect(at(cells, 'north', 'some')).toEqual({ at: ['north', 'some'], count: 43 })
    expect(at(cells, 'n2', 'much')).toEqual({ at: ['n2', 'much'], withheld: true })
    expect(cells.filter(({ withheld }) => withheld).length).toBeGreaterThan(3)
    expect(result).toMatchObject({ released: cells.filter(({ count }) => count !== undefined).length })
  })

  it('takes four forms of a cell for the same', async () => {
    const leaves = ['n1', 'n2', 's1', 's2', 's3']
    const forms = [
      (a: string, c: string, count: number) => [a, c, count],
      (a: string, c: string, count: number) => ({ at: [a, c], count }),
      (a: string, c: string, count: number) => ({ at: { care: c, area: a }, count }),
      (a: string, c: string, count: number) => ({ care: c, area: a, count }),
    ]
    const secret = fileOf('the same secret for all four')
    const answers = await Promise.all(
      forms.map((form) => {
        const cells = leaves.flatMap((a, row) => care.codes.map((c, column) => form(a, c, counts[row]?.[column] ?? 0)))
        return command('protect', { dimensions: [area, care], cells }, '--secret-file', secret)
      }),
    )
    for (const answer of answers) expect(answer.result).toEqual(answers[0]?.result)
    expect(cellsOf(answers[0]?.result ?? {})).toHaveLength(32)
  })

  it('takes margins that add up, a total by any name, and what is said to be missing for nobody', async () => {
    const dimensions = [{ name: 'sex', codes: ['both', 'm', 'f'], total: 'both' }]
    const { result } = await command('protect', {
      dimensions,
      cells: [
        ['both', 30],
        ['m', 30],
      ],
      missing: 'zero',
    })
    expect(cellsOf(result)).toEqual([
      { at: ['both'], count: 30 },
      { at: ['m'], count: 30 },
      { at: ['f'], count: 0 },
    ])
  })

  it('gives the same answer to the same file, and keeps to itself which cells were unsafe', async () => {
    const first = await command('protect', table)
    const file = fileOf('')
    const second = await command('protect', table, '--private', file)
    expect(second.out).toBe(first.out)
    expect(first.out).not.toMatch(/unsafe|interval|private|primary/)
    expect(readBack(file)).toMatchObject({ unsafe: [['n2', 'much']] })
    expect(JSON.stringify(readBack(file))).toContain((first.result['certificate'] as { sha256: string }).sha256)
    expect(statSync(fileOf('')).isFile()).toBe(true)
  })

  it('writes to a file, indents, and prints a table to read', async () => {
    const file = fileOf('')
    const ended = await command('protect', table, '--out', file, '--pretty')
    expect(ended.out).toBe('')
    expect(readBack(file)).toMatchObject({ outcome: 'answered' })
    const { out } = await command('protect', table, '--text')
    expect(out).toMatch(/^n2 +much +x$/m)
    expect(out).toMatch(/^total +total +832$/m)
  })

  it('says in both languages which rules apply to such a table, and no more than apply', async () => {
    const plain = await command('protect', table)
    const rules = (ended: typeof plain) =>
      (ended.result['explanation'] as { en: { rules: readonly string[] }; nl: { rules: readonly string[] } }).en.rules
    expect(rules(plain).join(' ')).toContain('at least 10 persons')
    expect(rules(plain).join(' ')).not.toMatch(/organisation|nearly|90 %/)
    const owned = await command('protect', {
      dimensions: [area, { ...care, owner: 'clinic', neutral: ['none'] }],
      counts,
      policy: { groupShare: 0.8 },
    })
    expect(rules(owned).join(' ')).not.toContain('80 %')
    const held = await command('protect', {
      dimensions: [
        { name: 'area', codes: ['a', 'b'] },
        { ...care, owner: 'clinic' },
      ],
      cells: [
        { area: 'a', care: 'none', count: 60, byParty: { school: 20 } },
        { area: 'a', care: 'some', count: 40, byParty: { school: 12 } },
        { area: 'b', care: 'none', count: 50, byParty: { school: 15 } },
        { area: 'b', care: 'some', count: 45, byParty: { school: 13 } },
      ],
      missing: 'zero',
      policy: { groupShare: 0.8 },
    })
    expect(rules(held).join(' ')).toContain('80 %')
    expect(rules(held).join(' ')).toContain('organisation')
  })

  it('switches the group rule off where the policy says so', async () => {
    const dimensions = [
      { name: 'area', codes: ['a', 'b'] },
      { name: 'care', codes: ['yes', 'no'], sensitive: true },
    ]
    const input = {
      dimensions,
      counts: [
        [95, 5 + 5],
        [50, 60],
      ],
    }
    const hidden = async (groupShare: number | false) =>
      cellsOf((await command('protect', { ...input, policy: { groupShare } })).result).filter(
        ({ withheld }) => withheld,
      )
    expect(await hidden(0.9)).not.toEqual([])
    expect(await hidden(false)).toEqual([])
  })

  it('refuses a table of mostly small cells with its code and what to coarsen', async () => {
    const sparse = { dimensions: [area, care], counts: counts.map((row) => row.map((_, index) => index + 1)) }
    const { code, result } = await command('protect', sparse)
    expect(code).toBe(3)
    expect(result).toMatchObject({
      outcome: 'refused',
      code: 'too_sparse',
      advice: [{ kind: 'coarsen_dimension', dimension: 'area', into: [['north'], ['south']], cells: 12 }, {}],
    })
    expect(result).not.toHaveProperty('cells')
    expect(JSON.stringify(result)).toContain('Kies grovere categorieën voor area (north en south)')
  })

  it('takes records with the persons behind them', async () => {
    const dimensions = [{ name: 'month', codes: ['jan', 'feb'] }]
    const cells = [
      { month: 'jan', count: 40, persons: 20, largest: [4, 3] },
      { month: 'feb', count: 30, persons: 5, largest: [20, 3] },
    ]
    const { result } = await command('protect', { dimensions, cells, unit: 'records' })
    expect(
      cellsOf(result)
        .filter(({ withheld }) => withheld)
        .map((cell) => cell.at),
    ).toEqual([['jan'], ['feb']])
  })

  it('hides a sum that rests on one person, and no mean of it can be made', async () => {
    const dimensions = [{ name: 'area', codes: ['a', 'b', 'c'] }]
    const cell = (code: string, largest: readonly number[], sum: number) => ({
      area: code,
      count: 30,
      sums: { hours: { sum, contributors: 30, largest } },
    })
    const cells = [cell('a', [900, 20], 1000), cell('b', [60, 50], 1000), cell('c', [70, 50], 1100)]
    const { result } = await command('protect', { dimensions, cells, measures: [{ id: 'hours' }] })
    const [hours] = result['measures'] as readonly { readonly id: string; readonly cells: readonly Cell[] }[]
    expect(at(hours?.cells ?? [], 'a')).toEqual({ at: ['a'], withheld: true })
    expect(at(hours?.cells ?? [], 'total')).toEqual({ at: ['total'], sum: 3100, persons: 90 })
    expect(cellsOf(result).every(({ withheld }) => !withheld)).toBe(true)
  })
})

describe('questions are answered one after the other', () => {
  const sex = { name: 'sex', codes: ['m', 'f'] }
  const age = {
    name: 'age',
    codes: ['<20', '20-24', '25+'],
    groups: { '<25': ['<20', '20-24'], '20+': ['20-24', '25+'] },
  }
  type Answer = { readonly id: string; readonly outcome: string; readonly cells: readonly Cell[] }
  const answersOf = (result: object) => ('answers' in result ? (result.answers as readonly Answer[]) : [])

  it('keeps two codings of age from giving the group between them (attack 10)', async () => {
    const questions = [
      { dimensions: ['sex', { name: 'age', codes: ['<25', '25+'] }] },
      { dimensions: ['sex', { name: 'age', codes: ['<20', '20+'] }] },
      { dimensions: [{ name: 'age', codes: ['25+', '<25'] }, 'sex'] },
    ]
    const { code, result } = await command('sequence', {
      dimensions: [sex, age],
      counts: [
        [12, 2, 40],
        [15, 14, 30],
      ],
      questions,
    })
    expect(code).toBe(0)
    const [first, second, third] = answersOf(result)
    expect(at(first?.cells ?? [], 'm', '<25')?.count).toBe(14)
    expect(at(second?.cells ?? [], 'm', '<20')).toEqual({ at: ['m', '<20'], withheld: true })
    for (const cell of first?.cells ?? [])
      expect(at(third?.cells ?? [], cell.at[1] ?? '', cell.at[0] ?? '')?.count).toBe(cell.count)
  })

  it('finds out from the codes how linked tables relate, and gives one cell one fate', async () => {
    const years = { name: 'year', codes: [2014, 2015] }
    const { result } = await command('sequence', {
      questions: [
        {
          dimensions: [{ name: 'country', codes: ['PT', 'ES', 'FR'] }, years],
          counts: [
            [21, 3],
            [40, 34],
            [30, 40],
          ],
        },
        {
          dimensions: [
            { name: 'country', codes: ['PT', 'FR', 'ES', { code: 'N', parent: 'FR' }, { code: 'S', parent: 'FR' }] },
            years,
          ],
          counts: [
            [21, 3],
            [40, 34],
            [10, 10],
            [20, 30],
          ],
        },
      ],
    })
    const [first, second] = answersOf(result)
    expect(first?.cells).toHaveLength(12)
    expect(at(first?.cells ?? [], 'PT', '2015')?.withheld).toBe(true)
    for (const cell of first?.cells ?? []) expect(at(second?.cells ?? [], ...cell.at)).toEqual(cell)
  })

  it('withholds no more of tables asked together than of the same in any one order, and answers in their order', async () => {
    const years = { name: 'year', codes: [2014, 2015] }
    const whole = {
      id: 'whole',
      dimensions: [{ name: 'country', codes: ['PT', 'ES', 'FR'] }, years],
      counts: [
        [21, 3],
        [40, 34],
        [30, 40],
      ],
    }
    const divided = {
      id: 'divided',
      dimensions: [
        { name: 'country', codes: ['PT', 'ES', 'FR', { code: 'N', parent: 'FR' }, { code: 'S', parent: 'FR' }] },
        years,
      ],
      counts: [
        [21, 3],
        [40, 34],
        [10, 10],
        [20, 30],
      ],
    }
    const secret = fileOf('one secret for all of them')
    const run = async (questions: readonly object[], together: boolean) =>
      answersOf((await command('sequence', { questions, together }, '--secret-file', secret)).result)
    const hidden = (answers: readonly Answer[]) =>
      answers.flatMap(({ cells }) => cells.filter(({ withheld }) => withheld)).length
    const together = await run([whole, divided], true)
    expect(together.map(({ id }) => id)).toEqual(['whole', 'divided'])
    expect(hidden(together)).toBe(
      Math.min(hidden(await run([whole, divided], false)), hidden(await run([divided, whole], false))),
    )
  })

  it('does not let newcomers follow from a new delivery (attack 22)', async () => {
    const asked = (release: string, m: number) => ({ release, dimensions: [sex], counts: [m, 40] })
    const { result } = await command('sequence', { questions: [asked('2025', 25), asked('2026', 26)] })
    const [first, second] = answersOf(result)
    expect(at(first?.cells ?? [], 'm')?.count).toBe(25)
    expect(at(second?.cells ?? [], 'm')).toEqual({ at: ['m'], withheld: true })
  })

  it('answers a filtered question next to the others (attack 9), and all of it withstands the attack', async () => {
    const sequence = await command('sequence', {
      dimensions: [sex, age],
      counts: [
        [12, 2, 40],
        [15, 14, 30],
      ],
      questions: [{ dimensions: ['age'] }, { dimensions: ['age'], filter: { sex: ['m'] } }, { dimensions: ['sex'] }],
    })
    const answers = answersOf(sequence.result)
    expect(answers.map(({ outcome }) => outcome)).toContain('answered')
    const attack = await command('attack', sequence.out)
    expect(attack).toMatchObject({ code: 0, result: { verdict: 'safe' } })
  })
})

describe('a dry run', () => {
  const shape = {
    persons: 1500,
    dimensions: [{ ...area, codes: area.codes }, care],
    draws: 3,
    seed: 5,
  }

  it('gives the same expectation for the same seed, a share for each cell, and coarser forms that show more', async () => {
    const first = await command('dry-run', shape)
    expect(first.code).toBe(0)
    expect((await command('dry-run', shape)).out).toBe(first.out)
    expect((await command('dry-run', { ...shape, seed: 6 })).out).not.toBe(first.out)
    const cells = first.result['cells'] as readonly { readonly withheldShare: number }[]
    expect(cells).toHaveLength(32)
    for (const { withheldShare } of cells) expect([0, 1 / 3, 2 / 3, 1]).toContain(withheldShare)
  })

  it('expects nothing hidden of many people, and a refusal of few', async () => {
    const many = await command('dry-run', { ...shape, persons: 1_000_000 })
    expect(many.result).toMatchObject({ shownShare: { low: 1, middle: 1, high: 1 }, refused: {}, instead: [] })
    const few = await command('dry-run', { ...shape, persons: 40 })
    expect(few.result).toMatchObject({ shownShare: { high: 0 }, refused: { too_sparse: 3 } })
  })

  it('takes sizes for all finest codes of a dimension or for none', async () => {
    const some = [{ name: 'area', codes: [{ code: 'a', size: 3 }, 'b'] }]
    const { result } = await command('dry-run', { ...shape, dimensions: some })
    expect(result).toMatchObject({ code: 'sizes_incomplete' })
  })
})
