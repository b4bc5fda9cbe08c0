/**
 * What a withdrawal would do, told before anybody signs it: which keys go, which requests end, and what cannot be recalled any
 * more (protocol §3.11). Looks at the log and the own extracts only; changes nothing.
 * @module
 */
import type { AgreementId, ExtractId, PartyId } from '@kruispunt/contracts'
import type { LabState, RequestState } from '@kruispunt/lab-record'
import { NodeError, refuseUnless } from '../errors.ts'

/** What is looked at of a delivery of this node. */
type OwnExtract = {
  readonly extractId: ExtractId
  readonly agreement: AgreementId
  readonly dataset: string
  readonly period: string
  readonly keyPresent: boolean
  readonly madeFor: { readonly source: ExtractId } | null
}

export type WithdrawalOf =
  | { readonly scope: 'agreement'; readonly id: AgreementId }
  | { readonly scope: 'extract'; readonly id: ExtractId }
  | { readonly scope: 'request'; readonly requestHash: string }

export type Consequences = {
  readonly scope: WithdrawalOf['scope']
  /** Own deliveries whose keys are destroyed at once; the broker then deletes what it holds of them. */
  readonly keysDestroyed: readonly {
    readonly extractId: ExtractId
    readonly dataset: string
    readonly period: string
  }[]
  /** The secret of the agreement goes too: nothing can be delivered under it any more. */
  readonly secretDestroyed: boolean
  /** Requests that end, and the job of each that runs. */
  readonly requestsEnded: readonly {
    readonly requestId: string
    readonly question: string
    readonly jobUntil: string | null
    /** Keys of this party are in the memory of the broker until the job ends, at the latest at `jobUntil`. */
    readonly keysGiven: boolean
  }[]
  /** On record already; they stay. `entry`: place in the log. */
  readonly resultsStaying: readonly {
    readonly entry: number
    readonly requestId: string
    readonly resultSha256: string
  }[]
  /** Partners who can no longer work under it either. */
  readonly partnersAffected: readonly PartyId[]
}

type Situation = { readonly state: LabState; readonly extracts: readonly OwnExtract[]; readonly party: PartyId }

const isOpen = (request: RequestState) =>
  request.closed === undefined && request.withdrawn === undefined && request.rejected === undefined

/** The extract, and what was made of it for single requests. */
const withMade = (extracts: readonly OwnExtract[], id: string): OwnExtract[] =>
  extracts.filter(({ extractId, madeFor }) => extractId === id || madeFor?.source === id)

function touchedRequests({ state, extracts, party }: Situation, what: WithdrawalOf): RequestState[] {
  const all = [...state.requests.values()]
  if (what.scope === 'request') {
    const request = state.requests.get(what.requestHash)
    refuseUnless(request !== undefined, 'request_unknown')
    refuseUnless(
      request.recorded.statement.extracts.some((asked) => asked.party === party),
      'agreement_not_ours',
    )
    return [request]
  }
  if (what.scope === 'agreement') return all.filter(({ recorded }) => recorded.statement.agreement === what.id)
  const ids = new Set<string>([what.id, ...withMade(extracts, what.id).map(({ extractId }) => extractId)])
  return all.filter(({ recorded }) => recorded.statement.extracts.some(({ extractId }) => ids.has(extractId)))
}

function doomedExtracts({ state, extracts, party }: Situation, what: WithdrawalOf): OwnExtract[] {
  if (what.scope === 'request') return []
  if (what.scope === 'agreement') {
    const agreement = state.agreements.get(what.id)
    refuseUnless(agreement !== undefined, 'agreement_unknown')
    refuseUnless(
      agreement.document.parties.some(({ id }) => id === party),
      'agreement_not_ours',
    )
    return extracts.filter((extract) => extract.agreement === what.id && extract.keyPresent)
  }
  const found = withMade(extracts, what.id)
  if (found.length === 0) throw new NodeError('extract_unknown')
  return found.filter(({ keyPresent }) => keyPresent)
}

