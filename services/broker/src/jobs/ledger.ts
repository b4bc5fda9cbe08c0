/**
 * What was answered before, per agreement: the memory that keeps one answer from unlocking another (disclosure.md §2.6).
 * It holds published cells and question shapes; no persons, no tokens, no counts of cells that were withheld.
 * @module
 */
import type { AgreementId, CrossTabAnswer, ExtractId, LabId } from '@kruispunt/contracts'
import type { Certificate, EarlierTable, PrivacyCost, SumState, SumsCertificate } from '@kruispunt/disclosure'

/** A question in the one form that counts as the same question. */
export type CanonicalQuestion = {
  readonly table: string
  readonly axes: readonly { readonly dimension: string; readonly levels: readonly string[] }[]
  readonly filters: readonly { readonly dimension: string; readonly codes: readonly string[] }[]
  /** Absent when the question asks for counts alone. */
  readonly measures?: readonly string[]
}

/** What was shown of one measure; positions are those of the answer's table. */
export type LedgerSums = {
  readonly measure: string
  readonly cells: readonly SumState[]
  /** Its private part says what must stay possible: it never leaves the ledger. */
  readonly certificate: SumsCertificate
}

/** Counts that carry errors pass no attacker; noise has a cost that is spent for good. */
type InexactCertificate =
  | { readonly mode: 'cell-key' }
  | { readonly mode: 'differential-privacy'; readonly cost: PrivacyCost }

export type LedgerScope = { readonly lab: LabId; readonly agreement: AgreementId }

export type LedgerAnswer = {
  /** Hash over the deliveries that were counted. */
  readonly release: string
  /** Those deliveries: dataset and extract. */
  readonly deliveries: readonly { readonly dataset: string; readonly extractId: ExtractId }[]
  /** Id of the population in the agreement. */
  readonly population: string
  readonly tableHash: string
  readonly question: CanonicalQuestion
  /** The table as disclosure control saw it, published cells only. */
  readonly table: Omit<EarlierTable, 'recounted'>
  readonly sums: readonly LedgerSums[]
  /** Canonical layout, `questionsLeft` 0: see `answer.ts`. */
  readonly answer: CrossTabAnswer
  readonly certificate: Certificate | InexactCertificate
  /** Milliseconds since 1970. */
  readonly created: number
}

/** Synchronous: each call is one transaction that is on disk when it returns. */
export type LedgerStore = {
  /** The answer to this very question over these very deliveries. */
  find(scope: LedgerScope, release: string, tableHash: string): LedgerAnswer | undefined
  /** Every answer under an agreement, oldest first. */
  answers(scope: LedgerScope): readonly LedgerAnswer[]
  /**
   * Puts answers that were made together on record after `check` saw all answers so far, inside the same transaction.
   * @throws whatever `check` throws; nothing is recorded then
   */
  record(scope: LedgerScope, answers: readonly LedgerAnswer[], check: (sofar: readonly LedgerAnswer[]) => void): void
}
