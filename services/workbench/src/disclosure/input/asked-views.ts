/**
 * What one table of a series shows of the dimensions: which of them, which of their codes, for which selection of people.
 * @module
 */
import { z } from 'zod'
import type { Faults } from '../errors.ts'
import type { Dimension } from './dimension.ts'
import { isManageable } from './limits.ts'
import { type Described, mergeDimensions } from './merge-dimensions.ts'
import { name, parse } from './parse.ts'
import { readDimensions } from './table-file.ts'
import { type View, viewOf } from './view.ts'

/** The dimensions that a table shows, then those that only select its people: one category each. */
export type AskedViews = { readonly shown: readonly View[]; readonly filters: readonly View[] }

const shownDimension = z.union([
  name.transform((dimension) => ({ name: dimension, codes: undefined })),
  z.object({
    name,
    codes: z.array(z.union([name, z.object({ code: name }).transform(({ code }) => code)])).optional(),
  }),
])
export const filterSchema = z.record(z.string(), z.array(name).min(1)).default({})

type Asked = {
  readonly dimensions: readonly unknown[]
  readonly filter: Readonly<Record<string, readonly string[]>>
  readonly path: string
}

/**
 * Tables that name dimensions described once for all of them.
 * @param catalogue - every dimension, with its finest codes
 */
export function viewsFromCatalogue(
  { dimensions, filter, path }: Asked,
  catalogue: readonly Dimension[],
  faults: Faults,
): AskedViews | undefined {
  const before = faults.count
  const selected = new Map<string, ReadonlySet<number>>()
  for (const [dimension, codes] of Object.entries(filter)) {
    const described = catalogue.find((each) => each.name === dimension)
    const categories = codes.map((code) => described?.categories.find((category) => category.code === code))
    if (!described) faults.add('dimension_unknown', `${path}.filter`)
    else if (categories.some((category) => !category)) faults.add('code_unknown', `${path}.filter.${dimension}`)
    selected.set(dimension, new Set(categories.flatMap((category) => category?.leaves ?? [])))
  }
  const names = new Set<string>()
  const shown = dimensions.flatMap((raw, index): View[] => {
    const at = `${path}.dimensions[${index}]`
    const asked = parse(shownDimension, raw, at, faults)
    if (!asked) return []
    const dimension = catalogue.find((each) => each.name === asked.name)
    if (!dimension) faults.add('dimension_unknown', at)
    if (names.has(asked.name)) faults.add('dimension_twice', at)
    names.add(asked.name)
    return dimension ? [selectedView(dimension, selected.get(asked.name), asked.codes, at, faults)] : []
  })
  const filters = catalogue.flatMap((dimension) => {
    const leaves = selected.get(dimension.name)
    if (!leaves || names.has(dimension.name)) return []
    return [viewOf(dimension, [{ code: 'selected', leaves: [...leaves].sort((a, b) => a - b) }])]
  })
  if (faults.count > before || !isManageable(shown, `${path}.dimensions`, faults)) return undefined
  return { shown, filters }
}

function selectedView(
  dimension: Dimension,
  selected: ReadonlySet<number> | undefined,
  codes: readonly string[] | undefined,
  path: string,
  faults: Faults,
): View {
  const [total, ...others] = dimension.categories
  const every = total?.leaves ?? []
  const leaves = selected ? every.filter((leaf) => selected.has(leaf)) : every
  const within = new Set(leaves)
  const inside = others.filter((category) => category.leaves.every((leaf) => within.has(leaf)))
  const chosen = codes?.filter((code) => code !== total?.code)
  chosen?.forEach((code, index) => {
    if (!inside.some((category) => category.code === code)) faults.add('code_unknown', `${path}.codes[${index}]`)
  })
  if (chosen && new Set(chosen).size !== chosen.length) faults.add('code_twice', `${path}.codes`)
  const categories = chosen ? inside.filter(({ code }) => chosen.includes(code)) : inside
  const kept = new Set(categories.map(({ code }) => code))
  return viewOf(dimension, [
    { code: total?.code ?? 'total', leaves },
    // A parent that is not shown is no parent here.
    ...categories.map(({ code, leaves: each, parent }) => ({
      code,
      leaves: each,
      ...(parent !== undefined && kept.has(parent) ? { parent } : {}),
    })),
  ])
}

/** Tables that each describe their own dimensions: the same name and the same code mean the same people. */
export function viewsOfTheirOwn(asked: readonly Asked[], faults: Faults): AskedViews[] | undefined {
  const before = faults.count
  const described = asked.flatMap(({ dimensions, filter, path }, table) => {
    if (Object.keys(filter).length > 0) faults.add('dimension_unknown', `${path}.filter`)
    const read = readDimensions(dimensions, `${path}.dimensions`, faults) ?? []
    return read.map((dimension, index) => ({ dimension, table, path: `${path}.dimensions[${index}]` }))
  })
  if (faults.count > before) return undefined
  const views: View[][] = asked.map(() => [])
  for (const group of Map.groupBy(described, ({ dimension }) => dimension.name).values()) {
    const [first, ...others] = group
    const merged = first && mergeDimensions([first, ...others] satisfies [Described, ...Described[]], faults)
    group.forEach(({ table }, index) => {
      if (merged) views[table]?.push(viewOf(merged.dimension, merged.categories[index]))
    })
  }
  if (faults.count > before) return undefined
  // In the order in which each table names them.
  return asked.map((_, table) => {
    const order = described.flatMap((each) => (each.table === table ? [each.dimension.name] : []))
    const own = views[table] ?? []
    return { shown: order.flatMap((each) => own.find((view) => view.name === each) ?? []), filters: [] }
  })
}
