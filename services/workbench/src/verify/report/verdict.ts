/**
 * What an auditor wants to know, from a log that was replayed: one verdict per agreement, delivery and request, and what is worth
 * asking about though no rule forbids it.
 * @module
 */
import type { Chain, Fault, Replay } from '../replay.ts'
import type { AnyEntry, Entry } from '../rules/entries.ts'
import type { Journal } from '../rules/journal.ts'
import { agreementState, closedBy, completedBy, idOf, roundsOf, supersededBy } from '../rules/questions.ts'
import { type Delivery, deliveriesOf } from './deliveries.ts'
import { type Place, placeOf, type Remark } from './places.ts'
import { type RequestVerdict, requestsOf } from './requests.ts'

type Signature = Place & { readonly party: string; readonly keyId: string }
const signatureOf = (entry: AnyEntry): Signature => ({
  ...placeOf(entry),
  party: entry.who.name,
  keyId: entry.statement.keyId,
})

export type AgreementVerdict = {
  readonly id: string
  readonly title: string
  readonly reference: string
  readonly version: number
  readonly state: NonNullable<ReturnType<typeof agreementState>>
  readonly proposed: Place & { readonly keyId: string }
  readonly signedBy: readonly Signature[]
  readonly refusedBy: readonly Signature[]
  /** By whose signature everybody had signed. */
  readonly completeSince: Place | null
  readonly validFrom: string
  readonly validUntil: string
  readonly withdrawn: (Signature & { readonly reason: string }) | null
  readonly supersededBy: string | null
  /** The roster version under which a party of it no longer takes part. */
  readonly closedByRoster: number | null
  readonly ceremonies: readonly {
    readonly epoch: number
    readonly state: 'running' | 'complete' | 'given-up'
    readonly givenUpBy: string | null
  }[]
}

export type Verdict = {
  readonly valid: boolean
  readonly lab: string | null
  readonly size: number
  readonly root: string
  readonly rosterHash: string | null
  /** Every roster that counted, oldest first, since the entry that made it count. */
  readonly rosters: readonly { readonly version: number; readonly hash: string; readonly since: number }[]
  /** Officers' words that the log up to a size is the lab's log, after nodes had stopped. */
  readonly recoveries: readonly (Signature & { readonly size: number; readonly root: string })[]
  readonly faults: readonly Fault[]
  readonly remarks: readonly Remark[]
  readonly quorum: {
    /** Entries that enough witnesses have seen; 0 when none. */
    readonly size: number
    readonly needed: number
    readonly witnesses: readonly { readonly party: string; readonly at: string }[]
    readonly reached: boolean
    /** Since when enough witnesses vouch for it, and how long ago that is. */
    readonly since: string | null
    readonly ageHours: number | null
  }
  readonly chains: readonly Chain[]
  readonly agreements: readonly AgreementVerdict[]
  readonly deliveries: readonly Delivery[]
  readonly requests: readonly RequestVerdict[]
}

const ceremoniesOf = (journal: Journal, id: string): AgreementVerdict['ceremonies'] =>
  roundsOf(journal, id).map(({ epoch, givenUpBy, isComplete }) => ({
    epoch,
    state: givenUpBy !== undefined ? 'given-up' : isComplete ? 'complete' : 'running',
    givenUpBy: givenUpBy ?? null,
  }))

function agreementVerdict(journal: Journal, entry: Entry<'agreement'>, at: number): AgreementVerdict {
  const id = idOf(entry)
  const { document } = entry.statement
  const decided = journal.about('agreement-approval', id)
  const complete = completedBy(journal, id, entry)
  const withdrawal = journal.about('revocation', id).find(({ statement }) => statement.scope === 'agreement')
  return {
    id,
    title: document.title,
    reference: document.reference,
    version: document.version,
    state: agreementState(journal, id, at) ?? 'in-review',
    proposed: { ...placeOf(entry), keyId: entry.statement.keyId },
    signedBy: decided.filter(({ statement }) => statement.decision === 'approved').map(signatureOf),
    refusedBy: decided.filter(({ statement }) => statement.decision === 'rejected').map(signatureOf),
    completeSince: complete === undefined ? null : placeOf(complete),
    validFrom: document.validFrom,
    validUntil: document.validUntil,
    withdrawn: withdrawal === undefined ? null : { ...signatureOf(withdrawal), reason: withdrawal.statement.reason },
    supersededBy: supersededBy(journal, id) ?? null,
    closedByRoster: closedBy(journal, entry)?.document.version ?? null,
    ceremonies: ceremoniesOf(journal, id),
  }
}

const hourMs = 3_600_000

function quorumOf({ quorum, journal, roster, roots }: Replay, at: number): Verdict['quorum'] {
  const { size = 0 } = quorum ?? {}
  // Those who counted when it was signed.
  const members = journal.rosters.reigns.findLast(({ since }) => since < size)?.document ?? roster
  const needed = members?.quorum ?? 0
  const cosigned = (quorum?.cosigned ?? []).filter(({ party }) => members?.parties.some(({ id }) => id === party))
  const reached = members !== undefined && cosigned.length >= needed
  const times = cosigned.map(({ timestampSeconds }) => timestampSeconds * 1000).sort((a, b) => b - a)
  const since = reached ? times[needed - 1] : undefined
  return {
    size: reached ? Math.min(quorum?.size ?? 0, roots.size) : 0,
    needed,
    witnesses: cosigned.map(({ party, timestampSeconds }) => ({
      party,
      at: new Date(timestampSeconds * 1000).toISOString(),
    })),
    reached,
    since: since === undefined ? null : new Date(since).toISOString(),
    ageHours: since === undefined ? null : Math.round(((at - since) / hourMs) * 10) / 10,
  }
}

/** @param at - when it is judged, ms since 1970: what is active, expired or overdue depends on it */
export function verdictOf(replayed: Replay, at: number): Verdict {
  const { journal, roots, roster, faults, chains } = replayed
  const quorum = quorumOf(replayed, at)
  const deliveries = deliveriesOf(journal, at)
  const requests = requestsOf(journal, at)
  const unwitnessed: Remark[] =
    quorum.size < roots.size
      ? [{ code: 'entries_unwitnessed', entry: quorum.size, about: String(roots.size - quorum.size) }]
      : []
  return {
    valid: faults.length === 0,
    lab: roster?.lab ?? null,
    size: roots.size,
    root: roots.at(roots.size) ?? '',
    rosterHash: journal.rosters.current()?.hash ?? null,
    rosters: journal.rosters.reigns.map(({ document, hash, since }) => ({ version: document.version, hash, since })),
    recoveries: journal.of('recovery').map((entry) => {
      const { size, root } = entry.statement
      return { ...signatureOf(entry), size, root }
    }),
    faults,
    remarks: [
      ...deliveries.flatMap(({ remarks }) => remarks),
      ...requests.flatMap(({ remarks }) => remarks),
      ...unwitnessed,
    ],
    quorum,
    chains,
    agreements: journal.of('agreement').map((entry) => agreementVerdict(journal, entry, at)),
    deliveries: deliveries.map(({ delivery }) => delivery),
    requests: requests.map(({ request }) => request),
  }
}
