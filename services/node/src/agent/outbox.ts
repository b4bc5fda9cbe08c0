/**
 * Statements of this node on their way: signed, numbered and stored in one transaction, then sent in order until the broker
 * has them on record. Sending twice is harmless, so a crash anywhere is too.
 * @module
 */
import {
  anyStatement,
  envelope as envelopeSchema,
  type KeyId,
  type LabId,
  type PartyId,
  type ProblemCode,
  type StatementBody,
  type StatementEnvelope,
  type StatementOf,
} from '@kruispunt/contracts'
import { fromBase64, type SigningKey } from '@kruispunt/crypto'
import { LabRecordError, takesPart } from '@kruispunt/lab-record'
import { canonicalBytes, type JsonValue, nextHeader, signStatement, statementHash } from '@kruispunt/statements'
import { and, asc, desc, eq, gte, lt, ne } from 'drizzle-orm'
import type { BrokerClient } from '../broker-client/broker-client.ts'
import type { Store } from '../db/open-store.ts'
import { checkpoints, outbox, releases } from '../db/schema.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { NodeError } from '../errors.ts'
import type { OwnKeys } from '../keys/own-keys.ts'
import type { Evidence } from './evidence.ts'
import { jobKeyHash } from './release/checks.ts'
import type { Replica } from './replica.ts'
import { topicOf } from './topic-of.ts'

export type OutboxRow = typeof outbox.$inferSelect
export type Outbox = ReturnType<typeof createOutbox>

/** Refusals only the broker can give: what is missing is not in the log. */
const brokerOnly: readonly (ProblemCode | undefined)[] = ['extract_incomplete', 'elements_missing']

export type NewStatement = {
  readonly body: StatementBody
  /** What it is about: a second statement with the topic of a living one is not made. */
  readonly topic: string
  readonly notAfter?: string | null
  /** First the key whose chain it joins. Absent: the node key. */
  readonly keys?: readonly SigningKey[]
}

