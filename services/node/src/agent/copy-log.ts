/**
 * The own copy of the log as a file for an auditor. What was stored is written down as it is, right or wrong: judging it is the
 * verifier's work.
 * @module
 */
import { envelope as envelopeSchema, type LabId } from '@kruispunt/contracts'
import { logCopyText } from '@kruispunt/lab-record'
import { asc, eq } from 'drizzle-orm'
import type { Store } from '../db/open-store.ts'
import { checkpoints, logEntries } from '../db/schema.ts'

/** @returns the text of a file `kruispunt-log/1`; its checkpoints are the last one this node cosigned and the newest with a quorum */
export function copyOwnLog({ db }: Store, lab: LabId): string {
  const noteOf = (role: 'cosigned' | 'quorum') =>
    db.select().from(checkpoints).where(eq(checkpoints.role, role)).get()?.note ?? null
  // Before the entries: the node may be at work beside this, and a checkpoint must not count more than there is.
  const [latest, quorum] = [noteOf('cosigned'), noteOf('quorum')]
  const rows = db.select().from(logEntries).orderBy(asc(logEntries.index)).all()
  const envelopes = rows.map((row) => envelopeSchema.parse(JSON.parse(row.envelope)))
  return logCopyText({ lab, envelopes, latest, quorum })
}
