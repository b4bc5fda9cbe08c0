/**
 * Answers beside plain counts: every cell with the plain count of the same categories, and the lines it stands in.
 * @module
 */
import type { Place, PlainCount } from '../../oracles/plain-tables.ts'
import type { Line } from '../../oracles/unsafe-cells.ts'
import type { Answered, agreementIn } from './demo-story.ts'

/** A cell of an answer as it should be, and as it is: `shown` is the count, or `undefined` when it is withheld. */
export type Checked = {
  /** For messages: table and categories. */
  readonly name: string
  /** The categories it is a cell of, those of the filter among them; the same for the same cell of another table. */
  readonly place: string
  readonly at: readonly number[]
  readonly plain: PlainCount
  readonly shown: number | undefined
  /** The sum that is shown beside it, in the smallest unit, with its mean. */
  readonly shownSum: { readonly sum: number; readonly mean: number | null } | undefined
  readonly lines: readonly (Line & { readonly isTotalShown: boolean })[]
}

export function checkedCells(
  { question, answer }: Answered,
  { agreement }: ReturnType<typeof agreementIn>,
  count: (place: Place) => PlainCount,
): Checked[] {
  const population = agreement.tables.find(({ id }) => id === answer.table)?.population
  const home = agreement.populations.find(({ id }) => id === population)?.dataset
  const isDelicate = (dimension: string): boolean => {
    if (dimension.startsWith('presence:')) return true
    const dataset = agreement.datasets.find(({ dimensions }) => dimensions.some(({ id }) => id === dimension))
    return dataset?.id !== home || dataset?.dimensions.find(({ id }) => id === dimension)?.dataKind !== 'ordinary'
  }
  const neutral = agreement.disclosure.neutral ?? []
  const [filtered, codes] = (question.filter ?? '').split('=')
  const filters: Place =
    filtered === undefined || codes === undefined ? [] : [{ dimension: filtered, codes: codes.split('|') }]

  const codesAt = (at: readonly number[]) => answer.axes.map(({ nodes }, axis) => nodes[at[axis] ?? -1]?.code ?? '')
  const counts = new Map<string, PlainCount>()
  const plainAt = (at: readonly number[]): PlainCount => {
    const known = counts.get(at.join())
    if (known !== undefined) return known
    const shown = codesAt(at).flatMap((code, axis) =>
      code === 'total' ? [] : [{ dimension: answer.axes[axis]?.dimension ?? '', codes: [code] }],
    )
    const counted = count([...filters, ...shown])
    counts.set(at.join(), counted)
    return counted
  }
  const shownAt = new Map(
    answer.cells.map((cell) => [cell.at.join(), cell.state === 'released' ? cell.count : undefined]),
  )

  const sumAt = new Map(
    answer.cells.flatMap((cell) => {
      const [sum] = (cell.state === 'released' && cell.sums) || []
      return sum?.state === 'released' ? [[cell.at.join(), { sum: sum.sum, mean: sum.mean }] as const] : []
    }),
  )

  return answer.cells.map(({ at }) => ({
    name: `${question.name}: ${codesAt(at).join(' × ')}`,
    place: [...filters.flatMap((filter) => filter.codes), ...codesAt(at).filter((code) => code !== 'total')]
      .toSorted()
      .join(),
    at,
    plain: plainAt(at),
    shown: shownAt.get(at.join()),
    shownSum: sumAt.get(at.join()),
    lines: answer.axes.flatMap(({ dimension, nodes }, axis) => {
      const node = nodes[at[axis] ?? -1]
      if (node === undefined || node.parent === null) return []
      const whole = at.with(axis, node.parent)
      return [
        {
          isDelicate: isDelicate(dimension),
          isNeutral: neutral.some((listed) => listed.dimension === dimension && listed.codes.includes(node.code)),
          total: plainAt(whole),
          isTotalShown: shownAt.get(whole.join()) !== undefined,
        },
      ]
    }),
  }))
}
