/**
 * The node as a witness: it takes the log's newest checkpoint, holds it against its own copy and against what it cosigned
 * before, stores it, and only then cosigns (protocol §3.8).
 * @module
 */
import { type LabId, type PartyId, partyId, type RosterDocument } from '@kruispunt/contracts'
import { equalBytes, fromHex, toHex } from '@kruispunt/crypto'
import { logIdentityOf, quorumRuleOf, witnessName } from '@kruispunt/lab-record'
import {
  cosign,
  decideCosign,
  mergeCosignatures,
  parseCheckpoint,
  type QuorumCheckpoint,
  type StoredCheckpoint,
  TransparencyLogError,
  type VerifiedCheckpoint,
  verifyCheckpoint,
  verifyCosignature,
  verifyQuorum,
} from '@kruispunt/transparency-log'
import { eq } from 'drizzle-orm'
import type { BrokerClient } from '../broker-client/broker-client.ts'
import type { Store } from '../db/open-store.ts'
import { checkpoints } from '../db/schema.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { NodeError } from '../errors.ts'
import type { OwnKeys } from '../keys/own-keys.ts'
import type { Evidence, FreezeReason } from './evidence.ts'
import type { Replica } from './replica.ts'

const freezeReasons = {
  smaller: 'checkpoint_smaller',
  other_root: 'checkpoint_other_root',
  proof_failed: 'checkpoint_proof_failed',
} as const satisfies Record<string, FreezeReason>

/** A cosignature tells the time too, so it is given anew before it is this old. */
const refreshSeconds = 120

/** Between storing a checkpoint and sending the cosignature; on a busy machine it takes a while. */
const aheadSeconds = 120

/** Peers cosign anew every two minutes; clocks differ by at most five. */
const peersToleranceMs = 5 * 60_000

/** The newest checkpoint with a quorum that agrees with the own copy. Times in seconds since 1970. */
export type TrustedCheckpoint = {
  readonly size: number
  readonly root: string
  /** As it was signed. */
  readonly note: string
  readonly cosigners: readonly { readonly party: PartyId; readonly timestampSeconds: number }[]
}

export type CheckpointExchange = ReturnType<typeof createCheckpointExchange>

