/**
 * What only a person can do: accept the roster, sign or refuse an agreement, approve a request, withdraw. Every act opens
 * the officer's own key with the officer's passphrase and names, by its short code, what the officer read here.
 * @module
 */
import {
  type AgreementId,
  type AgreementOutcome,
  type ExtractId,
  keyId,
  type PartyId,
  type StatementBody,
} from '@kruispunt/contracts'
import { type SigningKey, toHex } from '@kruispunt/crypto'
import {
  type AgreementState,
  LabRecordError,
  type LabState,
  type NextRoster,
  newestCeremony,
  type RequestState,
} from '@kruispunt/lab-record'
import { documentHash, matchesRosterCode, matchesShortCode } from '@kruispunt/statements'
import type { Outbox, OutboxRow } from '../agent/outbox.ts'
import type { Replica } from '../agent/replica.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import type { NewOfficer } from '../enrolment.ts'
import type { Violation } from '../errors.ts'
import { NodeError, refuseUnless } from '../errors.ts'
import type { ExtractStore } from '../extracts/extract-store.ts'
import type { OfficerKeys } from '../keys/officer-keys.ts'
import type { OwnKeyName, OwnKeys } from '../keys/own-keys.ts'
import { signedAs } from './agreement-decisions.ts'
import { type RosterChange, rosterAfter } from './roster-change.ts'

/** Who acts. */
export type Signature = { readonly officer: string; readonly passphrase: string }

/** What a party wants changed: keys renewed, officers in and out, parties out, a longer life. */
export type RosterWish = {
  readonly renew?: readonly OwnKeyName[] | undefined
  readonly addOfficers?: readonly NewOfficer[] | undefined
  /** Names or key ids. */
  readonly removeOfficers?: readonly string[] | undefined
  readonly removeParties?: readonly PartyId[] | undefined
  readonly days?: number | undefined
}

/** What the node's own record refuses, in the node's words. */
const recordCodes: Partial<Record<LabRecordError['code'], NodeError['code']>> = {
  roster_not_accepted: 'roster_not_accepted',
  roster_exists: 'roster_proposed',
  roster_expired: 'roster_expired',
  roster_invalid: 'roster_unusable',
  roster_key_unproven: 'roster_not_ours',
  signer_unknown: 'officer_not_in_roster',
  ceremony_not_complete: 'ceremony_not_complete',
  already_decided: 'already_decided',
  revoked: 'agreement_not_active',
  agreement_expired: 'agreement_expired',
  agreement_not_active: 'agreement_not_active',
  agreement_unknown: 'agreement_unknown',
  request_unknown: 'request_unknown',
  extract_unknown: 'extract_unknown',
  extract_mode_differs: 'extract_stays_here',
  job_out_of_order: 'request_not_to_confirm',
  not_in_role: 'agreement_not_ours',
  ceremony_out_of_order: 'ceremony_not_running',
}

/** @throws NodeError for what the record refuses */
export function asNodeError<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof LabRecordError)) throw error
    const code = recordCodes[error.code]
    if (code === undefined) throw error
    const violations: Violation[] = [{ path: 'statement', message: error.code }]
    throw new NodeError(code, { cause: error, violations })
  }
}

export type OfficerActs = ReturnType<typeof createOfficerActs>

