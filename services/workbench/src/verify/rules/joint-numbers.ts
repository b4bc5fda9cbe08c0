/** The order of batches of joint numbers; how many a node evaluates it decides itself and says so here. */
import type { StatementOf } from '@kruispunt/contracts'
import { type CeremonyFault, notWorkable } from './ceremony.ts'
import type { Entry, EntryOf } from './entries.ts'
import type { Journal } from './journal.ts'
import { agreementOf, takesPart, usableEpoch } from './questions.ts'

export type JointFault = CeremonyFault | 'oprf_not_agreed' | 'oprf_out_of_order'
type Kind = 'oprf-batch' | 'oprf-evaluation' | 'oprf-refusal' | 'oprf-alarm'

function notInUse({ who, statement, at }: EntryOf<StatementOf<Kind>>, journal: Journal): JointFault | undefined {
  if (who.role !== 'node') return 'not_in_role'
  const agreement = agreementOf(journal, statement.agreement)
  if (agreement === undefined) return 'agreement_unknown'
  if (!takesPart(agreement, who.name)) return 'not_in_role'
  const fault = notWorkable(journal, statement.agreement, at)
  if (fault !== undefined) return fault
  return usableEpoch(journal, statement.agreement) === statement.epoch ? undefined : 'ceremony_not_complete'
}

/** Who has numbers to ask about. */
function mayAsk(journal: Journal, id: string, party: string): boolean {
  const document = agreementOf(journal, id)?.statement.document
  const isAllowed = document?.parties.some((listed) => listed.id === party && listed.citizenNumber.allowed) === true
  const hasNumbers = document?.datasets.some(
    (dataset) => dataset.party === party && dataset.linkageKeys.some((key) => key === 'B1'),
  )
  return document?.pseudonymMode === 'joint-oprf' && isAllowed && hasNumbers === true
}

export function mayAskShare(entry: Entry<'oprf-batch'>, journal: Journal): JointFault | undefined {
  const fault = notInUse(entry, journal)
  if (fault !== undefined) return fault
  const { statement, who } = entry
  const agreement = agreementOf(journal, statement.agreement)
  const isOther = statement.to !== who.name && agreement !== undefined && takesPart(agreement, statement.to)
  if (!mayAsk(journal, statement.agreement, who.name) || !isOther) return 'oprf_not_agreed'
  const isRepeated = journal.about('oprf-batch', statement.agreement).some(({ statement: other, who: sender }) => {
    const isSame = other.epoch === statement.epoch && other.to === statement.to && sender.name === who.name
    return isSame && other.sha256 === statement.sha256
  })
  return isRepeated ? 'oprf_out_of_order' : undefined
}

const batchOf = (journal: Journal, hash: string, epoch: number, agreement: string) => {
  const found = journal.byHash('oprf-batch', hash)
  return found?.statement.epoch === epoch && found.statement.agreement === agreement ? found : undefined
}
const answersTo = (journal: Journal, agreement: string, hash: string) =>
  [...journal.about('oprf-evaluation', agreement), ...journal.about('oprf-refusal', agreement)].filter(
    ({ statement }) => statement.batch === hash,
  )

export function mayAnswerShare(
  entry: EntryOf<StatementOf<'oprf-evaluation' | 'oprf-refusal'>>,
  journal: Journal,
): JointFault | undefined {
  const fault = notInUse(entry, journal)
  if (fault !== undefined) return fault
  const { statement, who } = entry
  const batch = batchOf(journal, statement.batch, statement.epoch, statement.agreement)
  if (batch === undefined) return 'oprf_out_of_order'
  if (batch.statement.to !== who.name) return 'not_in_role'
  const isFirst = answersTo(journal, statement.agreement, statement.batch).length === 0
  const isWhole = !('count' in statement) || statement.count === batch.statement.count
  return isFirst && isWhole && batch.who.name === statement.to ? undefined : 'oprf_out_of_order'
}

/** An accusation of the one who got the answer, once. */
export function mayAccuse(entry: Entry<'oprf-alarm'>, journal: Journal): JointFault | undefined {
  const fault = notInUse(entry, journal)
  if (fault !== undefined) return fault
  const { statement, who } = entry
  const batch = batchOf(journal, statement.batch, statement.epoch, statement.agreement)
  const [answer] = answersTo(journal, statement.agreement, statement.batch)
  if (batch === undefined || answer?.statement.kind !== 'oprf-evaluation') return 'oprf_out_of_order'
  if (batch.who.name !== who.name) return 'not_in_role'
  const isFirst = journal
    .about('oprf-alarm', statement.agreement)
    .every(({ statement: said }) => said.batch !== batch.hash)
  return isFirst && batch.statement.to === statement.accused ? undefined : 'oprf_out_of_order'
}
