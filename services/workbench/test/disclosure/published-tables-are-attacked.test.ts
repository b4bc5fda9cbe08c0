import { describe, expect, it } from 'vitest'
import { command } from './support/command.ts'

const dimensions = [
  { name: 'state', codes: ['married', 'single', 'divorced'] },
  { name: 'sex', codes: ['m', 'f'] },
]
const truth = {
  counts: [
    [30, 17],
    [17, 3],
    [9, 2],
  ],
}
const margins = [
  ['total', 'total', 78],
  ['total', 'm', 56],
  ['total', 'f', 22],
  ['married', 'total', 47],
  ['single', 'total', 20],
  ['divorced', 'total', 11],
]

type Attacked = {
  readonly attacker: string
  readonly tables: readonly { readonly withheld: readonly object[]; readonly leaks: readonly object[] }[]
}
const attacksOf = (result: object) => ('attacks' in result ? (result.attacks as readonly Attacked[]) : [])

describe('published tables are attacked', () => {
  it('finds the cell that subtraction gives, without being told what is unsafe', async () => {
    const cells = [...margins, ['married', 'm', 30], ['married', 'f', 17], ['single', 'm', 17], ['divorced', 'm', 9]]
    const { code, result } = await command('attack', {
      dimensions,
      cells: [...cells, ['single', 'f', null], { at: ['divorced', 'f'], withheld: true }],
    })
    expect(code).toBe(4)
    expect(attacksOf(result)[0]?.tables[0]?.withheld).toContainEqual({
      at: ['single', 'f'],
      low: 3,
      high: 3,
      exact: true,
    })
    expect(attacksOf(result)[0]?.tables[0]?.leaks).toContainEqual({ at: ['single', 'f'], kind: 'exact' })
  })

  it('finds an unsafe cell that is shown, and an interval below the minimum', async () => {
    const cells = [...margins, ['married', 'm', 30], ['married', 'f', 17], ['divorced', 'm', 9]]
    const { result } = await command('attack', { dimensions, cells, missing: 'withheld', unsafe: [['divorced', 'm']] })
    expect(attacksOf(result)[0]?.tables[0]?.leaks).toContainEqual({ at: ['divorced', 'm'], kind: 'shown' })
    const open = [...margins, ['married', 'm', 30], ['married', 'f', 17]]
    const attacked = await command('attack', { dimensions, cells: open, missing: 'withheld', truth })
    expect(attacksOf(attacked.result)[0]?.tables[0]?.leaks).toContainEqual({
      at: ['single', 'f'],
      kind: 'below_minimum',
    })
  })

  it('is not sure of cells that may be empty, and says so', async () => {
    // Six holes in a ring: all follow from the first, which is at most 15.
    const cells = [
      ...[80, 80, 110].map((count, row) => [`r${row}`, 'total', count]),
      ...[85, 95, 90].map((count, column) => ['total', `c${column}`, count]),
      ...[50, 50, 50].map((count, row) => [`r${row}`, `c${(row + 2) % 3}`, count]),
      ['total', 'total', 270],
    ]
    const ring = { dimensions: ['r', 'c'].map((name) => ({ name, codes: [0, 1, 2].map((each) => `${name}${each}`) })) }
    const { code, result } = await command('attack', { ...ring, cells, missing: 'withheld', policy: { minimum: 20 } })
    expect(code).toBe(0)
    expect(result).toMatchObject({ verdict: 'doubtful' })
    expect(attacksOf(result)[0]?.tables[0]?.withheld).toContainEqual({ at: ['r0', 'c0'], low: 0, high: 15 })
    expect(attacksOf(result)[0]?.tables[0]?.leaks).toContainEqual({ at: ['r0', 'c0'], kind: 'maybe_below_minimum' })
  })

  it('lets an organisation take its own people away (attack 15)', async () => {
    const cells = [
      { state: 'a', count: 12, byParty: { clinic: 9 } },
      { state: 'b', count: 40, byParty: { clinic: 5 } },
    ]
    const { code, result } = await command('attack', {
      dimensions: [{ name: 'state', codes: ['a', 'b'] }],
      cells: [
        ['total', 52],
        ['a', null],
        ['b', 40],
      ],
      truth: { cells },
    })
    expect(code).toBe(4)
    const clinic = attacksOf(result).find(({ attacker }) => attacker === 'clinic')
    expect(clinic?.tables[0]?.leaks).toEqual([{ at: ['a'], kind: 'exact' }])
  })

  it('attacks several tables as one, and deliveries apart', async () => {
    const own = [{ name: 'sex', codes: ['m', 'f'] }]
    const closed = {
      dimensions: own,
      cells: [
        ['total', 30],
        ['m', null],
        ['f', null],
      ],
    }
    const open = {
      dimensions: own,
      cells: [
        ['total', 30],
        ['m', 26],
        ['f', 4],
      ],
    }
    const together = await command('attack', { tables: [closed, open] })
    expect(together.code).toBe(4)
    const apart = await command('attack', {
      tables: [
        { ...closed, release: '2025' },
        { ...open, release: '2026' },
      ],
    })
    expect(attacksOf(apart.result)[0]?.tables[0]?.withheld).toContainEqual({ at: ['f'], low: 0, high: 30 })
  })

  it('finds nothing in an answer of ours, and claims nothing about tables that contradict each other', async () => {
    const answer = await command('protect', { dimensions, ...truth, policy: { minimum: 5 } })
    const attacked = await command('attack', { ...answer.result, truth })
    expect(attacked).toMatchObject({ code: 0, result: { verdict: 'safe' } })
    const broken = await command('attack', {
      dimensions: [{ name: 'sex', codes: ['m', 'f'] }],
      cells: [
        ['total', 3],
        ['m', 5],
        ['f', null],
      ],
    })
    expect(broken).toMatchObject({ code: 3, result: { verdict: 'unknown', attacks: [{ code: 'contradiction' }] } })
  })

  it('asks only that a value stays open where the policy asks no more', async () => {
    const cells = [...margins, ['married', 'm', 30], ['married', 'f', 17]]
    const asked = (protection: string) =>
      command('attack', { dimensions, cells, missing: 'withheld', truth, policy: { protection } })
    expect((await asked('deniable')).code).toBe(4)
    expect((await asked('exact')).code).toBe(0)
  })

  it('says in words what it found', async () => {
    const { out } = await command('attack', { dimensions, cells: margins, missing: 'withheld' }, '--text')
    expect(out).toContain('outsider: safe')
    expect(out).toMatch(/single +m +\d+ \.\. \d+/)
  })

  it('refuses cells that are shown and withheld at once, or neither', async () => {
    const own = [{ name: 'sex', codes: ['m', 'f'] }]
    for (const cell of [{ at: ['m'], count: 3, withheld: true }, { at: ['m'] }, { at: ['m'], withheld: false }]) {
      const { result } = await command('attack', { dimensions: own, cells: [cell], missing: 'withheld' })
      expect(result).toMatchObject({ faults: [{ code: 'wrong_form', path: 'cells[0]' }] })
    }
  })

  it('says that it does not look at sums', async () => {
    const dimensions = [{ name: 'sex', codes: ['m', 'f'] }]
    const cells = [
      ['total', 42],
      ['m', 12],
      ['f', 30],
    ]
    expect((await command('attack', { dimensions, cells })).result).not.toHaveProperty('notAttacked')
    const measures = [{ id: 'hours', cells: [] }]
    expect((await command('attack', { dimensions, cells, measures })).result).toMatchObject({
      verdict: 'safe',
      notAttacked: ['measures'],
    })
  })
})
