/**
 * The verdict to read: what is wrong first, then what the log says, then what is worth asking.
 * @module
 */
import { spokenCode } from '../read/hashes.ts'
import type { AnswerVerdict } from './answers.ts'
import type { RequestVerdict } from './requests.ts'
import type { AgreementVerdict, Verdict } from './verdict.ts'
import { answerWords, faultWords, type Language, remarkWords, stateWords } from './words.ts'

export type NamedAnswer = { readonly file: string; readonly verdict: AnswerVerdict }

const faultsShown = 20
const short = (hash: string) => `${hash.slice(0, 12)}…`
const day = (instant: string) => `${instant.slice(0, 16).replace('T', ' ')} UTC`
const list = (names: readonly string[]) => (names.length === 0 ? '–' : names.join(', '))

export function verdictText(verdict: Verdict, answers: readonly NamedAnswer[], language: Language): string {
  const say = (nl: string, en: string) => (language === 'nl' ? nl : en)
  const word = (state: string) => stateWords[state]?.[language] ?? state
  const entry = (index: number) => say(`regel ${index}`, `entry ${index}`)

  const head = verdict.valid
    ? say(
        `KLOPT: ${verdict.size} regels van Datalab ${verdict.lab}, opnieuw afgespeeld zonder de programmatuur van knooppunt of schakelpunt.`,
        `HOLDS: ${verdict.size} entries of lab ${verdict.lab}, replayed without the code of node or broker.`,
      )
    : say(
        `KLOPT NIET: ${verdict.faults.length} fouten. Bouw hier niet op.`,
        `DOES NOT HOLD: ${verdict.faults.length} faults. Build nothing on it.`,
      )
  const faults = verdict.faults
    .slice(0, faultsShown)
    .map(
      ({ code, entry: at, line }) =>
        `  ${at === null ? say('controlepunt', 'checkpoint') : entry(at)} (${say('bestandsregel', 'line of the file')} ${line}): ${faultWords[code][language]} [${code}]`,
    )
  if (verdict.faults.length > 0)
    faults.push(
      say(
        '  De eerste fout is meestal de oorzaak van de andere.',
        '  The first fault is mostly the cause of the others.',
      ),
    )

  const { quorum } = verdict
  const witnessed = quorum.reached
    ? say(
        `Gezien door getuigen: ${quorum.size} van ${verdict.size} regels, ${quorum.witnesses.length} getuigen (nodig ${quorum.needed}): ${list(quorum.witnesses.map(({ party }) => party))}; sinds ${day(quorum.since ?? '')}, ${quorum.ageHours} uur geleden.`,
        `Seen by witnesses: ${quorum.size} of ${verdict.size} entries, ${quorum.witnesses.length} witnesses (${quorum.needed} needed): ${list(quorum.witnesses.map(({ party }) => party))}; since ${day(quorum.since ?? '')}, ${quorum.ageHours} hours ago.`,
      )
    : say(
        `NIET door genoeg getuigen gezien: ${quorum.witnesses.length} van ${quorum.needed} nodig.`,
        `NOT seen by enough witnesses: ${quorum.witnesses.length} of ${quorum.needed} needed.`,
      )
  const roster =
    verdict.rosterHash === null ? [] : [`${say('Deelnemerslijst', 'Roster')}: ${spokenCode(verdict.rosterHash, 24)}`]

  const agreementLines = ({ id, title, reference, version, ...agreement }: AgreementVerdict) => [
    `  ${title} (${reference}, ${say('versie', 'version')} ${version}, ${spokenCode(id, 12)}): ${word(agreement.state)}`,
    `    ${say('ondertekend door', 'signed by')} ${list(agreement.signedBy.map(({ party, entry: at }) => `${party} (${at})`))}`,
    ...(agreement.refusedBy.length === 0
      ? []
      : [`    ${say('geweigerd door', 'refused by')} ${list(agreement.refusedBy.map(({ party }) => party))}`]),
    ...(agreement.completeSince === null
      ? []
      : [
          `    ${say('compleet sinds', 'complete since')} ${day(agreement.completeSince.at)} (${entry(agreement.completeSince.entry)}); ${say('loopt tot', 'runs until')} ${day(agreement.validUntil)}`,
        ]),
    ...(agreement.withdrawn === null
      ? []
      : [
          `    ${say('ingetrokken door', 'withdrawn by')} ${agreement.withdrawn.party}, ${day(agreement.withdrawn.at)} (${entry(agreement.withdrawn.entry)})`,
        ]),
    ...(agreement.supersededBy === null
      ? []
      : [`    ${say('vervangen door', 'superseded by')} ${spokenCode(agreement.supersededBy, 12)}`]),
    ...(agreement.closedByRoster === null
      ? []
      : [`    ${say('gesloten door deelnemerslijst versie', 'closed by roster version')} ${agreement.closedByRoster}`]),
    `    ${say('sleutelafspraken', 'key ceremonies')}: ${list(agreement.ceremonies.map(({ epoch, state }) => `${epoch} ${word(state)}`))}`,
  ]
  const requestLines = (request: RequestVerdict) => [
    `  ${short(request.requestId)} ${day(request.at)} (${entry(request.entry)}): ${request.question}`,
    `    ${say('gevraagd', 'asked for')}: ${list(request.extracts.map(({ party, columns }) => `${party} ${columns.length} ${say('kolommen', 'columns')}`))}`,
    ...request.approvals.map(
      ({ party, needed, given }) =>
        `    ${say('goedkeuring', 'approval')} ${party}: ${given.length} ${say('van', 'of')} ${needed}`,
    ),
    ...(request.rejectedBy === null ? [] : [`    ${say('afgewezen door', 'rejected by')} ${request.rejectedBy.party}`]),
    ...(request.withdrawnBy === null
      ? []
      : [`    ${say('ingetrokken door', 'withdrawn by')} ${request.withdrawnBy.party}`]),
    ...(request.job === null
      ? []
      : [
          `    ${say('berekening', 'job')} (${entry(request.job.entry)}) ${say('tot', 'until')} ${day(request.job.until)}${request.closed === null ? '' : `, ${say('gesloten', 'closed')}: ${word(request.closed.reason)}`}`,
        ]),
    `    ${say('sleutels vrijgegeven, toen toegestaan', 'keys released, allowed at the time')}: ${list(request.releases.map(({ party, entry: at }) => `${party} (${at})`))}`,
    ...request.refusals.map(({ party, code }) => `    ${say('geweigerd door', 'refused by')} ${party}: ${code}`),
    ...request.results.map(
      ({ entry: at, resultSha256, released, withheld, inTime }) =>
        `    ${say('uitkomst', 'result')} (${at}) ${short(resultSha256)} ${released} ${say('getoond', 'shown')}, ${withheld} ${say('onderdrukt', 'withheld')}${inTime ? '' : `, ${say('TE LAAT', 'LATE')}`}`,
    ),
  ]
  const section = (nl: string, en: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', say(nl, en), ...lines]

  return [
    head,
    ...faults,
    ...roster,
    witnessed,
    ...section('Deelafspraken', 'Agreements', verdict.agreements.flatMap(agreementLines)),
    ...section(
      'Leveringen',
      'Deliveries',
      verdict.deliveries.map(
        ({ party, dataset, version, state, keyDestroyed, extractId, entry: at }) =>
          `  ${party} ${dataset} ${say('versie', 'version')} ${version} (${entry(at)}, ${short(extractId)}): ${word(state)}${keyDestroyed === null ? '' : `; ${say('sleutel vernietigd', 'key destroyed')} ${day(keyDestroyed.at)} (${keyDestroyed.entry}${keyDestroyed.cause === null ? '' : `, ${word(keyDestroyed.cause)}`})`}`,
      ),
    ),
    ...section('Aanvragen', 'Requests', verdict.requests.flatMap(requestLines)),
    ...section(
      'Uitkomsten in uw handen',
      'Answers in your hands',
      answers.map(({ file, verdict: found }) =>
        found.onRecord
          ? `  ${file}: ${say('staat vastgelegd', 'is on record')}, ${found.places.map(({ entry: at, requestId }) => `${entry(at)} ${say('van', 'of')} ${short(requestId)}`).join('; ')}`
          : `  ${file}: ${answerWords[found.code][language]} [${found.code}]`,
      ),
    ),
    ...section(
      'Om na te vragen',
      'Worth asking',
      verdict.remarks.map(
        ({ code, entry: at, about }) =>
          `  ${entry(at)}: ${remarkWords[code][language]} (${about.length > 20 ? short(about) : about})`,
      ),
    ),
  ].join('\n')
}
