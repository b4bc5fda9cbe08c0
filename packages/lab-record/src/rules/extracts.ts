/** Extract rules (protocol §3.6) and revocation (§3.11). */
import type { AgreementDocument, Dataset, ExtractId, StatementOf } from '@kruispunt/contracts'
import { refuseUnless } from '../errors.ts'
import {
  agreedColumns,
  agreementStatus,
  approvalsMissing,
  asksOwnExtracts,
  isCurrent,
  isRequestOver,
  usableCeremony,
} from '../queries.ts'
import type { ExtractState, LabState, Recorded } from '../state.ts'
import type { Rule } from './context.ts'

export const extract: Rule<'extract'> = ({ state, recorded, signer, at }) => {
  const { statement } = recorded
  refuseUnless(signer.role === 'node' && signer.party === statement.from, 'not_in_role')
  refuseUnless(statement.party === signer.party, 'not_in_role')
  const agreement = state.agreements.get(statement.agreement)
  refuseUnless(agreement !== undefined, 'agreement_unknown')
  const status = agreementStatus(agreement, at)
  refuseUnless(status !== 'withdrawn', 'revoked')
  refuseUnless(status !== 'expired', 'agreement_expired')
  refuseUnless(status === 'active', 'agreement_not_active')
  const ceremony = usableCeremony(agreement)
  refuseUnless(ceremony !== undefined && ceremony.epoch === statement.epoch, 'ceremony_not_complete')
  refuseUnless(!state.extracts.has(statement.extractId), 'extract_exists')

  const party = agreement.document.parties.find(({ id }) => id === signer.party)
  const dataset = agreement.document.datasets.find(({ id }) => id === statement.dataset)
  refuseUnless(party !== undefined && dataset?.party === party.id, 'column_not_agreed')
  refuseUnless(statement.subjects <= party.maxRecords && statement.records <= party.maxRecords, 'too_many_records')
  const made =
    statement.forRequest === undefined ? standing(state, statement, dataset) : forRequest(state, recorded, at)
  // Exactly these columns: one more is not agreed, one fewer is an extract nobody can count on.
  const recipe = agreement.document.linkage
  const tables = new Map(agreedColumns(dataset, recipe).map((column) => [column.name, column.table]))
  const wanted = new Set(made.columns ?? [...tables.keys()])
  refuseUnless(statement.columns.length === wanted.size, 'column_not_agreed')
  refuseUnless(
    statement.columns.every((column) => wanted.has(column.name) && tables.get(column.name) === column.table) &&
      new Set(statement.columns.map((column) => column.name)).size === wanted.size,
    'column_not_agreed',
  )
  // Invented people are there when and only when they were asked for, each at most once.
  const hasDecoys = [...wanted].some((name) => tables.get(name) === 'decoys')
  refuseUnless(hasDecoys === (statement.decoys !== undefined), 'column_not_agreed')
  refuseUnless((statement.decoys ?? 0) <= (recipe.selfTest ?? 0), 'too_many_records')
  return () => {
    state.extracts.set(statement.extractId, {
      recorded,
      withdrawn: undefined,
      replacedBy: undefined,
      keyDestroyed: undefined,
    })
    if (made.current) made.current.replacedBy = statement.extractId
    ceremony.extracts += 1
  }
}

/** What a delivery takes the place of, and its columns where they are not all that was agreed. */
type Made = { readonly current: ExtractState | undefined; readonly columns: readonly string[] | undefined }

/** Stays until it is replaced; not of a dataset that is opened for single requests only. */
function standing(state: LabState, statement: StatementOf<'extract'>, dataset: Dataset): Made {
  refuseUnless(dataset.extractMode !== 'per-request', 'extract_mode_differs')
  // An id that a request has named belongs to what is made for it.
  const isNamed = [...state.requests.values()].some(({ recorded }) =>
    recorded.statement.extracts.some(({ extractId }) => extractId === statement.extractId),
  )
  refuseUnless(!isNamed, 'extract_exists')
  const current = [...state.extracts.values()].find(
    (other) =>
      isCurrent(other) && isSamePlace(other.recorded.statement, statement) && !other.recorded.statement.forRequest,
  )
  refuseUnless((current?.recorded.statement.extractId ?? null) === statement.replaces, 'extract_exists')
  return { current, columns: undefined }
}

