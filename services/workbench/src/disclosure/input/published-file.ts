/**
 * Published tables as anyone sees them: `kruispunt-disclosure attack published.json`. What `protect` and `sequence` print can be
 * read as it is; so can tables of others.
 * @module
 */
import type { CellState, Position, PublishedTable, TrueTable, Unit } from '@kruispunt/disclosure'
import { z } from 'zod'
import { Faults, InputRefused } from '../errors.ts'
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

const anything = z.unknown().optional()
// Our own answers carry more than an attack needs. That is passed by; what nobody knows is refused, lest a misspelt word weaken the attack.
const tableFields = {
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
  measures: anything,
  released: anything,
  withheld: anything,
  explanation: anything,
  certificate: anything,
} as const
const fileFields = { ...heading, minimum: anything, policy: anything } as const

const { title, source, note } = heading
const oneOfSeveral = z.strictObject({ ...tableFields, title, source, note })
const onlyTable = z.strictObject({ ...fileFields, ...tableFields })
type PublishedInput = z.output<typeof oneOfSeveral> & { readonly path: string }

const several = z.strictObject({
  ...fileFields,
  dimensions: z.array(z.unknown()).optional(),
  tables: z.array(z.unknown()).min(1).max(1000).optional(),
  answers: z.array(z.unknown()).min(1).max(1000).optional(),
  answered: anything,
  refused: anything,
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
  // A question that was refused has published nothing.
  if (isRefused(raw)) throw InputRefused.because('nothing_published')
  const faults = new Faults()
  const isOne = !has(raw, 'tables') && !has(raw, 'answers')
  const one = isOne ? parseOuter(onlyTable, raw, '', faults) : undefined
  const file = isOne ? one : parseOuter(several, raw, '', faults)
  if (!file) throw faults.refused()
  const policy = toPolicy(
    file.policy ?? (file.minimum === undefined ? {} : { minimum: file.minimum }),
    'policy',
    faults,
  )
  const listed = 'tables' in file || 'answers' in file ? file : undefined
  const list = listed && (listed.tables ?? listed.answers)
  const field = listed?.tables ? 'tables' : 'answers'
  if (listed?.tables && listed.answers) faults.add('wrong_form', 'answers')
  const catalogue = list && file.dimensions ? readCatalogue(file.dimensions, faults) : undefined
  const parsed: PublishedInput[] = one ? [{ ...one, path: '' }] : []
  for (const [index, each] of (list ?? []).entries()) {
    const path = `${field}[${index}]`
    const table = isRefused(each) ? undefined : parse(oneOfSeveral, each, path, faults)
    if (table) parsed.push({ ...table, path })
  }
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

const has = (raw: unknown, field: string): boolean => typeof raw === 'object' && raw !== null && field in raw

const holdsSums = (raw: unknown): boolean => has(raw, 'measures')

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
