/**
 * Answered tables that a lab keeps under a name, with notes, and those that stand on its dashboard. Everybody of the lab reads
 * them; the figures themselves stay where they are, in the answer that a release vouches for.
 * @module
 */
import { z } from 'zod'
import { portalRole } from './accounts.ts'
import { digest, instant, labId, partyId } from './ids.ts'
import { earlierTable } from './lab-reading.ts'

/** As much as one dashboard, one table and one lab hold. */
export const mostOnDashboard = 12
export const mostNotes = 100
export const mostSaved = 500

/** Nine digits in a row, with or without marks between them, may be somebody's citizen number. */
const mayBeNumber = /\d(?:[ .-]?\d){8}/
export const holdsNumber = (text: string): boolean => mayBeNumber.test(text)

/** What people write by hand beside a table. */
const written = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !/[\p{Cc}\p{Cf}]/u.test(text.replaceAll('\n', '')), 'holds marks that cannot be seen')
    .refine((text) => !holdsNumber(text), 'holds a number that may be somebody’s')
export const savedName = written(120)
export const savedText = written(1000)

/** Whoever did it, by office: the role, and the partner of a reader. Never a person. */
export const office = z.strictObject({ role: portalRole, party: partyId.nullable() })
export type Office = z.infer<typeof office>

const savedId = z.string().regex(/^[0-9a-f]{32}$/)
export const savedShape = z.enum(['table', 'bars', 'heat-map', 'map'])
export type SavedShape = z.infer<typeof savedShape>

const done = { by: office, at: instant }

export const savedTable = z.strictObject({
  id: savedId,
  name: savedName,
  shownAs: savedShape.describe('on the dashboard'),
  place: z.int().min(0).nullable().describe('on the dashboard, from 0; null where it does not stand on it'),
  saved: z.strictObject(done),
  changed: z.strictObject(done).describe('name, way of showing or place'),
  notes: z.array(z.strictObject({ text: savedText, ...done })).describe('oldest first'),
  table: earlierTable,
})
export type SavedTable = z.infer<typeof savedTable>

/** Those on the dashboard first, in their order; then the newest. */
export const savedTables = z.strictObject({ saved: z.array(savedTable) })
export type SavedTables = z.infer<typeof savedTables>

export const savedTableParams = z.strictObject({ lab: labId, saved: savedId })
/** Saving the same table under the same name again changes nothing. */
export const savedTableRequest = z.strictObject({
  name: savedName,
  release: digest,
  tableHash: digest,
  shownAs: savedShape.default('table'),
  note: savedText.nullable().default(null),
})
export const savedTableChange = z.strictObject({ name: savedName, shownAs: savedShape })
export const savedNoteRequest = z.strictObject({ text: savedText })
/** The whole order; who is not in it comes off. */
export const dashboardRequest = z.strictObject({ saved: z.array(savedId).max(mostOnDashboard) })
