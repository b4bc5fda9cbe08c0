/** Words of the audit trail. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  lead: 'Uw knooppunt heeft het hele controlespoor zelf. Het kan dat hier van het begin af nalopen: iedere handtekening, iedere keten, iedere regel. Daar is het schakelpunt niet voor nodig.',
  verify: 'Controleer het controlespoor',
  verifying: 'Wordt nagelopen',
  copy: 'Het hele controlespoor downloaden',
  valid: 'Het controlespoor klopt',
  invalid: 'Het controlespoor klopt niet',
  validText_one: '{{count}} regel is nagelopen.',
  validText_other: 'Alle {{count}} regels zijn nagelopen.',
  invalidText: 'Gestopt bij: {{problem}}. Doe niets meer met dit Datalab en bel de andere partners.',
  size: 'Aantal regels',
  root: 'Vingerafdruk van het geheel',
  witnesses: 'Medeondertekend door',
  noWitnesses: 'nog niemand',
  answers: 'Wat er is beantwoord',
  question: 'Aanvraag',
  releasedBy: 'Sleutels vrijgegeven door',
  tables: 'Tabellen',
  released: 'Cellen getoond',
  withheld: 'Cellen onderdrukt',
} as const

const en: Record<keyof typeof nl, string> = {
  lead: 'Your node has the whole audit trail itself. It can replay it here from the beginning: every signature, every chain, every line. It does not need the broker for that.',
  verify: 'Verify the audit trail',
  verifying: 'Being replayed',
  copy: 'Download the whole audit trail',
  valid: 'The audit trail is right',
  invalid: 'The audit trail is not right',
  validText_one: '{{count}} line was replayed.',
  validText_other: 'All {{count}} lines were replayed.',
  invalidText: 'Stopped at: {{problem}}. Do nothing more with this lab and call the other partners.',
  size: 'Number of lines',
  root: 'Fingerprint of the whole',
  witnesses: 'Cosigned by',
  noWitnesses: 'nobody yet',
  answers: 'What was answered',
  question: 'Request',
  releasedBy: 'Keys released by',
  tables: 'Tables',
  released: 'Cells shown',
  withheld: 'Cells withheld',
}

export const logTexts = defineTexts('console-log', nl, en)
