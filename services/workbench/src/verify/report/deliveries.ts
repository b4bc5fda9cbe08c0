/** What became of each delivery, and whether its owner said that its key is gone. */
import type { AnyEntry, Entry } from '../rules/entries.ts'
import type { Journal } from '../rules/journal.ts'
import { agreementOf, agreementState, endOfRequest, endsOf, requestOf } from '../rules/questions.ts'
import { type Place, placeOf, type Remark } from './places.ts'

export type Delivery = Place & {
  readonly extractId: string
  readonly party: string
  readonly agreement: string
  readonly dataset: string
  readonly period: string
  readonly version: number
  readonly epoch: number
  /** The one request it was made for; null of one that any request may ask. */
  readonly forRequest: string | null
  readonly state: 'current' | 'replaced' | 'withdrawn' | 'destroyed' | 'over'
  readonly endedBy: Place | null
  /** Where its owner says that the key was destroyed. */
  readonly keyDestroyed: (Place & { readonly cause: string | null }) | null
  /** End of the agreed time to keep it. */
  readonly keptUntil: string | null
}

/** A node that is on has said so long before; one that was off for a weekend has not. */
const patienceMs = 72 * 3_600_000
const dayMs = 86_400_000

function deliveryOf(journal: Journal, entry: Entry<'extract'>, at: number) {
  const { statement } = entry
  const ends = endsOf(journal, statement.extractId)
  const destroyed = ends.find(({ how }) => how === 'destroyed')
  const [ended] = ends
  const days = agreementOf(journal, statement.agreement)?.statement.document.retention.deliveryDays
  const keptUntil = days === undefined ? undefined : entry.at + days * dayMs
  const agreement = agreementState(journal, statement.agreement, at)
  const request = statement.forRequest && requestOf(journal, statement.forRequest.requestHash)
  const requestEnd = request && endOfRequest(journal, request, at)
  const isOver =
    requestEnd !== undefined || agreement === 'withdrawn' || agreement === 'expired' || (keptUntil ?? at + 1) <= at
  const delivery: Delivery = {
    ...placeOf(entry),
    extractId: statement.extractId,
    party: statement.party,
    agreement: statement.agreement,
    dataset: statement.dataset,
    period: statement.period,
    version: statement.version,
    epoch: statement.epoch,
    forRequest: statement.forRequest?.requestHash ?? null,
    state: ended?.how ?? (isOver ? 'over' : 'current'),
    endedBy: ended === undefined ? (requestEnd?.entry ? placeOf(requestEnd.entry) : null) : placeOf(ended.entry),
    keyDestroyed: destroyed === undefined ? null : { ...placeOf(destroyed.entry), cause: causeOf(destroyed.entry) },
    keptUntil: keptUntil === undefined ? null : new Date(keptUntil).toISOString(),
  }
  const since =
    ended?.entry.at ?? (isOver ? endOfLife(journal, statement.agreement, keptUntil, requestEnd?.at) : undefined)
  const isOverdue = destroyed === undefined && since !== undefined && at - since > patienceMs
  const remarks: Remark[] = isOverdue
    ? [{ code: 'destruction_unsaid', entry: entry.index, about: statement.extractId }]
    : []
  return { delivery, remarks }
}

const causeOf = ({ statement }: AnyEntry) => (statement.kind === 'key-destroyed' ? (statement.cause ?? null) : null)

/** When the agreement, the request it was for or the time to keep ended, whichever came first. */
function endOfLife(journal: Journal, agreement: string, ...others: readonly (number | undefined)[]): number {
  const document = agreementOf(journal, agreement)?.statement.document
  const withdrawn = journal.about('revocation', agreement).find(({ statement }) => statement.scope === 'agreement')
  const ends = [...others, Date.parse(document?.validUntil ?? ''), withdrawn?.at]
  return Math.min(...ends.filter((end) => end !== undefined && !Number.isNaN(end)).map(Number))
}

export const deliveriesOf = (journal: Journal, at: number) =>
  journal.of('extract').map((entry) => deliveryOf(journal, entry, at))
