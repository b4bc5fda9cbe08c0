/**
 * Tables that a lab keeps under a name, their notes, and its dashboard. Only what was answered can be kept, and only a reference
 * to it: who reads a kept table reads the answer itself.
 * @module
 */
import {
  type EarlierTable,
  type LabId,
  mostNotes,
  mostSaved,
  type Office,
  type SavedShape,
  type SavedTable,
} from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import { and, asc, count, eq } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { savedNotes, savedTables } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'

type Deps = {
  readonly store: Store
  /** What was answered in this lab, newest first. */
  readonly answered: (lab: LabId) => readonly EarlierTable[]
  readonly now: () => number
}
type Wanted = {
  readonly name: string
  readonly release: string
  readonly tableHash: string
  readonly shownAs: SavedShape
  readonly note: string | null
}
type Row = typeof savedTables.$inferSelect

export function createSavedTables({ store, answered, now }: Deps) {
  const { db, atomically } = store
  const instant = () => new Date(now()).toISOString()

  /** @throws BrokerError `not_found` for what is not this lab's */
  function existing(lab: LabId, id: string): Row {
    const row = db
      .select()
      .from(savedTables)
      .where(and(eq(savedTables.lab, lab), eq(savedTables.id, id)))
      .get()
    if (row === undefined) throw new BrokerError('not_found')
    return row
  }
  /** @throws BrokerError `lab_full` */
  function addNote(saved: string, text: string, by: Office): void {
    const [kept] = db.select({ notes: count() }).from(savedNotes).where(eq(savedNotes.saved, saved)).all()
    refuseUnless((kept?.notes ?? 0) < mostNotes, 'lab_full')
    db.insert(savedNotes).values({ saved, text, writtenBy: by, writtenAt: instant() }).run()
  }
  const viewOf = (row: Row, table: EarlierTable): SavedTable => ({
    id: row.id,
    name: row.name,
    shownAs: row.shownAs,
    place: row.place,
    saved: { by: row.savedBy, at: row.savedAt },
    changed: { by: row.changedBy, at: row.changedAt },
    notes: db
      .select()
      .from(savedNotes)
      .where(eq(savedNotes.saved, row.id))
      .orderBy(asc(savedNotes.number))
      .all()
      .map(({ text, writtenBy, writtenAt }) => ({ text, by: writtenBy, at: writtenAt })),
    table,
  })
  const placeFirst = (a: SavedTable, b: SavedTable) =>
    a.place !== null && b.place !== null
      ? a.place - b.place
      : a.place === b.place
        ? b.saved.at.localeCompare(a.saved.at)
        : a.place === null
          ? 1
          : -1

  return {
    list(lab: LabId): SavedTable[] {
      const tables = new Map(answered(lab).map((table) => [`${table.release} ${table.tableHash}`, table]))
      const rows = db.select().from(savedTables).where(eq(savedTables.lab, lab)).all()
      return rows
        .flatMap((row) => {
          const table = tables.get(`${row.release} ${row.tableHash}`)
          return table === undefined ? [] : [viewOf(row, table)]
        })
        .toSorted(placeFirst)
    },
    /** @throws BrokerError `not_found` for what was not answered here, `lab_full` */
    save(lab: LabId, wanted: Wanted, by: Office): void {
      const { name, release, tableHash, shownAs, note } = wanted
      const isAnswered = answered(lab).some((table) => table.release === release && table.tableHash === tableHash)
      refuseUnless(isAnswered, 'not_found')
      atomically(() => {
        const rows = db.select().from(savedTables).where(eq(savedTables.lab, lab)).all()
        const isThere = rows.some((row) => row.release === release && row.tableHash === tableHash && row.name === name)
        if (isThere) return
        refuseUnless(rows.length < mostSaved, 'lab_full')
        const id = randomHex(16)
        const at = instant()
        const first = { savedBy: by, savedAt: at, changedBy: by, changedAt: at }
        db.insert(savedTables)
          .values({ id, lab, release, tableHash, name, shownAs, place: null, ...first })
          .run()
        if (note !== null) addNote(id, note, by)
      })
    },
    /** @throws BrokerError `not_found`, `conflict` for a name that this table has already */
    change(lab: LabId, id: string, wanted: { readonly name: string; readonly shownAs: SavedShape }, by: Office): void {
      atomically(() => {
        const row = existing(lab, id)
        const sameTable = and(
          eq(savedTables.lab, lab),
          eq(savedTables.release, row.release),
          eq(savedTables.tableHash, row.tableHash),
          eq(savedTables.name, wanted.name),
        )
        const named = db.select().from(savedTables).where(sameTable).get()
        refuseUnless(named === undefined || named.id === id, 'conflict')
        db.update(savedTables)
          .set({ ...wanted, changedBy: by, changedAt: instant() })
          .where(eq(savedTables.id, id))
          .run()
      })
    },
    /** @throws BrokerError `not_found`, `lab_full` */
    note: (lab: LabId, id: string, text: string, by: Office): void =>
      atomically(() => addNote(existing(lab, id).id, text, by)),
    /** With its notes; the answer stays. @throws BrokerError `not_found` */
    remove: (lab: LabId, id: string): void =>
      atomically(() => {
        db.delete(savedTables)
          .where(eq(savedTables.id, existing(lab, id).id))
          .run()
      }),
    /** The dashboard as it is to be. @throws BrokerError `not_found` for one that is not this lab's */
    arrange: (lab: LabId, order: readonly string[], by: Office): void =>
      atomically(() => {
        const places = new Map(order.map((id, place) => [existing(lab, id).id, place]))
        for (const { id, place } of db.select().from(savedTables).where(eq(savedTables.lab, lab)).all()) {
          const wanted = places.get(id) ?? null
          if (wanted === place) continue
          const changed = { place: wanted, changedBy: by, changedAt: instant() }
          db.update(savedTables).set(changed).where(eq(savedTables.id, id)).run()
        }
      }),
  }
}
