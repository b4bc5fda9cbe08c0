/**
 * A table to work with: its counts as intervals, and its categories by name.
 * @module
 */
import type { Bilingual, CrossTabAnswer } from '@kruispunt/contracts'
import { both, type Interval, isExact, minus, sumOf } from '../interval.ts'
import { AnalysisError, refuseUnless } from '../problems.ts'
import type { Categories, OutcomeOf, RequestOf } from '../request.ts'
import type { Counts } from './bounds.ts'

type Node = CrossTabAnswer['axes'][number]['nodes'][number]
type Within = RequestOf<'trend'>['within']

/** One category of a dimension of the table. */
export type Chosen = { readonly node: number; readonly code: string; readonly label: Bilingual }

/** A cell under construction: a node for each axis, the total where nothing else was said. */
export type Place = readonly number[]

export class Table {
  readonly answer: CrossTabAnswer
  readonly #counts: Counts
  /** Cells that were looked at, by position: the record says how many of them were withheld. */
  readonly #used = new Set<string>()

  constructor(answer: CrossTabAnswer, counts: Counts) {
    this.answer = answer
    this.#counts = counts
  }

  /** How many cells an analysis looked at, and how many of those are not known exactly. */
  get used(): { readonly cells: number; readonly inexact: number } {
    const counts = [...this.#used].map((at) => this.#counts.get(at))
    return { cells: counts.length, inexact: counts.filter((count) => count && !isExact(count)).length }
  }

  /** @throws {@link AnalysisError} `cell_without_bound` */
  count(at: Place): Interval {
    const key = at.join()
    const count = this.#counts.get(key)
    if (!count) throw new Error('a place that is no cell of the table')
    refuseUnless(Number.isFinite(count.high), 'cell_without_bound')
    this.#used.add(key)
    return count
  }

  /** @throws {@link AnalysisError} `dimension_unknown` */
  axis(dimension: string): number {
    const axis = this.answer.axes.findIndex((listed) => listed.dimension === dimension)
    refuseUnless(axis >= 0, 'dimension_unknown')
    return axis
  }

  label(dimension: string): Bilingual {
    return this.#axisOf(dimension).label
  }

  /** @throws {@link AnalysisError} `dimension_unknown`, `category_unknown`, `category_ambiguous` */
  place(within: Within): Place {
    const at = this.answer.axes.map(() => 0)
    for (const [dimension, category] of Object.entries(within))
      at[this.axis(dimension)] = this.category(dimension, category).node
    return at
  }

  /** @throws {@link AnalysisError} as for {@link place} */
  category(dimension: string, wanted: string | { readonly code: string; readonly level: string }): Chosen {
    const { code, level } = typeof wanted === 'string' ? { code: wanted, level: undefined } : wanted
    const found = this.#nodes(dimension).filter(
      ({ node }) => node.level !== null && node.code === code && (level === undefined || node.level === level),
    )
    refuseUnless(found.length < 2, 'category_ambiguous')
    const [only] = found
    if (!only) throw new AnalysisError('category_unknown')
    return chosen(only)
  }

  /** @returns those of the level, or the finest; `whole` if together they are everybody @throws {@link AnalysisError} */
  categories({ dimension, level, codes, except = [] }: Categories): {
    readonly chosen: Chosen[]
    readonly left: Chosen[]
  } {
    const nodes = this.#nodes(dimension)
    const parents = new Set(nodes.map(({ node }) => node.parent))
    const listed = nodes
      .filter(({ node, index }) => (level === undefined ? index > 0 && !parents.has(index) : node.level === level))
      .map(chosen)
    const known = new Set(listed.map(({ code }) => code))
    refuseUnless(
      listed.length > 0 && [...(codes ?? []), ...except].every((code) => known.has(code)),
      'category_unknown',
    )
    const isIn = ({ code }: Chosen): boolean => (codes === undefined || codes.includes(code)) && !except.includes(code)
    return { chosen: listed.filter(isIn), left: listed.filter((category) => !isIn(category)) }
  }

  /**
   * How many are in any of the categories: those added up, and the total without the others, whichever says more.
   * @param at - the place, whose node on the axis does not matter
   */
  countIn(
    at: Place,
    axis: number,
    { chosen: some, left }: { chosen: readonly Chosen[]; left: readonly Chosen[] },
  ): Interval {
    const of = ({ node }: Chosen): Interval => this.count(at.with(axis, node))
    if (left.length === 0) return this.count(at.with(axis, 0))
    // Counts with errors of their own do not add up; each is bounded by itself, so that sums of bounds hold all the same.
    const added = sumOf(some.map(of))
    if (isExact(added)) return added
    const without = minus(this.count(at.with(axis, 0)), sumOf(left.map(of)))
    return both(added, { low: Math.max(0, without.low), high: Math.max(0, without.high) })
  }

  /**
   * Cases and those they are a share of.
   * @throws {@link AnalysisError} as for {@link place}
   */
  outcome({ dimension, category, except }: OutcomeOf): {
    readonly label: Bilingual
    readonly of: (at: Place) => { readonly cases: Interval; readonly population: Interval }
  } {
    const axis = this.axis(dimension)
    const wanted = this.category(dimension, category)
    const level = this.#nodes(dimension)[wanted.node]?.node.level ?? ''
    const counted = this.categories({ dimension, level, ...(except ? { except } : {}) })
    refuseUnless(
      counted.chosen.some(({ node }) => node === wanted.node),
      'category_unknown',
    )
    return {
      label: wanted.label,
      of: (at) => {
        const cases = this.count(at.with(axis, wanted.node))
        const population = this.countIn(at, axis, counted)
        return {
          cases: { low: cases.low, high: Math.max(cases.low, Math.min(cases.high, population.high)) },
          population: { low: Math.max(population.low, cases.low), high: Math.max(population.high, cases.low) },
        }
      },
    }
  }

  #axisOf(dimension: string): CrossTabAnswer['axes'][number] {
    const axis = this.answer.axes[this.axis(dimension)]
    if (!axis) throw new Error('an axis that was found and is not there')
    return axis
  }

  #nodes(dimension: string): { readonly node: Node; readonly index: number }[] {
    return this.#axisOf(dimension).nodes.map((node, index) => ({ node, index }))
  }
}

const chosen = ({ node, index }: { readonly node: Node; readonly index: number }): Chosen => ({
  node: index,
  code: node.code,
  label: node.label,
})
