/**
 * This node's work for others: their batches, evaluated with its share, and never more of them than the agreement gives them.
 *
 * A batch is counted in the database before anything is evaluated; counting twice is not possible and a crash at any point
 * costs nothing, since the same elements and the same share make the same answer.
 * @module
 */
import type { AgreementId, PartyId, StatementBody, StatementOf } from '@kruispunt/contracts'
import { erase, sha256, toHex } from '@kruispunt/crypto'
import {
  type AgreementState,
  agreementStatus,
  type CeremonyState,
  LabRecordError,
  oprfBudget,
  type Recorded,
  usableCeremony,
} from '@kruispunt/lab-record'
import type { OprfThreads } from '@kruispunt/pseudonyms/oprf'
import { and, eq } from 'drizzle-orm'
import type { CeremonySteps } from '../agent/ceremony.ts'
import type { Outbox } from '../agent/outbox.ts'
import type { Replica } from '../agent/replica.ts'
import type { BrokerClient } from '../broker-client/broker-client.ts'
import type { Store } from '../db/open-store.ts'
import { oprfGrants } from '../db/schema.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { NodeError } from '../errors.ts'

type Batch = Recorded<StatementOf<'oprf-batch'>>
type Due = { readonly agreement: AgreementState; readonly ceremony: CeremonyState; readonly batch: Batch }
type Refusal = StatementBody<'oprf-refusal'>['code']

export function createEvaluator(deps: {
  readonly store: Store
  readonly replica: Replica
  readonly outbox: Outbox
  readonly ceremony: CeremonySteps
  readonly client: BrokerClient
  readonly threads: () => Promise<OprfThreads>
  /** Entries that a quorum has seen: nothing is evaluated that the others may not know of. */
  readonly quorumSize: () => number
  readonly send: () => Promise<void>
  readonly party: PartyId
  readonly clock: () => number
  readonly onDurableStep: OnDurableStep
  readonly onEvent: (event: { readonly event: string; readonly code?: string }) => void
}) {
  const { store, replica, outbox, ceremony, client, party, clock, onDurableStep, onEvent } = deps
  const { db } = store
  const topicOf = (batch: Batch) => `oprf-answer:${batch.hash}`

  function nextDue(skip: ReadonlySet<string>): Due | undefined {
    replica.catchUp()
    const seen = deps.quorumSize()
    for (const agreement of replica.record.state.agreements.values()) {
      const usable = usableCeremony(agreement)
      if (usable === undefined || agreementStatus(agreement, clock()) !== 'active') continue
      // An epoch that others completed and this node did not yet is waited for.
      if (ceremony.row(agreement.id, usable.epoch)?.agreed === false) continue
      for (const [hash, { recorded, answer }] of usable.batches) {
        if (recorded.statement.to !== party || answer !== undefined || recorded.index >= seen || skip.has(hash))
          continue
        if (outbox.living(topicOf(recorded)) === undefined) return { agreement, ceremony: usable, batch: recorded }
      }
    }
    return undefined
  }

  /** Elements of this epoch counted for a party: by the own database, and by the log should the database be an older one. */
  function counted(agreement: AgreementId, { epoch, batches }: CeremonyState, from: string): Map<string, number> {
    const granted = and(eq(oprfGrants.agreement, agreement), eq(oprfGrants.epoch, epoch), eq(oprfGrants.party, from))
    const rows = db.select().from(oprfGrants).where(granted).all()
    const counts = new Map(rows.map(({ batch, count }) => [batch, count]))
    for (const [hash, { recorded, answer }] of batches) {
      const isOurs = recorded.statement.to === party && recorded.statement.from === from
      if (isOurs && answer?.statement.kind === 'oprf-evaluation') counts.set(hash, recorded.statement.count)
    }
    return counts
  }

  /** Counts a batch, once and for all. False if it does not fit any more. */
  function grant({ agreement, ceremony: epochState, batch }: Due): boolean {
    return store.immediately(() => {
      const { from, count } = batch.statement
      const counts = counted(agreement.id, epochState, from)
      if (counts.has(batch.hash)) return true
      const asking = agreement.document.parties.find(({ id }) => id === from)
      const spent = [...counts.values()].reduce((sum, elements) => sum + elements, 0)
      if (spent + count > oprfBudget(asking?.maxRecords ?? 0)) return false
      const grantedAt = new Date(clock()).toISOString()
      const row = { batch: batch.hash, agreement: agreement.id, epoch: epochState.epoch, party: from, count, grantedAt }
      db.insert(oprfGrants).values(row).run()
      return true
    })
  }

  function refuse({ agreement, ceremony: { epoch }, batch }: Due, code: Refusal): void {
    const to = batch.statement.from as PartyId
    const body: StatementBody = { kind: 'oprf-refusal', agreement: agreement.id, epoch, to, batch: batch.hash, code }
    // What was refused was not evaluated, and is not counted.
    outbox.add({ body, topic: topicOf(batch) }, () => {
      db.delete(oprfGrants).where(eq(oprfGrants.batch, batch.hash)).run()
    })
    onDurableStep('oprf-refused')
    onEvent({ event: 'refused a batch of joint numbers', code })
  }

  async function answer(due: Due): Promise<void> {
    const { agreement, batch } = due
    const { epoch } = due.ceremony
    const { count } = batch.statement
    const from = batch.statement.from as PartyId
    const keys = ceremony.oprfKeys(agreement.id, epoch)
    if (keys === undefined) return refuse(due, 'share_missing')
    try {
      if (!grant(due)) return refuse(due, 'budget_spent')
      onDurableStep('oprf-granted')
      const elements = await client.fetchElements(from, batch.statement.sha256)
      // The broker's doing, not the sender's: it is asked again later.
      if (toHex(sha256(elements)) !== batch.statement.sha256) throw new NodeError('broker_answer_invalid')
      const threads = await deps.threads()
      const evaluation = await threads.evaluate(elements, count, keys.share)
      if (typeof evaluation === 'string') return refuse(due, 'elements_invalid')
      const digest = toHex(sha256(evaluation))
      await client.sendElements(digest, evaluation)
      onDurableStep('oprf-evaluation-sent')
      const body: StatementBody = {
        kind: 'oprf-evaluation',
        agreement: agreement.id,
        epoch,
        to: from,
        batch: batch.hash,
        count,
        sha256: digest,
      }
      outbox.add({ body, topic: topicOf(batch) })
      onDurableStep('oprf-evaluated')
    } finally {
      erase(keys.inputKey, keys.share)
    }
  }

  let running: Promise<void> | undefined

  /** Everything that is due, one batch after the other. What fails is left for the next time. */
  async function work(): Promise<void> {
    const failed = new Set<string>()
    for (let due = nextDue(failed); due !== undefined; due = nextDue(failed)) {
      try {
        await answer(due)
        await deps.send()
      } catch (error) {
        if (!(error instanceof NodeError) && !(error instanceof LabRecordError)) throw error
        failed.add(due.batch.hash)
        onEvent({ event: 'not now: evaluate', code: error.code })
      }
    }
  }

  return {
    /** Elements that this node counted for a party in an epoch. */
    spentBy: (agreement: AgreementId, epochState: CeremonyState, from: PartyId): number =>
      [...counted(agreement, epochState, from).values()].reduce((sum, count) => sum + count, 0),
    /** Works until nothing is due; a call while it works waits for the same work. */
    work(): Promise<void> {
      running ??= work().finally(() => {
        running = undefined
      })
      return running
    },
  }
}
