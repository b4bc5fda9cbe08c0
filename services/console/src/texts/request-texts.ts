/** Words of requests. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  lead: 'Hier staat waar de coördinator uw gegevens voor vroeg, wat er daarvoor is vertrokken en wat ermee is beantwoord.',
  none: 'Nog geen aanvragen',
  noneText: 'Zodra de coördinator een berekening aanvraagt, staat die hier.',
  'state-asked': 'gevraagd',
  'state-job-open': 'berekening open',
  'state-closed': 'gesloten',
  'state-rejected': 'afgewezen',
  'state-withdrawn': 'ingetrokken',
  askedLine: 'Gevraagd op {{at}} onder “{{title}}”.',
  left: 'Wat er is vertrokken',
  leftNothing: 'Niets: uw knooppunt gaf geen sleutel vrij.',
  leftLine_one: 'De sleutel van {{count}} kolom, alleen voor deze berekening',
  leftLine_other: 'De sleutels van {{count}} kolommen, alleen voor deze berekening',
  answered: 'Wat ermee is beantwoord',
  answeredLine_one: '{{count}} vrijgegeven tabel',
  answeredLine_other: '{{count}} vrijgegeven tabellen',
  waitingFor: 'Wacht op',
  refusals: 'Niet vrijgegeven door',
  inTheWay: 'Wat vrijgave nu tegenhoudt',
  withdraw: 'Aanvraag stoppen',
  approve: 'Akkoord',
  reject: 'Niet akkoord',
} as const

const en: Record<keyof typeof nl, string> = {
  lead: 'This page says what the coordinator asked your data for, what left for it and what was answered with it.',
  none: 'No requests yet',
  noneText: 'As soon as the coordinator asks for an analysis, it stands here.',
  'state-asked': 'asked',
  'state-job-open': 'analysis open',
  'state-closed': 'closed',
  'state-rejected': 'rejected',
  'state-withdrawn': 'withdrawn',
  askedLine: 'Asked on {{at}} under “{{title}}”.',
  left: 'What left',
  leftNothing: 'Nothing: your node released no key.',
  leftLine_one: 'The key of {{count}} column, for this analysis only',
  leftLine_other: 'The keys of {{count}} columns, for this analysis only',
  answered: 'What was answered with it',
  answeredLine_one: '{{count}} released table',
  answeredLine_other: '{{count}} released tables',
  waitingFor: 'Waiting for',
  refusals: 'Not released by',
  inTheWay: 'What keeps release back now',
  withdraw: 'Stop the request',
  approve: 'Approve',
  reject: 'Reject',
}

export const requestTexts = defineTexts('console-request', nl, en)