/** @throws NodeError `agreement_unknown`, `agreement_not_ours`, `extract_unknown`, `request_unknown` */
export function consequencesOf(situation: Situation, what: WithdrawalOf): Consequences {
  const { state, party } = situation
  const doomed = doomedExtracts(situation, what)
  const requests = touchedRequests(situation, what)
  const parties = what.scope === 'agreement' ? (state.agreements.get(what.id)?.document.parties ?? []) : []
  return {
    scope: what.scope,
    keysDestroyed: doomed.map(({ extractId, dataset, period }) => ({ extractId, dataset, period })),
    secretDestroyed: what.scope === 'agreement',
    requestsEnded: requests.filter(isOpen).map(({ recorded, job, releases }) => ({
      requestId: recorded.statement.requestId,
      question: recorded.statement.question,
      jobUntil: job?.statement.notAfter ?? null,
      keysGiven: recorded.statement.extracts.some((asked) => asked.party === party && releases.has(asked.extractId)),
    })),
    resultsStaying: requests.flatMap(({ recorded, results }) =>
      results.map(({ index, statement }) => ({
        entry: index,
        requestId: recorded.statement.requestId,
        resultSha256: statement.resultSha256,
      })),
    ),
    partnersAffected: parties.map(({ id }) => id).filter((id) => id !== party),
  }
}

type Say = (nl: string, en: string) => string

/** In words, for whoever is about to sign. */
export function consequencesText(found: Consequences, say: Say): string {
  const { keysDestroyed, requestsEnded, resultsStaying, partnersAffected } = found
  const lines = [say('Als u dit intrekt:', 'If you withdraw this:')]
  for (const { dataset, period, extractId } of keysDestroyed)
    lines.push(
      say(
        `- wordt de sleutel van ${dataset} (${period}, ${extractId.slice(0, 8)}…) meteen vernietigd; ook een oudere kopie van dit knooppunt opent haar niet meer, en het schakelpunt wist wat het heeft`,
        `- the key of ${dataset} (${period}, ${extractId.slice(0, 8)}…) is destroyed at once; an older copy of this node will not open it either, and the broker deletes what it holds`,
      ),
    )
  if (found.secretDestroyed)
    lines.push(
      say(
        '- wordt het afgesproken geheim hier vernietigd: onder deze deelafspraak levert niemand meer',
        '- the agreed secret is destroyed here: nobody delivers under this agreement any more',
      ),
    )
  for (const { requestId, question, jobUntil, keysGiven } of requestsEnded) {
    lines.push(
      say(
        `- eindigt aanvraag ${requestId.slice(0, 8)}… (${question})`,
        `- request ${requestId.slice(0, 8)}… (${question}) ends`,
      ),
    )
    if (keysGiven)
      lines.push(
        say(
          `  haar sleutels zijn al vrijgegeven en staan in het geheugen van het schakelpunt. Een eerlijk schakelpunt sluit de berekening meteen; terughalen kan niemand. Zij eindigt uiterlijk ${jobUntil ?? ''}`,
          `  its keys were released and are in the memory of the broker. An honest broker closes the job at once; nobody can recall them. It ends by ${jobUntil ?? ''} at the latest`,
        ),
      )
  }
  if (partnersAffected.length > 0)
    lines.push(
      say(
        `- kunnen ook ${partnersAffected.join(', ')} niet verder onder deze deelafspraak`,
        `- ${partnersAffected.join(', ')} cannot go on under this agreement either`,
      ),
    )
  lines.push(
    resultsStaying.length === 0
      ? say('Er zijn nog geen uitkomsten gegeven.', 'No results were given yet.')
      : say(
          `Deze ${resultsStaying.length} uitkomsten zijn al gegeven en blijven bestaan: regels ${resultsStaying.map(({ entry }) => entry).join(', ')} van het controlespoor.`,
          `These ${resultsStaying.length} results were given and stay: entries ${resultsStaying.map(({ entry }) => entry).join(', ')} of the log.`,
        ),
    say(
      'Intrekken geldt hier meteen, ook als het schakelpunt haar tegenhoudt, en is niet terug te draaien.',
      'A withdrawal holds here at once, also when the broker holds it back, and cannot be undone.',
    ),
  )
  return lines.join('\n')
}
