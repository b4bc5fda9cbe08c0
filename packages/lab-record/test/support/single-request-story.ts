/** An agreement of which one dataset is opened for single requests only: zorg's. The others stand. */
import type { AgreementId, ExtractId, StatementBody } from '@kruispunt/contracts'
import { agreementDocument } from './agreement.ts'
import { ggd, type Party, parties, zorg } from './cast.ts'
import { createScribe, extractIdOf, hex, requestIdOf } from './scribe.ts'

/** Of the extract that a request names for a party. */
export const madeIdOf = (request: number, party: Party) =>
  hex(16, `${4 + request}${parties.indexOf(party) + 1}`) as ExtractId
/** Of the delivery that zorg keeps at its node, which no log ever holds. */
export const keptId = hex(16, 'e7') as ExtractId

type Asked = { readonly agreement: AgreementId; readonly requestHash: string }

export function singleRequestScribe() {
  const scribe = createScribe()
  const ownRequest = (agreement: AgreementId, number: number, change: Record<string, unknown> = {}) => {
    const body = scribe.requestBody(agreement, { requestId: requestIdOf(number) })
    const extracts = body.extracts.map((asked, at) => ({ ...asked, extractId: madeIdOf(number, parties[at] as Party) }))
    return { ...body, extracts, ...change } as StatementBody<'request'>
  }
  const sourceOf = (party: Party) => (party === zorg ? keptId : extractIdOf(party))
  const made = (
    agreement: AgreementId,
    number: number,
    requestHash: string,
    party: Party,
    change: Record<string, unknown> = {},
  ) =>
    scribe.extractBody(agreement, party, {
      extractId: madeIdOf(number, party),
      forRequest: { requestHash, source: sourceOf(party) },
      ...change,
    })

  type Until = {
    ready(): AgreementId
    asked(number?: number, agreement?: AgreementId): Asked
    approved(number?: number, agreement?: AgreementId): Asked
    made(number?: number, agreement?: AgreementId): Asked
    jobbed(number?: number, agreement?: AgreementId): Asked & { jobHash: string }
  }
  const until: Until = {
    /** Who stands has delivered. */
    ready() {
      const { datasets } = agreementDocument()
      const agreement = scribe.until.keyed({
        datasets: datasets.map((one) => (one.party === 'zorg' ? { ...one, extractMode: 'per-request' as const } : one)),
      })
      for (const party of parties.filter((one) => one !== zorg))
        scribe.byNode(party, scribe.extractBody(agreement, party))
      return agreement
    },
    asked(number = 1, agreement = until.ready()) {
      return { agreement, requestHash: scribe.byCoordinator(ownRequest(agreement, number), scribe.inMinutes(600)).hash }
    },
    approved(number = 1, agreement = until.ready()) {
      const asked = until.asked(number, agreement)
      scribe.approveRequest(asked.requestHash, 0)
      scribe.approveRequest(asked.requestHash, 1)
      return asked
    },
    made(number = 1, agreement = until.ready()) {
      const approved = until.approved(number, agreement)
      for (const party of parties) scribe.byNode(party, made(agreement, number, approved.requestHash, party))
      return approved
    },
    jobbed(number = 1, agreement = until.ready()) {
      const ready = until.made(number, agreement)
      return { ...ready, jobHash: scribe.byBroker(scribe.jobBody(ready.requestHash), scribe.inMinutes(30)).hash }
    },
  }
  const release = (requestHash: string, jobHash: string, party: Party, number = 1) =>
    scribe.releaseBody(requestHash, jobHash, party, { extractId: madeIdOf(number, party) })
  return { ...scribe, ownRequest, made, release, single: until }
}

/** One request to its end, one of standing deliveries alone, one that was withdrawn after its extracts were made. */
export function singleRequestStory() {
  const scribe = singleRequestScribe()
  const { agreement, requestHash, jobHash } = scribe.single.jobbed()
  for (const party of parties) scribe.byNode(party, scribe.release(requestHash, jobHash, party))
  scribe.byBroker({
    kind: 'result',
    requestHash,
    tableHash: hex(32, 'a'),
    resultSha256: hex(32, 'b'),
    released: 1,
    withheld: 0,
  })
  scribe.byBroker({ kind: 'job-closed', requestHash, reason: 'closed-by-coordinator' })
  for (const party of parties)
    scribe.byNode(party, { kind: 'key-destroyed', extractIds: [madeIdOf(1, party)], cause: 'request-ended' })
  const standing = scribe.requestBody(agreement, { requestId: requestIdOf(2) })
  const others = standing.extracts.filter(({ party }) => party !== zorg.id)
  scribe.byCoordinator({ ...standing, extracts: others }, scribe.inMinutes(600))
  const third = scribe.single.made(3, agreement)
  scribe.byOfficer(ggd, { kind: 'revocation', scope: 'request', id: requestIdOf(3), reason: 'niet nodig' })
  return { ...scribe, agreement, requestHash, third: third.requestHash }
}
