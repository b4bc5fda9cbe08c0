/**
 * Which deliveries are over by the log and the calendar: their ciphertext goes, whether or not the node that has the key was there to
 * say so (protocol §3.11).
 * @module
 */
import type { ExtractId } from '@kruispunt/contracts'
import { agreementStatus, type ExtractState, isCurrent, isRequestOver, type LabState } from '@kruispunt/lab-record'

const dayMs = 86_400_000

function isOver({ agreements, requests }: LabState, extract: ExtractState, at: number): boolean {
  if (!isCurrent(extract)) return true
  const { statement } = extract.recorded
  const request = statement.forRequest && requests.get(statement.forRequest.requestHash)
  if (request !== undefined && isRequestOver(request, at)) return true
  const agreement = agreements.get(statement.agreement)
  if (agreement === undefined) return false
  const keptUntil = Date.parse(statement.issuedAt) + agreement.document.retention.deliveryDays * dayMs
  return at >= keptUntil || ['withdrawn', 'expired'].includes(agreementStatus(agreement, at))
}

/** @param at - ms since 1970 */
export const endedExtracts = (state: LabState, at: number): ExtractId[] =>
  [...state.extracts.values()]
    .filter((extract) => isOver(state, extract, at))
    .map(({ recorded }) => recorded.statement.extractId)
