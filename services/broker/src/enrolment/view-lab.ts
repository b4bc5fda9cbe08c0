/**
 * A lab in one look: who is in, what is agreed, what was delivered.
 * @module
 */
import type { LabView, RosterDocument } from '@kruispunt/contracts'
import {
  type AgreementState,
  agreementStatus,
  ceremonyStatus,
  currentExtracts,
  type LabRecord,
  rosterLacks,
} from '@kruispunt/lab-record'
import { eq } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { enrolments, invitations, labs } from '../db/schema.ts'
import { BrokerError } from '../errors.ts'
import type { LabLog } from '../log/lab-log.ts'

function viewAgreement({ state }: LabRecord, agreement: AgreementState, at: number): LabView['agreements'][number] {
  const { id, document, approvals, rejections } = agreement
  const parties = document.parties.map((party) => party.id)
  return {
    id,
    title: document.title,
    status: agreementStatus(agreement, at),
    signedBy: parties.filter((party) => approvals.has(party)),
    waitingFor: parties.filter((party) => !approvals.has(party) && !rejections.has(party)),
    ceremony: ceremonyStatus(agreement),
    deliveries: currentExtracts(state, id).map(({ recorded: { statement } }) => ({
      party: statement.party,
      dataset: statement.dataset,
      extractId: statement.extractId,
      version: statement.version,
      subjects: statement.subjects,
      records: statement.records,
    })),
  }
}

const rosterInShort = ({ version, expires, threshold }: RosterDocument) => ({ version, expires, threshold })

function viewNext(state: LabRecord['state']): LabView['nextRoster'] {
  const { nextRoster } = state
  if (nextRoster === undefined) return null
  return {
    hash: nextRoster.hash,
    version: nextRoster.document.version,
    parties: nextRoster.document.parties.map(({ id }) => id),
    acceptedBy: [...nextRoster.acceptedBy.keys()],
    waitsFor: rosterLacks(state, nextRoster) === 'roster_below_threshold' ? 'acceptances' : 'new-keys',
  }
}

/** @throws BrokerError `not_found` */
export function viewLab({ db }: Store, log: LabLog, at: number): LabView {
  const lab = db.select().from(labs).where(eq(labs.id, log.lab)).get()
  if (lab === undefined) throw new BrokerError('not_found')
  const record = log.record()
  const { roster, rosterAcceptedBy, agreements } = record.state
  const enrolled = new Set(
    db
      .select({ party: enrolments.party })
      .from(enrolments)
      .where(eq(enrolments.lab, log.lab))
      .all()
      .map(({ party }) => party),
  )
  const invited = db.select().from(invitations).where(eq(invitations.lab, log.lab)).orderBy(invitations.party).all()
  const parties = roster?.document.parties ?? invited.map(({ party, partyName }) => ({ id: party, name: partyName }))
  return {
    lab: log.lab,
    title: lab.title,
    rehearsal: lab.rehearsal,
    parties: parties.map(({ id, name }) => ({
      id,
      name,
      enrolled: enrolled.has(id),
      rosterAccepted: rosterAcceptedBy.has(id),
    })),
    rosterHash: roster?.hash ?? null,
    roster: roster === undefined ? null : rosterInShort(roster.document),
    nextRoster: viewNext(record.state),
    agreements: [...agreements.values()].map((agreement) => viewAgreement(record, agreement, at)),
    logSize: record.tree.size,
  }
}
