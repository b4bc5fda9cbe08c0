/** Extract rules (protocol §3.6) and revocation (§3.11). */
import type { ExtractId } from '@kruispunt/contracts'
import { refuseUnless } from '../errors.ts'
import { agreedColumns, agreementStatus, isCurrent, usableCeremony } from '../queries.ts'
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
  // Exactly the agreed columns: one more is not agreed, one fewer is an extract nobody can count on.
  const recipe = agreement.document.linkage
  const agreed = new Map(agreedColumns(dataset, recipe).map((column) => [column.name, column.table]))
  refuseUnless(statement.columns.length === agreed.size, 'column_not_agreed')
  refuseUnless(
    statement.columns.every((column) => agreed.get(column.name) === column.table) &&
      new Set(statement.columns.map((column) => column.name)).size === agreed.size,
    'column_not_agreed',
  )
  // Invented people are there when and only when they were agreed, each at most once.
  const hasDecoys = [...agreed.values()].includes('decoys')
  refuseUnless(hasDecoys === (statement.decoys !== undefined), 'column_not_agreed')
  refuseUnless((statement.decoys ?? 0) <= (recipe.selfTest ?? 0), 'too_many_records')

  const current = [...state.extracts.values()].find(
    (other) =>
      isCurrent(other) &&
      other.recorded.statement.agreement === statement.agreement &&
      other.recorded.statement.dataset === statement.dataset &&
      other.recorded.statement.period === statement.period &&
      other.recorded.statement.epoch === statement.epoch,
  )
  refuseUnless((current?.recorded.statement.extractId ?? null) === statement.replaces, 'extract_exists')
  return () => {
    state.extracts.set(statement.extractId, {
      recorded,
      withdrawn: undefined,
      replacedBy: undefined,
      keyDestroyed: undefined,
    })
    if (current) current.replacedBy = statement.extractId
    ceremony.extracts += 1
  }
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