const isSamePlace = (a: StatementOf<'extract'>, b: StatementOf<'extract'>) =>
  a.agreement === b.agreement && a.dataset === b.dataset && a.period === b.period && a.epoch === b.epoch

/** For one request, once everybody who has to has approved it and before its job, with the id and columns it names. */
function forRequest(state: LabState, { statement }: Recorded<StatementOf<'extract'>>, at: number): Made {
  const request = state.requests.get(statement.forRequest?.requestHash ?? '')
  refuseUnless(request !== undefined, 'request_unknown')
  const { statement: asking } = request.recorded
  const document = state.agreements.get(asking.agreement)?.document
  refuseUnless(document !== undefined && asksOwnExtracts(document, asking.extracts), 'extract_mode_differs')
  const asked = asking.extracts.find(({ extractId }) => extractId === statement.extractId)
  refuseUnless(asked?.party === statement.party && asked.dataset === statement.dataset, 'request_invalid')
  refuseUnless(asking.agreement === statement.agreement && asking.epoch === statement.epoch, 'request_invalid')
  refuseUnless(request.withdrawn === undefined, 'revoked')
  refuseUnless(request.job === undefined && !isRequestOver(request, at), 'job_out_of_order')
  refuseUnless(approvalsMissing(state, request).length === 0, 'job_out_of_order')
  refuseUnless(statement.version === 1 && statement.replaces === null, 'request_invalid')
  refuseUnless(isSourceInOrder(state, document, statement), 'extract_unknown')
  return { current: undefined, columns: asked.columns }
}

/**
 * Of a dataset that stands, the delivery that counts. Of one that does not, a delivery that is at the node only: never on record, and
 * one dataset's for good.
 */
function isSourceInOrder(state: LabState, document: AgreementDocument, statement: StatementOf<'extract'>): boolean {
  const source = statement.forRequest?.source as ExtractId
  const mode = document.datasets.find(({ id }) => id === statement.dataset)?.extractMode ?? 'standing'
  const known = state.extracts.get(source)
  if (mode === 'standing') {
    const sent = known?.recorded.statement
    return (
      known !== undefined && isCurrent(known) && sent !== undefined && !sent.forRequest && isSamePlace(sent, statement)
    )
  }
  const others = [...state.extracts.values()].map(({ recorded }) => recorded.statement)
  return (
    known === undefined && others.every((other) => other.forRequest?.source !== source || isSamePlace(other, statement))
  )
}

export const revocation: Rule<'revocation'> = ({ state, recorded, signer }) => {
  refuseUnless(signer.role === 'officer', 'not_in_role')
  const { scope, id } = recorded.statement
  if (scope === 'agreement') {
    const agreement = [...state.agreements.values()].find((candidate) => candidate.id === id)
    refuseUnless(agreement !== undefined, 'agreement_unknown')
    refuseUnless(
      agreement.document.parties.some((party) => party.id === signer.party),
      'not_in_role',
    )
    refuseUnless(agreement.withdrawn === undefined, 'revoked')
    return () => {
      agreement.withdrawn = recorded
    }
  }
  if (scope === 'extract') {
    const target = state.extracts.get(id as ExtractId)
    refuseUnless(target !== undefined, 'extract_unknown')
    refuseUnless(target.recorded.statement.party === signer.party, 'not_in_role')
    refuseUnless(target.withdrawn === undefined, 'revoked')
    return () => {
      target.withdrawn = recorded
    }
  }
  const request = [...state.requests.values()].find((candidate) => candidate.recorded.statement.requestId === id)
  refuseUnless(request !== undefined, 'request_unknown')
  refuseUnless(
    request.recorded.statement.extracts.some((asked) => asked.party === signer.party),
    'not_in_role',
  )
  refuseUnless(request.withdrawn === undefined, 'revoked')
  return () => {
    request.withdrawn = recorded
  }
}

export const keyDestroyed: Rule<'key-destroyed'> = ({ state, recorded, signer }) => {
  refuseUnless(signer.role === 'node' && signer.party === recorded.statement.from, 'not_in_role')
  const targets = recorded.statement.extractIds.map((id) => state.extracts.get(id))
  refuseUnless(
    targets.every((target) => target?.recorded.statement.party === signer.party),
    'extract_unknown',
  )
  return () => {
    for (const target of targets) if (target) target.keyDestroyed = recorded.index
  }
}
