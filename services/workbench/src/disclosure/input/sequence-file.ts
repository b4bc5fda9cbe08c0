/**
 * Questions about one population, in the order in which they are asked: `kruispunt-disclosure sequence questions.json`.
 * @module
 */
import type { Position, TrueCell, TrueTable } from '@kruispunt/disclosure'
import { z } from 'zod'
import { Faults } from '../errors.ts'
import { type AskedViews, filterSchema, viewsFromCatalogue, viewsOfTheirOwn } from './asked-views.ts'
import type { Dimension } from './dimension.ts'
import { toDimension } from './dimension.ts'
import { dimensionSchema } from './dimension-schema.ts'
import { countFrom, type JointCounts, readJointCounts } from './joint-counts.ts'
import { isListable } from './limits.ts'
import { parse, parseOuter } from './parse.ts'
import { type Policy, toPolicy } from './policy.ts'
import { heading, readPlaces, tableBody, withoutGroupRule } from './table-file.ts'
import { toTrueCells } from './true-table.ts'
import type { View } from './view.ts'

const mostQuestions = 1000

const question = z.strictObject({
  id: z.string().min(1).max(200).optional(),
  title: heading.title,
  note: heading.note,
  release: z.string().max(200).default(''),
  dimensions: z.array(z.unknown()).min(1),
  filter: filterSchema,
  ...tableBody,
})

const { structuralZeros: _, ...joint } = tableBody
const sequence = z.strictObject({
  ...heading,
  dimensions: z.array(z.unknown()).min(1).optional(),
  ...joint,
  policy: z.unknown().optional(),
  together: z.boolean().default(false),
  questions: z.array(z.unknown()).min(1).max(mostQuestions),
})

export type AskedTable = {
  readonly id: string
  readonly release: string
  readonly views: AskedViews
  readonly filter: Readonly<Record<string, readonly string[]>>
  readonly table: TrueTable
}

export type ReadSequence = {
  readonly title: string | undefined
  readonly policy: Policy
  /** Dimensions described once, if the file does. */
  readonly catalogue: readonly Dimension[] | undefined
  /** Asked at once: which table is decided first is ours to choose. */
  readonly together: boolean
  readonly questions: readonly AskedTable[]
}

/** @throws {@link InputRefused} with everything that is wrong */
export function readSequence(raw: unknown): ReadSequence {
  const faults = new Faults()
  const file = parseOuter(sequence, raw, '', faults)
  if (!file) throw faults.refused()
  const policy = toPolicy(file.policy, 'policy', faults)
  const catalogue = file.dimensions && readCatalogue(file.dimensions, faults)
  const hasJoint = file.cells !== undefined || file.counts !== undefined
  if (hasJoint && file.dimensions === undefined) faults.add('wrong_form', 'dimensions')
  const parsed = file.questions.flatMap((each, index) => {
    const asked = parse(question, each, `questions[${index}]`, faults)
    return asked ? [{ ...asked, path: `questions[${index}]` }] : []
  })
  // Deliveries follow each other; tables of several cannot be asked at once.
  if (file.together && new Set(parsed.map(({ release }) => release)).size > 1) faults.add('wrong_form', 'together')
  faults.end()
  const views = catalogue
    ? parsed.map((asked) => viewsFromCatalogue(asked, catalogue, faults))
    : viewsOfTheirOwn(parsed, faults)
  faults.end()
  const counts = catalogue && hasJoint ? readJointCounts(file, catalogue, file.unit, faults) : undefined
  faults.end()
  const questions = parsed.flatMap((asked, index): AskedTable[] => {
    const own = views?.[index]
    if (!own || !policy) return []
    const cells = cellsOf(asked, own, file.unit, counts, catalogue ?? [], faults)
    if (!cells) return []
    const axes = [...own.shown, ...own.filters].map(({ axis }) => (policy.groupRule ? axis : withoutGroupRule(axis)))
    const extended = (at: Position): Position => [...at, ...own.filters.map(() => 0)]
    const zeros = readPlaces(asked.structuralZeros, own.shown, `${asked.path}.structuralZeros`, faults).map(extended)
    const empty = new Set(zeros.map((at) => at.join()))
    if (cells.some(({ at, count }) => count > 0 && empty.has(at.join())))
      faults.add('structural_zero_not_empty', `${asked.path}.structuralZeros`)
    return [
      {
        id: asked.id ?? String(index + 1),
        release: asked.release,
        views: own,
        filter: asked.filter,
        table: { population: file.population, unit: file.unit, axes, cells, structuralZeros: zeros },
      },
    ]
  })
  faults.end()
  if (!policy) throw faults.refused()
  return { title: file.title, policy, catalogue, together: file.together, questions }
}

/** Dimensions of which no single table needs to show all. */
export function readCatalogue(raw: readonly unknown[], faults: Faults): Dimension[] | undefined {
  const names = new Set<string>()
  const before = faults.count
  const dimensions = raw.flatMap((each, index) => {
    const path = `dimensions[${index}]`
    const input = parse(dimensionSchema, each, path, faults)
    if (!input || !isListable(input.codes, `${path}.codes`, faults)) return []
    if (names.has(input.name)) faults.add('dimension_twice', `${path}.name`)
    names.add(input.name)
    return toDimension(input, path, faults) ?? []
  })
  return faults.count > before ? undefined : dimensions
}

/** Counted from the joint counts, or written with the question. */
function cellsOf(
  asked: z.output<typeof question> & { readonly path: string },
  { shown, filters }: AskedViews,
  unit: TrueTable['unit'],
  counts: JointCounts | undefined,
  catalogue: readonly Dimension[],
  faults: Faults,
): TrueCell[] | undefined {
  const isWritten = asked.cells !== undefined || asked.counts !== undefined
  if (isWritten === (counts !== undefined)) {
    faults.add('wrong_form', `${asked.path}.cells`)
    return undefined
  }
  if (counts) return countFrom(counts, catalogue, [...shown, ...filters])
  if (!isListable(asked.cells ?? [], `${asked.path}.cells`, faults)) return undefined
  if (shown.some((view) => view.parts.some((parts) => parts === undefined))) {
    // What the codes leave out is in the total: only counts over all dimensions can tell how many that are.
    faults.add('codes_do_not_cover', `${asked.path}.dimensions`)
    return undefined
  }
  return toTrueCells(asked, shown, unit, asked.path, faults)?.cells.map((cell) => ({
    ...cell,
    at: [...cell.at, ...filters.map(() => 0)],
  }))
}

/** Names of what a question shows, to be read back by `attack`. */
export const shownNames = (views: readonly View[]) =>
  views.map(({ name, categories }) => ({ name, codes: categories.slice(1).map(({ code }) => code) }))
