/** Roster, acceptances, agreements and decisions on them. */
import type { AgreementDocument, RosterDocument } from '@kruispunt/contracts'
import { keyIdOf } from '../read/hashes.ts'
import { agreementIdOf, type Entry, type Journal, rosterHashOf } from './journal.ts'
import { agreementOf, takesPart } from './questions.ts'

export type AgreementFault =
  | 'not_in_role'
  | 'roster_exists'
  | 'roster_invalid'
  | 'wrong_roster'
  | 'signature_missing'
  | 'already_decided'
  | 'agreement_exists'
  | 'agreement_invalid'
  | 'agreement_unknown'
  | 'agreement_expired'
  | 'revoked'

/** How many of `n` must cosign: all of three, else more than half together with every third that may lie. */
export function quorumFor(n: number): number {
  return n <= 3 ? n : Math.floor((n + Math.max(1, Math.floor((n - 1) / 3))) / 2) + 1
}

export const keysIn = ({ broker, coordinators, parties }: RosterDocument) => [
  { ...broker.brokerKey, role: 'broker' as const, name: 'broker' },
  ...coordinators.map((key) => ({ ...key, role: 'coordinator' as const, name: 'coordinator' })),
  ...parties.flatMap(({ id, nodeKey, witnessKey, officers }) => [
    { ...nodeKey, role: 'node' as const, name: id as string },
    { ...witnessKey, role: 'witness' as const, name: id as string },
    ...officers.map((key) => ({ ...key, role: 'officer' as const, name: id as string })),
  ]),
]

export function mayPutRoster({ who, statement }: Entry<'roster'>, journal: Journal): AgreementFault | undefined {
  if (who.role !== 'broker') return 'not_in_role'
  if (journal.roster() !== undefined) return 'roster_exists'
  const { document } = statement
  const keys = [...keysIn(document), document.broker.logKey]
  const isWhole =
    keys.every(({ keyId, publicKey }) => keyIdOf(publicKey) === keyId) &&
    new Set(keys.map(({ keyId }) => keyId)).size === keys.length &&
    new Set(document.parties.map(({ id }) => id)).size === document.parties.length &&
    document.lab === statement.lab &&
    document.version === 1 &&
    document.prev === null &&
    document.quorum === quorumFor(document.parties.length) &&
    document.threshold <= document.parties.length
  if (!isWhole) return 'roster_invalid'
  return statement.roster === rosterHashOf(document) ? undefined : 'wrong_roster'
}

export function mayAcceptRoster(
  { who, statement, signedBy }: Entry<'roster-acceptance'>,
  journal: Journal,
): AgreementFault | undefined {
  if (who.role !== 'officer') return 'not_in_role'
  const roster = journal.roster()
  if (roster === undefined || rosterHashOf(roster) !== statement.rosterHash) return 'wrong_roster'
  if (journal.about('roster-acceptance', statement.rosterHash).some((other) => other.who.name === who.name))
    return 'already_decided'
  const own = roster.parties.find(({ id }) => id === who.name)
  const isPossessed = own !== undefined && signedBy.has(own.nodeKey.keyId) && signedBy.has(own.witnessKey.keyId)
  return isPossessed ? undefined : 'signature_missing'
}

const isTwice = (names: readonly string[]) => new Set(names).size !== names.length

/** What makes a text contradict itself in who takes part with what. The recipe's own arithmetic is not done again here. */
function contradictsItself({
  parties,
  datasets,
  tables,
  populations,
  validFrom,
  validUntil,
}: AgreementDocument): boolean {
  const mayUseNumber = new Set(parties.filter(({ citizenNumber }) => citizenNumber.allowed).map(({ id }) => id))
  const ids = new Set(parties.map(({ id }) => id))
  const known = new Set(populations.map(({ id }) => id))
  return (
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
  return supersedes === null || agreementOf(journal, supersedes) !== undefined ? undefined : 'agreement_unknown'
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
  if (at >= Date.parse(agreement.statement.document.validUntil)) return 'agreement_expired'
  const earlier = journal.about('agreement-approval', statement.agreement)
  return earlier.some((other) => other.statement.keyId === statement.keyId) ? 'already_decided' : undefined
}
