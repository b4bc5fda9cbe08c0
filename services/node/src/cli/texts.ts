/**
 * Answers of commands as text. Short lines, words of the glossary.
 * @module
 */

import type { AgreementDifferences } from '@kruispunt/contracts'
import type { LogVerification } from '../agent/verify-log.ts'
import type { Language } from '../delivery-port.ts'
import type { KruispuntNode } from '../node.ts'

type Views = KruispuntNode['views']
type Say = (nl: string, en: string) => string
type NextRoster = NonNullable<ReturnType<Views['roster']>['next']>
type Difference = NextRoster['differences'][number]

const states: Record<Language, Record<string, string>> = {
  nl: {
    'in-review': 'ter beoordeling',
    active: 'actief',
    rejected: 'niet akkoord',
    withdrawn: 'ingetrokken',
    expired: 'verlopen',
    'not-started': 'nog niet begonnen',
    running: 'loopt',
    complete: 'afgerond',
    aborted: 'opgegeven',
    connected: 'verbonden',
    waiting: 'wacht op het schakelpunt',
    starting: 'nog niet verbonden',
    frozen: 'stilgezet',
    asked: 'gevraagd',
    'job-open': 'berekening open',
    closed: 'gesloten',
  },
  en: {},
}
const stateWord = (language: Language, state: string): string => states[language][state] ?? state

export function statusText(status: ReturnType<Views['status']>, language: Language, say: Say): string {
  const { broker, log, outbox, frozen } = status
  return [
    `${status.labTitle} (${status.lab}) – ${status.party}`,
    `${say('Schakelpunt', 'Broker')}: ${broker.name}, ${stateWord(language, broker.state)}${broker.code === null ? '' : ` (${broker.code})`}`,
    `${say('Controlespoor', 'Audit trail')}: ${log.size}, ${say('medeondertekend tot', 'cosigned up to')} ${log.quorumSize}`,
    `${say('Nog te versturen', 'Still to be sent')}: ${outbox.length === 0 ? say('niets', 'nothing') : outbox.map(({ kind }) => kind).join(', ')}`,
    `${say('Deelnemerslijst', 'Roster')}: ${status.rosterShortCode ?? say('nog niet', 'not yet')}${status.rosterAccepted ? ` ${say('(bevestigd)', '(accepted)')}` : ''}`,
    ...(status.nextRosterShortCode === null
      ? []
      : [`${say('Voorgelegde deelnemerslijst', 'Roster put forward')}: ${status.nextRosterShortCode}`]),
    ...frozen.map(({ reason, foundAt }) => `${say('STILGEZET', 'FROZEN')}: ${reason}, ${foundAt}`),
  ].join('\n')
}

export function fingerprintText(found: ReturnType<Views['fingerprints']>, say: Say): string {
  return [
    `${say('Partij', 'Party')}: ${found.party}`,
    `${say('Knooppunt', 'Node')}: ${found.nodeKey.keyId}`,
    `${say('Getuige', 'Witness')}: ${found.witnessKey.keyId}`,
    ...found.officers.map(({ name, role, keyId }) => `${name} (${role}): ${keyId}`),
    `${say('Code van de deelnemerslijst', 'Short code of the roster')}: ${found.rosterShortCode ?? say('er is nog geen lijst', 'there is no roster yet')}`,
  ].join('\n')
}

export function rosterText(roster: ReturnType<Views['roster']>, say: Say): string {
  return [
    `${say('Deelnemerslijst', 'Roster')} ${roster.version}, ${say('code', 'short code')}: ${roster.shortCode}`,
    say(
      'Vergelijk deze code mondeling met de andere partners en voer in wat u hoort.',
      'Compare this code with the other partners by voice, and type what you hear.',
    ),
    `${say('Geldig tot', 'Valid until')}: ${roster.expires}`,
    ...roster.coordinators.map(
      (id) => `${say('Sleutel van de datalab-coördinator', 'Key of the lab coordinator')}: ${id}`,
    ),
    ...roster.parties.map(
      ({ id, name, accepted }) =>
        `  ${name} (${id}): ${accepted ? say('bevestigd', 'accepted') : say('nog niet', 'not yet')}`,
    ),
    ...(roster.next === null ? [] : nextRosterLines(roster.next, roster.threshold, say)),
  ].join('\n')
}

