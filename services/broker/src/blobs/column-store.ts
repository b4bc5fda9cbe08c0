/**
 * Ciphertext columns as files. A column is a file and a row: the row is written after the whole file is on the disk, so
 * whatever is listed is complete, and whatever is not listed may be thrown away.
 * @module
 */
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ExtractId, LabId, PartyId } from '@kruispunt/contracts'
import { createSha256, randomHex, sha256, toHex, utf8 } from '@kruispunt/crypto'
import type { Recorded } from '@kruispunt/lab-record'
import { and, eq, sql } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { extractColumns, extractOwners } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import { syncFolder } from '../keys/secret-file.ts'

type Upload = {
  readonly lab: LabId
  readonly party: PartyId
  readonly extractId: ExtractId
  readonly column: string
  /** As announced; more or fewer is refused. */
  readonly bytes: number
  readonly body: AsyncIterable<Uint8Array>
}
type ColumnReceipt = { readonly bytes: number; readonly sha256: string; readonly existing: boolean }

export type ColumnStore = {
  /**
   * Stores a column, wholly or not at all. The same bytes may come again.
   * @throws BrokerError `not_found` for an extract of somebody else (as for one that is not there), `conflict` for other
   *   bytes under the same name, `payload_too_large`, `invalid_request` for another length than announced
   */
  put(upload: Upload): Promise<ColumnReceipt>
  /** @throws BrokerError `extract_unknown` */
  read(extractId: ExtractId, column: string): AsyncIterable<Uint8Array>
  /** Demands that every column of an extract statement is here, from this party, with this length and digest. */
  admit(lab: LabId, recorded: Recorded): void
  /** Throws ciphertext away that no key opens any more. */
  discard(extractIds: readonly ExtractId[]): void
  /** Removes what a crash left behind. Before the first upload only: it takes half-received files for left-overs. */
  tidy(): void
  /** Removes uploads that were never followed by a statement. */
  tidyPending(): void
}

export type ColumnStoreDeps = {
  readonly store: Store
  readonly folder: string
  readonly now: () => number
  readonly maxColumnBytes: number
  /** How much of one party may lie here without a statement. */
  readonly maxPendingBytes: number
  readonly pendingHours: number
  /** Whether a statement in the lab's log names this extract. */
  readonly isOnRecord: (lab: LabId, extractId: ExtractId) => boolean
  /** The party that a request names for an extract of this id: everybody in the lab can read the id before it is used. */
  readonly reservedFor: (lab: LabId, extractId: ExtractId) => PartyId | undefined
}

const extractFolder = (folder: string, extractId: string) => join(folder, extractId.slice(0, 2), extractId)

/** Names of our own making: nothing a sender says becomes part of a path but an id in hex. */
export const columnFile = (folder: string, extractId: string, column: string): string =>
  join(extractFolder(folder, extractId), toHex(sha256(utf8(column))).slice(0, 32))