export function createCheckpointExchange(deps: {
  readonly store: Store
  readonly replica: Replica
  readonly evidence: Evidence
  readonly client: BrokerClient
  /** Largest size ever cosigned, kept beside the keys. */
  readonly mark: { read(): number; write(size: number): void }
  readonly brokerName: string
  readonly logPublicKey: string
  readonly lab: LabId
  readonly party: PartyId
  readonly ownKeys: OwnKeys
  readonly clock: () => number
  readonly onDurableStep: OnDurableStep
}) {
  const { store, replica, evidence, client, brokerName, lab, party, ownKeys, clock, onDurableStep } = deps
  const { db } = store
  const rosterNow = () => replica.record.state.roster?.document
  /** The log key of the roster in force; before there is one, that of the invitation. */
  const identity = () => logIdentityOf(brokerName, lab, rosterNow()?.broker.logKey.publicKey ?? deps.logPublicKey)
  const ownName = witnessName(brokerName, lab, party)

  const row = (role: 'cosigned' | 'quorum') => db.select().from(checkpoints).where(eq(checkpoints.role, role)).get()

  function storedCheckpoint(): StoredCheckpoint | undefined {
    const found = row('cosigned')
    return found && { size: found.size, root: fromHex(found.root), note: found.note }
  }

  function put(role: 'cosigned' | 'quorum', checkpoint: { size: number; root: Uint8Array; note: string }): void {
    const values = {
      size: checkpoint.size,
      root: toHex(checkpoint.root),
      note: checkpoint.note,
      cosignedAt: Math.floor(clock() / 1000),
    }
    db.insert(checkpoints)
      .values({ role, ...values })
      .onConflictDoUpdate({ target: checkpoints.role, set: values })
      .run()
  }

  /** A note the log key did not sign, or for another log, is no checkpoint: evidence of nothing but a broken broker. */
  function verified(note: string): VerifiedCheckpoint {
    try {
      return verifyCheckpoint(note, identity())
    } catch (error) {
      if (error instanceof TransparencyLogError) throw new NodeError('broker_answer_invalid', { cause: error })
      throw error
    }
  }

  function sizeOf(note: string): number {
    try {
      return parseCheckpoint(note).size
    } catch (error) {
      if (error instanceof TransparencyLogError) throw new NodeError('broker_answer_invalid', { cause: error })
      throw error
    }
  }

  function assertOwnRoot(checkpoint: VerifiedCheckpoint): void {
    if (!equalBytes(replica.record.tree.root(checkpoint.size), checkpoint.root))
      throw evidence.freeze('checkpoint_other_root', {
        storedNote: storedCheckpoint()?.note ?? null,
        offeredNote: checkpoint.note,
        ownRoot: toHex(replica.record.tree.root(checkpoint.size)),
      })
  }

  function cosignedSecondsAgo(note: string): number {
    const { text } = parseCheckpoint(note)
    for (const line of note.slice(text.length + 1).split(/(?<=\n)/)) {
      try {
        const witness = { name: ownName, publicKey: ownKeys.witness().publicKey }
        return clock() / 1000 - verifyCosignature(text, line, witness)
      } catch (error) {
        if (!(error instanceof TransparencyLogError)) throw error
      }
    }
    return Number.POSITIVE_INFINITY
  }

  /** @returns false if another process of this node moved on meanwhile: look again */
  function decideAndStore(before: StoredCheckpoint | undefined, checkpoint: VerifiedCheckpoint): boolean {
    let frozen: NodeError | undefined
    const done = store.immediately(() => {
      const stored = storedCheckpoint()
      if (stored?.size !== before?.size) return false
      const first = stored?.size ?? 0
      const proof = checkpoint.size < first ? [] : replica.record.tree.consistencyProof(first, checkpoint.size)
      const outcome = decideCosign(stored, { oldSize: first, proof, checkpoint })
      if (outcome.decision === 'conflict') return false
      if (outcome.decision === 'frozen') {
        frozen = evidence.freeze(freezeReasons[outcome.evidence.reason], outcome.evidence)
        return true
      }
      put('cosigned', outcome.next)
      return true
    })
    if (frozen !== undefined) throw frozen
    return done
  }

  function quorumUnder(roster: RosterDocument, note: string): QuorumCheckpoint | undefined {
    try {
      return verifyQuorum(note, quorumRuleOf(roster))
    } catch (error) {
      if (error instanceof TransparencyLogError) return undefined
      throw error
    }
  }

  /** Only who is in the roster, with the key it names, is a witness. */
  function isWitness(): boolean {
    const own = rosterNow()?.parties.find(({ id }) => id === party)
    return own?.witnessKey.keyId === ownKeys.witness().keyId
  }

  /** Stores the note as the one to build on if it has its quorum and fits the own copy. */
  function adoptQuorum(note: string): void {
    const roster = rosterNow()
    if (roster === undefined) return
    const quorum = quorumUnder(roster, note)
    if (quorum === undefined) return
    const { checkpoint } = quorum
    if (checkpoint.size > replica.size) return
    assertOwnRoot(checkpoint)
    store.immediately(() => {
      // Newer cosignatures on the same size count too: they tell the time.
      if (checkpoint.size >= (row('quorum')?.size ?? 0)) put('quorum', checkpoint)
    })
  }

  /**
   * Whether this node has forgotten what it cosigned: a note carries its own cosignature of later than anything stored here, the
   * mark beside the keys is ahead of the database, or there is nothing at all though the lab runs.
   */
  function lookBack(note: string): void {
    const stored = row('cosigned')
    const { roster, rosterAcceptedBy } = replica.record.state
    const runs = roster !== undefined && rosterAcceptedBy.size > 0 && (roster.document.version > 1 || isAccepted())
    const secondsAgo = cosignedSecondsAgo(note)
    const cosignedAt = clock() / 1000 - secondsAgo
    const isAhead = Number.isFinite(secondsAgo) && cosignedAt > (stored?.cosignedAt ?? 0) + aheadSeconds
    const marked = deps.mark.read()
    if ((stored === undefined && runs) || isAhead || marked > (stored?.size ?? 0)) evidence.waitForPeers(replica.size)
  }

  function isAccepted(): boolean {
    const { roster, rosterAcceptedBy } = replica.record.state
    return roster !== undefined && rosterAcceptedBy.size === roster.document.parties.length
  }

  /** Enough others, by their own clocks just now, vouch for a log that the own copy is part of: this node goes on. */
  function hearPeers(note: string): void {
    const waiting = evidence.waiting()
    const roster = rosterNow()
    if (waiting === undefined || roster === undefined) return
    const others = roster.parties.filter(({ id }) => id !== party)
    const needed = Math.min(roster.quorum, others.length)
    const rule = quorumRuleOf(roster)
    const witnesses = rule.witnesses.filter(({ name }) => name !== ownName)
    let heard: QuorumCheckpoint
    try {
      heard = verifyQuorum(note, { ...rule, witnesses, quorum: needed })
    } catch (error) {
      if (error instanceof TransparencyLogError) return
      throw error
    }
    const { checkpoint, cosigners } = heard
    if (checkpoint.size < waiting.size || checkpoint.size > replica.size) return
    assertOwnRoot(checkpoint)
    const fresh = cosigners.filter(({ timestampSeconds: at }) => Math.abs(clock() - at * 1000) <= peersToleranceMs)
    if (fresh.length >= needed) evidence.caughtUp()
  }

  return {
    stored: storedCheckpoint,
    /** For whoever has to prove that the log went back: the note this node cosigned, and the one the broker signed for now. */
    async bothNotes(): Promise<{ readonly stored: string | null; readonly offeredNote: string | null }> {
      const stored = storedCheckpoint()?.note ?? null
      try {
        return { stored, offeredNote: verified((await client.checkpoints()).latest).note }
      } catch (error) {
        // It is frozen all the same; a broker that hides its note has hidden the proof, not the fact.
        if (error instanceof NodeError) return { stored, offeredNote: null }
        throw error
      }
    },
    /** The newest quorum checkpoint, verified again against roster and own copy. */
    trusted(): TrustedCheckpoint | undefined {
      const found = row('quorum')
      const roster = rosterNow()
      if (found === undefined || roster === undefined || found.size > replica.size) return undefined
      const quorum = quorumUnder(roster, found.note)
      // Of before a change of roster: those of now have not seen it yet.
      if (quorum === undefined) return undefined
      const { checkpoint, cosigners } = quorum
      if (!equalBytes(replica.record.tree.root(checkpoint.size), checkpoint.root)) return undefined
      const partyOf = new Map(roster.parties.map(({ id }) => [witnessName(brokerName, lab, id), id]))
      return {
        size: checkpoint.size,
        root: toHex(checkpoint.root),
        note: found.note,
        cosigners: cosigners.map(({ name, timestampSeconds }) => ({
          party: partyOf.get(name) ?? partyId.parse(name),
          timestampSeconds,
        })),
      }
    },
    /**
     * One round: fetch, verify, decide, store, cosign, send.
     * @returns whether the log is larger than the own copy: fetch entries first and come again
     * @throws NodeError `frozen` with the evidence stored, `broker_unreachable`, `broker_answer_invalid`
     */
    async exchange(): Promise<{ readonly behind: boolean }> {
      if (replica.size === 0) return { behind: false }
      const before = storedCheckpoint()
      const { latest, quorum } = await client.checkpoints()
      replica.catchUp()
      if (quorum !== null) adoptQuorum(quorum)
      // What comes in between may be a change of the log's own key: entries first, they vouch for themselves.
      if (sizeOf(latest) > replica.size) return { behind: true }
      const checkpoint = verified(latest)
      assertOwnRoot(checkpoint)
      lookBack(latest)
      for (const note of [latest, quorum]) if (note !== null) hearPeers(note)
      if (!decideAndStore(before, checkpoint)) return { behind: true }
      onDurableStep('checkpoint-stored')
      if (evidence.isFrozen() || evidence.waiting() !== undefined || !isWitness()) return { behind: false }
      const again = cosignedSecondsAgo(latest)
      if (again >= 0 && again < refreshSeconds) return { behind: false }
      // Outside the database, before it is sent: a database that is put back is then seen to be older than what was cosigned.
      deps.mark.write(checkpoint.size)
      const line = cosign(checkpoint.text, ownName, ownKeys.witness(), Math.floor(clock() / 1000))
      try {
        await client.sendCosignature(mergeCosignatures(latest, [line]))
      } catch (error) {
        // Overtaken: the log grew while this was on its way.
        if (error instanceof NodeError && error.brokerCode === 'checkpoint_conflict') return { behind: true }
        throw error
      }
      onDurableStep('cosignature-sent')
      return { behind: false }
    },
  }
}