const differenceWords: Record<Difference['what'], readonly [nl: string, en: string]> = {
  'party-joins': ['doet voortaan mee', 'joins'],
  'party-leaves': [
    'doet niet meer mee; deelafspraken waar zij in staat sluiten',
    'leaves; agreements that name it close',
  ],
  'node-key': ['krijgt een nieuwe knooppuntsleutel', 'gets a new node key'],
  'witness-key': ['krijgt een nieuwe getuigesleutel', 'gets a new witness key'],
  'officer-joins': ['krijgt een functionaris', 'gets an officer'],
  'officer-leaves': ['verliest een functionaris', 'loses an officer'],
  'coordinator-joins': ['een coördinator komt erbij', 'a coordinator is added'],
  'coordinator-leaves': ['een coördinator gaat weg', 'a coordinator goes'],
  'broker-key': ['het schakelpunt krijgt een nieuwe sleutel', 'the broker gets a new key'],
  'log-key': ['het controlespoor krijgt een nieuwe sleutel', 'the log gets a new key'],
  expires: ['geldig tot', 'valid until'],
}

function nextRosterLines(next: NextRoster, threshold: number, say: Say): string[] {
  const accepted = next.acceptedBy.join(', ') || say('nog niemand', 'nobody yet')
  return [
    '',
    `${say('VOORGELEGD: deelnemerslijst', 'PUT FORWARD: roster')} ${next.version}, ${say('code', 'short code')}: ${next.shortCode}`,
    ...next.differences.map(
      ({ what, who, value }) => `  ${who}: ${say(...differenceWords[what])}${value === null ? '' : ` (${value})`}`,
    ),
    `${say('Bevestigd door', 'Accepted by')}: ${accepted}; ${say('nodig', 'needed')}: ${threshold}`,
    next.waitsFor === 'acceptances'
      ? say('Wacht op meer partners.', 'Waits for more partners.')
      : say('Wacht op een nieuwe sleutel die nog niet is getoond.', 'Waits for a new key that has not been shown yet.'),
  ]
}

export function differencesText({ before, changes }: AgreementDifferences, say: Say): string {
  if (before === null)
    return say('U tekende hiervoor nog geen andere tekst.', 'You signed no other text before this one.')
  const since = say(
    `Anders dan versie ${before.version} (${before.shortCode}), die u tekende op ${before.signedAt}:`,
    `Different from version ${before.version} (${before.shortCode}), which you signed on ${before.signedAt}:`,
  )
  if (changes.length === 0) return say('De tekst is woord voor woord gelijk.', 'The text is the same, word for word.')
  return [
    since,
    ...changes.flatMap(({ place, removed, added }) => [
      '',
      ...(place.length === 0 ? [] : [place.join(' › ')]),
      ...removed.map((line) => `  - ${line}`),
      ...added.map((line) => `  + ${line}`),
    ]),
  ].join('\n')
}

export function agreementsText(all: ReturnType<Views['agreements']>, language: Language, say: Say): string {
  if (all.length === 0) return say('Er zijn nog geen deelafspraken.', 'There are no agreements yet.')
  return all
    .map((one) =>
      [
        `${one.shortCode}  ${one.title} (${one.reference}, v${one.version}) – ${stateWord(language, one.status)}`,
        `  ${one.id}`,
        ...(one.waitingFor.length === 0 ? [] : [`  ${say('wacht op', 'waiting for')}: ${one.waitingFor.join(', ')}`]),
      ].join('\n'),
    )
    .join('\n')
}

