/**
 * Replaying the own copy of the log from nothing: every signature, chain, rule, checkpoint and cosignature. Needs no broker.
 * @module
 */
import { envelope as envelopeSchema, type Invitation, type logVerification } from '@kruispunt/contracts'
import { equalBytes, toHex } from '@kruispunt/crypto'
import {
  agreementStatus,
  createLabRecord,
  type LabRecord,
  LabRecordError,
  logIdentityOf,
  quorumRuleOf,
  witnessName,
} from '@kruispunt/lab-record'
import { StatementError } from '@kruispunt/statements'
import { type LogIdentity, TransparencyLogError, verifyCheckpoint, verifyQuorum } from '@kruispunt/transparency-log'
import { asc, eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Store } from '../db/open-store.ts'
import { checkpoints, logEntries } from '../db/schema.ts'

export type LogVerification = z.infer<typeof logVerification>

/** @returns where the replay stopped and why; undefined if all of it verifies */
function replay({ db }: Store, record: LabRecord): string | undefined {
  for (const row of db.select().from(logEntries).orderBy(asc(logEntries.index)).all()) {
    if (row.index !== record.tree.size) return `entry ${record.tree.size}: missing`
    try {
      record.check(envelopeSchema.parse(JSON.parse(row.envelope))).commit()
    } catch (error) {
      const code = error instanceof LabRecordError || error instanceof StatementError ? error.code : 'unreadable'
      return `entry ${row.index}: ${code}`
    }
  }
  return undefined
}

function isSignedBy(note: string, identity: LogIdentity): boolean {
  try {
    verifyCheckpoint(note, identity)
    return true
  } catch (error) {
    if (error instanceof TransparencyLogError) return false
    throw error
  }
}

export function verifyOwnLog(store: Store, invitation: Invitation, now: number): LogVerification {
  const { lab, brokerName, brokerKey, logKey } = invitation
  const record = createLabRecord({ lab, brokerPublicKey: brokerKey.publicKey })
  const broken = replay(store, record)
  const { state, tree } = record
  const roster = state.roster?.document
  const noteOf = (role: 'cosigned' | 'quorum') =>
    store.db.select().from(checkpoints).where(eq(checkpoints.role, role)).get()
  const fits = (size: number, root: Uint8Array) => size <= tree.size && equalBytes(tree.root(size), root)

  function check<T extends { valid: boolean }>(work: () => T, failed: T): T {
    try {
      return work()
    } catch (error) {
      if (error instanceof TransparencyLogError) return failed
      throw error
    }
  }

  /** The log key may have been replaced since: the note is as good as the key of its time. */
  function verifyUnderAny(note: string) {
    const had = [logKey, ...state.rosters.map(({ document }) => document.broker.logKey)].map(
      ({ publicKey }) => publicKey,
    )
    const identities = [...new Set(had)].map((publicKey) => logIdentityOf(brokerName, lab, publicKey))
    const signed = identities.find((identity) => isSignedBy(note, identity)) ?? identities[0]
    if (signed === undefined) throw new Error('the invitation names no log key')
    return verifyCheckpoint(note, signed)
  }

  const cosignedRow = noteOf('cosigned')
  const cosigned =
    cosignedRow === undefined
      ? null
      : check(
          () => {
            const { size, root } = verifyUnderAny(cosignedRow.note)
            return { size, valid: fits(size, root) && toHex(root) === cosignedRow.root }
          },
          { size: cosignedRow.size, valid: false },
        )
  /** Whoever is in the roster that was in force at that size are its witnesses. */
  const rosterOf = (size: number) => state.rosters.findLast(({ since }) => since < size)?.document
  const quorumRow = noteOf('quorum')
  const partyOf = new Map(roster?.parties.map(({ id }) => [witnessName(brokerName, lab, id), id]))
  const quorum =
    quorumRow === undefined || roster === undefined
      ? null
      : check(
          () => {
            const { checkpoint, cosigners } = verifyQuorum(
              quorumRow.note,
              quorumRuleOf(rosterOf(quorumRow.size) ?? roster),
            )
            const witnesses = cosigners.flatMap(({ name }) => partyOf.get(name) ?? [])
            return { size: checkpoint.size, valid: fits(checkpoint.size, checkpoint.root), witnesses }
          },
          { size: quorumRow.size, valid: false, witnesses: [] },
        )

  const problem =
    broken ??
    (cosigned?.valid === false ? 'the cosigned checkpoint does not fit the entries' : undefined) ??
    (quorum?.valid === false ? 'the quorum checkpoint does not fit the entries' : undefined)
  return {
    valid: problem === undefined,
    size: tree.size,
    root: toHex(tree.root()),
    problem: problem ?? null,
    cosigned,
    quorum,
    agreements: [...state.agreements.values()].map((agreement) => ({
      id: agreement.id,
      status: agreementStatus(agreement, now),
      signedBy: [...agreement.approvals.keys()],
      ceremonies: [...agreement.ceremonies.values()].map(({ epoch, abort, completeAt }) => ({
        epoch,
        status: abort !== undefined ? 'aborted' : completeAt === undefined ? 'running' : 'complete',
      })),
    })),
    requests: [...state.requests.values()].map((request) => ({
      requestId: request.recorded.statement.requestId,
      agreement: request.recorded.statement.agreement,
      releasedBy: [
        ...new Set([...request.releases.values()].map(({ statement }) => ownerOf(request, statement.extractId))),
      ],
      refusedBy: [...request.refusals].map(([party, { statement }]) => ({ party, code: statement.code })),
      results: request.results.map(({ index, statement }) => ({
        index,
        tableHash: statement.tableHash,
        resultSha256: statement.resultSha256,
        released: statement.released,
        withheld: statement.withheld,
      })),
      closed: request.closed?.statement.reason ?? null,
    })),
  }
}

type Request = LabRecord['state']['requests'] extends Map<string, infer R> ? R : never

function ownerOf(request: Request, extractId: string) {
  const asked = request.recorded.statement.extracts.find((extract) => extract.extractId === extractId)
  if (asked === undefined) throw new Error('the record holds a release that nobody asked for')
  return asked.party
}
