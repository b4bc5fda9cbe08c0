/** Words of signing with a passkey: the key itself, and what it signs. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  keys: 'Sleutel om mee te ondertekenen',
  keysText:
    'Als coördinator ondertekent u een deelafspraak of een berekening met een eigen sleutel. Dat kan een passkey zijn. Zij telt pas als de partners haar in de deelnemerslijst hebben bevestigd.',
  keyIn: 'telt mee',
  keyWaits: 'wacht op de partners',
  keyFile: 'sleutelbestand',
  keyPasskey: 'passkey',
  keyOwn: 'van u',
  keyMake: 'Passkey maken voor {{lab}}',
  keyMade:
    'Uw passkey is gemaakt. Vraag de beheerder van het schakelpunt om een nieuwe deelnemerslijst; de partners vergelijken en bevestigen haar. Daarna kunt u ermee ondertekenen.',
  keysNone: 'Er is nog geen sleutel.',
  openJob: 'Berekening openen',
  openJobText:
    'Om te tellen moet een berekening open zijn. U vraagt haar aan en ondertekent; ieder partnerknooppunt controleert dat zelf en geeft dan de kolomsleutels vrij. Zij sluit vanzelf.',
  jobQuestion: 'Waarvoor is deze berekening?',
  jobQuestionHint:
    'Eén of twee zinnen. De partners lezen dit, en het komt in het controlespoor. Geen namen of nummers van personen.',
  jobQuestionWrong: 'Schrijf in één of twee zinnen waarvoor u telt.',
  jobNext: 'Verder: bekijken wat u ondertekent',
  writing: 'De tekst wordt gemaakt',
  signTitle: 'Dit ondertekent u',
  signAgreement: 'Deelafspraak',
  signQuestion: 'Vraag',
  signDeliveries: 'Leveringen die worden geopend',
  signDelivery: '{{dataset}} van {{party}}, versie {{version}}: {{columns}} kolommen',
  signUntil: 'Vervalt als niemand haar opent',
  signHash: 'Hash van de ondertekende tekst',
  signTitleOf: 'Titel',
  signReference: 'Kenmerk en versie',
  signParties: 'Partijen',
  signTables: 'Toegestane kruistabellen',
  signMinimum: 'Ondergrens',
  signIt: 'Ondertekenen met uw passkey',
  signing: 'Wacht op uw passkey',
  signNot: 'Niet ondertekenen',
  signDiffers: 'De tekst van het schakelpunt is niet wat u vroeg. Er is niets ondertekend. Waarschuw de beheerder.',
  needKey:
    'U hebt nog geen passkey om mee te ondertekenen. Maak er een bij uw account, of gebruik uw sleutelbestand met dit commando:',
  needRoster:
    'Uw passkey telt nog niet: zij moet eerst in een deelnemerslijst staan die de partners hebben bevestigd. Tot dan kan het met uw sleutelbestand:',
  toAccount: 'Naar uw account',
  closeJob: 'Berekening sluiten',
  closeJobText:
    'Sluit zodra u klaar bent: sleutels en tabellen in het geheugen gaan dan weg. Wat beantwoord is blijft.',
} as const

const en: Record<keyof typeof nl, string> = {
  keys: 'Key to sign with',
  keysText:
    'As a coordinator you sign an agreement or a job with a key of your own. It can be a passkey. It counts once the partners have accepted a roster with it.',
  keyIn: 'counts',
  keyWaits: 'waits for the partners',
  keyFile: 'key file',
  keyPasskey: 'passkey',
  keyOwn: 'yours',
  keyMake: 'Make a passkey for {{lab}}',
  keyMade:
    'Your passkey has been made. Ask the operator of the broker for a new roster; the partners compare and accept it. After that you can sign with it.',
  keysNone: 'There is no key yet.',
  openJob: 'Open a job',
  openJobText:
    'To count, a job must be open. You ask for it and sign; each partner’s node checks that itself and then releases the column keys. It closes by itself.',
  jobQuestion: 'What is this job for?',
  jobQuestionHint:
    'One or two sentences. The partners read this, and it goes into the audit trail. No names or numbers of persons.',
  jobQuestionWrong: 'Write in one or two sentences what you count for.',
  jobNext: 'Go on: look at what you sign',
  writing: 'The text is being made',
  signTitle: 'This is what you sign',
  signAgreement: 'Agreement',
  signQuestion: 'Question',
  signDeliveries: 'Deliveries that are opened',
  signDelivery: '{{dataset}} of {{party}}, version {{version}}: {{columns}} columns',
  signUntil: 'Lapses if nobody opens it',
  signHash: 'Hash of the signed text',
  signTitleOf: 'Title',
  signReference: 'Reference and version',
  signParties: 'Parties',
  signTables: 'Allowed cross-tabs',
  signMinimum: 'Minimum cell size',
  signIt: 'Sign with your passkey',
  signing: 'Waiting for your passkey',
  signNot: 'Do not sign',
  signDiffers: 'The broker’s text is not what you asked. Nothing was signed. Tell the operator.',
  needKey: 'You have no passkey to sign with yet. Make one at your account, or use your key file with this command:',
  needRoster:
    'Your passkey does not count yet: it must first stand in a roster that the partners accepted. Until then your key file can do it:',
  toAccount: 'To your account',
  closeJob: 'Close the job',
  closeJobText: 'Close it when you are done: keys and tables in memory go away. What was answered stays.',
}

export const signingTexts = defineTexts('signing', nl, en)
