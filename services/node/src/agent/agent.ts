/**
 * The node's daily round: fetch and verify the log, witness it, do what is due, send what waits. Each part can be repeated
 * at any time, by this process and by others of the same node beside it.
 * @module
 */
import type { AgreementId, ExtractId, PartyId, StatementBody } from '@kruispunt/contracts'
import { LabRecordError } from '@kruispunt/lab-record'
import { backoffMs, pause } from '../broker-client/backoff.ts'
import type { BrokerClient } from '../broker-client/broker-client.ts'
import type { Store } from '../db/open-store.ts'
import { epochKeys } from '../db/schema.ts'
import type { Settings } from '../db/settings.ts'
import type { Receipt } from '../delivery-port.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { NodeError } from '../errors.ts'
import type { ExtractStore } from '../extracts/extract-store.ts'
import type { KeyStore } from '../keys/key-store.ts'
import type { CeremonySteps } from './ceremony.ts'
import type { CheckpointExchange } from './checkpoint-exchange.ts'
import { type DueStep, firstEpochInUse, whatIsDue } from './due.ts'
import type { Evidence } from './evidence.ts'
import type { Outbox, OutboxRow } from './outbox.ts'
import type { NodeRecovery } from './recovery.ts'
import type { ReleaseSteps } from './release/release-steps.ts'
import type { Replica } from './replica.ts'

/** How the connection stands, as a person wants to know it. */
export type Connection = {
  readonly state: 'starting' | 'connected' | 'waiting' | 'frozen'
  /** Code of what is in the way. */
  readonly code: NodeError['code'] | null
  /** Why the broker refuses, where it does. */
  readonly brokerCode: string | null
  readonly lastContact: string | null
}

/** Codes for the log of the process: no data, no keys. */
export type AgentEvent = { readonly event: string; readonly code?: string }

export type Agent = ReturnType<typeof createAgent>

