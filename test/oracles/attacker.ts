/**
 * An attacker who was not told how the product protects tables. He has the signed agreement and every answer about one
 * population, writes each shown count as an equation over the finest groups of people, and asks a solver for the least and
 * the most that any cell could hold. Shares no code with the product.
 * @module
 */
import loadHighs from 'highs'

type Text = { readonly nl: string }
type Category = { readonly code: string; readonly label: Text; readonly parent: string | null }
export type PublicDimension = {
  readonly id: string
  readonly codes: readonly Category[]
  readonly parents: readonly (readonly Category[])[]
  readonly unknownCode: string
}
export type PublicAnswer = {
  readonly axes: readonly { readonly dimension: string; readonly nodes: readonly { readonly code: string }[] }[]
  readonly filters: readonly { readonly dimension: string; readonly codes: readonly Text[] }[]
  readonly cells: readonly { readonly at: readonly number[]; readonly count?: number }[]
}
export type Interval = { readonly least: number; readonly most: number }

/** A category as the set of finest categories in it; `undefined`: all of them. */
type Leaves = ReadonlySet<string> | undefined

const notKnown = 'not-known'

/** @param answers - all about one population: they are solved as one system */
export async function createAttacker(dimensions: readonly PublicDimension[], answers: readonly PublicAnswer[]) {
  // The loader's types describe a module that Node sees as its default export.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)()
  const named = new Map(dimensions.map((dimension) => [dimension.id, dimension]))
  const used = [
    ...new Set(answers.flatMap(({ axes, filters }) => [...axes, ...filters].map(({ dimension }) => dimension))),
  ]
  const leavesOf = used.map((id) =>
    representatives(finest(id, named.get(id), answers), setsOf(id, named.get(id), answers)),
  )
  const groups = leavesOf.reduce<string[][]>(
    (made, leaves) => made.flatMap((group) => leaves.map((leaf) => [...group, leaf])),
    [[]],
  )

  const conditionOf = (answer: PublicAnswer, at: readonly number[]): Leaves[] =>
    used.map((id) => {
      const axis = answer.axes.findIndex(({ dimension }) => dimension === id)
      const node = axis < 0 ? undefined : answer.axes[axis]?.nodes[at[axis] ?? -1]
      const shown = node === undefined ? undefined : expand(node.code, named.get(id))
      const filter = answer.filters.find(({ dimension }) => dimension === id)
      return filter === undefined ? shown : meet(shown, filtered(filter.codes, named.get(id)))
    })
  const groupsIn = (condition: readonly Leaves[]): number[] =>
    groups.flatMap((group, index) =>
      condition.every((leaves, at) => leaves?.has(group[at] ?? '') ?? true) ? [index] : [],
    )

  const known = answers.flatMap((answer) =>
    answer.cells.flatMap(({ at, count }) =>
      count === undefined ? [] : [`${sum(groupsIn(conditionOf(answer, at)))} = ${count}`],
    ),
  )
  const facts = [...new Set(known)].map((fact, index) => ` c${index}: ${fact}`).join('\n')
  // People come whole: a bound that only whole numbers give is a bound.
  const whole = groups.map((_, index) => ` x${index}`).join('\n')
  const solve = (direction: 'Minimize' | 'Maximize', wanted: readonly number[]): number => {
    const model = `${direction}\n obj: ${sum(wanted)}\nSubject To\n${facts}\nGeneral\n${whole}\nEnd\n`
    const { Status, ObjectiveValue } = highs.solve(model, { time_limit: 30 })
    if (Status === 'Unbounded' || Status === 'Primal infeasible or unbounded') return Number.POSITIVE_INFINITY
    if (Status !== 'Optimal') throw new Error(`the attacker found no answer: ${Status}`)
    return Math.round(ObjectiveValue)
  }

  return {
    /** What the cell can at least and at most hold, given everything that was shown. */
    interval(answer: PublicAnswer, at: readonly number[]): Interval {
      const wanted = groupsIn(conditionOf(answer, at))
      return { least: solve('Minimize', wanted), most: solve('Maximize', wanted) }
    },
  }
}

/** Unknown and not known are groups only where some answer shows them; elsewhere everybody can see that nobody is in them. */
function finest(id: string, dimension: PublicDimension | undefined, answers: readonly PublicAnswer[]): string[] {
  if (dimension === undefined) return ['yes', 'no']
  const shown = answers.flatMap(({ axes }) => axes.filter((axis) => axis.dimension === id))
  const codes = new Set(shown.flatMap(({ nodes }) => nodes.map(({ code }) => code)))
  const regular = dimension.codes.map(({ code }) => code).filter((code) => code !== dimension.unknownCode)
  const extra = [dimension.unknownCode, notKnown].filter((code) => codes.has(code))
  return shown.length === 0 ? [...regular, dimension.unknownCode] : [...regular, ...extra]
}

/** Every set of categories of this variable that some answer shows or filters on. */
function setsOf(id: string, dimension: PublicDimension | undefined, answers: readonly PublicAnswer[]): Leaves[] {
  return answers.flatMap(({ axes, filters }) => [
    ...axes
      .filter((axis) => axis.dimension === id)
      .flatMap(({ nodes }) => nodes.map(({ code }) => expand(code, dimension))),
    ...filters.filter((filter) => filter.dimension === id).map(({ codes }) => filtered(codes, dimension)),
  ])
}

/** One category for all that no answer tells apart: with neighbourhoods that only ever appear as districts, forty become eight. */
function representatives(leaves: readonly string[], sets: readonly Leaves[]): string[] {
  const first = new Map<string, string>()
  for (const leaf of leaves) {
    const signature = sets.map((set) => ((set?.has(leaf) ?? true) ? 1 : 0)).join('')
    if (!first.has(signature)) first.set(signature, leaf)
  }
  return [...first.values()]
}

function expand(code: string, dimension: PublicDimension | undefined): Leaves {
  if (code === 'total') return undefined
  if (dimension === undefined || code === notKnown || code === dimension.unknownCode) return new Set([code])
  let leaves = new Set([code])
  const levels = [dimension.codes, ...dimension.parents]
  const level = levels.findIndex((categories) => categories.some((category) => category.code === code))
  if (level < 0) throw new Error('a category outside the agreement')
  for (const finer of levels.slice(0, level).toReversed())
    leaves = new Set(finer.flatMap((category) => (leaves.has(category.parent ?? '') ? [category.code] : [])))
  return leaves
}

function filtered(labels: readonly Text[], dimension: PublicDimension | undefined): Leaves {
  const categories = dimension === undefined ? [] : [dimension.codes, ...dimension.parents].flat()
  return new Set(
    labels.flatMap(({ nl }) => {
      const found = categories.find(({ label }) => label.nl === nl)
      if (found === undefined) throw new Error('a filter outside the agreement')
      return [...(expand(found.code, dimension) ?? [])]
    }),
  )
}

const meet = (one: Leaves, other: Leaves): Leaves =>
  one === undefined ? other : other === undefined ? one : new Set([...one].filter((leaf) => other.has(leaf)))

/** Ten terms a line: the format has a longest line. */
function sum(terms: readonly number[]): string {
  if (terms.length === 0) throw new Error('a cell without anybody in it by definition')
  return terms.map((term, index) => `${index % 10 === 9 ? '\n  ' : ''}x${term}`).join(' + ')
}
