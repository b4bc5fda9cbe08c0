/** Words of sharing agreements. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  none: 'Nog geen deelafspraak',
  noneText: 'Zodra de coördinator een deelafspraak voorlegt, leest en tekent u haar hier.',
  cardLine: '{{reference}}, versie {{version}}. Geldig van {{from}} tot {{until}}.',
  signedLine: 'Ondertekend door {{signed}} van {{all}} partners.',
  'state-in-review': 'ter beoordeling',
  'state-active': 'actief',
  'state-rejected': 'niet akkoord',
  'state-withdrawn': 'ingetrokken',
  'state-expired': 'verlopen',
  shortCode: 'Code van deze tekst',
  print: 'Afdrukken',
  whoSigned: 'Wie heeft getekend',
  signed: 'ondertekend',
  refused: 'niet akkoord',
  waiting: 'nog niet',
  ownText: 'Deze tekst komt van uw eigen knooppunt',
  ownTextLine:
    'Uw knooppunt maakte haar uit precies de bytes die u tekent. Wat er niet staat, tekent u niet. De code hoort bij deze tekst en bij geen andere.',
  onlyOfficers: 'Ondertekenen doet een privacy officer of tekenbevoegde.',
  decide: 'Uw besluit',
  decideText:
    'Hebt u de tekst gelezen en de code met uw collega’s van de andere partners vergeleken? Dan kunt u besluiten.',
  sign: 'Ondertekenen',
  refuse: 'Niet akkoord',
  withdraw: 'Intrekken',
  withdrawLead: 'Uw organisatie kan op elk moment intrekken. U ziet eerst wat dat betekent.',
} as const

const en: Record<keyof typeof nl, string> = {
  none: 'No sharing agreement yet',
  noneText: 'As soon as the coordinator puts a sharing agreement forward, you read and sign it here.',
  cardLine: '{{reference}}, version {{version}}. Valid from {{from}} until {{until}}.',
  signedLine: 'Signed by {{signed}} of {{all}} partners.',
  'state-in-review': 'in review',
  'state-active': 'active',
  'state-rejected': 'rejected',
  'state-withdrawn': 'withdrawn',
  'state-expired': 'expired',
  shortCode: 'Code of this text',
  print: 'Print',
  whoSigned: 'Who has signed',
  signed: 'signed',
  refused: 'refused',
  waiting: 'not yet',
  ownText: 'This text comes from your own node',
  ownTextLine:
    'Your node made it from exactly the bytes that you sign. What it does not say, you do not sign. The code belongs to this text and to no other.',
  onlyOfficers: 'A privacy officer or signatory signs.',
  decide: 'Your decision',
  decideText:
    'Have you read the text and compared the code with your colleagues at the other partners? Then you can decide.',
  sign: 'Sign',
  refuse: 'Refuse',
  withdraw: 'Withdraw',
  withdrawLead: 'Your organisation can withdraw at any time. You first see what that means.',
}

export const agreementTexts = defineTexts('console-agreement', nl, en)
