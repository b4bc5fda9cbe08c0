/**
 * Signed states of a lab's log, and the cosignatures of the nodes on them. Size and root come from the leaves, never
 * from a stored counter.
 * @module
 */
import type { PartyId } from '@kruispunt/contracts'
import { logIdentityOf, quorumRuleOf, witnessOf } from '@kruispunt/lab-record'
import {
  formatCheckpoint,
  mergeCosignatures,
  parseCheckpoint,
  signCheckpoint,
  TransparencyLogError,
  verifyCosignature,
  verifyQuorum,
  type Witness,
} from '@kruispunt/transparency-log'
import { and, desc, eq, lt } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { checkpoints } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import { type BrokerKeys, keysUnder, publicPart } from '../keys/key-store.ts'
import type { LabLog } from './lab-log.ts'

export type Notes = { readonly latest: string; readonly quorum: string | null }
type Deps = { readonly store: Store; readonly keys: BrokerKeys }

/** The checkpoint of the log as it stands, signed if it was not yet, and the newest one with a quorum. */
export function currentCheckpoints({ store, keys }: Deps, log: LabLog): Notes {
  const { db } = store
  const { tree, state } = log.record()
  const ofSize = and(eq(checkpoints.lab, log.lab), eq(checkpoints.size, tree.size))
  let latest = db.select().from(checkpoints).where(ofSize).get()?.note
  if (latest === undefined) {
    const { logKey } = keysUnder(keys, state.roster?.document)
    const { origin, logKeyName } = logIdentityOf(keys.brokerName, log.lab, publicPart(logKey).publicKey)
    const text = formatCheckpoint({ origin, size: tree.size, root: tree.root() })
    latest = signCheckpoint(text, logKeyName, logKey)
    db.insert(checkpoints)
      .values({ lab: log.lab, size: tree.size, note: latest, hasQuorum: false })
      // Ed25519 is deterministic: another process has made the same note.
      .onConflictDoNothing()
      .run()
    store.onDurableStep('checkpoint-stored')
  }
  const quorum = db
    .select()
    .from(checkpoints)
    .where(and(eq(checkpoints.lab, log.lab), eq(checkpoints.hasQuorum, true)))
    .orderBy(desc(checkpoints.size))
    .limit(1)
    .get()
  return { latest, quorum: quorum?.note ?? null }
}

/** The line of one witness in a note, under the key it has now. What else the note carries is left alone. */
function lineOf(note: string, witness: Witness): string {
  const lines = note.split('\n').filter((candidate) => candidate.startsWith(`\u2014 ${witness.name} `))
  const { text } = parseCheckpoint(note)
  // A line under a key that was replaced may stand beside it.
  const own = lines.find((line) => {
    try {
      verifyCosignature(text, `${line}\n`, witness)
      return true
    } catch (error) {
      if (error instanceof TransparencyLogError) return false
      throw error
    }
  })
  if (own === undefined) throw new BrokerError('cosignature_invalid')
  return `${own}\n`
}

/**
 * Adds a party's cosignature to a checkpoint this broker signed.
 * @throws BrokerError `roster_not_accepted` without a roster, `invalid_request`, `checkpoint_conflict`, `cosignature_invalid`
 */
export function addCosignature({ store }: Deps, log: LabLog, party: PartyId, note: string): void {
  const { db, atomically } = store
  const roster = log.record().state.roster?.document
  const witness = roster && witnessOf(roster, party)
  refuseUnless(roster !== undefined && witness !== undefined, 'roster_not_accepted')
  try {
    const offered = parseCheckpoint(note)
    const ofSize = and(eq(checkpoints.lab, log.lab), eq(checkpoints.size, offered.size))
    const line = lineOf(note, witness)
    atomically(() => {
      const stored = db.select().from(checkpoints).where(ofSize).get()
      // A note that is gone was overtaken by a newer one with a quorum.
      refuseUnless(stored !== undefined, 'checkpoint_conflict')
      refuseUnless(parseCheckpoint(stored.note).text === offered.text, 'checkpoint_conflict')
      const merged = mergeCosignatures(stored.note, [line])
      const hasQuorum = reachesQuorum(merged, roster)
      db.update(checkpoints).set({ note: merged, hasQuorum }).where(ofSize).run()
      if (hasQuorum)
        db.delete(checkpoints)
          .where(and(eq(checkpoints.lab, log.lab), lt(checkpoints.size, offered.size)))
          .run()
    })
    store.onDurableStep('cosignature-stored')
  } catch (error) {
    if (!(error instanceof TransparencyLogError)) throw error
    const ofWitness = error.code.startsWith('cosignature') || error.code === 'timestamp_malformed'
    throw new BrokerError(ofWitness ? 'cosignature_invalid' : 'invalid_request', undefined, { cause: error })
  }
}

function reachesQuorum(note: string, roster: Parameters<typeof quorumRuleOf>[0]): boolean {
  try {
    verifyQuorum(note, quorumRuleOf(roster))
    return true
  } catch (error) {
    // A note from before a change of keys has no quorum under the roster of now.
    const tooFew = ['quorum_missing', 'log_signature_missing']
    if (error instanceof TransparencyLogError && tooFew.includes(error.code)) return false
    throw error
  }
}