export function createAgent(deps: {
  readonly store: Store
  readonly settings: Settings
  readonly keyStore: KeyStore
  readonly replica: Replica
  readonly evidence: Evidence
  readonly recovery: NodeRecovery
  readonly exchange: CheckpointExchange
  readonly outbox: Outbox
  readonly ceremony: CeremonySteps
  readonly releases: ReleaseSteps
  readonly extracts: ExtractStore
  readonly client: BrokerClient
  readonly party: PartyId
  readonly clock: () => number
  readonly random: () => number
  /** Begins work that must not hold up the rounds; called after every round of `run`. */
  readonly afterRound: () => void
  readonly onDurableStep: OnDurableStep
  readonly onEvent: (event: AgentEvent) => void
}) {
  const { store, settings, keyStore, replica, evidence, exchange, outbox, ceremony, extracts, client, party, clock } =
    deps
  const { onDurableStep, onEvent } = deps
  let connection: Connection = { state: 'starting', code: null, brokerCode: null, lastContact: null }

  /** Keeps what the log key signed of the longer log and of the shorter one, where the broker still hands that out. */
  async function shrunk(had: number, offered: number): Promise<NodeError> {
    const { stored, offeredNote } = await exchange.bothNotes()
    return evidence.freeze('log_shrunk', { had, offered, storedNote: stored, offeredNote })
  }

  /** Fetches what is new, verified entry by entry. @throws NodeError */
  async function fetchEntries(waitMs: number, signal?: AbortSignal): Promise<void> {
    let wait = waitMs
    for (;;) {
      const before = replica.size
      const answer = await client.logEntries(before, wait, signal)
      connection = { ...connection, lastContact: new Date(clock()).toISOString() }
      if (answer.size < before) throw await shrunk(before, answer.size)
      replica.append(answer.entries)
      if (answer.entries.length > 0) onDurableStep('entries-stored')
      if (replica.size >= answer.size || answer.entries.length === 0) return
      wait = 0
    }
  }

  /** Log and checkpoint. @throws NodeError `frozen`, `broker_unreachable`, `broker_untrusted`, `broker_answer_invalid` */
  async function refresh(waitMs = 0, signal?: AbortSignal): Promise<void> {
    await fetchEntries(waitMs, signal)
    outbox.checkOwnChains()
    for (let round = 0; round < 5; round += 1) {
      const { behind } = await exchange.exchange()
      if (!behind) break
      await fetchEntries(0, signal)
    }
    settle()
    evidence.refuseIfFrozen()
  }

  /** Takes over what the log says about our own extracts. */
  function settle(): void {
    for (const extract of extracts.list()) {
      const recorded = replica.record.state.extracts.get(extract.extractId)
      if (recorded === undefined) continue
      if (extract.state === 'sending') extracts.setState(extract.extractId, 'sent')
      const agreement = replica.record.state.agreements.get(extract.agreement)
      const epochEnded = agreement !== undefined && extract.epoch < firstEpochInUse(agreement)
      const isReplaced = recorded.replacedBy !== undefined || epochEnded
      if (isReplaced && extract.state !== 'replaced' && extract.state !== 'withdrawn')
        extracts.setState(extract.extractId, 'replaced')
      else if (recorded.withdrawn !== undefined && extract.state !== 'withdrawn' && recorded.replacedBy === undefined)
        extracts.setState(extract.extractId, 'withdrawn')
    }
  }

  const due = () =>
    whatIsDue({
      now: clock(),
      party,
      state: replica.record.state,
      quorumSize: exchange.trusted()?.size ?? 0,
      ceremonies: ceremony.rows(),
      extracts: extracts.list(),
      epochKeys: store.db.select().from(epochKeys).all(),
      restarts: settings.get('restarts') ?? {},
      said: (topic) => outbox.living(topic) !== undefined,
    })

  function destroy(agreement: AgreementId, extractIds: readonly ExtractId[]): void {
    keyStore.destroyExtractKeys(agreement, extractIds)
    for (const extractId of extractIds) extracts.removeColumns(extractId)
  }

  function perform(step: DueStep): void {
    if (step.do === 'judge') return deps.releases.judge(step.requestHash, step.extractId)
    if (step.do === 'destroy') return destroy(step.agreement, step.extractIds)
    if (step.do === 'destroy-epoch-keys') return keyStore.destroyEpochKeys(step.agreement, step.below)
    if (step.do === 'forget') return ceremony.forget(step.agreement, step.epoch)
    if (step.do === 'say-destroyed') {
      const { extractId, cause } = step
      const why = cause === undefined ? {} : { cause }
      const body: StatementBody<'key-destroyed'> = { kind: 'key-destroyed', extractIds: [extractId], ...why }
      outbox.add({ body, topic: `key-destroyed:${step.extractId}` })
      return onDurableStep('destruction-recorded')
    }
    const agreement = replica.record.state.agreements.get(step.agreement)
    if (agreement === undefined) return
    if (step.do === 'commit') return ceremony.commit(agreement, step.epoch)
    const state = agreement.ceremonies.get(step.epoch)
    if (state !== undefined) ceremony[step.do](agreement, state)
  }

  /** One thing that does not fit does not keep the others from being done. */
  function doWhatIsDue(): void {
    for (const step of due()) {
      try {
        perform(step)
        onEvent({ event: `did ${step.do}` })
      } catch (error) {
        if (error instanceof LabRecordError) onEvent({ event: `not now: ${step.do}`, code: error.code })
        else throw error
      }
    }
    const shredDue = settings.get('shredDue') ?? []
    if (shredDue.length > 0) keyStore.shred(shredDue)
    else keyStore.tidy()
  }

  /** Destroys what has to be destroyed, frozen or without a broker: nobody else can keep this node from erasing. */
  function destroyOnly(): void {
    for (const step of due()) if (['destroy', 'destroy-epoch-keys', 'forget'].includes(step.do)) perform(step)
    const shredDue = settings.get('shredDue') ?? []
    if (shredDue.length > 0) keyStore.shred(shredDue)
  }

  async function goesOn(): Promise<boolean> {
    try {
      return await deps.recovery.tryToGoOn()
    } catch (error) {
      if (error instanceof NodeError) return false
      throw error
    }
  }

  /** One round. @throws NodeError as {@link refresh}, and `broker_refused` where broker and own record differ */
  async function tick(waitMs = 0, signal?: AbortSignal): Promise<void> {
    try {
      await refresh(waitMs, signal)
      await ceremony.loadFor(due(), replica.record.state.agreements)
      doWhatIsDue()
      await outbox.send(() => refresh())
      connection = { ...connection, state: 'connected', code: null, brokerCode: null }
    } catch (error) {
      if (!(error instanceof NodeError)) throw error
      destroyOnly()
      // Officers may have said meanwhile from where to go on; the next round then begins from there.
      if (error.code === 'frozen' && (await goesOn())) return
      const state = error.code === 'frozen' ? 'frozen' : 'waiting'
      connection = { ...connection, state, code: error.code, brokerCode: error.brokerCode ?? null }
      throw error
    }
  }

  /**
   * A round now, and a second one if it sent something, so that what follows from it follows at once. A broker that is down
   * is no failure here: what waits is sent when it is back.
   */
  async function trySending(): Promise<void> {
    try {
      await tick()
      if (outbox.pending().length === 0 && replica.size < outbox.newestRecorded() + 1) await tick()
    } catch (error) {
      if (!(error instanceof NodeError) || error.code !== 'broker_unreachable') throw error
    }
  }

  /**
   * What became of a statement: sent now if the broker is there.
   * @throws NodeError `broker_refused` if the log will never hold it
   */
  async function outcomeOf(row: OutboxRow): Promise<Receipt> {
    await trySending()
    const current = outbox.row(row.id)
    if (current?.state === 'refused') {
      const violations = [{ path: 'statement', message: current.refusal ?? 'chain_gap' }]
      throw new NodeError('broker_refused', { violations })
    }
    return { statementHash: row.hash, index: current?.logIndex ?? null }
  }

  /** Whether others still have to cosign what this node has: the log itself will not tell when they have. */
  const waitsForQuorum = () => replica.size > (exchange.trusted()?.size ?? 0)

  return {
    refresh,
    tick,
    trySending,
    outcomeOf,
    destroy,
    send: () => outbox.send(() => refresh()),
    connection: (): Connection =>
      evidence.isFrozen() ? { ...connection, state: 'frozen', code: 'frozen' } : connection,
    /**
     * Rounds until told to stop. A broker that is down is waited for.
     * @param longPollMs - how long the broker may keep an answer when there is nothing to do
     */
    async run(signal: AbortSignal, longPollMs: number): Promise<void> {
      let failures = 0
      let quiet = 0
      // The first round does not wait: what happened while this node was away is fetched and acted on at once.
      let first = true
      while (!signal.aborted) {
        try {
          const waiting = waitsForQuorum()
          quiet = waiting ? quiet + 1 : 0
          const patience = waiting ? Math.min(longPollMs, 100 * 2 ** Math.min(quiet, 6)) : longPollMs
          await tick(first ? 0 : patience, signal)
          deps.afterRound()
          first = false
          failures = 0
        } catch (error) {
          if (signal.aborted) return
          failures += 1
          const code = error instanceof NodeError ? (error.brokerCode ?? error.code) : 'internal_error'
          onEvent({ event: 'round failed', code })
          // A bug in one round must not end the node; the next round begins from what is stored.
          if (!(error instanceof NodeError)) onEvent({ event: error instanceof Error ? error.name : 'unknown' })
          await pause(backoffMs(failures, deps.random()), signal)
        }
      }
    },
  }
}
