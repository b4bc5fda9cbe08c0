/**
 * One dimension that several tables describe, each with codes of its own: what one table divides, another may show whole.
 *
 * The same code means the same people in every table. From that alone follows how the codings relate; where it does not
 * follow, the file has to say it.
 * @module
 */
import type { Faults } from '../errors.ts'
import type { Category, Dimension } from './dimension.ts'

export type Described = { readonly dimension: Dimension; readonly path: string }

/**
 * @param described - every description of one dimension
 * @returns the dimension over the finest codes of all of them, and the categories of each over those codes; or nothing, noted
 */
export function mergeDimensions(
  described: readonly [Described, ...Described[]],
  faults: Faults,
): { readonly dimension: Dimension; readonly categories: readonly (readonly Category[])[] } | undefined {
  const before = faults.count
  const [{ dimension: first }] = described
  const dividedInto = new Map<string, readonly string[]>()
  for (const { dimension } of described) {
    for (const { code, leaves } of dimension.categories.slice(1)) {
      const parts = leaves.map((leaf) => dimension.leafCodes[leaf] ?? '')
      if (parts.length > 1 || parts[0] !== code) dividedInto.set(code, dividedInto.get(code) ?? parts)
    }
  }
  const finestOf = finest(dividedInto)
  const known = new Set<string>()
  const sets = described.map(({ dimension, path }) => {
    const own = dimension.leafCodes.map((code) => finestOf(code))
    if (own.some((each) => each === undefined)) faults.add('hierarchy_cycle', path)
    const all = own.flatMap((each) => each ?? [])
    if (new Set(all).size !== all.length) faults.add('codings_unrelated', path)
    for (const code of all) known.add(code)
    return own.map((each) => each ?? [])
  })
  const leafCodes = [...known]
  const indexOf = new Map(leafCodes.map((code, index) => [code, index]))
  const categories = described.map(({ dimension, path }, index) =>
    dimension.categories.map((category, node): Category => {
      const codes = category.leaves.flatMap((leaf) => sets[index]?.[leaf] ?? [])
      const elsewhere = node === 0 ? codes : finestOf(category.code)
      if (elsewhere?.toSorted().join('\n') !== codes.toSorted().join('\n')) faults.add('codings_unrelated', path)
      return { ...category, leaves: codes.map((code) => indexOf.get(code) ?? -1).sort((a, b) => a - b) }
    }),
  )
  const totals = categories.map(([total]) => new Set(total?.leaves)).toSorted((a, b) => a.size - b.size)
  const isNested = totals.every(
    (set, index) => index === 0 || [...(totals[index - 1] ?? [])].every((leaf) => set.has(leaf)),
  )
  if (!isNested) faults.add('codings_unrelated', described.at(-1)?.path ?? '')
  if (faults.count > before) return undefined
  const every = leafCodes.map((_, index) => index)
  const total = first.categories[0]?.code ?? 'total'
  return { dimension: { ...first, leafCodes, categories: [{ code: total, leaves: every }], sizes: [] }, categories }
}

/** @returns a function from a code to what it comes down to; nothing if that has no end */
function finest(dividedInto: ReadonlyMap<string, readonly string[]>): (code: string) => readonly string[] | undefined {
  const found = new Map<string, readonly string[]>()
  const open = new Set<string>()
  const visit = (code: string): readonly string[] | undefined => {
    const known = found.get(code)
    if (known) return known
    const parts = dividedInto.get(code)
    if (!parts) return [code]
    if (open.has(code)) return undefined
    open.add(code)
    const inside = parts.map(visit)
    open.delete(code)
    if (inside.some((each) => each === undefined)) return undefined
    const made = [...new Set(inside.flatMap((each) => each ?? []))]
    found.set(code, made)
    return made
  }
  return visit
}
