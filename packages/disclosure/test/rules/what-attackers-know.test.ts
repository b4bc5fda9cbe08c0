/** What each attacker knows of a cell without any answer, and who is tried. */
import { describe, expect, it } from 'vitest'
import { type Attacker, attackerName, knownBefore, partiesIn } from '../../src/attackers.ts'
import type { Axis, EarlierTable } from '../../src/index.ts'
import { flat } from '../tables.ts'
import { full, line, plain } from './a-cell.ts'

type Cell = Parameters<typeof knownBefore>[1]

const insider: Attacker = { kind: 'insider', party: 'police' }
const holder: Attacker = { kind: 'attribute_holder', party: 'police' }
const outsider: Attacker = { kind: 'outsider' }
const nothing = { lower: 0, upper: Number.POSITIVE_INFINITY }
const ofAxis = (owner?: string): Axis => flat('kind', ['a', 'b'], owner === undefined ? {} : { owner })
const cell = (own: number, figures: Partial<Cell> = {}): Cell => ({
  structuralZero: false,
  held: { persons: 12, byParty: { police: own, housing: 5 } },
  count: 12,
  told: [],
  ...figures,
})

describe('a party knows', () => {
  it('its own people as the fewest there can be, and a cell that is wholly its own', () => {
    expect(knownBefore(insider, cell(3), 'persons')).toStrictEqual({ lower: 3, upper: Number.POSITIVE_INFINITY })
    expect(knownBefore(insider, cell(12), 'persons')).toStrictEqual({ lower: 12, upper: 12 })
    expect(knownBefore(insider, cell(12, { count: 40 }), 'records')).toStrictEqual({ lower: 40, upper: 40 })
    expect(knownBefore(insider, cell(3, { count: 40 }), 'records').lower).toBe(3)
  })

  it('of its own people in households no more than that there is one', () => {
    expect(knownBefore(insider, cell(3), 'households').lower).toBe(1)
  })

  it('nothing where it holds nobody, also of a cell where nobody is', () => {
    expect(knownBefore(insider, cell(0), 'persons')).toStrictEqual(nothing)
    const empty = cell(0, { held: { persons: 0, byParty: {} }, count: 0 })
    expect(knownBefore(insider, empty, 'persons')).toStrictEqual(nothing)
  })

  it('nothing that the job itself did not count', () => {
    expect(knownBefore(insider, cell(3, { held: undefined }), 'persons')).toStrictEqual(nothing)
    expect(knownBefore(insider, cell(12, { count: undefined }), 'persons')).toStrictEqual(nothing)
  })

  it('that nobody is where nobody can be, like everybody', () => {
    const impossible = cell(0, { structuralZero: true })
    for (const attacker of [outsider, insider, holder])
      expect(knownBefore(attacker, impossible, 'persons')).toStrictEqual({ lower: 0, upper: 0 })
    expect(knownBefore(outsider, cell(12), 'persons')).toStrictEqual(nothing)
  })
})

describe('a holder of attributes', () => {
  it.each([
    ['its own', [ofAxis('police')], 3],
    ['nobody’s', [ofAxis()], 3],
    ['another’s', [ofAxis('clinic')], 0],
    ['its own and another’s', [ofAxis('police'), ofAxis('clinic')], 0],
    ['nobody’s and another’s', [ofAxis(), ofAxis('clinic')], 0],
  ] as const)('places its people on axes that are %s', (_, told, lower) => {
    expect(knownBefore(holder, cell(3, { told }), 'persons').lower).toBe(lower)
    // An insider places them anyhow.
    expect(knownBefore(insider, cell(3, { told }), 'persons').lower).toBe(3)
  })
})

describe('who is tried', () => {
  const table = line(plain, 'persons', full(60, { byParty: { police: 3, clinic: 0 } }), full(30), full(30))
  const earlier: EarlierTable = {
    ...table,
    cells: [],
    recounted: table.cells.map((one) => ({ ...one, byParty: { housing: 2 } })),
  }
  it('are all that hold somebody, in one order', () => {
    expect(partiesIn([table], [])).toStrictEqual(['police'])
    expect(partiesIn([table], [earlier])).toStrictEqual(['housing', 'police'])
    expect(partiesIn([table], [{ ...table, cells: [] }])).toStrictEqual(['police'])
  })

  it('has a name for certificates', () => {
    expect([outsider, insider, holder].map(attackerName)).toStrictEqual([
      'outsider',
      'insider:police',
      'attribute_holder:police',
    ])
  })
})
