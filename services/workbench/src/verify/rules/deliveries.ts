/** Deliveries, withdrawals, and destroyed keys. */
import { type CeremonyFault, notWorkable } from './ceremony.ts'
import type { Entry } from './entries.ts'
import type { Journal } from './journal.ts'
import { agreementOf, columnsAgreed, extractOf, isCurrent, sameNames, takesPart, usableEpoch } from './questions.ts'

export type ExtractFault =
  | CeremonyFault
  | 'extract_exists'
  | 'extract_unknown'
  | 'column_not_agreed'
  | 'too_many_records'
  | 'request_unknown'

export function mayDeliver(entry: Entry<'extract'>, journal: Journal): ExtractFault | undefined {
  const { who, statement, at } = entry
  if (who.role !== 'node' || statement.party !== who.name) return 'not_in_role'
  const fault = notWorkable(journal, statement.agreement, at)
  if (fault !== undefined) return fault
  if (usableEpoch(journal, statement.agreement) !== statement.epoch) return 'ceremony_not_complete'
  if (extractOf(journal, statement.extractId) !== undefined) return 'extract_exists'

  const document = agreementOf(journal, statement.agreement)?.statement.document
  const party = document?.parties.find(({ id }) => id === who.name)
  const dataset = document?.datasets.find(({ id }) => id === statement.dataset)
  if (document === undefined || party === undefined || dataset?.party !== who.name) return 'column_not_agreed'
  if (Math.max(statement.subjects, statement.records) > party.maxRecords) return 'too_many_records'
  const agreed = columnsAgreed(dataset, document.linkage)
  const isAgreed =
    sameNames(
      statement.columns.map(({ name }) => name),
      [...agreed.keys()],
    ) && statement.columns.every(({ name, table }) => agreed.get(name) === table)
  if (!isAgreed) return 'column_not_agreed'
  if ([...agreed.values()].includes('decoys') !== (statement.decoys !== undefined)) return 'column_not_agreed'
  if ((statement.decoys ?? 0) > (document.linkage.selfTest ?? 0)) return 'too_many_records'

  const before = journal.of('extract').find(({ statement: other }) => {
    const isSame =
      other.agreement === statement.agreement && other.dataset === statement.dataset && other.epoch === statement.epoch
    return isSame && other.period === statement.period && isCurrent(journal, other.extractId)
  })
  return (before?.statement.extractId ?? null) === statement.replaces ? undefined : 'extract_exists'
}

/** Any officer of a party withdraws what is that party's: a delivery of its own, an agreement or request it takes part in. */
export function mayWithdraw({ who, statement }: Entry<'revocation'>, journal: Journal): ExtractFault | undefined {
  if (who.role !== 'officer') return 'not_in_role'
  const { scope, id } = statement
  const isOurs = (): boolean | ExtractFault => {
    if (scope === 'agreement') {
      const agreement = agreementOf(journal, id)
      return agreement === undefined ? 'agreement_unknown' : takesPart(agreement, who.name)
    }
    if (scope === 'extract') {
      const extract = extractOf(journal, id)
      return extract === undefined ? 'extract_unknown' : extract.statement.party === who.name
    }
    const request = journal.about('request', id)[0]
    if (request === undefined) return 'request_unknown'
    return request.statement.extracts.some(({ party }) => party === who.name)
  }
  const ours = isOurs()
  if (ours !== true) return ours === false ? 'not_in_role' : ours
  return journal.about('revocation', id).some((other) => other.statement.scope === scope) ? 'revoked' : undefined
}

export function maySayDestroyed(
  { who, statement }: Entry<'key-destroyed'>,
  journal: Journal,
): ExtractFault | undefined {
  if (who.role !== 'node') return 'not_in_role'
  const owners = statement.extractIds.map((id) => extractOf(journal, id)?.statement.party)
  return owners.every((party) => party === who.name) ? undefined : 'extract_unknown'
}
