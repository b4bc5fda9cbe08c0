/**
 * Going on after the log contradicted itself (protocol §3.8). Officers of enough parties name the checkpoint that is the lab's
 * log, in that very log; a node that stopped reads it beside its own copy and takes it over only then.
 *
 * Who counts is decided by the roster this node has pinned, not by the log that is offered.
 * @module
 */
import {
  envelope as envelopeSchema,
  type KeyId,
  type LabId,
  type PartyId,
  type StatementBody,
  type StatementEnvelope,
} from '@kruispunt/contracts'
import { type SigningKey, toHex } from '@kruispunt/crypto'
import { createLabRecord, type LabRecord, LabRecordError, type LabState, type Recovery } from '@kruispunt/lab-record'
import {
  documentHash,
  envelopeBytes,
  matchesRosterCode,
  nextHeader,
  rosterCode,
  signStatement,
} from '@kruispunt/statements'
import { eq, gte } from 'drizzle-orm'
import type { BrokerClient } from '../broker-client/broker-client.ts'
import type { Store } from '../db/open-store.ts'
import { checkpoints, logEntries, replacedEntries } from '../db/schema.ts'
import { NodeError, refuseUnless } from '../errors.ts'
import type { Evidence } from './evidence.ts'
import type { Outbox } from './outbox.ts'
import type { Replica } from './replica.ts'

/** Clocks of partners differ by at most this much. */
const clockToleranceMs = 5 * 60_000

/** The code by which officers compare a checkpoint: of size and root together. */
const checkpointCode = (size: number, root: string): string => rosterCode(documentHash('checkpoint', { size, root }))
const matchesCheckpoint = (size: number, root: string, typed: string) =>
  matchesRosterCode(documentHash('checkpoint', { size, root }), typed)

type Candidate = { readonly record: LabRecord; readonly envelopes: readonly StatementEnvelope[] }
export type NodeRecovery = ReturnType<typeof createRecovery>

