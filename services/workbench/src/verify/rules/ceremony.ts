/** The order of a key ceremony; what its messages hide only the nodes can check. */
import type { Statement, StatementOf } from '@kruispunt/contracts'
import type { Entry, EntryOf } from './entries.ts'
import type { Journal } from './journal.ts'
import { agreementOf, agreementState, epochDue, newestRound, takesPart, usableEpoch } from './questions.ts'

export type CeremonyFault =
  | 'not_in_role'
  | 'agreement_unknown'
  | 'agreement_expired'
  | 'agreement_not_active'
  | 'revoked'
  | 'ceremony_out_of_order'
  | 'ceremony_not_complete'

/** Why nobody may work under this agreement at this moment. */
export function notWorkable(journal: Journal, agreement: string, at: number): CeremonyFault | undefined {
  const state = agreementState(journal, agreement, at)
  if (state === undefined) return 'agreement_unknown'
  if (state === 'withdrawn') return 'revoked'
  if (state === 'expired') return 'agreement_expired'
  return state === 'active' ? undefined : 'agreement_not_active'
}

type Message = EntryOf<Extract<Statement, { kind: `salt-${string}` }>>

function notByMember({ who, statement, at }: Message, journal: Journal): CeremonyFault | undefined {
  if (who.role !== 'node') return 'not_in_role'
  const agreement = agreementOf(journal, statement.agreement)
  if (agreement === undefined) return 'agreement_unknown'
  if (!takesPart(agreement, who.name)) return 'not_in_role'
  return notWorkable(journal, statement.agreement, at)
}

/** The round this message belongs to, if it runs. */
function running({ statement }: Message, journal: Journal) {
  const round = newestRound(journal, statement.agreement)
  return round?.epoch === statement.epoch && round.givenUpBy === undefined ? round : undefined
}

const partiesOf = (journal: Journal, agreement: string): number =>
  agreementOf(journal, agreement)?.statement.document.parties.length ?? 0

export function mayCommit(entry: Entry<'salt-commit'>, journal: Journal): CeremonyFault | undefined {
  const fault = notByMember(entry, journal)
  if (fault !== undefined) return fault
  const { statement, who } = entry
  if (statement.party !== who.name) return 'not_in_role'
  const newest = newestRound(journal, statement.agreement)
  if (newest !== undefined && newest.epoch === statement.epoch)
    return newest.givenUpBy === undefined && !newest.commits.has(who.name) ? undefined : 'ceremony_out_of_order'
  const isAsked = epochDue(journal, statement.agreement) === statement.epoch
  const mayBegin = newest === undefined || newest.givenUpBy !== undefined || isAsked
  return mayBegin && statement.epoch === (newest?.epoch ?? 0) + 1 ? undefined : 'ceremony_out_of_order'
}

/** Hexadecimal digits of what commits to a share, where shares are agreed. */
const shareDigits = (journal: Journal, agreement: string) =>
  agreementOf(journal, agreement)?.statement.document.pseudonymMode === 'joint-oprf' ? 64 : 0

export function mayReveal(entry: Entry<'salt-reveal'>, journal: Journal): CeremonyFault | undefined {
  const fault = notByMember(entry, journal)
  if (fault !== undefined) return fault
  const { statement, who } = entry
  const round = running(entry, journal)
  const fits =
    round !== undefined &&
    round.commits.size === partiesOf(journal, statement.agreement) &&
    round.commits.has(statement.to) &&
    statement.to !== who.name &&
    !round.reveals.has(`${who.name}>${statement.to}`) &&
    statement.shareCommitment.length === shareDigits(journal, statement.agreement)
  return fits ? undefined : 'ceremony_out_of_order'
}

export function mayConfirm(entry: Entry<'salt-confirm'>, journal: Journal): CeremonyFault | undefined {
  const fault = notByMember(entry, journal)
  if (fault !== undefined) return fault
  const { statement, who } = entry
  if (statement.party !== who.name) return 'not_in_role'
  const parties = partiesOf(journal, statement.agreement)
  const round = running(entry, journal)
  const fits = round !== undefined && round.reveals.size === parties * (parties - 1) && !round.confirms.has(who.name)
  return fits ? undefined : 'ceremony_out_of_order'
}

/** Giving up and accusing; not once somebody has delivered under the round. */
export function givesUp(
  entry: EntryOf<StatementOf<'salt-abort' | 'salt-complaint'>>,
  journal: Journal,
): CeremonyFault | undefined {
  const fault = notByMember(entry, journal)
  if (fault !== undefined) return fault
  const { statement, who } = entry
  if (running(entry, journal) === undefined) return 'ceremony_out_of_order'
  if (statement.party !== who.name) return 'not_in_role'
  const isUsed = journal
    .of('extract')
    .some((sent) => sent.statement.agreement === statement.agreement && sent.statement.epoch === statement.epoch)
  return isUsed ? 'ceremony_out_of_order' : undefined
}

/** Any officer of a party may ask for the next epoch, once one is complete and nobody has asked already. */
export function mayRotate(
  { who, statement, at }: Entry<'epoch-rotation'>,
  journal: Journal,
): CeremonyFault | undefined {
  if (who.role !== 'officer') return 'not_in_role'
  const id = statement.agreement
  const agreement = agreementOf(journal, id)
  if (agreement === undefined) return 'agreement_unknown'
  if (!takesPart(agreement, who.name)) return 'not_in_role'
  const fault = notWorkable(journal, id, at)
  if (fault !== undefined) return fault
  const usable = usableEpoch(journal, id)
  if (usable === undefined) return 'ceremony_not_complete'
  const isFree = newestRound(journal, id)?.epoch === usable && epochDue(journal, id) === undefined
  return isFree && statement.epoch === usable + 1 ? undefined : 'ceremony_out_of_order'
}