export function createOutbox(deps: {
  readonly store: Store
  readonly replica: Replica
  readonly evidence: Evidence
  readonly client: BrokerClient
  readonly lab: LabId
  readonly party: PartyId
  readonly ownKeys: OwnKeys
  readonly clock: () => number
  readonly onDurableStep: OnDurableStep
  /** Told in the transaction that marks a statement refused, so that what hung on it can be undone. */
  readonly onRefused: (row: OutboxRow) => void
  /** Whether a statement that waited may still go: asked each time before it is sent. */
  readonly mayLeave: (row: OutboxRow) => boolean
}) {
  const { store, replica, evidence, client, lab, party, ownKeys, clock, onDurableStep } = deps
  const { db } = store
  const living = ne(outbox.state, 'refused')

  const livingOf = (topic: string) =>
    db
      .select()
      .from(outbox)
      .where(and(eq(outbox.topic, topic), living))
      .get()

  const headOf = (keyId: string) => {
    const row = db
      .select()
      .from(outbox)
      .where(and(eq(outbox.keyId, keyId), living))
      .orderBy(desc(outbox.seq))
      .get()
    return row && { seq: row.seq, hash: row.hash }
  }

  function sign(body: object, keys: readonly SigningKey[], notAfter: string | null) {
    const [chainKey] = keys
    if (chainKey === undefined) throw new Error('a statement needs a key')
    const { roster } = replica.record.state
    if (roster === undefined) throw new NodeError('roster_missing')
    const seen = db.select().from(checkpoints).where(eq(checkpoints.role, 'cosigned')).get()
    const payload = {
      v: 1,
      lab,
      from: party,
      keyId: chainKey.keyId,
      ...nextHeader(headOf(chainKey.keyId)),
      issuedAt: new Date(clock()).toISOString(),
      notAfter,
      roster: roster.hash,
      seen: seen === undefined ? null : { size: seen.size, root: seen.root },
      ...body,
    }
    // What the node would refuse of others it does not send.
    if (!anyStatement.safeParse(payload).success) throw new NodeError('invalid_request')
    const envelope = signStatement(payload, ...keys) as StatementEnvelope
    const hash = statementHash(canonicalBytes(payload as unknown as JsonValue))
    return { envelope, hash, seq: payload.seq, keyId: chainKey.keyId, madeAt: payload.issuedAt }
  }

  let checkedUpTo = 0
  /** The log may hold statements of our keys that this node does not know: then another copy of it is at work. */
  function checkOwnChains(): void {
    replica.catchUp()
    for (const recorded of replica.history.slice(checkedUpTo)) {
      const { from, keyId, seq } = recorded.statement
      if (from !== party) continue
      const row = db
        .select()
        .from(outbox)
        .where(and(eq(outbox.keyId, keyId), eq(outbox.seq, seq), living))
        .get()
      if (row?.hash !== recorded.hash)
        throw evidence.freeze('own_chain_differs', {
          recorded: replica.envelopeAt(recorded.index),
          own: row === undefined ? null : JSON.parse(row.envelope),
        })
      if (row.state === 'pending') markRecorded(row.id, recorded.index)
    }
    // The other way round: what the broker acknowledged must stand where it said.
    const acknowledged = and(gte(outbox.logIndex, checkedUpTo), lt(outbox.logIndex, replica.history.length))
    for (const row of db.select().from(outbox).where(acknowledged).all()) assertInPlace(row, row.logIndex ?? -1)
    checkedUpTo = replica.history.length
  }

  /** @throws NodeError `frozen` if the own copy holds something else at that place */
  function assertInPlace(row: OutboxRow, index: number): void {
    if (index >= replica.size || replica.record.indexOf(row.hash) === index) return
    throw evidence.freeze('own_chain_differs', {
      acknowledgedAt: index,
      recorded: replica.envelopeAt(index),
      own: JSON.parse(row.envelope),
    })
  }

  function markRecorded(id: number, index: number): void {
    db.update(outbox).set({ state: 'recorded', logIndex: index }).where(eq(outbox.id, id)).run()
  }

  /**
   * Signs and stores a statement, and runs what belongs to it in the same transaction.
   * @returns the row, or that of the living statement with this topic
   * @throws NodeError `frozen`, `roster_missing`; LabRecordError if the node's own record refuses it
   */
  function add(
    { body, topic, notAfter = null, keys = [ownKeys.node()] }: NewStatement,
    together?: () => void,
  ): OutboxRow {
    // Before the transaction: evidence found here must not be rolled back.
    checkOwnChains()
    return store.immediately(() => {
      evidence.refuseIfFrozen()
      const existing = livingOf(topic)
      if (existing !== undefined) return existing
      const signed = sign(body, keys, notAfter)
      // With others of the same key still under way the record cannot place this one yet.
      const placed = replica.record.state.heads.get(signed.keyId as KeyId)?.seq ?? 0
      if (placed === signed.seq - 1) replica.record.check(signed.envelope, clock())
      const row = db
        .insert(outbox)
        .values({ ...signed, kind: body.kind, topic, envelope: JSON.stringify(signed.envelope), state: 'pending' })
        .returning()
        .get()
      together?.()
      return row
    })
  }

  /** The same statement under the key and the roster of now. */
  function signAgain(row: OutboxRow): void {
    const { payload } = envelopeSchema.parse(JSON.parse(row.envelope))
    const statement = anyStatement.parse(JSON.parse(Buffer.from(fromBase64(payload)).toString('utf8')))
    const { v: _v, lab: _lab, from: _from, keyId: _keyId, seq: _seq, prev: _prev, ...rest } = statement
    const { issuedAt: _issuedAt, roster: _roster, seen: _seen, notAfter, ...body } = rest
    const signed = sign(body, [ownKeys.node()], notAfter)
    db.insert(outbox)
      .values({
        ...signed,
        kind: row.kind,
        topic: row.topic,
        envelope: JSON.stringify(signed.envelope),
        state: 'pending',
      })
      .run()
  }

  /** Gives the statements after a refused one their new numbers. Only the node's own key can do that by itself. */
  function closeGap(refused: OutboxRow): void {
    const later = db
      .select()
      .from(outbox)
      .where(and(eq(outbox.keyId, refused.keyId), eq(outbox.state, 'pending')))
      .orderBy(asc(outbox.seq))
      .all()
    for (const row of later)
      db.update(outbox).set({ state: 'refused', refusal: 'chain_gap' }).where(eq(outbox.id, row.id)).run()
    for (const row of later)
      if (ownKeys.isOwn('node', row.keyId)) signAgain(row)
      else deps.onRefused(row)
  }

  /** Made under a roster, or by a node key, that is no longer in force: the node says the same under those of now. */
  function isOutdated(row: OutboxRow, code: string): boolean {
    const cameLate = code === 'wrong_roster' || code === 'signer_unknown' || code === 'seen_conflict'
    return cameLate && ownKeys.isOwn('node', row.keyId) && takesPart(replica.record.state, party)
  }

  /**
   * A statement the broker refused is given up only if the node's own record refuses it too: else a broker could make a
   * node sign one thing after another for the same place in its chain.
   */
  function giveUp(row: OutboxRow, error: NodeError): boolean {
    checkOwnChains()
    return store.immediately(() => {
      const current = db.select().from(outbox).where(eq(outbox.id, row.id)).get()
      if (current?.state !== 'pending') return current?.state === 'refused'
      const code = brokerOnly.includes(error.brokerCode) ? error.brokerCode : ownRefusal(row)
      if (code === undefined) return false
      db.update(outbox).set({ state: 'refused', refusal: code }).where(eq(outbox.id, row.id)).run()
      if (isOutdated(row, code)) signAgain(row)
      else deps.onRefused(row)
      closeGap(row)
      return true
    })
  }

  function ownRefusal(row: OutboxRow): string | undefined {
    try {
      replica.record.check(envelopeSchema.parse(JSON.parse(row.envelope)), clock())
      return undefined
    } catch (error) {
      if (error instanceof LabRecordError) return error.code
      throw error
    }
  }

  /**
   * Takes back a statement that must not leave any more. Should the broker have got it in a call that brought no answer, the
   * log will show it in the place of another one, and the node freezes: better than to hand it over now.
   */
  function withhold(row: OutboxRow): void {
    store.immediately(() => {
      const current = db.select().from(outbox).where(eq(outbox.id, row.id)).get()
      if (current?.state !== 'pending') return
      db.update(outbox).set({ state: 'refused', refusal: 'withheld' }).where(eq(outbox.id, row.id)).run()
      deps.onRefused(row)
      closeGap(row)
    })
  }

  /** Statements of our keys that stand in the log and not here: of before a backup was put back, or signed past this outbox. */
  function adoptOwn(): void {
    for (const recorded of replica.history) {
      const { statement, hash, index } = recorded
      if (statement.from !== party) continue
      const row = db
        .select()
        .from(outbox)
        .where(and(eq(outbox.keyId, statement.keyId), eq(outbox.seq, statement.seq), living))
        .get()
      if (row?.hash === hash || row?.state === 'recorded') continue
      if (row !== undefined) giveWay(row)
      const { keyId, seq, kind, issuedAt: madeAt } = statement
      const envelope = JSON.stringify(replica.envelopeAt(index))
      db.insert(outbox)
        .values({
          keyId,
          seq,
          hash,
          kind,
          topic: topicOf(statement),
          envelope,
          state: 'recorded',
          logIndex: index,
          madeAt,
        })
        .run()
      if (statement.kind === 'key-release') markReleased(statement)
    }
  }

  /** What waited in a place that the log gave to another statement of the same key. */
  function giveWay(row: OutboxRow): void {
    db.update(outbox).set({ state: 'refused', refusal: 'chain_replay' }).where(eq(outbox.id, row.id)).run()
    deps.onRefused(row)
    closeGap(row)
  }

  /** A key that is on record as released is never released again, whatever this database remembers. */
  function markReleased(statement: StatementOf<'key-release'>): void {
    const { requestHash, jobHash, extractId, issuedAt } = statement
    const request = replica.record.state.requests.get(requestHash)
    if (request?.job === undefined) return
    db.insert(releases)
      .values({
        requestId: request.recorded.statement.requestId,
        extractId,
        requestHash,
        jobHash,
        jobKeyHash: jobKeyHash(request.job.statement.jobKemPublicKey),
        releasedAt: issuedAt,
      })
      .onConflictDoNothing()
      .run()
  }

  const nextPending = () => db.select().from(outbox).where(eq(outbox.state, 'pending')).orderBy(asc(outbox.id)).get()

  return {
    add,
    adoptOwn,
    /** After the own copy changed from this entry on: what is no longer on record is not, what is has its new place. */
    follow(common: number): void {
      checkedUpTo = 0
      const dropped: OutboxRow[] = []
      for (const row of db.select().from(outbox).where(gte(outbox.logIndex, common)).all()) {
        const index = replica.record.indexOf(row.hash)
        if (index !== undefined) markRecorded(row.id, index)
        else if (row.state === 'recorded') {
          db.update(outbox)
            .set({ state: 'refused', refusal: 'dropped', logIndex: null })
            .where(eq(outbox.id, row.id))
            .run()
          dropped.push(row)
        }
      }
      adoptOwn()
      // A delivery stands by itself and is said again; what belongs to a ceremony or a job begins anew.
      for (const row of dropped) if (row.kind === 'extract' && ownKeys.isOwn('node', row.keyId)) signAgain(row)
    },
    living: livingOf,
    checkOwnChains,
    pending: () => db.select().from(outbox).where(eq(outbox.state, 'pending')).all(),
    /** Place in the log of the last statement the broker acknowledged; -1 if there is none. */
    newestRecorded: () =>
      db.select().from(outbox).where(eq(outbox.state, 'recorded')).orderBy(desc(outbox.logIndex)).get()?.logIndex ?? -1,
    row: (id: number) => db.select().from(outbox).where(eq(outbox.id, id)).get(),
    /**
     * Sends what is waiting, oldest first, until nothing is.
     * @param refresh - fetches what is new in the log, before a refusal is believed
     * @throws NodeError `broker_unreachable`, `broker_refused` where broker and own record differ (it stays and is tried again)
     */
    async send(refresh: () => Promise<void>): Promise<void> {
      for (let row = nextPending(); row !== undefined; row = nextPending()) {
        if (!deps.mayLeave(row)) {
          withhold(row)
          continue
        }
        try {
          const receipt = await client.sendStatement(envelopeSchema.parse(JSON.parse(row.envelope)))
          onDurableStep('statement-sent')
          assertInPlace(row, receipt.index)
          markRecorded(row.id, receipt.index)
          onDurableStep('statement-acknowledged')
        } catch (error) {
          if (!(error instanceof NodeError) || error.code !== 'broker_refused') throw error
          await refresh()
          if (!giveUp(row, error)) throw error
        }
      }
    },
  }
}
