/** Roster, acceptances, agreements and decisions on them. */
import type { AgreementDocument } from '@kruispunt/contracts'
import { keyIdOf } from '../read/hashes.ts'
import type { Entry } from './entries.ts'
import { agreementIdOf, type Journal } from './journal.ts'
import { agreementOf, closedBy, takesPart } from './questions.ts'
import { isWhole, keepsOwners, rosterHashOf } from './rosters.ts'

export type AgreementFault =
  | 'not_in_role'
  | 'roster_exists'
  | 'roster_invalid'
  | 'roster_rollback'
  | 'roster_fast_forward'
  | 'roster_skipped'
  | 'roster_prev_differs'
  | 'roster_expired'
  | 'roster_key_unproven'
  | 'recovery_differs'
  | 'wrong_roster'
  | 'already_decided'
  | 'agreement_exists'
  | 'agreement_invalid'
  | 'agreement_unknown'
  | 'agreement_expired'
  | 'revoked'

export function mayPutRoster(
  { who, statement, at }: Entry<'roster'>,
  { rosters }: Journal,
): AgreementFault | undefined {
  const { document } = statement
  const current = rosters.current()
  const hash = rosterHashOf(document)
  if (current === undefined) {
    if (who.role !== 'broker') return 'not_in_role'
    const isFirst = document.version === 1 && document.prev === null
    if (!isFirst || !isWhole(document, statement.lab, keyIdOf)) return 'roster_invalid'
    return statement.roster === hash ? undefined : 'wrong_roster'
  }
  if (who.role !== 'broker' && who.role !== 'officer') return 'not_in_role'
  if (!rosters.isInForce() || rosters.candidate()?.hash === hash) return 'roster_exists'
  const { version } = current.document
  if (document.version <= version) return 'roster_rollback'
  const follows = document.prev === current.hash
  if (document.version > version + 1) return follows ? 'roster_fast_forward' : 'roster_skipped'
  if (!follows) return 'roster_prev_differs'
  if (at >= Date.parse(document.expires)) return 'roster_expired'
  const isSameLog = document.broker.name === current.document.broker.name
  const isGood = isSameLog && isWhole(document, statement.lab, keyIdOf) && keepsOwners(current.document, document)
  return isGood ? undefined : 'roster_invalid'
}

export function mayAcceptRoster(entry: Entry<'roster-acceptance'>, journal: Journal): AgreementFault | undefined {
  const { who, statement, signedBy, at } = entry
  const { rosters } = journal
  const current = rosters.current()
  const candidate = rosters.candidate()
  const isFirst = current !== undefined && current.hash === statement.rosterHash
  if (!isFirst && candidate?.hash !== statement.rosterHash) return 'wrong_roster'
  const document = isFirst ? current.document : candidate?.document
  const own = document?.parties.find(({ id }) => id === who.name)
  if (isFirst) {
    if (who.role !== 'officer') return 'not_in_role'
    const said = journal.about('roster-acceptance', statement.rosterHash).some((other) => other.who.name === who.name)
    if (said) return 'already_decided'
    return own !== undefined && hasSigned(signedBy, [own.nodeKey, own.witnessKey]) ? undefined : 'roster_key_unproven'
  }
  if (document === undefined || candidate === undefined) return 'wrong_roster'
  if (at >= Date.parse(document.expires)) return 'roster_expired'
  if (who.role === 'node' || who.role === 'witness') return 'not_in_role'
  const said = who.role === 'officer' ? candidate.officers.has(statement.keyId) : candidate.signed.has(statement.keyId)
  if (said || candidate.officers.has(statement.keyId)) return 'already_decided'
  const { brokerKey, logKey } = document.broker
  const ofBroker = who.role === 'broker' ? [brokerKey, logKey] : []
  // A party that leaves has its officers only.
  const needed = who.role === 'officer' && own !== undefined ? [own.nodeKey, own.witnessKey] : ofBroker
  return hasSigned(signedBy, needed) ? undefined : 'roster_key_unproven'
}

