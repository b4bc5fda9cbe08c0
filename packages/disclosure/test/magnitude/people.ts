/**
 * Sums for tests, drawn up from single persons. Shares no code with `src` but its types.
 * @module
 */
import type {
  Axis,
  CellState,
  Outcome,
  SumCell,
  SumMeasure,
  SumState,
  SumsOutcome,
  TrueTable,
} from '../../src/index.ts'
import { defaultRules, protectSums, protectTable, type Rules } from '../../src/index.ts'
import { positions, secret, tableOf } from '../tables.ts'

/** One person: finest codes, contribution, and how much of that each party knows; a party named knows the person. */
export type Person = {
  readonly leaves: Readonly<Record<string, number>>
  readonly value: number
  readonly known?: Readonly<Record<string, number>>
}

export function countsOf(axes: readonly Axis[], people: readonly Person[]): TrueTable {
  return tableOf(
    axes,
    people.map(({ leaves, known = {} }) => ({
      leaves,
      count: 1,
      held: Object.fromEntries(Object.keys(known).map((party) => [party, 1])),
    })),
  )
}

const largestOf = (values: readonly number[]) =>
  values
    .filter((value) => value !== 0)
    .map(Math.abs)
    .toSorted((a, b) => b - a)
    .slice(0, 4)
const add = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

export function sumsOf(axes: readonly Axis[], people: readonly Person[]): SumCell[] {
  return positions(axes).map((at): SumCell => {
    const inside = people.filter(({ leaves }) =>
      axes.every(({ dimension, nodes }, axis) => nodes[at[axis] ?? 0]?.leaves.includes(leaves[dimension] ?? -1)),
    )
    const values = inside.map(({ value }) => value)
    const parties = [...new Set(inside.flatMap(({ known = {} }) => Object.keys(known)))]
    const byParty = parties.map((party) => {
      const rest = inside.map(({ value, known }) => value - (known?.[party] ?? 0))
      return [
        party,
        {
          sum: add(values) - add(rest),
          persons: inside.filter(({ value, known }) => known?.[party] === value).length,
          others: { contributors: rest.filter((value) => value !== 0).length, largest: largestOf(rest) },
        },
      ] as const
    })
    return {
      at,
      sum: add(values),
      persons: inside.length,
      contributors: values.filter((value) => value !== 0).length,
      largest: largestOf(values),
      byParty: Object.fromEntries(byParty),
    }
  })
}

/** As if the count table showed all. */
export const allShown = ({ cells }: TrueTable): CellState[] =>
  cells.map(({ at, count }) => ({ at, state: 'released', count }))

export type Asked = {
  readonly axes: readonly Axis[]
  readonly people: readonly Person[]
  readonly rules?: Partial<Rules>
  /** Counts as they were decided; all shown if absent. */
  readonly counts?: readonly CellState[]
  readonly measure?: Partial<SumMeasure>
}

/** Asks for one measure. */
export async function ask({ axes, people, rules = {}, counts, measure = {} }: Asked): Promise<SumsOutcome> {
  const table = countsOf(axes, people)
  const now = () => performance.now()
  const [outcome] = await protectSums({
    counts: { table, cells: counts ?? allShown(table) },
    measures: [{ id: 'hours', cells: sumsOf(axes, people), ...measure }],
    rules: { ...defaultRules, ...rules },
    secret,
    deadlineMs: now() + 20_000,
    now,
  })
  if (!outcome) throw new Error('no outcome')
  return outcome
}

export async function protectCounts(table: TrueTable, rules: Partial<Rules> = {}): Promise<Outcome> {
  const now = () => performance.now()
  return await protectTable({
    table,
    earlier: [],
    rules: { ...defaultRules, ...rules },
    secret,
    deadlineMs: now() + 20_000,
    now,
  })
}

/** The cells of an answer; a refusal is a failed test. */
export function sumsAnswered(outcome: SumsOutcome): readonly SumState[] {
  if (outcome.outcome !== 'answered') throw new Error(`refused: ${outcome.code}`)
  return outcome.cells
}

export const hidden = (cells: readonly SumState[]): string[] =>
  cells.filter(({ state }) => state === 'withheld').map(({ at }) => at.join())

/** Persons with these contributions in one finest cell. */
export const group = (leaves: Record<string, number>, ...values: readonly number[]): Person[] =>
  values.map((value) => ({ leaves, value }))

/** As many ordinary persons, contributing about ten each, so that nobody stands out. */
export const crowd = (leaves: Record<string, number>, size: number): Person[] =>
  Array.from({ length: size }, (_, index) => ({ leaves, value: 8 + (index % 5) }))
