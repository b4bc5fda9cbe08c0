/**
 * Cells that cannot hold anybody, which everyone can see from the agreement: known by one column of a delivery and
 * unknown by another, or by the population itself.
 * @module
 */
import type { Axis, Position } from '@kruispunt/disclosure'
import type { CheckedQuestion } from './question.ts'

/** What a category says about being in a delivery. */
type Says = {
  readonly inside: readonly string[]
  readonly outside: readonly string[]
  readonly insideAny: readonly string[]
}
const nothing: Says = { inside: [], outside: [], insideAny: [] }

/**
 * @param axes - of the table as disclosure control sees it: shown, then filters, then the population's condition
 * @returns positions in the table; every combination of nodes is tried
 */
export function structuralZeros(
  question: CheckedQuestion,
  axes: readonly Axis[],
  positions: readonly Position[],
): Position[] {
  const sources = new Map<string, { readonly ids: readonly string[]; readonly isPresence: boolean }>()
  for (const { variable } of [...question.axes, ...question.filters]) {
    if (variable.recordsOf !== undefined) continue
    const ids = variable.extracts.map(({ extract }) => extract.extractId)
    sources.set(variable.name, { ids, isPresence: variable.notKnown === undefined })
  }
  const always = question.population.extractIds
  const sayings = axes.map(({ dimension, nodes }) =>
    nodes.map(({ leaves }): Says => {
      const source = sources.get(dimension)
      if (!source) return nothing
      const isOut = leaves.length === 1 && leaves[0] === 0
      if (isOut) return { ...nothing, outside: source.ids }
      if (leaves.includes(0)) return nothing
      return source.isPresence ? { ...nothing, insideAny: source.ids } : { ...nothing, inside: source.ids }
    }),
  )
  return positions.filter((at) => {
    const says = at.map((node, axis) => sayings[axis]?.[node] ?? nothing)
    const outside = new Set(says.flatMap((each) => each.outside))
    const anyOf = [...says.map((each) => each.insideAny), always].filter((ids) => ids.length > 0)
    return (
      says.some((each) => each.inside.some((id) => outside.has(id))) ||
      anyOf.some((ids) => ids.every((id) => outside.has(id)))
    )
  })
}
