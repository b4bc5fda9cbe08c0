/**
 * The categories a question shows, as nodes: sets of leaves of one variable (`variables.ts` says what a leaf is).
 *
 * Node 0 is the total over the selection: all leaves, or those the filter names. Then the categories of the levels
 * asked for, coarsest first, each followed by the finer ones within it; last, for a variable of another party, the
 * persons that party does not know. Which nodes there are follows from the agreement and the question, never from the
 * data: a category that nobody is in stands there like any other.
 * @module
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import type { Axis } from '@kruispunt/disclosure'
import type { CountedPopulation } from './population.ts'
import { refuseUnless } from './problems.ts'
import type { Category, Variable } from './variables.ts'

type AnswerAxis = CrossTabAnswer['axes'][number]
type AnswerNode = AnswerAxis['nodes'][number]
type Node = AnswerNode & { readonly leaves: readonly number[]; readonly neutral: boolean }

export type ShownAxis = { readonly variable: Variable; readonly nodes: readonly Node[] }

const total = {
  code: 'total',
  label: { nl: 'totaal', en: 'total' },
  level: null,
  parent: null,
  neutral: false,
} as const

/**
 * Stands for the persons a party does not know where `not-known` might be a category of the agreement: none can begin
 * with a parenthesis, and no question can say it.
 */
export const outside = '(outside)'

/** Can somebody of the population be outside what the variable was read from? */
const canBeOutside = (variable: Variable, { within }: Pick<CountedPopulation, 'within'>): boolean =>
  !variable.extracts.some(({ dataset }) => dataset.id === within)

/** Leaves that somebody of the population can have. */
function possibleLeaves(variable: Variable, population: Pick<CountedPopulation, 'within'>): Set<number> {
  const isForEverybody = variable.recordsOf !== undefined || canBeOutside(variable, population)
  const nobodys = new Set(isForEverybody ? variable.absent : [0, ...variable.absent])
  const all = Array.from({ length: variable.leaves }, (_, leaf) => leaf)
  return new Set(all.filter((leaf) => !nobodys.has(leaf)))
}

/**
 * Leaves of the categories that a filter names, ascending; `undefined` when it names all there can be, and so filters
 * nothing. A code may be of any level, the finest first where two levels share one.
 * @throws JobError `category_unknown`
 */
export function filteredLeaves(
  variable: Variable,
  codes: readonly string[],
  population: Pick<CountedPopulation, 'within'>,
): readonly number[] | undefined {
  const possible = possibleLeaves(variable, population)
  const chosen = new Set<number>()
  for (const code of codes) {
    const categories = [...variable.levels].reverse().flatMap((level) => level.categories)
    if (variable.notKnown && possible.has(0)) categories.push(variable.notKnown)
    const category =
      code === outside && possible.has(0) ? variable.notKnown : categories.find((candidate) => candidate.code === code)
    refuseUnless(category !== undefined, 'category_unknown')
    for (const leaf of category.leaves) if (possible.has(leaf)) chosen.add(leaf)
  }
  refuseUnless(chosen.size > 0, 'category_unknown')
  return chosen.size === possible.size ? undefined : [...chosen].sort((a, b) => a - b)
}

/** The levels asked for, coarsest first; the finest alone when none is named. @throws JobError `level_unknown` */
export function chosenLevels(variable: Variable, asked: readonly string[] | undefined): readonly string[] {
  const known = variable.levels.map(({ id }) => id)
  if (asked === undefined) return known.slice(-1)
  refuseUnless(asked.every((id) => known.includes(id)) && new Set(asked).size === asked.length, 'level_unknown')
  return known.filter((id) => asked.includes(id))
}

/**
 * @param levels - of this variable, coarsest first
 * @param filter - leaves that are counted at all; absent for all
 */
export function shownAxis(
  variable: Variable,
  levels: readonly string[],
  filter: readonly number[] | undefined,
  population: Pick<CountedPopulation, 'within'>,
): ShownAxis {
  const possible = possibleLeaves(variable, population)
  const selected = filter === undefined ? possible : new Set(filter)
  const all = filter ?? Array.from({ length: variable.leaves }, (_, leaf) => leaf)
  const nodes: Node[] = [{ ...total, leaves: all }]
  const shown = variable.levels.filter(({ id }) => levels.includes(id))

  const add = ({ code, label, leaves, neutral }: Category, level: string, parent: number): number | undefined => {
    const inside = leaves.filter((leaf) => selected.has(leaf))
    return inside.length === 0 ? undefined : nodes.push({ code, label, level, parent, leaves: inside, neutral }) - 1
  }
  const descend = (depth: number, parent: number, within: ReadonlySet<number> | undefined): void => {
    const level = shown[depth]
    if (!level) return
    for (const category of level.categories) {
      if (within && !category.leaves.every((leaf) => within.has(leaf))) continue
      const node = add(category, level.id, parent)
      if (node !== undefined) descend(depth + 1, node, new Set(category.leaves))
    }
  }
  descend(0, 0, undefined)
  if (variable.notKnown && shown[0]) add(variable.notKnown, shown[0].id, 0)
  return { variable, nodes }
}

/** As disclosure control sees it. */
export const protectedAxis = ({ variable, nodes }: ShownAxis): Axis => ({
  dimension: variable.name,
  owner: variable.owner,
  sensitive: variable.sensitive,
  leaves: variable.leaves,
  nodes: nodes.map(({ code, leaves }) => ({ code, leaves })),
  neutral: nodes.flatMap(({ neutral }, node) => (neutral ? [node] : [])),
})

/** A filter on a variable that is not shown: an axis of one category, the selection. */
export const filterAxis = (variable: Variable, leaves: readonly number[]): Axis => ({
  dimension: variable.name,
  owner: variable.owner,
  sensitive: variable.sensitive,
  leaves: variable.leaves,
  nodes: [{ code: 'selection', leaves }],
})

/** As people read it. */
export const answerAxis = ({ variable, nodes }: ShownAxis): AnswerAxis => ({
  dimension: variable.id,
  label: variable.label,
  nodes: nodes.map(({ code, label, level, parent }) => ({ code, label, level, parent })),
})
