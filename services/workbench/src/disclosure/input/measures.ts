/**
 * Sums beside the counts of a table: `measures` describes them, `sums` in a cell holds them.
 * @module
 */
import type { OwnPart, SumCell, SumMeasure } from '@kruispunt/disclosure'
import { z } from 'zod'
import type { Faults } from '../errors.ts'
import type { SumInput } from './cell-schema.ts'
import { parse } from './parse.ts'
import { addUp } from './tally.ts'
import type { ReadBody } from './true-table.ts'
import { allPositions, partsOf, type Read } from './true-table.ts'
import type { View } from './view.ts'

const measureSchema = z.strictObject({
  id: z.string().min(1).max(200),
  unit: z.string().max(200).optional(),
  lower: z.int().max(0).default(0),
  upper: z.int().min(1).optional(),
  pPercent: z.number().min(0).max(100).optional(),
  organisations: z.boolean().default(false),
})

type SumTally = Omit<SumCell, 'at'>

/**
 * @param listed - how many largest contributions the rules look at, 2 or more
 * @returns the measures, or nothing after noting what is wrong
 */
export function readMeasures(
  raw: readonly unknown[],
  { table, finest }: ReadBody,
  views: readonly View[],
  listed: number,
  faults: Faults,
): SumMeasure[] | undefined {
  const before = faults.count
  const measures = raw.flatMap((each, index) => parse(measureSchema, each, `measures[${index}]`, faults) ?? [])
  const ids = new Set(measures.map(({ id }) => id))
  if (ids.size < measures.length) faults.add('measure_twice', 'measures')
  if (measures.length > 0 && table.unit !== 'persons') faults.add('sums_need_persons', 'unit')
  for (const read of finest)
    if (Object.keys(read?.cell.sums ?? {}).some((id) => !ids.has(id)))
      faults.add('measure_unknown', `${read?.path}.sums`)
  const parties = [...new Set(finest.flatMap((read) => Object.values(read?.cell.sums ?? {}).flatMap(partiesOf)))].sort()
  const made = measures.map(({ id, lower, upper, pPercent, organisations }): SumMeasure => {
    const fine = finest.map((read) => {
      const tally = toSum(read, id, parties, listed, faults)
      if (read && !isSound(tally, lower, upper)) faults.add('sums_contradict', `${read.path}.sums`)
      return tally
    })
    const sizes = views.map((view) => view.finest.length)
    const sums = addUp(fine, sizes, partsOf(views), (parts) => joined(parts, parties, listed))
    return {
      id,
      ...(lower === 0 && upper === undefined ? {} : { bounds: upper === undefined ? { lower } : { lower, upper } }),
      ...(pPercent === undefined ? {} : { pPercent }),
      ...(organisations ? { organisations } : {}),
      cells: allPositions(views).flatMap((at, index) => {
        const sum = sums[index]
        return sum ? [{ at, ...sum }] : []
      }),
    }
  })
  return faults.count > before ? undefined : made
}

const partiesOf = (sum: SumInput): string[] =>
  'contributions' in sum
    ? sum.contributions.flatMap((each) => (typeof each === 'number' ? [] : [each.party]))
    : Object.keys(sum.byParty)

function toSum(
  read: Read | undefined,
  id: string,
  parties: readonly string[],
  listed: number,
  faults: Faults,
): SumTally {
  const sum = read?.cell.sums[id]
  if (!read || !sum) {
    if (read && read.cell.count > 0) faults.add('sum_missing', `${read.path}.sums`)
    return joined([], parties, listed)
  }
  const persons = read.cell.count
  if ('contributions' in sum) return ofContributions(sum.contributions, persons, parties, listed)
  const { contributors, byParty } = sum
  const largest = sorted(sum.largest, listed)
  const all: OwnPart = { sum: 0, persons: 0, others: { contributors, largest } }
  return {
    sum: sum.sum,
    persons,
    contributors,
    largest,
    byParty: Object.fromEntries(
      parties.map((party) => {
        const own = byParty[party]
        return [party, own ? { ...own, others: { ...own.others, largest: sorted(own.others.largest, listed) } } : all]
      }),
    ),
  }
}

type Contribution = number | { readonly amount: number; readonly party: string }

function ofContributions(
  contributions: readonly Contribution[],
  persons: number,
  parties: readonly string[],
  listed: number,
): SumTally {
  const of = (amounts: readonly number[]) => {
    const some = amounts.filter((each) => each !== 0)
    return { contributors: some.length, largest: sorted(some.map(Math.abs), listed) }
  }
  const amountOf = (each: Contribution): number => (typeof each === 'number' ? each : each.amount)
  const total = (each: readonly Contribution[]): number => each.reduce<number>((sum, one) => sum + amountOf(one), 0)
  return {
    sum: total(contributions),
    persons,
    ...of(contributions.map(amountOf)),
    byParty: Object.fromEntries(
      parties.map((party): [string, OwnPart] => {
        const isOwn = (each: Contribution): boolean => typeof each !== 'number' && each.party === party
        const own = contributions.filter(isOwn)
        const others = contributions.filter((each) => !isOwn(each)).map(amountOf)
        return [party, { sum: total(own), persons: own.length, others: of(others) }]
      }),
    ),
  }
}

/** Parts of a margin: a person is in one of them. */
function joined(parts: readonly SumTally[], parties: readonly string[], listed: number): SumTally {
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
  return {
    sum: total(parts.map(({ sum }) => sum)),
    persons: total(parts.map(({ persons }) => persons)),
    contributors: total(parts.map(({ contributors }) => contributors)),
    largest: sorted(
      parts.flatMap(({ largest }) => largest),
      listed,
    ),
    byParty: Object.fromEntries(
      parties.map((party): [string, OwnPart] => {
        const own = parts.flatMap(({ byParty }) => byParty[party] ?? [])
        return [
          party,
          {
            sum: total(own.map(({ sum }) => sum)),
            persons: total(own.map(({ persons }) => persons)),
            others: {
              contributors: total(own.map(({ others }) => others.contributors)),
              largest: sorted(
                own.flatMap(({ others }) => others.largest),
                listed,
              ),
            },
          },
        ]
      }),
    ),
  }
}

const sorted = (values: readonly number[], listed: number): number[] =>
  values.toSorted((a, b) => b - a).slice(0, Math.max(2, listed))

/** What can be told from one cell; the rest the rules check themselves. */
function isSound({ sum, persons, contributors, largest, byParty }: SumTally, lower: number, upper?: number): boolean {
  const fits = (amount: number, people: number, some: number, top: readonly number[]): boolean => {
    const most = top.reduce((total, each) => total + each, 0)
    return (
      people >= 0 &&
      some <= people &&
      top.length >= Math.min(some, 2) &&
      top.length <= some &&
      top.every((each) => each > 0) &&
      amount >= lower * people &&
      (upper === undefined || amount <= upper * people) &&
      (lower < 0 || (most <= amount && (some > top.length || most === amount)))
    )
  }
  return (
    fits(sum, persons, contributors, largest) &&
    Object.values(byParty).every((own) =>
      fits(sum - own.sum, persons - own.persons, own.others.contributors, own.others.largest),
    )
  )
}