export function createColumnStore(deps: ColumnStoreDeps): ColumnStore {
  const { store, folder, now } = deps
  const { db, atomically, onDurableStep } = store
  const temporary = join(folder, 'incoming')
  mkdirSync(temporary, { recursive: true, mode: 0o700 })

  const folderOf = (extractId: ExtractId) => extractFolder(folder, extractId)
  const fileOf = (extractId: ExtractId, column: string) => columnFile(folder, extractId, column)
  const rowOf = (extractId: ExtractId, column: string) =>
    and(eq(extractColumns.extractId, extractId), eq(extractColumns.name, column))
  const columnsOf = (extractId: ExtractId) =>
    db.select().from(extractColumns).where(eq(extractColumns.extractId, extractId)).all()
  const ownerOf = (extractId: ExtractId) =>
    db.select().from(extractOwners).where(eq(extractOwners.extractId, extractId)).get()

  /** Bytes of a party that no statement vouches for yet. */
  function pendingBytes(lab: LabId, party: PartyId): number {
    const rows = db
      .select({ extractId: extractOwners.extractId, bytes: sql<number>`sum(${extractColumns.bytes})` })
      .from(extractOwners)
      .innerJoin(extractColumns, eq(extractColumns.extractId, extractOwners.extractId))
      .where(and(eq(extractOwners.lab, lab), eq(extractOwners.party, party)))
      .groupBy(extractOwners.extractId)
      .all()
    return rows.filter((row) => !deps.isOnRecord(lab, row.extractId)).reduce((total, row) => total + row.bytes, 0)
  }

  /** First come, first owner; everybody else sees what they would see of an extract that is not there. */
  function claim({ lab, party, extractId, column, bytes }: Upload): void {
    // Asked first: it may read what another process recorded, and that is no part of this transaction.
    const isOnRecord = deps.isOnRecord(lab, extractId)
    const reservedFor = deps.reservedFor(lab, extractId)
    refuseUnless(reservedFor === undefined || reservedFor === party, 'not_found')
    atomically(() => {
      const values = { extractId, lab, party, firstSeen: new Date(now()).toISOString() }
      db.insert(extractOwners).values(values).onConflictDoNothing().run()
      const owner = ownerOf(extractId)
      refuseUnless(owner?.lab === lab && owner.party === party, 'not_found')
      if (db.select().from(extractColumns).where(rowOf(extractId, column)).get() !== undefined) return
      // An extract on record is complete: nothing can be put beside what was signed.
      refuseUnless(!isOnRecord, 'extract_exists')
      refuseUnless(pendingBytes(lab, party) + bytes <= deps.maxPendingBytes, 'payload_too_large')
    })
    onDurableStep('column-claimed')
  }

  async function receive({ body, bytes }: Upload, path: string): Promise<string> {
    const file = await open(path, 'wx', 0o600)
    try {
      const digest = createSha256()
      let received = 0
      for await (const chunk of body) {
        received += chunk.length
        refuseUnless(received <= bytes, 'invalid_request')
        digest.update(chunk)
        await file.writeFile(chunk)
      }
      refuseUnless(received === bytes, 'invalid_request')
      await file.sync()
      return toHex(digest.digest())
    } finally {
      await file.close()
    }
  }

  /** Synchronous from the look to the row: two uploads of one column cannot pass each other. */
  function settle({ extractId, column, bytes }: Upload, path: string, digest: string): ColumnReceipt {
    const known = db.select().from(extractColumns).where(rowOf(extractId, column)).get()
    if (known !== undefined) {
      refuseUnless(known.sha256 === digest && known.bytes === bytes, 'conflict')
      return { bytes, sha256: digest, existing: true }
    }
    const target = fileOf(extractId, column)
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    renameSync(path, target)
    syncFolder(dirname(target))
    syncFolder(dirname(dirname(target)))
    syncFolder(folder)
    onDurableStep('column-in-place')
    db.insert(extractColumns)
      .values({ extractId, name: column, bytes, sha256: digest, receivedAt: new Date(now()).toISOString() })
      .run()
    onDurableStep('column-stored')
    return { bytes, sha256: digest, existing: false }
  }

  function discard(extractIds: readonly ExtractId[]): void {
    for (const extractId of extractIds) {
      // Rows first: a row without a file would promise what is not there.
      const { changes } = db.delete(extractColumns).where(eq(extractColumns.extractId, extractId)).run()
      if (changes > 0) onDurableStep('column-unlisted')
      const isThere = existsSync(folderOf(extractId))
      rmSync(folderOf(extractId), { recursive: true, force: true })
      if (isThere) onDurableStep('column-removed')
    }
  }

  function tidyPending(): void {
    const oldest = new Date(now() - deps.pendingHours * 3_600_000).toISOString()
    // The owner's row stays: an id that was given up is not free for another.
    for (const { extractId, lab, firstSeen } of db.select().from(extractOwners).all())
      if (firstSeen < oldest && !deps.isOnRecord(lab, extractId)) discard([extractId])
  }

  return {
    async put(upload) {
      refuseUnless(upload.bytes <= deps.maxColumnBytes, 'payload_too_large')
      claim(upload)
      const path = join(temporary, randomHex(16))
      try {
        return settle(upload, path, await receive(upload, path))
      } finally {
        rmSync(path, { force: true })
      }
    },
    read(extractId, column) {
      if (db.select().from(extractColumns).where(rowOf(extractId, column)).get() === undefined)
        throw new BrokerError('extract_unknown')
      return createReadStream(fileOf(extractId, column), { highWaterMark: 1 << 20 })
    },
    admit(lab, { statement }) {
      if (statement.kind !== 'extract') return
      const owner = ownerOf(statement.extractId)
      refuseUnless(owner?.lab === lab && owner.party === statement.party, 'extract_incomplete')
      const here = new Map(columnsOf(statement.extractId).map((column) => [column.name, column]))
      const missing = statement.columns.filter((column) => {
        const stored = here.get(column.name)
        return stored?.bytes !== column.bytes || stored.sha256 !== column.ciphertextSha256
      })
      if (missing.length === 0) return
      throw new BrokerError(
        'extract_incomplete',
        missing.map(({ name }) => ({ path: `columns.${name}`, message: 'not received with this length and digest' })),
      )
    },
    discard,
    tidy() {
      for (const name of readdirSync(temporary)) rmSync(join(temporary, name), { force: true })
      for (const { extractId } of db.select().from(extractOwners).all()) {
        const listed = new Set(columnsOf(extractId).map(({ name }) => fileOf(extractId, name)))
        const ofExtract = folderOf(extractId)
        for (const name of existsSync(ofExtract) ? readdirSync(ofExtract) : []) {
          const path = join(ofExtract, name)
          if (!listed.has(path)) rmSync(path, { force: true })
        }
      }
      tidyPending()
    },
    tidyPending,
  }
}
