/**
 * What each count can be, from published tables alone: what anybody can work out who has them.
 * @module
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import { attackPublished, DisclosureError } from '@kruispunt/disclosure'
import { exactly, type Interval } from '../interval.ts'
import { AnalysisError } from '../problems.ts'
import { published } from './published.ts'
import type { ReadTable } from './read-answers.ts'

/** By position, joined with commas. */
export type Counts = ReadonlyMap<string, Interval>

/** How long bounds may take, on a clock in ms. */
export type Limits = { readonly now: () => number; readonly timeLimitMs: number }

/** Unknowns of the attacker's system: more takes minutes. */
const mostUnknowns = 50_000

/**
 * @returns for each table its counts, in the same order
 * @throws {@link AnalysisError} `tables_contradict`, `bounds_too_large`, `bounds_not_found`
 */
export async function countsOf(tables: readonly ReadTable[], limits: Limits): Promise<Counts[]> {
  const found: Counts[] = tables.map(() => new Map())
  const exact = tables.flatMap(({ answer }, index) => (answer.mode === 'suppression' ? [index] : []))
  for (const group of Map.groupBy(exact, (index) => aboutWhom(tables[index]?.answer)).values()) {
    const answers = group.flatMap((index) => tables[index]?.answer ?? [])
    const counts = await attacked(answers, limits)
    for (const [place, index] of group.entries()) found[index] = counts[place] ?? new Map()
  }
  for (const [index, { answer, largestError }] of tables.entries())
    if (answer.mode === 'cell-key') found[index] = withErrors(answer, largestError)
  return found
}

/** Tables with the same answer are about the same people, counted from the same deliveries. */
const aboutWhom = (answer: CrossTabAnswer | undefined): string =>
  JSON.stringify([answer?.release, answer?.population, answer?.unit, answer?.filters])

async function attacked(answers: readonly CrossTabAnswer[], { now, timeLimitMs }: Limits): Promise<Counts[]> {
  const counts = answers.map(
    ({ cells }) =>
      new Map(
        cells.flatMap((cell): [string, Interval][] =>
          cell.state === 'released' ? [[cell.at.join(), exactly(cell.count)]] : [],
        ),
      ),
  )
  if (answers.every(({ withheld }) => withheld === 0)) return counts
  try {
    const attack = await attackPublished({
      tables: published(answers),
      maxAtoms: mostUnknowns,
      deadlineMs: now() + timeLimitMs,
      now,
    })
    if (attack.outcome === 'failed') throw new AnalysisError(failures[attack.code])
    for (const { table, at, low, high } of attack.cells) counts[table]?.set(at.join(), { low, high })
    return counts
  } catch (cause) {
    if (cause instanceof DisclosureError) throw new AnalysisError('tables_contradict', [], { cause })
    throw cause
  }
}

const failures = {
  contradiction: 'tables_contradict',
  too_many_atoms: 'bounds_too_large',
  time_limit: 'bounds_not_found',
  attacker_failed: 'bounds_not_found',
} as const

/**
 * Counts with an error: zero stays zero, 1 to below the minimum is withheld, any other is at most `largestError` off. They do not
 * add up, so each stands by itself.
 */
function withErrors({ cells, minimum, unit }: CrossTabAnswer, largestError: number): Counts {
  const smallest = Math.max(minimum, 1)
  // Of records or households the promise is about the persons behind them, of whom a few can have many.
  const small: Interval = { low: 1, high: unit === 'persons' ? Math.max(1, smallest - 1) : Number.POSITIVE_INFINITY }
  return new Map(
    cells.map((cell): [string, Interval] => {
      if (cell.state === 'withheld') return [cell.at.join(), small]
      const { count } = cell
      const high = count + largestError
      const low = count === 0 ? 0 : Math.min(Math.max(smallest, count - largestError), high)
      // Shown as zero: nobody, or as many as can be lost to the error and are not withheld.
      return [cell.at.join(), { low, high: count === 0 && largestError < smallest ? 0 : high }]
    }),
  )
}