export function createOfficerActs(deps: {
  readonly replica: Replica
  readonly outbox: Outbox
  readonly officers: OfficerKeys
  readonly extracts: ExtractStore
  readonly party: PartyId
  readonly ownKeys: OwnKeys
  readonly clock: () => number
  /** From the invitation: what a roster must say of the broker. */
  readonly broker: { readonly name: string; readonly brokerKey: string; readonly logKey: string }
  /** Deletes the keys of these extracts at once. */
  readonly destroyKeys: (agreement: AgreementId, extractIds: readonly ExtractId[]) => void
  /** Deletes the secret of an agreement at once: nothing more is delivered under it. */
  readonly destroySecret: (agreement: AgreementId) => void
  readonly onDurableStep: OnDurableStep
}) {
  const { replica, outbox, officers, extracts, party, ownKeys, broker, onDurableStep } = deps

  function rosterOf(state: LabState): NonNullable<LabState['roster']> {
    refuseUnless(state.roster !== undefined, 'roster_missing')
    return state.roster
  }

  /** A broker that put other keys under our name would read as us in everything that follows. */
  function assertRosterIsOurs(roster: NonNullable<LabState['roster']>): void {
    const { document } = roster
    const own = document.parties.find(({ id }) => id === party)
    const mine = new Map(officers.list().map(({ keyId, publicKey }) => [keyId, publicKey]))
    const fits =
      own !== undefined &&
      own.nodeKey.publicKey === toHex(ownKeys.node().publicKey) &&
      own.witnessKey.publicKey === toHex(ownKeys.witness().publicKey) &&
      own.officers.length === mine.size &&
      own.officers.every((officer) => mine.get(officer.keyId) === officer.publicKey) &&
      document.broker.name === broker.name &&
      document.broker.brokerKey.publicKey === broker.brokerKey &&
      document.broker.logKey.publicKey === broker.logKey
    refuseUnless(fits, 'roster_not_ours')
  }

  /** The keys of ours that the next roster names for us. Those of the broker may change; officers read that they do. */
  function keysNamedBy({ document }: Pick<NextRoster, 'document'>): SigningKey[] {
    const own = document.parties.find(({ id }) => id === party)
    if (own === undefined) return []
    const mine = new Set(officers.list().map(({ publicKey }) => publicKey))
    const node = ownKeys.find('node', own.nodeKey.keyId)
    const witness = ownKeys.find('witness', own.witnessKey.keyId)
    const areOurs = own.officers.every(({ publicKey }) => mine.has(publicKey))
    refuseUnless(node !== undefined && witness !== undefined && areOurs, 'roster_not_ours')
    // The key of now signs along where it is replaced, so that it does not count as lost.
    return [...new Map([node, witness, ownKeys.node()].map((key) => [key.keyId, key])).values()]
  }

  function acceptNext(next: Pick<NextRoster, 'document' | 'hash'>, { officer, passphrase }: Signature): OutboxRow {
    const named = keysNamedBy(next)
    const key = officers.unlock(officer, passphrase)
    const body: StatementBody<'roster-acceptance'> = { kind: 'roster-acceptance', rosterHash: next.hash }
    return add(body, `roster-acceptance:${next.hash}:${key.keyId}`, [key, ...named])
  }

  function agreementOf(id: AgreementId): AgreementState {
    const agreement = replica.record.state.agreements.get(id)
    refuseUnless(agreement !== undefined, 'agreement_unknown')
    refuseUnless(
      agreement.document.parties.some((listed) => listed.id === party),
      'agreement_not_ours',
    )
    return agreement
  }

  function requestOf(hash: string): RequestState {
    const request = replica.record.state.requests.get(hash)
    refuseUnless(request !== undefined, 'request_unknown')
    return request
  }

  function add(body: StatementBody, topic: string, keys: readonly SigningKey[], together?: () => void): OutboxRow {
    const row = asNodeError(() => outbox.add({ body, topic, keys }, together))
    onDurableStep('decision-recorded')
    return row
  }

  /**
   * A withdrawal holds here whatever the log is worth: on a node that has stopped nothing can be signed, but its keys go.
   * @throws NodeError `withdrawn_here_only`
   */
  function withdrawing(record: () => OutboxRow, mark: () => void, destroy: () => void): OutboxRow {
    try {
      const row = record()
      destroy()
      return row
    } catch (error) {
      if (!(error instanceof NodeError && error.code === 'frozen')) throw error
      mark()
      destroy()
      throw new NodeError('withdrawn_here_only', { cause: error })
    }
  }

  /** New keys are made here, so that a proposal never names one nobody holds. */
  function changeOf(wish: RosterWish): RosterChange {
    const { renew = [], removeOfficers = [], addOfficers = [], removeParties = [], days } = wish
    const listed = officers.list()
    const named = (name: string) => {
      const found = listed.find((one) => one.name === name || one.keyId === name)
      refuseUnless(found !== undefined, 'officer_unknown')
      return found
    }
    const part = (key: SigningKey) => ({ keyId: keyId.parse(key.keyId), publicKey: toHex(key.publicKey) })
    const added = addOfficers.map((officer) => ({
      ...part(officers.ensure(officer.name, officer.role, officer.passphrase)),
      role: officer.role,
    }))
    return {
      nodeKey: renew.includes('node') ? part(ownKeys.renew('node')) : undefined,
      witnessKey: renew.includes('witness') ? part(ownKeys.renew('witness')) : undefined,
      addOfficers: added,
      removeOfficers: removeOfficers.map((name) => named(name).keyId),
      removeParties,
      expires: days === undefined ? undefined : new Date(deps.clock() + days * 86_400_000).toISOString(),
    }
  }

  return {
    /** @throws NodeError `short_code_wrong`, `roster_missing`, `roster_not_ours`, `passphrase_wrong`, `officer_unknown`, `frozen` */
    acceptRoster({ officer, passphrase, shortCode }: Signature & { readonly shortCode: string }): OutboxRow {
      const { nextRoster } = replica.record.state
      if (nextRoster !== undefined && matchesRosterCode(nextRoster.hash, shortCode))
        return acceptNext(nextRoster, { officer, passphrase })
      const roster = rosterOf(replica.record.state)
      refuseUnless(matchesRosterCode(roster.hash, shortCode), 'short_code_wrong')
      // In force already, because the others were enough.
      if (roster.document.version > 1) return acceptNext(roster, { officer, passphrase })
      assertRosterIsOurs(roster)
      const key = officers.unlock(officer, passphrase)
      const body: StatementBody<'roster-acceptance'> = { kind: 'roster-acceptance', rosterHash: roster.hash }
      // One acceptance per party: the topic holds no officer.
      return add(body, `roster-acceptance:${roster.hash}`, [key, ownKeys.node(), ownKeys.witness()])
    },
    /**
     * Puts forward the roster that follows. It counts for nobody until officers have compared and accepted it, this one included.
     * @throws NodeError codes of `rosterAfter`, `roster_missing`, `passphrase_wrong`
     */
    proposeRoster({ officer, passphrase, ...wish }: Signature & RosterWish): OutboxRow {
      const current = rosterOf(replica.record.state)
      const key = officers.unlock(officer, passphrase)
      const document = rosterAfter(current, party, changeOf(wish))
      const hash = documentHash('roster', document)
      return add({ kind: 'roster', document }, `roster:${hash}`, [key])
    },
    /** The next epoch of an agreement: everybody delivers again. */
    rotateEpoch(
      order: Signature & { readonly agreement: AgreementId; readonly reason: 'scheduled' | 'compromise' },
    ): OutboxRow {
      const agreement = agreementOf(order.agreement)
      const newest = newestCeremony(agreement)
      refuseUnless(newest !== undefined, 'ceremony_not_complete')
      const key = officers.unlock(order.officer, order.passphrase)
      const epoch = newest.epoch + 1
      const body: StatementBody<'epoch-rotation'> = {
        kind: 'epoch-rotation',
        agreement: agreement.id,
        epoch,
        reason: order.reason,
      }
      return add(body, `epoch-rotation:${agreement.id}:${epoch}`, [key])
    },
    /** Signs or refuses an agreement under exactly the id whose text was shown. */
    decideAgreement(
      order: Signature & {
        readonly agreement: AgreementId
        readonly shortCode: string
        readonly decision: AgreementOutcome
        readonly reason: string | null
      },
    ): OutboxRow {
      const agreement = agreementOf(order.agreement)
      refuseUnless(matchesShortCode(agreement.id, order.shortCode), 'short_code_wrong')
      const key = officers.unlock(order.officer, order.passphrase)
      const body: StatementBody<'agreement-approval'> = {
        kind: 'agreement-approval',
        agreement: agreement.id,
        reason: order.reason,
        ...signedAs(order.decision),
      }
      return add(body, `agreement-approval:${agreement.id}:${key.keyId}`, [key])
    },
    decideRequest(
      order: Signature & {
        readonly requestHash: string
        readonly decision: 'approved' | 'rejected'
        readonly reason: string | null
      },
    ): OutboxRow {
      const request = requestOf(order.requestHash)
      const key = officers.unlock(order.officer, order.passphrase)
      const { decision, reason } = order
      const requestHash = request.recorded.hash
      const body: StatementBody<'request-approval'> = { kind: 'request-approval', requestHash, decision, reason }
      return add(body, `request-approval:${requestHash}:${key.keyId}`, [key])
    },
    /** Effective here at once: the keys are gone before anything is sent. */
    withdrawExtract(order: Signature & { readonly extractId: ExtractId; readonly reason: string }): OutboxRow {
      const extract = extracts.get(order.extractId)
      refuseUnless(['sent', 'sending'].includes(extract.state), 'extract_not_ready')
      const key = officers.unlock(order.officer, order.passphrase)
      const { extractId, reason } = order
      const body: StatementBody<'revocation'> = { kind: 'revocation', scope: 'extract', id: extractId, reason }
      const mark = () => extracts.setState(extractId, 'withdrawn')
      // What was made of it for single requests opens no longer either.
      const made = extracts.list().filter(({ madeFor, keyPresent }) => keyPresent && madeFor?.source === extractId)
      return withdrawing(
        () => add(body, `revocation:extract:${extractId}`, [key], mark),
        mark,
        () => deps.destroyKeys(extract.agreement, [extractId, ...made.map((one) => one.extractId)]),
      )
    },
    /**
     * Effective here at once: no key is released to it, whatever the log says. What was released cannot be recalled; the job
     * ends when the broker reads this, or at its own time.
     */
    withdrawRequest(order: Signature & { readonly requestHash: string; readonly reason: string }): OutboxRow {
      const { statement } = requestOf(order.requestHash).recorded
      const key = officers.unlock(order.officer, order.passphrase)
      const { requestId: id } = statement
      const body: StatementBody<'revocation'> = { kind: 'revocation', scope: 'request', id, reason: order.reason }
      return add(body, `revocation:request:${id}`, [key])
    },
    withdrawAgreement(order: Signature & { readonly agreement: AgreementId; readonly reason: string }): OutboxRow {
      const { id } = agreementOf(order.agreement)
      const key = officers.unlock(order.officer, order.passphrase)
      const body: StatementBody<'revocation'> = { kind: 'revocation', scope: 'agreement', id, reason: order.reason }
      const own = extracts.list().filter((extract) => extract.agreement === id && extract.keyPresent)
      const ids = own.map(({ extractId }) => extractId)
      const mark = () => {
        for (const extractId of ids) extracts.setState(extractId, 'withdrawn')
      }
      return withdrawing(
        () => add(body, `revocation:agreement:${id}`, [key], mark),
        mark,
        () => {
          deps.destroyKeys(id, ids)
          deps.destroySecret(id)
        },
      )
    },
  }
}
