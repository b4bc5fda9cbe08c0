/**
 * Published tables as anyone sees them: `kruispunt-disclosure attack published.json`. What `protect` and `sequence` print can be
 * read as it is; so can tables of others.
 * @module
 */
import type { CellState, Position, PublishedTable, TrueTable, Unit } from '@kruispunt/disclosure'
import { z } from 'zod'
import { Faults } from '../errors.ts'
import { type AskedViews, filterSchema, viewsFromCatalogue, viewsOfTheirOwn } from './asked-views.ts'
import { parsePublishedCells } from './cell-schema.ts'
import { isListable } from './limits.ts'
import { parse, parseOuter } from './parse.ts'
import { type Policy, toPolicy } from './policy.ts'
import { readCatalogue } from './sequence-file.ts'
import { heading, readPlaces, tableBody, withoutGroupRule } from './table-file.ts'
import { allPositions, toTrueCells } from './true-table.ts'
import { locate, type View } from './view.ts'

const { structuralZeros: _, ...truthBody } = tableBody
const truth = z.strictObject(truthBody)

// Answers carry much that an attack does not need; what is not known here is passed by.
const publishedTable = z.object({
  id: z.string().optional(),
  release: z.string().default(''),
  outcome: z.string().optional(),
  dimensions: z.array(z.unknown()).min(1),
  filter: filterSchema,
  cells: z.array(z.unknown()).default([]),
  missing: z.enum(['error', 'withheld']).default('error'),
  structuralZeros: z.array(z.unknown()).default([]),
  unsafe: z.array(z.unknown()).optional(),
  truth: truth.optional(),
})
type PublishedInput = z.output<typeof publishedTable> & { readonly path: string }

const several = z.object({
  ...heading,
  minimum: z.unknown().optional(),
  policy: z.unknown().optional(),
  dimensions: z.array(z.unknown()).optional(),
  tables: z.array(z.unknown()).min(1).max(1000).optional(),
  answers: z.array(z.unknown()).min(1).max(1000).optional(),
})

export type AttackedTable = {
  readonly id: string
  readonly release: string
  readonly views: AskedViews
  readonly published: PublishedTable
  /** Cells that the file names as unsafe. */
  readonly unsafe: readonly Position[] | undefined
  readonly truth: TrueTable | undefined
}
export type ReadPublished = {
  readonly policy: Policy
  readonly tables: readonly AttackedTable[]
  /** Some table has sums beside its counts; they are not looked at. */
  readonly hasSums: boolean
}

/** @throws {@link InputRefused} with everything that is wrong */
export function readPublished(raw: unknown): ReadPublished {
  const faults = new Faults()
  const file = parseOuter(several, raw, '', faults)
  if (!file) throw faults.refused()
  const policy = toPolicy(
    file.policy ?? (file.minimum === undefined ? {} : { minimum: file.minimum }),
    'policy',
    faults,
  )
  const list = file.tables ?? file.answers
  const field = file.tables ? 'tables' : 'answers'
  const catalogue = list && file.dimensions ? readCatalogue(file.dimensions, faults) : undefined
  const parsed = (list ?? [raw]).flatMap((each, index): PublishedInput[] => {
    const path = list ? `${field}[${index}]` : ''
    // A question that was refused has published nothing.
    const table = isRefused(each) ? undefined : parse(publishedTable, each, path, faults)
    return table ? [{ ...table, path }] : []
  })
  if (faults.count === 0 && parsed.length === 0) faults.add('nothing_published', field)
  faults.end()
  const views = catalogue
    ? parsed.map((table) => viewsFromCatalogue(table, catalogue, faults))
    : viewsOfTheirOwn(parsed, faults)
  faults.end()
  const tables = parsed.flatMap((table, index) => {
    const own = views?.[index]
    const read = own && policy && readOne(table, own, file.population, file.unit, policy, faults)
    return read ? [{ ...read, id: table.id ?? String(index + 1), release: table.release }] : []
  })
  faults.end()
  if (!policy) throw faults.refused()
  return { policy, tables, hasSums: [raw, ...(list ?? [])].some(holdsSums) }
}

const holdsSums = (raw: unknown): boolean => typeof raw === 'object' && raw !== null && 'measures' in raw

const isRefused = (raw: unknown): boolean =>
  typeof raw === 'object' && raw !== null && 'outcome' in raw && raw.outcome === 'refused'

function readOne(
  input: PublishedInput,
  views: AskedViews,
  population: string,
  unit: Unit,
  policy: Policy,
  faults: Faults,
): Omit<AttackedTable, 'id' | 'release'> | undefined {
  const { shown, filters } = views
  const before = faults.count
  const base = input.path === '' ? '' : `${input.path}.`
  const extended = (at: Position): Position => [...at, ...filters.map(() => 0)]
  const states = publishedStates(input, shown, base, faults)
  const zeros = readPlaces(input.structuralZeros, shown, `${base}structuralZeros`, faults).map(extended)
  const unsafe = input.unsafe && readPlaces(input.unsafe, shown, `${base}unsafe`, faults).map(extended)
  const trueCells = input.truth && toTrueCells(input.truth, shown, unit, `${base}truth`, faults)?.cells
  if (faults.count > before) return undefined
  const axes = [...shown, ...filters].map(({ axis }) => (policy.groupRule ? axis : withoutGroupRule(axis)))
  const cells = states.map((cell) => ({ ...cell, at: extended(cell.at) }))
  return {
    views,
    published: { axes, cells, structuralZeros: zeros },
    unsafe,
    truth: trueCells && {
      population,
      unit,
      axes,
      cells: trueCells.map((cell) => ({ ...cell, at: extended(cell.at) })),
      structuralZeros: zeros,
    },
  }
}

function publishedStates(input: PublishedInput, views: readonly View[], base: string, faults: Faults): CellState[] {
  if (!isListable(input.cells, `${base}cells`, faults)) return []
  const names = views.map(({ name }) => name)
  const states = new Map<string, CellState>()
  for (const { cell, path } of parsePublishedCells(input.cells, names, `${base}cells`, faults)) {
    const at = locate(cell.at, views, `${path}.at`, faults)
    if (!at) continue
    if (states.has(at.join())) faults.add('cell_twice', path)
    const isShown = cell.count !== undefined && cell.count !== null
    if (cell.withheld === isShown || (cell.withheld === undefined && cell.count === undefined))
      faults.add('wrong_form', path)
    states.set(at.join(), isShown ? { at, state: 'released', count: cell.count ?? 0 } : { at, state: 'withheld' })
  }
  const all = allPositions(views)
  if (states.size < all.length && input.missing === 'error') faults.add('cell_not_listed', `${base}cells`)
  return all.map((at) => states.get(at.join()) ?? { at, state: 'withheld' })
}