const hasSigned = (signedBy: ReadonlySet<string>, keys: readonly { readonly keyId: string }[]) =>
  keys.every(({ keyId }) => signedBy.has(keyId))

/** One officer's word, once a party, about this very log. */
export function mayRecover({ who, statement }: Entry<'recovery'>, journal: Journal): AgreementFault | undefined {
  if (who.role !== 'officer') return 'not_in_role'
  if (journal.rootAt(statement.size) !== statement.root) return 'recovery_differs'
  const again = journal
    .of('recovery')
    .some((other) => other.who.name === who.name && other.statement.size === statement.size)
  return again ? 'already_decided' : undefined
}

const isTwice = (names: readonly string[]) => new Set(names).size !== names.length

/** What makes a text contradict itself in who takes part with what. The recipe's own arithmetic is not done again here. */
function contradictsItself({
  parties,
  datasets,
  linkage,
  pseudonymMode,
  tables,
  populations,
  validFrom,
  validUntil,
}: AgreementDocument): boolean {
  const mayUseNumber = new Set(parties.filter(({ citizenNumber }) => citizenNumber.allowed).map(({ id }) => id))
  const ids = new Set(parties.map(({ id }) => id))
  const known = new Set(populations.map(({ id }) => id))
  return (
    (pseudonymMode === 'joint-oprf' && !linkage.keys.some(({ id }) => id === 'B1')) ||
    ids.size !== parties.length ||
    Date.parse(validFrom) >= Date.parse(validUntil) ||
    isTwice(datasets.map(({ id }) => id)) ||
    isTwice(datasets.flatMap(({ dimensions }) => dimensions.map(({ id }) => id))) ||
    datasets.some(({ party }) => !ids.has(party)) ||
    datasets.some(
      ({ party, identifiers, linkageKeys }) =>
        !mayUseNumber.has(party) &&
        (linkageKeys.some((key) => key === 'B1') || identifiers.some(({ field }) => field === 'citizenNumber')),
    ) ||
    tables.some(({ population }) => !known.has(population))
  )
}

export function mayPropose({ who, statement }: Entry<'agreement'>, journal: Journal): AgreementFault | undefined {
  if (who.role !== 'coordinator') return 'not_in_role'
  const { document } = statement
  if (agreementOf(journal, agreementIdOf(document)) !== undefined) return 'agreement_exists'
  const inRoster = new Set<string>(journal.roster()?.parties.map(({ id }) => id))
  if (document.lab !== statement.lab || document.parties.some(({ id }) => !inRoster.has(id))) return 'agreement_invalid'
  if (contradictsItself(document)) return 'agreement_invalid'
  const { supersedes } = document
  if (supersedes === null) return undefined
  const former = agreementOf(journal, supersedes)
  if (former === undefined) return 'agreement_unknown'
  return document.parties.some(({ id }) => takesPart(former, id)) ? undefined : 'agreement_invalid'
}

export function mayDecide(
  { who, statement, at }: Entry<'agreement-approval'>,
  journal: Journal,
): AgreementFault | undefined {
  if (who.role !== 'officer') return 'not_in_role'
  const agreement = agreementOf(journal, statement.agreement)
  if (agreement === undefined) return 'agreement_unknown'
  if (!takesPart(agreement, who.name)) return 'not_in_role'
  if (journal.about('revocation', statement.agreement).some((revoked) => revoked.statement.scope === 'agreement'))
    return 'revoked'
  if (closedBy(journal, agreement) !== undefined) return 'revoked'
  if (at >= Date.parse(agreement.statement.document.validUntil)) return 'agreement_expired'
  const earlier = journal.about('agreement-approval', statement.agreement)
  return earlier.some((other) => other.statement.keyId === statement.keyId) ? 'already_decided' : undefined
}
