/**
 * The node's own copy of the log: every entry verified by this node, stored, and replayed into its own record. What the
 * broker says about the log counts only where it agrees with this.
 * @module
 */
import { envelope as envelopeSchema, type LabId, type StatementEnvelope } from '@kruispunt/contracts'
import { fromBase64, toHex } from '@kruispunt/crypto'
import { createLabRecord, type LabRecord, LabRecordError, type Recorded } from '@kruispunt/lab-record'
import { envelopeBytes } from '@kruispunt/statements'
import { eq, gte } from 'drizzle-orm'
import type { Store } from '../db/open-store.ts'
import { logEntries } from '../db/schema.ts'
import { NodeError } from '../errors.ts'
import type { Evidence } from './evidence.ts'

type Entry = { readonly index: number; readonly envelope: StatementEnvelope }
export type Replica = ReturnType<typeof createReplica>

/** Only of an envelope that the record could read: its chain comes after its form. */
const headerOf = ({ payload }: StatementEnvelope) =>
  JSON.parse(Buffer.from(fromBase64(payload)).toString('utf8')) as { readonly keyId: string; readonly seq: number }

const bytesOf = (envelope: StatementEnvelope) => toHex(envelopeBytes(envelope))

export function createReplica(deps: {
  readonly store: Store
  readonly evidence: Evidence
  readonly lab: LabId
  readonly brokerPublicKey: string
}) {
  const { store, evidence, lab, brokerPublicKey } = deps
  const { db } = store
  let record = createLabRecord({ lab, brokerPublicKey })
  let history: Recorded[] = []

  function replay(index: number, envelope: StatementEnvelope): void {
    const { recorded, commit } = record.check(envelope)
    if (recorded.index !== index) throw new Error('an entry of the log was skipped')
    commit()
    history.push(recorded)
  }

  /** It verified when it was stored; if it does not now, the file was changed since. */
  function replayStored(index: number, text: string): void {
    try {
      replay(index, envelopeSchema.parse(JSON.parse(text)))
    } catch (cause) {
      throw new NodeError('log_not_valid', { cause })
    }
  }

  /** Takes over what another process of this node stored meanwhile. */
  function catchUp(): void {
    for (const row of db
      .select()
      .from(logEntries)
      .where(gte(logEntries.index, record.tree.size))
      .orderBy(logEntries.index)
      .all())
      replayStored(row.index, row.envelope)
  }
  catchUp()

  function envelopeAt(index: number): StatementEnvelope | undefined {
    const row = db.select().from(logEntries).where(eq(logEntries.index, index)).get()
    return row && envelopeSchema.parse(JSON.parse(row.envelope))
  }

  /**
   * What its signer said before in the place of this one: the two together prove it. For a statement with another past that is the
   * newest of its key.
   */
  function otherOf(offered: StatementEnvelope, code: LabRecordError['code']): StatementEnvelope | null {
    if (code !== 'chain_replay' && code !== 'chain_fork') return null
    const { keyId, seq } = headerOf(offered)
    const ofKey = history.filter(({ statement }) => statement.keyId === keyId)
    const same = ofKey.find(({ statement }) => statement.seq === seq) ?? ofKey.at(-1)
    return (same && envelopeAt(same.index)) ?? null
  }

  function appendOne(entry: Entry): void {
    const known = envelopeAt(entry.index)
    if (known !== undefined) {
      if (bytesOf(known) !== bytesOf(entry.envelope))
        throw evidence.freeze('log_entry_changed', { index: entry.index, known, offered: entry.envelope })
      return
    }
    if (entry.index !== record.tree.size) throw evidence.freeze('log_entry_invalid', { entry, code: 'index' })
    try {
      replay(entry.index, entry.envelope)
    } catch (error) {
      if (!(error instanceof LabRecordError)) throw error
      throw evidence.freeze('log_entry_invalid', {
        entry,
        code: error.code,
        known: otherOf(entry.envelope, error.code),
      })
    }
    db.insert(logEntries)
      .values({ index: entry.index, envelope: JSON.stringify(entry.envelope) })
      .run()
  }

  /** Begins again from what is stored. */
  function reload(): void {
    record = createLabRecord({ lab, brokerPublicKey })
    history = []
    catchUp()
  }

  return {
    reload,
    get record(): LabRecord {
      return record
    },
    /** Every statement so far, in the order of the log. */
    get history(): readonly Recorded[] {
      return history
    },
    get size(): number {
      return record.tree.size
    },
    envelopeAt,
    catchUp,
    /**
     * Verifies and stores entries, in order. Those that are valid stay, also when a later one is not.
     * @throws NodeError `frozen`, with the evidence stored
     */
    append(entries: readonly Entry[]): void {
      let problem: unknown
      try {
        store.immediately(() => {
          catchUp()
          try {
            for (const entry of entries) appendOne(entry)
          } catch (error) {
            // Kept for after the transaction: rolling back would lose the evidence, and the good entries before it.
            problem = error
          }
        })
      } catch (error) {
        // The file could not be written, so memory is ahead of it: begin again from what is stored.
        reload()
        throw error
      }
      if (problem !== undefined) throw problem
    },
  }
}
