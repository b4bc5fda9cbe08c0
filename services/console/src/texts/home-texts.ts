/** Words of what waits for somebody. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  quiet: 'Er wacht niets op u',
  quietText: 'Alle gevraagde leveringen zijn verstuurd en er is niets te tekenen. U hoeft nu niets te doen.',
  roster: 'Deelnemerslijst bevestigen',
  rosterText: 'Vergelijk eerst de code met de andere partners.',
  rosterLink: 'Bekijk de lijst',
  sign: 'Deelafspraak lezen en tekenen',
  signLink: 'Lees de deelafspraak',
  approve: 'Aanvraag beoordelen',
  approveLink: 'Bekijk de aanvragen',
  backup: 'Reservekopie maken',
  backupText: 'Er is geen kopie waarmee u dit knooppunt kunt herstellen.',
  backupLink: 'Hoe dat gaat',
  forOthers: 'Dit doet een collega met een andere rol.',
} as const

const en: Record<keyof typeof nl, string> = {
  quiet: 'Nothing is waiting for you',
  quietText: 'All deliveries asked for were sent and there is nothing to sign. You need not do anything now.',
  roster: 'Accept the roster',
  rosterText: 'First compare the code with the other partners.',
  rosterLink: 'See the roster',
  sign: 'Read and sign a sharing agreement',
  signLink: 'Read the sharing agreement',
  approve: 'Review a request',
  approveLink: 'See the requests',
  backup: 'Make a backup',
  backupText: 'There is no copy with which this node can be restored.',
  backupLink: 'How to',
  forOthers: 'A colleague with another role does this.',
}

export const homeTexts = defineTexts('console-home', nl, en)
