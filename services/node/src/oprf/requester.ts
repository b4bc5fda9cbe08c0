/**
 * Joint numbers for this node's own records: batches of them go to every other party, and what comes back is held against
 * canaries, added up and kept. Whatever is asked for is asked once in an epoch: results stay here, sealed, and a batch that is
 * under way is waited for, also by another process and after a crash.
 * @module
 */
import type { AgreementId, PartyId, StatementBody } from '@kruispunt/contracts'
import { erase, fromHex, randomHex, sha256, toHex } from '@kruispunt/crypto'
import {
  type AgreementState,
  type CeremonyState,
  type OprfBatchState,
  oprfBudget,
  oprfElementsAsked,
  shareCommitments,
  usableCeremony,
} from '@kruispunt/lab-record'
import type { BatchSecrets, OprfThreads } from '@kruispunt/pseudonyms/oprf'
import { and, eq } from 'drizzle-orm'
import type { CeremonySteps } from '../agent/ceremony.ts'
import type { Outbox } from '../agent/outbox.ts'
import type { Replica } from '../agent/replica.ts'
import { pause } from '../broker-client/backoff.ts'
import type { BrokerClient } from '../broker-client/broker-client.ts'
import type { Store } from '../db/open-store.ts'
import { oprfBatches } from '../db/schema.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { NodeError, refuseUnless } from '../errors.ts'
import { asNodeError } from '../officers/officer-acts.ts'
import type { BatchFiles } from './batch-files.ts'
import type { OprfKeys } from './keys.ts'
import { loadGroup } from './load-group.ts'
import type { JointOrder } from './order.ts'
import { canariesPerBatch, inputBytes, recordsPerBatch } from './sizes.ts'
import { rowsOf, type Wanted, wantedOf } from './wanted.ts'

type Row = typeof oprfBatches.$inferSelect

const lookAgainMs = 2000

export type Requester = ReturnType<typeof createRequester>

