/**
 * One table as an auditor writes it: `kruispunt-disclosure protect table.json`. Described in packages/disclosure/docs/table-format.md.
 * @module
 */
import type { Axis, Position, SumMeasure, TrueTable, Unit } from '@kruispunt/disclosure'
import { z } from 'zod'
import { Faults } from '../errors.ts'
import { parsePlaces, parseTrueCells } from './cell-schema.ts'
import { type Dimension, toDimension } from './dimension.ts'
import { dimensionSchema } from './dimension-schema.ts'
import { isListable, isManageable } from './limits.ts'
import { readMeasures } from './measures.ts'
import { parse, parseOuter } from './parse.ts'
import { type Policy, toPolicy } from './policy.ts'
import { type ReadBody, toTrueCells } from './true-table.ts'
import { locate, type View, viewOf } from './view.ts'

const text = z.string().max(2000)
const unit = z.enum(['persons', 'records', 'households'])

/** What tables of every kind may say about themselves. */
export const heading = {
  format: text.optional(),
  title: text.optional(),
  source: text.optional(),
  note: text.optional(),
  population: z.string().min(1).max(200).default('population'),
  unit: unit.default('persons'),
} as const

export const tableBody = {
  cells: z.array(z.unknown()).optional(),
  counts: z.array(z.unknown()).optional(),
  missing: z.enum(['error', 'zero']).default('error'),
  structuralZeros: z.array(z.unknown()).default([]),
} as const

const tableSchema = z.strictObject({
  ...heading,
  ...tableBody,
  dimensions: z.array(z.unknown()).min(1),
  measures: z.array(z.unknown()).default([]),
  policy: z.unknown().optional(),
})

export type ReadTable = {
  readonly title: string | undefined
  readonly policy: Policy
  readonly views: readonly View[]
  readonly table: TrueTable
  readonly measures: readonly SumMeasure[]
}

/** @throws {@link InputRefused} with everything that is wrong */
export function readTable(raw: unknown): ReadTable {
  const faults = new Faults()
  const file = parseOuter(tableSchema, raw, '', faults)
  if (!file) throw faults.refused()
  const policy = toPolicy(file.policy, 'policy', faults)
  const dimensions = readDimensions(file.dimensions, 'dimensions', faults)
  const views = dimensions?.map((dimension) => viewOf(dimension))
  const body = views && readBody(file, views, file.population, file.unit, policy?.groupRule !== false, '', faults)
  const measures = body && readMeasures(file.measures, body, views, policy?.rules.dominance?.n ?? 2, faults)
  // Where cells stand cannot be said then; what they are can.
  if (!dimensions) parseTrueCells(file.cells ?? [], namesIn(file.dimensions), 'cells', faults)
  faults.end()
  if (!policy || !views || !body || !measures) throw faults.refused()
  return { title: file.title, policy, views, table: body.table, measures }
}

const namesIn = (dimensions: readonly unknown[]): string[] =>
  dimensions.map((each) => (typeof each === 'object' && each !== null && 'name' in each ? String(each.name) : ''))

/** @returns the dimensions of one table, or nothing after noting what is wrong */
export function readDimensions(raw: readonly unknown[], path: string, faults: Faults): Dimension[] | undefined {
  const before = faults.count
  const names = new Set<string>()
  const dimensions = raw.flatMap((each, index) => {
    const input = parse(dimensionSchema, each, `${path}[${index}]`, faults)
    if (!input || !isListable(input.codes, `${path}[${index}].codes`, faults)) return []
    if (names.has(input.name)) faults.add('dimension_twice', `${path}[${index}].name`)
    names.add(input.name)
    const dimension = toDimension(input, `${path}[${index}]`, faults)
    return dimension ? [dimension] : []
  })
  if (faults.count > before || !isManageable(dimensions, path, faults)) return undefined
  return dimensions
}

type Body = z.output<z.ZodObject<typeof tableBody>>

/** @returns the true table, or nothing after noting what is wrong */
function readBody(
  body: Body,
  views: readonly View[],
  population: string,
  counted: Unit,
  groupRule: boolean,
  path: string,
  faults: Faults,
): ReadBody | undefined {
  const base = path === '' ? '' : `${path}.`
  if (!isListable(body.cells ?? [], `${base}cells`, faults)) return undefined
  const structuralZeros = readPlaces(body.structuralZeros, views, `${base}structuralZeros`, faults)
  const read = toTrueCells(body, views, counted, path, faults)
  if (!read) return undefined
  const { cells, finest } = read
  const empty = new Set(structuralZeros.map((at) => at.join()))
  if (cells.some((cell) => cell.count > 0 && empty.has(cell.at.join())))
    faults.add('structural_zero_not_empty', `${base}structuralZeros`)
  const axes = views.map(({ axis }) => (groupRule ? axis : withoutGroupRule(axis)))
  return { table: { population, unit: counted, axes, cells, structuralZeros }, finest }
}

/** A category that is called neutral is passed by; so is a whole axis of them. */
export function withoutGroupRule(axis: Axis): Axis {
  return { ...axis, neutral: axis.nodes.map((_, node) => node) }
}

export function readPlaces(raw: readonly unknown[], views: readonly View[], path: string, faults: Faults): Position[] {
  return parsePlaces(raw, path, faults).flatMap(({ cell, path: place }): Position[] => {
    const at = locate(cell, views, place, faults)
    return at ? [at] : []
  })
}
