/**
 * One lab's log: the entries on disk and the record that reads them, always of the same length.
 *
 * Everything here is synchronous, so within the process nothing comes in between; a write transaction keeps other
 * processes (the command line beside a running server) out. An entry is on the disk before the record counts it, and the
 * record counts it before anybody is told.
 * @module
 */
import type { LabId, StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import { fromBase64, type SigningKey, toHex } from '@kruispunt/crypto'
import { createLabRecord, type LabRecord, type Recorded } from '@kruispunt/lab-record'
import { envelopeBytes, nextHeader, parseEnvelope, signStatement, statementHash } from '@kruispunt/statements'
import { and, asc, eq, gte, max } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { logEntries } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import { type BrokerKeys, keysUnder, publicPart } from '../keys/key-store.ts'
import { rootKeyOf } from './root-key.ts'

/** Clocks differ; a statement that comes from further in the future than this is refused. */
const clockSkewMs = 5 * 60_000
/** Entries answered at once, in bytes; an agreement may be megabytes long. */
const mostEntryBytes = 8_000_000

export type LabLogDeps = {
  readonly lab: LabId
  readonly store: Store
  readonly keys: BrokerKeys
  readonly now: () => number
  /** Further demands on a statement, from outside the log. Called inside the transaction. */
  readonly admit: (recorded: Recorded) => void
  /** Called for every entry the record comes to count, in order; not for those read at the start. */
  readonly onRecorded: (recorded: Recorded) => void
}

type Submission = { readonly index: number; readonly size: number; readonly existing: boolean }

type AppendOptions = {
  readonly notAfter?: string
  readonly roster?: string
  readonly alsoBy?: readonly SigningKey[]
}

export type LabLog = {
  readonly lab: LabId
  /** The record, up to date with the disk. */
  record(): LabRecord
  /**
   * @param from - the only sender this caller may submit for: a party id, or `coordinator`
   * @throws LabRecordError, BrokerError `forbidden`, `clock_ahead`, or whatever `admit` throws
   */
  submit(envelope: StatementEnvelope, from: string): Submission
  /**
   * Signs a statement of the broker and puts it in the log. `roster` is its own hash in the one statement that sets it; `alsoBy`
   * are keys that sign it too.
   */
  appendBroker(body: StatementBody, options?: AppendOptions): Recorded
  entries(from: number, limit: number): { index: number; envelope: StatementEnvelope }[]
}

export function createLabLog({ lab, store, keys, now, admit, onRecorded }: LabLogDeps): LabLog {
  const { db, atomically, onDurableStep } = store
  const record = createLabRecord({ lab, brokerPublicKey: toHex(rootKeyOf(store, keys, lab).publicKey) })
  const pending: Recorded[] = []
  let telling = false

  const rowsFrom = (position: number, limit?: number) => {
    const query = db
      .select()
      .from(logEntries)
      .where(and(eq(logEntries.lab, lab), gte(logEntries.position, position)))
      .orderBy(asc(logEntries.position))
    return limit === undefined ? query.all() : query.limit(limit).all()
  }

  /** Reads what another process appended. */
  function catchUp(): Recorded[] {
    const [last] = db
      .select({ position: max(logEntries.position) })
      .from(logEntries)
      .where(eq(logEntries.lab, lab))
      .all()
    if ((last?.position ?? -1) < record.tree.size) return []
    return rowsFrom(record.tree.size).map((row) => {
      const { recorded, commit } = record.check(parseEnvelope(row.envelope) as StatementEnvelope)
      commit()
      return recorded
    })
  }

  /** A listener may append in turn; what that records is told after what came before it. */
  function tell(news: readonly Recorded[]): void {
    pending.push(...news)
    if (telling) return
    telling = true
    try {
      for (let next = pending.shift(); next !== undefined; next = pending.shift()) onRecorded(next)
    } finally {
      telling = false
    }
  }

  function insert(envelope: StatementEnvelope, recorded: Recorded): void {
    db.insert(logEntries)
      .values({
        lab,
        position: recorded.index,
        statementHash: recorded.hash,
        envelope: Buffer.from(envelopeBytes(envelope)),
        recordedAt: new Date(now()).toISOString(),
      })
      .run()
  }

  /** Judged now, and once more as every reader of the log will judge it: at its own time. */
  function check(envelope: StatementEnvelope) {
    const at = now()
    const checked = record.check(envelope, at)
    refuseUnless(Date.parse(checked.recorded.statement.issuedAt) <= at + clockSkewMs, 'clock_ahead')
    record.check(envelope)
    return checked
  }

  function append(prepare: () => { envelope: StatementEnvelope; from: string }): Recorded {
    const caughtUp: Recorded[] = []
    const { recorded, commit } = atomically(() => {
      caughtUp.push(...catchUp())
      const { envelope, from } = prepare()
      const checked = check(envelope)
      refuseUnless(checked.recorded.statement.from === from, 'forbidden')
      admit(checked.recorded)
      insert(envelope, checked.recorded)
      return checked
    })
    onDurableStep('statement-recorded', recorded.statement.kind)
    commit()
    tell([...caughtUp, recorded])
    return recorded
  }

  catchUp()
  return {
    lab,
    record() {
      tell(catchUp())
      return record
    },
    submit(envelope, from) {
      tell(catchUp())
      const known = record.indexOf(hashOf(envelope))
      if (known !== undefined) return { index: known, size: record.tree.size, existing: true }
      const { index } = append(() => ({ envelope, from }))
      return { index, size: record.tree.size, existing: false }
    },
    appendBroker(body, options) {
      return append(() => {
        const { brokerKey } = keysUnder(keys, record.state.roster?.document)
        const { keyId } = publicPart(brokerKey)
        const size = record.tree.size
        const roster = options?.roster ?? record.state.roster?.hash
        if (roster === undefined) throw new Error('a lab without a roster records nothing of the broker')
        const header = {
          v: 1,
          lab,
          from: 'broker',
          keyId,
          ...nextHeader(record.state.heads.get(keyId)),
          issuedAt: new Date(now()).toISOString(),
          notAfter: options?.notAfter ?? null,
          roster,
          seen: size === 0 ? null : { size, root: toHex(record.tree.root()) },
        }
        const envelope = signStatement(
          { ...header, ...body },
          ...new Set([brokerKey, ...(options?.alsoBy ?? [])]),
        ) as StatementEnvelope
        return { envelope, from: 'broker' }
      })
    },
    entries(from, limit) {
      const found: { index: number; envelope: StatementEnvelope }[] = []
      let bytes = 0
      for (const row of rowsFrom(from, limit)) {
        bytes += row.envelope.length
        if (found.length > 0 && bytes > mostEntryBytes) break
        found.push({ index: row.position, envelope: parseEnvelope(row.envelope) as StatementEnvelope })
      }
      return found
    },
  }
}

function hashOf(envelope: StatementEnvelope): string {
  try {
    return statementHash(fromBase64(envelope.payload))
  } catch (error) {
    throw new BrokerError('envelope_malformed', undefined, { cause: error })
  }
}
