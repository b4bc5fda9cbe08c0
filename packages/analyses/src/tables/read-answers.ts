/**
 * Answers as somebody kept them, held against their form and their hash before anything is worked out.
 * @module
 */
import { type CrossTabAnswer, crossTabAnswer, hashedForm } from '@kruispunt/contracts'
import { documentHash } from '@kruispunt/statements'
import { AnalysisError, refuseUnless } from '../problems.ts'

/**
 * An answer and what must be known to read it.
 * `largestError`: of a count, where counts carry one; stands in the agreement as `maxDeviation`.
 */
export type GivenTable = { readonly answer: unknown; readonly largestError?: number }

export type ReadTable = { readonly answer: CrossTabAnswer; readonly largestError: number }

/** @throws {@link AnalysisError} `answer_malformed`, `answer_changed`, `noise_without_bound`, `largest_error_needed` */
export function readAnswer({ answer: given, largestError }: GivenTable): ReadTable {
  // Where a command says it stands in the log is not part of the answer.
  const { logIndex: _, ...rest } = { ...(given as { readonly logIndex?: unknown }) }
  const parsed = crossTabAnswer.safeParse(rest)
  if (!parsed.success) throw new AnalysisError('answer_malformed')
  const answer = parsed.data
  refuseUnless(isWhole(answer), 'answer_malformed')
  refuseUnless(documentHash('result', hashedForm(answer)) === answer.resultSha256, 'answer_changed')
  refuseUnless(answer.mode !== 'differential-privacy', 'noise_without_bound')
  if (answer.mode === 'suppression') return { answer, largestError: 0 }
  refuseUnless(largestError !== undefined && Number.isInteger(largestError) && largestError > 0, 'largest_error_needed')
  return { answer, largestError }
}

/** Every combination of categories once, and categories that hang below earlier ones. */
function isWhole({ axes, cells }: CrossTabAnswer): boolean {
  const places = new Set(cells.map(({ at }) => at.join()))
  return (
    axes.every(({ nodes }) =>
      nodes.every(({ parent }, node) =>
        node === 0 ? parent === null : parent !== null && parent >= 0 && parent < node,
      ),
    ) &&
    new Set(axes.map(({ dimension }) => dimension)).size === axes.length &&
    places.size === cells.length &&
    cells.length === axes.reduce((product, { nodes }) => product * nodes.length, 1) &&
    cells.every(
      ({ at }) => at.length === axes.length && at.every((node, axis) => node < (axes[axis]?.nodes.length ?? 0)),
    )
  )
}