export function createRequester(deps: {
  readonly store: Store
  readonly replica: Replica
  readonly outbox: Outbox
  readonly ceremony: CeremonySteps
  readonly client: BrokerClient
  readonly files: BatchFiles
  readonly threads: () => Promise<OprfThreads>
  readonly refresh: (waitMs: number) => Promise<void>
  readonly send: () => Promise<void>
  readonly party: PartyId
  readonly clock: () => number
  readonly onDurableStep: OnDurableStep
}) {
  const { store, replica, outbox, ceremony, client, files, party, clock, onDurableStep } = deps
  const { db } = store
  /** Evaluations that were fetched and held against their canaries, by batch and party. */
  const checked = new Map<string, Map<PartyId, Uint8Array>>()

  const rowsIn = (agreement: string, epoch: number, state: Row['state']): Row[] =>
    db
      .select()
      .from(oprfBatches)
      .where(and(eq(oprfBatches.agreement, agreement), eq(oprfBatches.epoch, epoch), eq(oprfBatches.state, state)))
      .all()

  function stateOf(agreement: AgreementId, epoch: number): { agreement: AgreementState; ceremony: CeremonyState } {
    const state = replica.record.state.agreements.get(agreement)
    const usable = state && usableCeremony(state)
    refuseUnless(usable?.epoch === epoch, 'ceremony_not_complete')
    return { agreement: state as AgreementState, ceremony: usable as CeremonyState }
  }

  const peersOf = ({ document }: AgreementState) =>
    document.parties.map(({ id }) => id).filter((id) => id !== party) as PartyId[]

  /** Statements of this batch to a party, the newest last. */
  const asked = ({ batches }: CeremonyState, row: Row, to: PartyId): OprfBatchState[] =>
    [...batches.values()].filter(({ recorded: { statement } }) => {
      return statement.from === party && statement.to === to && statement.sha256 === row.sha256
    })

  /** An accusation of ours in this epoch stands: whoever used another share once is not asked again under it. */
  function refuseAfterAlarm({ batches }: CeremonyState): void {
    for (const { recorded, alarm } of batches.values())
      if (alarm !== undefined && recorded.statement.from === party)
        throw new NodeError('oprf_evaluator_failed', {
          violations: [{ path: alarm.statement.accused, message: alarm.statement.code }],
        })
  }

  /** The own side of the budget; every other party keeps its own count. */
  function refuseOverBudget(agreement: AgreementState, state: CeremonyState, records: number): void {
    const own = agreement.document.parties.find(({ id }) => id === party)
    const batches = Math.ceil(records / recordsPerBatch)
    // Of this node's batches: those that are on record count there, the others here.
    const waiting = rowsIn(agreement.id, state.epoch, 'open')
    const needed = records + batches * canariesPerBatch
    for (const to of peersOf(agreement)) {
      const unsent = waiting
        .filter((row) => asked(state, row, to).length === 0)
        .reduce((sum, row) => sum + row.count, 0)
      const total = oprfElementsAsked(state, party, to) + unsent + needed
      if (total > oprfBudget(own?.maxRecords ?? 0)) throw new NodeError('oprf_budget_spent')
    }
  }

  /** Blinds records and stores the batch; nothing has left yet. */
  async function begin(agreement: AgreementId, epoch: number, inputs: Uint8Array, keys: OprfKeys): Promise<Row> {
    const { eraseSecrets, packSecrets } = await loadGroup()
    const threads = await deps.threads()
    const { secrets, elements } = await threads.blind(inputs)
    const id = randomHex(16)
    const packed = packSecrets(secrets)
    files.writeSealed(keys.share, { id, agreement, epoch }, 'secrets', packed)
    files.writeElements(id, elements)
    erase(packed)
    eraseSecrets(secrets)
    const row: Row = {
      id,
      agreement,
      epoch,
      records: inputs.length / inputBytes,
      count: elements.length / 32,
      sha256: toHex(sha256(elements)),
      state: 'open',
      createdAt: new Date(clock()).toISOString(),
    }
    // Last: a batch that is listed is whole.
    db.insert(oprfBatches).values(row).run()
    onDurableStep('oprf-batch-stored')
    return row
  }

  async function secretsOf(row: Row, share: Uint8Array): Promise<BatchSecrets> {
    const { unpackSecrets } = await loadGroup()
    const packed = files.readSealed(share, row, 'secrets')
    if (packed === undefined) throw new NodeError('oprf_state_lost')
    const secrets = unpackSecrets(packed)
    erase(packed)
    return secrets
  }

  /**
   * Sends a batch to whoever has not got it.
   * @param again - of parties that had refused before this call and were asked again: how many times they had been asked by then
   */
  async function sendOut(row: Row, again: Map<string, number>): Promise<void> {
    const { agreement, ceremony: state } = stateOf(row.agreement as AgreementId, row.epoch)
    const todo = peersOf(agreement).flatMap((to) => {
      const before = asked(state, row, to)
      const answer = before.at(-1)?.answer?.statement
      if (before.length > 0 && answer?.kind !== 'oprf-refusal') return []
      if (answer?.kind === 'oprf-refusal') {
        const since = again.get(`${row.id}:${to}`) ?? before.length
        if (before.length > since)
          throw new NodeError('oprf_refused', { violations: [{ path: to, message: answer.code }] })
        again.set(`${row.id}:${to}`, since)
      }
      return outbox.living(`oprf-batch:${row.id}:${to}:${before.length}`) === undefined
        ? [{ to, topic: `oprf-batch:${row.id}:${to}:${before.length}` }]
        : []
    })
    if (todo.length === 0) return
    const elements = files.readElements(row.id)
    if (elements === undefined) throw new NodeError('oprf_state_lost')
    await client.sendElements(row.sha256, elements)
    onDurableStep('oprf-batch-sent')
    for (const { to, topic } of todo) {
      const { agreement: id, epoch, count, sha256: digest } = row
      const body: StatementBody = { kind: 'oprf-batch', agreement: id as AgreementId, epoch, to, count, sha256: digest }
      asNodeError(() => outbox.add({ body, topic }))
    }
    onDurableStep('oprf-batch-recorded')
    await deps.send()
  }

  /** Accuses in the open, and throws the batch away. */
  async function accuse(row: Row, batch: string, accused: PartyId, fault: string): Promise<never> {
    const code = fault === 'canary_differs' ? 'canary_differs' : 'elements_invalid'
    const { agreement, epoch } = row
    const body: StatementBody = { kind: 'oprf-alarm', agreement: agreement as AgreementId, epoch, batch, accused, code }
    outbox.add({ body, topic: `oprf-alarm:${batch}` }, () => {
      db.update(oprfBatches).set({ state: 'discarded' }).where(eq(oprfBatches.id, row.id)).run()
    })
    onDurableStep('oprf-alarm-recorded')
    files.remove(row.id, 'secrets', 'elements')
    checked.delete(row.id)
    await whileReachable(deps.send)
    throw new NodeError('oprf_evaluator_failed', { violations: [{ path: accused, message: code }] })
  }

  /** Fetches and checks what has been answered. @returns the parties that have not answered yet */
  async function collect(row: Row, keys: OprfKeys): Promise<PartyId[]> {
    const { agreement, ceremony: state } = stateOf(row.agreement as AgreementId, row.epoch)
    const commitments = shareCommitments(state, party)
    const got = checked.get(row.id) ?? new Map<PartyId, Uint8Array>()
    checked.set(row.id, got)
    const waiting: PartyId[] = []
    for (const from of peersOf(agreement)) {
      if (got.has(from)) continue
      const batch = asked(state, row, from).at(-1)
      const answer = batch?.answer?.statement
      if (batch === undefined || answer?.kind !== 'oprf-evaluation') {
        waiting.push(from)
        continue
      }
      const evaluation = await client.fetchElements(from, answer.sha256)
      if (toHex(sha256(evaluation)) !== answer.sha256) throw new NodeError('broker_answer_invalid')
      const { eraseSecrets } = await loadGroup()
      const secrets = await secretsOf(row, keys.share)
      const threads = await deps.threads()
      const fault = await threads.check(secrets, evaluation, fromHex(commitments.get(from) ?? ''))
      eraseSecrets(secrets)
      if (fault !== undefined) await accuse(row, batch.recorded.hash, from, fault)
      got.set(from, evaluation)
    }
    return waiting
  }

  /** Adds up, takes the blinds off, and keeps the results: from here on these records are never asked for again. */
  async function finish(row: Row, keys: OprfKeys): Promise<Uint8Array> {
    const { eraseSecrets } = await loadGroup()
    const threads = await deps.threads()
    const secrets = await secretsOf(row, keys.share)
    const elements = files.readElements(row.id)
    if (elements === undefined) throw new NodeError('oprf_state_lost')
    const own = await threads.evaluate(elements, row.count, keys.share)
    if (typeof own === 'string') throw new NodeError('oprf_state_lost')
    const others = [...(checked.get(row.id)?.values() ?? [])]
    const outputs = await threads.finish(secrets, [own, ...others])
    const rows = rowsOf(secrets.inputs, outputs)
    files.writeSealed(keys.share, row, 'outputs', rows)
    db.update(oprfBatches).set({ state: 'done' }).where(eq(oprfBatches.id, row.id)).run()
    onDurableStep('oprf-outputs-stored')
    eraseSecrets(secrets)
    erase(outputs)
    files.remove(row.id, 'secrets', 'elements')
    checked.delete(row.id)
    await letGo(row)
    return rows
  }

  /** The broker need not keep the answers. If it does not hear so, it finds out when the epoch ends. */
  async function letGo(row: Row): Promise<void> {
    const { agreement, ceremony: state } = stateOf(row.agreement as AgreementId, row.epoch)
    for (const from of peersOf(agreement)) {
      const answer = asked(state, row, from).at(-1)?.answer?.statement
      if (answer?.kind !== 'oprf-evaluation') continue
      try {
        await client.dropElements(from, answer.sha256)
      } catch (error) {
        if (!(error instanceof NodeError)) throw error
      }
    }
  }

  /** Takes over results that are there, and counts what is under way. */
  async function takeStock(wanted: Wanted, { agreement, epoch }: JointOrder, keys: OprfKeys): Promise<Row[]> {
    const { eraseSecrets } = await loadGroup()
    for (const row of rowsIn(agreement, epoch, 'done')) {
      const rows = files.readSealed(keys.share, row, 'outputs')
      if (rows === undefined) continue
      wanted.fill(rows)
      erase(rows)
    }
    const needed: Row[] = []
    for (const row of rowsIn(agreement, epoch, 'open')) {
      const secrets = await secretsOf(row, keys.share)
      if (wanted.expect(secrets.inputs)) needed.push(row)
      eraseSecrets(secrets)
    }
    return needed
  }

  /** A broker that is away is waited for like a party that is. */
  async function whileReachable(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      if (error instanceof NodeError && error.code === 'broker_unreachable') return false
      throw error
    }
  }

  /** Results that another process of this node got meanwhile. */
  function doneElsewhere(row: Row, share: Uint8Array): Uint8Array | undefined {
    const current = db.select().from(oprfBatches).where(eq(oprfBatches.id, row.id)).get()
    return current?.state === 'done' ? files.readSealed(share, row, 'outputs') : undefined
  }

  async function settle(order: JointOrder, wanted: Wanted, open: Row[], keys: OprfKeys): Promise<void> {
    const again = new Map<string, number>()
    const total = wanted.outputs.length / 64
    let lastProgress = clock()
    let lastState = ''
    while (open.length > 0) {
      let waitingFor: PartyId[] = []
      const brokerReachable = await whileReachable(async () => {
        for (const row of [...open]) {
          const elsewhere = doneElsewhere(row, keys.share)
          if (elsewhere !== undefined) {
            wanted.fill(elsewhere)
            erase(elsewhere)
            open.splice(open.indexOf(row), 1)
            continue
          }
          await sendOut(row, again)
          const waiting = await collect(row, keys)
          waitingFor = [...new Set([...waitingFor, ...waiting])]
          if (waiting.length > 0) continue
          const rows = await finish(row, keys)
          wanted.fill(rows)
          erase(rows)
          open.splice(open.indexOf(row), 1)
        }
      })
      order.onProgress?.({ done: total - wanted.left, total, waitingFor, brokerReachable })
      if (open.length === 0) return
      const state = `${wanted.left} ${open.map(({ id }) => checked.get(id)?.size ?? 0).join()}`
      if (state !== lastState) lastProgress = clock()
      lastState = state
      if (clock() - lastProgress >= order.patienceMs) {
        if (!brokerReachable) throw new NodeError('broker_unreachable')
        throw new NodeError('oprf_waiting', {
          violations: waitingFor.map((id) => ({ path: id, message: 'no_answer' })),
        })
      }
      const waits = Math.max(1, Math.min(lookAgainMs, order.patienceMs))
      if (!(await whileReachable(() => deps.refresh(waits)))) await pause(waits, new AbortController().signal)
    }
  }

  async function outputsOf(order: JointOrder): Promise<Uint8Array> {
    const { agreement: id, epoch } = order
    const { agreement, ceremony: state } = stateOf(id, epoch)
    const keys = ceremony.oprfKeys(id, epoch)
    refuseUnless(keys !== undefined, 'ceremony_not_complete')
    const { oprfInputs } = await loadGroup()
    const inputs = oprfInputs(keys.inputKey, order.digits)
    const wanted = wantedOf(inputs)
    try {
      const open = await takeStock(wanted, order, keys)
      const missing = wanted.missing()
      if (missing.length > 0 || open.length > 0) refuseAfterAlarm(state)
      if (missing.length > 0) refuseOverBudget(agreement, state, missing.length / inputBytes)
      for (let at = 0; at < missing.length; at += recordsPerBatch * inputBytes) {
        const row = await begin(id, epoch, missing.slice(at, at + recordsPerBatch * inputBytes), keys)
        open.push(row)
        // On its way before the next is blinded: the others work meanwhile.
        await whileReachable(() => sendOut(row, new Map()))
      }
      erase(missing)
      await settle(order, wanted, open, keys)
      return wanted.outputs
    } finally {
      erase(inputs, keys.inputKey, keys.share)
    }
  }

  /** One order at a time: two at once could ask for the same records twice. */
  let last: Promise<unknown> = Promise.resolve()
  return {
    /**
     * The joint number of every citizen number, 64 bytes each, in the order of the order. Asks for those that are not here yet.
     * @throws NodeError `oprf_waiting` when the others do not answer: what was asked stays asked, and the same call goes on with
     *   it; `oprf_budget_spent`, `oprf_refused`, `oprf_evaluator_failed`, `oprf_state_lost`, `ceremony_not_complete`
     */
    outputsOf(order: JointOrder): Promise<Uint8Array> {
      const outputs = last.then(() => outputsOf(order))
      last = outputs.catch(() => {})
      return outputs
    },
    rows: (): Row[] => db.select().from(oprfBatches).all(),
  }
}
