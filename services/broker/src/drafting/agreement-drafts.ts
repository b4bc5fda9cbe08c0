/**
 * Agreements that a lab's coordinators are writing. Kept whole at every change; two who write at once hear of each other.
 * @module
 */
import {
  type AgreementDocument,
  type AgreementDraft,
  agreementDocument,
  type LabId,
  mostDrafts,
  type Office,
  type PartyId,
} from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import { and, eq } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { agreementDrafts } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import { faultsOf } from '../requests/agreement-ready.ts'
import { agreementTemplate } from './agreement-template.ts'

type Deps = { readonly store: Store; readonly now: () => number }
type Row = typeof agreementDrafts.$inferSelect
type Based =
  | { readonly on: 'model'; readonly parties: readonly { readonly id: PartyId; readonly name: string }[] }
  | { readonly on: 'agreement'; readonly document: AgreementDocument }

export function createAgreementDrafts({ store: { db, atomically }, now }: Deps) {
  const instant = () => new Date(now()).toISOString()
  const ofLab = (lab: LabId) => eq(agreementDrafts.lab, lab)

  /** @throws BrokerError `not_found` for what is not this lab's */
  function existing(lab: LabId, id: string): Row {
    const row = db
      .select()
      .from(agreementDrafts)
      .where(and(ofLab(lab), eq(agreementDrafts.id, id)))
      .get()
    if (row === undefined) throw new BrokerError('not_found')
    return row
  }
  // Read as the contract is now: a draft of before an update may lack what agreements have since.
  const viewOf = ({ id, version, document, changedBy, changedAt }: Row): AgreementDraft => {
    const { success, data } = agreementDocument.safeParse(document)
    if (!success) throw new BrokerError('agreement_invalid')
    return { id, version, changed: { by: changedBy, at: changedAt }, document: data, faults: faultsOf(data) }
  }
  /** A new text has its own dates and its own number, and takes the place of what it came from. */
  const startOf = (lab: LabId, based: Based): AgreementDocument => {
    const fresh = (parties: readonly { readonly id: PartyId; readonly name: string }[]) =>
      agreementTemplate(lab, parties, new Date(now()))
    if (based.on === 'model') return fresh(based.parties)
    const { validFrom, validUntil } = fresh(based.document.parties)
    return { ...based.document, version: based.document.version + 1, validFrom, validUntil, attachments: [] }
  }

  return {
    list: (lab: LabId) =>
      db
        .select()
        .from(agreementDrafts)
        .where(ofLab(lab))
        .all()
        .toSorted((a, b) => b.changedAt.localeCompare(a.changedAt))
        .map((row) => ({
          id: row.id,
          title: row.document.title,
          changed: { by: row.changedBy, at: row.changedAt },
          faults: agreementDocument.safeParse(row.document).success ? faultsOf(row.document).length : 1,
        })),
    read: (lab: LabId, id: string): AgreementDraft => viewOf(existing(lab, id)),
    /** @throws BrokerError `lab_full`; `roster_incomplete` where there are no two partners yet */
    begin: (lab: LabId, based: Based, by: Office): AgreementDraft =>
      atomically(() => {
        refuseUnless(db.select().from(agreementDrafts).where(ofLab(lab)).all().length < mostDrafts, 'lab_full')
        refuseUnless(based.on === 'agreement' || based.parties.length >= 2, 'roster_incomplete')
        const id = randomHex(16)
        const row = { id, lab, version: 1, document: startOf(lab, based), changedBy: by, changedAt: instant() }
        db.insert(agreementDrafts).values(row).run()
        return viewOf(row)
      }),
    /** @throws BrokerError `not_found`, `conflict` for a version that is not the newest or a text of another lab */
    change: (lab: LabId, id: string, version: number, document: AgreementDocument, by: Office): AgreementDraft =>
      atomically(() => {
        const row = existing(lab, id)
        refuseUnless(row.version === version && document.lab === lab, 'conflict')
        const changed = { version: version + 1, document, changedBy: by, changedAt: instant() }
        db.update(agreementDrafts).set(changed).where(eq(agreementDrafts.id, id)).run()
        return viewOf({ ...row, ...changed })
      }),
    /** @throws BrokerError `not_found` */
    remove: (lab: LabId, id: string): void =>
      atomically(() => {
        db.delete(agreementDrafts)
          .where(eq(agreementDrafts.id, existing(lab, id).id))
          .run()
      }),
  }
}
