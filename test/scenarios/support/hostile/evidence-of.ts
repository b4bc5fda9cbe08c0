/**
 * What a node kept as evidence and how far it cosigned, read from its database while it runs.
 * @module
 */
import { join } from 'node:path'
import type { StatementEnvelope } from '@kruispunt/contracts'
import Sqlite from 'better-sqlite3'

type Detail = {
  /** Of an entry that was refused: what it was, by which rule, and what its signer said before in its place. */
  readonly entry?: { readonly index: number; readonly envelope: StatementEnvelope }
  readonly code?: string
  readonly known?: StatementEnvelope | null
  /** Of a checkpoint that does not fit: the note that was cosigned and the one that was offered. */
  readonly storedNote?: string | null
  readonly offeredNote?: string | null
}

function reading<T>(folder: string, read: (database: Sqlite.Database) => T): T {
  const database = new Sqlite(join(folder, 'node.db'), { readonly: true })
  try {
    return read(database)
  } finally {
    database.close()
  }
}

/** @param folder - of a node */
export const evidenceIn = (folder: string) =>
  reading(folder, (database) =>
    (
      database.prepare('SELECT reason, detail FROM evidence ORDER BY rowid').all() as {
        reason: string
        detail: string
      }[]
    ).map(({ reason, detail }) => ({ reason, detail: JSON.parse(detail) as Detail })),
  )

/** Size of the checkpoint that a node cosigned last; 0 if there is none. */
export const cosignedSize = (folder: string): number =>
  reading(
    folder,
    (database) =>
      (database.prepare("SELECT size FROM checkpoints WHERE role = 'cosigned'").get() as { size: number } | undefined)
        ?.size ?? 0,
  )
