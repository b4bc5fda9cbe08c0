/** What is asked for joint numbers, and how far it is. */
import type { AgreementId, PartyId } from '@kruispunt/contracts'

export type JointProgress = {
  /** Records that have their joint number, of how many. */
  readonly done: number
  readonly total: number
  /** Parties that still have to answer. */
  readonly waitingFor: readonly PartyId[]
  readonly brokerReachable: boolean
}

export type JointOrder = {
  readonly agreement: AgreementId
  readonly epoch: number
  /** Nine ASCII digits a number, one after the other, all different. */
  readonly digits: Uint8Array
  readonly onProgress?: (progress: JointProgress) => void
  /** How long to wait without any sign of progress before leaving it for later, in ms. */
  readonly patienceMs: number
}