export function createRecovery(deps: {
  readonly store: Store
  readonly replica: Replica
  readonly evidence: Evidence
  readonly outbox: Outbox
  readonly client: BrokerClient
  readonly lab: LabId
  readonly party: PartyId
  readonly brokerPublicKey: string
  readonly mark: { reset(size: number): void }
  readonly clock: () => number
}) {
  const { store, replica, evidence, outbox, client, lab, party, clock } = deps
  const { db } = store
  let candidate: { record: LabRecord; envelopes: StatementEnvelope[] } | undefined
  const fresh = () => ({ record: createLabRecord({ lab, brokerPublicKey: deps.brokerPublicKey }), envelopes: [] })

  /** The log as the broker offers it now, verified from its first entry on, beside the own copy. */
  async function offered(): Promise<Candidate> {
    candidate ??= fresh()
    for (;;) {
      const { record, envelopes } = candidate
      const answer = await client.logEntries(record.tree.size, 0)
      if (answer.size < record.tree.size) {
        candidate = fresh()
        continue
      }
      try {
        for (const { index, envelope } of answer.entries) {
          refuseUnless(index === record.tree.size, 'broker_answer_invalid')
          record.check(envelope).commit()
          envelopes.push(envelope)
        }
      } catch (cause) {
        candidate = undefined
        if (cause instanceof LabRecordError) throw new NodeError('broker_answer_invalid', { cause })
        throw cause
      }
      if (record.tree.size >= answer.size || answer.entries.length === 0) return candidate
    }
  }

  /** One of the two must be the other's past: else the offered log belongs to other people. */
  function sharesRoster(other: LabState): boolean {
    const own = replica.record.state.roster?.hash
    const ours = replica.record.state.rosters.map(({ hash }) => hash)
    const theirs = other.rosters.map(({ hash }) => hash)
    return own !== undefined && (theirs.includes(own) || ours.includes(theirs.at(-1) ?? ''))
  }

  /** Whether officers of our own roster, of as many parties as it asks, said this since the contradiction was found. */
  function holds({ by }: Recovery): boolean {
    const roster = replica.record.state.roster?.document
    const since = evidence.newestAt()
    if (roster === undefined || since === undefined) return false
    const parties = [...by].filter(([id, { statement }]) => {
      const officers = roster.parties.find((listed) => listed.id === id)?.officers ?? []
      const isOurs = officers.some(({ keyId }) => keyId === statement.keyId)
      return (
        isOurs &&
        Date.parse(statement.issuedAt) >= since - clockToleranceMs &&
        !evidence.wasUsed(statement.keyId, statement.seq)
      )
    })
    return parties.length >= roster.threshold
  }

  /** Takes the offered log over. The entries it does not have are kept beside it, as evidence. */
  function adopt({ record, envelopes }: Candidate, recovery: Recovery): void {
    const at = new Date(clock()).toISOString()
    const bytes = (envelope: StatementEnvelope) => toHex(envelopeBytes(envelope))
    const take = () => {
      const own = db.select().from(logEntries).orderBy(logEntries.index).all()
      const differs = own.findIndex((row, index) => {
        const there = envelopes[index]
        return there === undefined || bytes(envelopeSchema.parse(JSON.parse(row.envelope))) !== bytes(there)
      })
      const common = differs === -1 ? own.length : differs
      for (const { index, envelope } of own.slice(common))
        db.insert(replacedEntries).values({ index, envelope, replacedAt: at }).run()
      db.delete(logEntries).where(gte(logEntries.index, common)).run()
      for (const [index, envelope] of envelopes.entries())
        if (index >= common)
          db.insert(logEntries)
            .values({ index, envelope: JSON.stringify(envelope) })
            .run()
      for (const row of db.select().from(checkpoints).all())
        if (row.size > envelopes.length || toHex(record.tree.root(row.size)) !== row.root)
          db.delete(checkpoints).where(eq(checkpoints.role, row.role)).run()
      // The officers' word is what this node goes on from; its next cosignature extends that.
      const { size, root } = recovery
      db.insert(checkpoints)
        .values({ role: 'cosigned', size, root, note: '', cosignedAt: Math.floor(clock() / 1000) })
        .onConflictDoNothing()
        .run()
      replica.reload()
      outbox.follow(common)
      evidence.resolve(
        at,
        [...recovery.by.values()].map(({ statement: { keyId, seq } }) => ({ keyId, seq })),
      )
    }
    try {
      store.immediately(take)
    } catch (error) {
      // Rolled back: memory goes back too.
      replica.reload()
      throw error
    }
    deps.mark.reset(recovery.size)
    candidate = undefined
  }

  return {
    /** What an officer compares by voice: the own copy, and what the broker offers. */
    async show() {
      const own = { size: replica.size, root: toHex(replica.record.tree.root()) }
      const { record } = await offered()
      const theirs = { size: record.tree.size, root: toHex(record.tree.root()) }
      const same = Math.min(own.size, theirs.size)
      return {
        frozen: evidence.reasons(),
        own: { ...own, code: checkpointCode(own.size, own.root) },
        offered: { ...theirs, code: checkpointCode(theirs.size, theirs.root) },
        isSame: toHex(record.tree.root(same)) === toHex(replica.record.tree.root(same)),
        signed: [...record.state.recoveries.values()].map(({ size, root, by }) => ({
          size,
          code: checkpointCode(size, root),
          by: [...by.keys()],
        })),
        needed: replica.record.state.roster?.document.threshold ?? 0,
      }
    },
    /**
     * One officer's word, straight to the log it is about: a node that stopped signs nothing else.
     * @throws NodeError `short_code_wrong`, `broker_answer_invalid`, `broker_unreachable`, `already_decided`
     */
    async sign(order: { key: SigningKey; size: number; code: string; reason: string }): Promise<{ index: number }> {
      const { record } = await offered()
      const { key, size, code, reason } = order
      refuseUnless(sharesRoster(record.state), 'broker_answer_invalid')
      refuseUnless(size >= 1 && size <= record.tree.size, 'short_code_wrong')
      const root = toHex(record.tree.root(size))
      refuseUnless(matchesCheckpoint(size, root, code), 'short_code_wrong')
      const body: StatementBody<'recovery'> = { kind: 'recovery', size, root, reason }
      const payload = {
        v: 1,
        lab,
        from: party,
        keyId: key.keyId,
        ...nextHeader(record.state.heads.get(key.keyId as KeyId)),
        issuedAt: new Date(clock()).toISOString(),
        notAfter: null,
        roster: record.state.roster?.hash,
        seen: { size, root },
        ...body,
      }
      const envelope = signStatement(payload, key) as StatementEnvelope
      try {
        record.check(envelope, clock())
      } catch (cause) {
        if (!(cause instanceof LabRecordError)) throw cause
        throw new NodeError(cause.code === 'already_decided' ? 'already_decided' : 'officer_not_in_roster', { cause })
      }
      return { index: (await client.sendStatement(envelope)).index }
    },
    /**
     * This node was put back from a backup, and no other copy of it runs: says its operator. It takes over from the log what it
     * signed since, and signs nothing before its peers have vouched for that log.
     * @throws NodeError `frozen` where the log contradicts what is here: that only officers can end
     */
    restored(): void {
      refuseUnless(evidence.isOnlyForgotten(), 'frozen')
      store.immediately(() => {
        evidence.resolve(new Date(clock()).toISOString(), [])
        outbox.adoptOwn()
        evidence.waitForPeers(replica.size)
      })
    },
    /** @returns whether the node goes on */
    async tryToGoOn(): Promise<boolean> {
      if (!evidence.isFrozen()) return false
      const found = await offered()
      const agreed = [...found.record.state.recoveries.values()].filter(holds).at(-1)
      if (agreed === undefined || !sharesRoster(found.record.state)) return false
      adopt(found, agreed)
      return true
    },
  }
}
