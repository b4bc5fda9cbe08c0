/**
 * How a cell is written down: `{ "at": [...], "count": 5 }`, `{ "at": { "sex": "f" }, "count": 5 }`, `{ "sex": "f", "count": 5 }` or
 * `["f", 5]`. All become the first.
 * @module
 */
import { z } from 'zod'
import type { Faults } from '../errors.ts'
import { count, fails, name, parse } from './parse.ts'

const place = z.union([z.array(name), z.record(z.string(), name)])

const amount = z.number().refine((value) => Number.isSafeInteger(value), fails('sum_not_whole'))

/** Either every contribution, or what the rules need to know of them. */
const sum = z.union([
  z.strictObject({ contributions: z.array(z.union([amount, z.strictObject({ amount, party: name })])) }),
  z.strictObject({
    sum: amount,
    contributors: count,
    largest: z.array(amount),
    byParty: z
      .record(
        z.string(),
        z.strictObject({
          sum: amount,
          persons: count,
          others: z.strictObject({ contributors: count, largest: z.array(amount) }),
        }),
      )
      .default({}),
  }),
])
export type SumInput = z.output<typeof sum>

const trueCell = z.strictObject({
  at: place,
  count,
  persons: count.optional(),
  byParty: z.record(z.string(), count).default({}),
  largest: z.tuple([count, count]).optional(),
  sums: z.record(z.string(), sum).default({}),
})
export type TrueCellInput = z.output<typeof trueCell>

const publishedCell = z.strictObject({
  at: place,
  count: count.nullable().optional(),
  withheld: z.boolean().optional(),
})

const cellFields: ReadonlySet<string> = new Set(['at', 'count', 'persons', 'byParty', 'largest', 'sums', 'withheld'])

/** Codes beside the count, by position or by name, go under `at`. */
function inOneForm(raw: unknown, names: readonly string[]): unknown {
  if (Array.isArray(raw)) {
    const values: readonly unknown[] = raw
    return values.length === names.length + 1 ? { at: values.slice(0, -1), count: values.at(-1) } : raw
  }
  if (typeof raw !== 'object' || raw === null || 'at' in raw) return raw
  const at: [string, unknown][] = []
  const rest: [string, unknown][] = []
  for (const entry of Object.entries(raw)) {
    if (names.includes(entry[0]) && !cellFields.has(entry[0])) at.push(entry)
    else rest.push(entry)
  }
  return { at: Object.fromEntries(at), ...Object.fromEntries(rest) }
}

export type Placed<T> = { readonly cell: T; readonly path: string }

function parseCell<S extends z.ZodType>(
  schema: S,
  raw: unknown,
  names: readonly string[],
  path: string,
  faults: Faults,
): Placed<z.output<S>>[] {
  const cell = parse(schema, inOneForm(raw, names), path, faults)
  return cell === undefined ? [] : [{ cell, path }]
}

/** @returns the cell, or none after noting what is wrong with it */
export const parseTrueCell = (raw: unknown, names: readonly string[], path: string, faults: Faults) =>
  parseCell(trueCell, raw, names, path, faults)

export const parseTrueCells = (raw: readonly unknown[], names: readonly string[], path: string, faults: Faults) =>
  raw.flatMap((each, index) => parseTrueCell(each, names, `${path}[${index}]`, faults))

export const parsePublishedCells = (raw: readonly unknown[], names: readonly string[], path: string, faults: Faults) =>
  raw.flatMap((each, index) => parseCell(publishedCell, each, names, `${path}[${index}]`, faults))

export const parsePlaces = (raw: readonly unknown[], path: string, faults: Faults): Placed<z.output<typeof place>>[] =>
  raw.flatMap((each, index) => {
    const at = `${path}[${index}]`
    const cell = parse(place, each, at, faults)
    return cell === undefined ? [] : [{ cell, path: at }]
  })
