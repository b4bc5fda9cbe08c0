/**
 * What the delivery of files (`src/delivery`) needs from the rest of the node, and what it offers to it.
 * Everything that is a secret or a statement stays on this side of the port.
 * @module
 */
import type { AgreementDocument, AgreementId, Dataset, ExtractId, PartyId, StatementBody } from '@kruispunt/contracts'
import type { Command } from 'commander'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Consequences } from './officers/consequences.ts'
import type { JointOrder } from './oprf/order.ts'

/** An agreement this node may deliver under: active, inside its dates, with a joint key. */
export type DeliverableAgreement = {
  readonly id: AgreementId
  readonly document: AgreementDocument
  readonly epoch: number
  /** This node's own party. */
  readonly party: PartyId
}

/** `preparing`: columns are being written; `prepared`: all columns and the statement are there, nothing was sent. */
export type OwnExtractState = 'preparing' | 'prepared' | 'sending' | 'sent' | 'replaced' | 'withdrawn'

export type ExtractBody = StatementBody<'extract'>

export type OwnExtract = {
  readonly extractId: ExtractId
  readonly agreement: AgreementId
  readonly epoch: number
  readonly dataset: Dataset['id']
  readonly period: string
  readonly state: OwnExtractState
  /** The statement as it will be, or was, signed; null while `preparing`. */
  readonly body: ExtractBody | null
  /** What the steward saw when it was prepared: counts and findings, no values. Opaque to the node's core. */
  readonly report: unknown
  /** UTC instants. */
  readonly createdAt: string
  readonly sentAt: string | null
  /** Whether the extract's root key still exists at this node. */
  readonly keyPresent: boolean
  /** The one request it was made for, and the extract of this node it was made of; null of a delivery. */
  readonly madeFor: { readonly requestHash: string; readonly source: ExtractId } | null
}

export type NewExtract = {
  readonly agreement: AgreementId
  readonly epoch: number
  readonly dataset: Dataset['id']
  readonly period: string
}

type WithdrawalOrder = {
  readonly extractId: ExtractId
  /** Name of the officer at this node; the passphrase opens that officer's own key. */
  readonly officer: string
  readonly passphrase: string
  readonly reason: string
}

export type Receipt = {
  readonly statementHash: string
  /** Place in the log; null while the broker has not answered. The node keeps sending until it does. */
  readonly index: number | null
}

/** A dataset of which the partners have nothing they can use. `again`: it was delivered before, under another key. */
export type OutstandingDelivery = {
  readonly agreement: AgreementId
  readonly dataset: Dataset['id']
  readonly period: string
  readonly again: boolean
}

export type DeliveryPort = {
  /** Fetches and verifies what is new in the log. @throws NodeError `broker_unreachable`, `frozen` */
  refresh(): Promise<void>
  /**
   * The agreement to deliver under, by the node's own record. Without `id`: the only deliverable one.
   * @throws NodeError `agreement_unknown`, `agreement_ambiguous`, `agreement_not_active`, `agreement_expired`, `ceremony_not_complete`, `frozen`
   */
  agreementFor(id?: AgreementId): DeliverableAgreement
  /** 32 bytes, a copy: erase it after use. @throws NodeError `ceremony_not_complete` until every confirm tag was verified here */
  pseudonymKey(agreement: AgreementId, epoch: number): Uint8Array
  /**
   * In `joint-oprf` mode: what all parties together make of every citizen number, 64 bytes each in the order of the order. Waits
   * for the others; what was asked once is not asked again.
   * @throws NodeError `oprf_waiting`, `oprf_budget_spent`, `oprf_refused`, `oprf_evaluator_failed`, `oprf_state_lost`
   */
  jointNumbers(order: JointOrder): Promise<Uint8Array>
  /** Version and predecessor a new extract must name: the current one of this dataset and period, if any. */
  succession(of: NewExtract): { readonly version: number; readonly replaces: ExtractId | null }
  /** A new extract in state `preparing`, its root key (32 random bytes, erase the copy after use) stored wrapped. */
  createExtract(meta: NewExtract): { readonly extractId: ExtractId; readonly extractRoot: Uint8Array }
  /** Where the ciphertext of a column belongs; the folder exists. Names are generated here: nothing of a column name reaches the path. */
  columnPath(extractId: ExtractId, column: string): string
  /** `preparing` → `prepared`: call after every column file is written and synced. */
  markPrepared(extractId: ExtractId, body: ExtractBody, report: unknown): void
  /** Removes an extract that was never sent, its files and its key. @throws NodeError `extract_unknown`, `extract_already_sent` */
  discard(extractId: ExtractId): void
  extract(extractId: ExtractId): OwnExtract
  /** Newest first. */
  extracts(): readonly OwnExtract[]
  /** What this partner has to deliver under the agreements and keys of now. */
  outstanding(): readonly OutstandingDelivery[]
  /**
   * Streams one column to the broker; safe to repeat. Checks that the broker's receipt names the same size and hash.
   * @param bytes - size of the file at `path`
   * @throws NodeError `broker_unreachable`, `broker_refused`, `upload_damaged`
   */
  uploadColumn(
    extractId: ExtractId,
    column: string,
    path: string,
    bytes: number,
  ): Promise<{ readonly existing: boolean }>
  /**
   * Signs the extract statement, records it in the outbox, sends it. `prepared` → `sending` → `sent`.
   * If it replaces an extract, that one's key is destroyed and a `key-destroyed` statement follows, as soon as the new one is on record.
   * A repeated call for an extract that is `sending` or `sent` signs nothing new.
   * @throws NodeError `broker_refused` (state is `prepared` again), `frozen`; an unreachable broker is no error: index is null
   */
  submitExtract(extractId: ExtractId): Promise<Receipt>
  /** What {@link withdraw} would do, to be read before. @throws NodeError `extract_unknown` */
  withdrawalOf(extractId: ExtractId): Consequences
  /** An officer's revocation of one extract, effective here at once: key destroyed, both statements queued and sent. */
  withdraw(order: WithdrawalOrder): Promise<Receipt>
  /** What was remembered for a kind of file; `source` is a fingerprint of its headings, never a file name. */
  rememberedMapping(dataset: Dataset['id'], source: string): unknown
  rememberMapping(dataset: Dataset['id'], source: string, mapping: unknown): void
  /** A folder (0700) for files handed over through the local API: plain text, erased after preparing and at every start. */
  stagingFolder(): string
  /** UTC instant by the node's clock. */
  now(): string
}

export type Language = 'nl' | 'en'

/** What a command answers: `data` for `--json`, `text` for a person. */
export type CommandResult = { readonly data: object; readonly text: string; readonly exitCode?: number }

export type CommandSession = {
  readonly language: Language
  /** One line of progress, shown on a terminal only. */
  progress(line: string): void
  /** A secret from a file, or asked for on the terminal without echo. */
  secret(file: string | undefined, question: string): Promise<string>
}

/** Opens the node's folder, runs, prints the result, maps a NodeError to its text and exit code. */
type RunCommand = (work: (port: DeliveryPort, session: CommandSession) => Promise<CommandResult>) => Promise<void>

/** `src/delivery/commands.ts` exports `deliveryCommands: DeliveryCommands`; adds inspect, prepare, send, withdraw and list. */
export type DeliveryCommands = (extract: Command, run: RunCommand) => void

/** `src/delivery/routes.ts` exports `deliveryRoutes: DeliveryRoutes`, mounted under `/v1`; each route has `config: { access: "local" }` (fastify types are global, and `permission` is the broker’s). */
export type DeliveryRoutes = FastifyPluginAsyncZod<{ readonly port: DeliveryPort }>
