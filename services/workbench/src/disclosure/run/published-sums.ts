/**
 * The sums of a table as they may be handed on, and what only an auditor may read about them.
 * @module
 */
import { refusalTexts, type SumsOutcome } from '@kruispunt/disclosure'
import { codesAt, type View } from '../input/view.ts'

export function publishedSums(views: readonly View[], sums: SumsOutcome) {
  if (sums.outcome === 'refused') {
    const { reason, remedy } = refusalTexts[sums.code]
    return {
      id: sums.measure,
      outcome: sums.outcome,
      code: sums.code,
      nl: { reason: reason.nl, remedy: remedy.nl },
      en: { reason: reason.en, remedy: remedy.en },
    }
  }
  const { private: _, ...certificate } = sums.certificate
  return {
    id: sums.measure,
    outcome: sums.outcome,
    cells: sums.cells.map((cell) => {
      const at = codesAt(views, cell.at)
      return cell.state === 'released' ? { at, sum: cell.sum, persons: cell.persons } : { at, withheld: true }
    }),
    certificate,
  }
}

export function privateSums(views: readonly View[], sums: SumsOutcome) {
  if (sums.outcome === 'refused') return { id: sums.measure, code: sums.code }
  const kept = sums.certificate.private.kept.map((open) => ({
    ...open,
    cells: open.cells.map((at) => codesAt(views, at)),
  }))
  return { id: sums.measure, certificateSha256: sums.certificate.sha256, kept }
}
