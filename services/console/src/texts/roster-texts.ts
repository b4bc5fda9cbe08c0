/** Words of who takes part. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  code: 'Code van de deelnemerslijst',
  codeText:
    'Bel de andere partners en vergelijk deze code. Is zij overal gelijk, dan heeft niemand een andere lijst of andere sleutels gekregen.',
  line: 'Schakelpunt {{broker}}. Ten minste {{quorum}} getuigen tekenen het controlespoor mee. Geldig tot {{until}}.',
  officers_one: '{{count}} functionaris',
  officers_other: '{{count}} functionarissen',
  accepted: 'bevestigd',
  waiting: 'nog niet bevestigd',
  accept: 'Deelnemerslijst bevestigen',
  heard: 'Typ de code over die u van de andere partners hoorde.',
  ownKeys: 'Vingerafdrukken van uw eigen sleutels',
  nodeKey: 'Sleutel van het knooppunt',
  witnessKey: 'Sleutel van de getuige',
} as const

const en: Record<keyof typeof nl, string> = {
  code: 'Code of the roster',
  codeText:
    'Call the other partners and compare this code. If it is the same everywhere, nobody was given another list or other keys.',
  line: 'Broker {{broker}}. At least {{quorum}} witnesses cosign the audit trail. Valid until {{until}}.',
  officers_one: '{{count}} officer',
  officers_other: '{{count}} officers',
  accepted: 'accepted',
  waiting: 'not accepted yet',
  accept: 'Accept the roster',
  heard: 'Type the code that you heard from the other partners.',
  ownKeys: 'Fingerprints of your own keys',
  nodeKey: 'Key of the node',
  witnessKey: 'Key of the witness',
}

export const rosterTexts = defineTexts('console-roster', nl, en)