export function ceremoniesText(all: ReturnType<Views['ceremonies']>, language: Language, say: Say): string {
  if (all.length === 0)
    return say('Er is nog niets om een sleutel voor af te spreken.', 'There is nothing to agree a key for yet.')
  return all
    .map((one) => {
      const lines = [
        `${one.title}: ${one.epoch === null ? '' : `${say('ronde', 'round')} ${one.epoch}, `}${stateWord(language, one.status)}`,
        `  ${one.agreement}`,
      ]
      if (one.waitingFor.length > 0) lines.push(`  ${say('wacht op', 'waiting for')}: ${one.waitingFor.join(', ')}`)
      if (one.keyUsable) lines.push(`  ${say('de gezamenlijke sleutel is bruikbaar', 'the joint key is usable')}`)
      if (one.abandonedBy !== null)
        lines.push(`  ${say('opgegeven door', 'given up by')} ${one.abandonedBy} (${one.reason})`)
      if (one.trouble !== null && one.waitingFor.length === 0) lines.push(`  ${one.trouble}`)
      return lines.join('\n')
    })
    .join('\n')
}

export function requestsText(all: ReturnType<Views['requests']>, language: Language, say: Say): string {
  if (all.length === 0) return say('Er zijn nog geen aanvragen.', 'There are no requests yet.')
  return all
    .map((one) => {
      const lines = [`${one.requestId}  ${stateWord(language, one.state)}`, `  ${one.question}`]
      for (const { dataset, columns } of one.columns) lines.push(`  ${dataset}: ${columns.join(', ')}`)
      if (one.waitingForApprovalOf.length > 0)
        lines.push(
          `  ${say('wacht op goedkeuring van', 'waiting for approval of')}: ${one.waitingForApprovalOf.join(', ')}`,
        )
      if (one.released) lines.push(`  ${say('sleutels vrijgegeven', 'keys released')}`)
      if (one.inTheWay !== null && !one.released)
        lines.push(`  ${say('nog niet vrijgegeven', 'not released')}: ${one.inTheWay}`)
      for (const { party, code } of one.refusals)
        lines.push(`  ${say('geweigerd door', 'refused by')} ${party}: ${code}`)
      return lines.join('\n')
    })
    .join('\n')
}

export function verificationText(found: LogVerification, language: Language, say: Say): string {
  const { cosigned, quorum } = found
  return [
    `${found.size} ${say('regels, wortel', 'entries, root')} ${found.root}`,
    found.valid
      ? say('Alle handtekeningen, ketens en controlepunten kloppen.', 'All signatures, chains and checkpoints verify.')
      : `${say('KLOPT NIET', 'DOES NOT VERIFY')}: ${found.problem}`,
    `${say('Zelf medeondertekend tot', 'Cosigned here up to')}: ${cosigned?.size ?? 0}`,
    `${say('Medeondertekend door genoeg getuigen tot', 'Cosigned by a quorum up to')}: ${quorum?.size ?? 0}${quorum === null ? '' : ` (${quorum.witnesses.join(', ')})`}`,
    ...found.agreements.map(
      ({ id, status, signedBy }) =>
        `${say('Deelafspraak', 'Agreement')} ${id.slice(0, 12)}: ${stateWord(language, status)}; ${signedBy.join(', ')}`,
    ),
    ...found.requests.flatMap((request) => [
      `${say('Aanvraag', 'Request')} ${request.requestId}: ${say('sleutels van', 'keys from')} ${request.releasedBy.join(', ') || '–'}${request.closed === null ? '' : `; ${request.closed}`}`,
      ...request.refusedBy.map(({ party, code }) => `  ${say('geweigerd door', 'refused by')} ${party}: ${code}`),
      ...request.results.map(
        ({ index, resultSha256, released, withheld }) =>
          `  ${say('uitkomst', 'result')} ${index}: ${resultSha256.slice(0, 16)}… ${released} ${say('getoond', 'shown')}, ${withheld} ${say('onderdrukt', 'withheld')}`,
      ),
    ]),
  ].join('\n')
}
