/** Words of an officer’s act. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  officer: 'Wie tekent',
  asOfficer: 'U tekent met de sleutel “{{name}}”.',
  'privacy-officer': 'privacy officer',
  signatory: 'tekenbevoegde',
  code: 'Code',
  codeHint: 'De code die boven en onder de tekst staat die u las.',
  codeMissing: 'Typ de code over.',
  reason: 'Reden',
  reasonHint: 'Iedere partner kan dit lezen. Noem geen personen.',
  reasonMissing: 'Vul een reden in.',
  passphrase: 'Uw wachtwoordzin',
  passphraseHint:
    'Gaat alleen naar uw eigen knooppunt, opent daar uw sleutel voor deze ene handeling en wordt niet bewaard.',
  passphraseMissing: 'Vul uw wachtwoordzin in.',
  busy: 'Bezig',
  atOnce: 'Dit gebeurt meteen als u intrekt',
  forGood: 'Dit kan niet ongedaan worden gemaakt.',
  cancel: 'Annuleren',
  done: 'Ondertekend en vastgelegd in het controlespoor, regel {{index}}.',
  doneWaiting: 'Ondertekend. Het schakelpunt antwoordt niet; uw knooppunt verstuurt het zodra het kan.',
} as const

const en: Record<keyof typeof nl, string> = {
  officer: 'Who signs',
  asOfficer: 'You sign with the key “{{name}}”.',
  'privacy-officer': 'privacy officer',
  signatory: 'signatory',
  code: 'Code',
  codeHint: 'The code above and below the text that you read.',
  codeMissing: 'Type the code.',
  reason: 'Reason',
  reasonHint: 'Every partner can read this. Name no persons.',
  reasonMissing: 'Give a reason.',
  passphrase: 'Your passphrase',
  passphraseHint: 'Goes to your own node only, opens your key there for this one act and is not kept.',
  passphraseMissing: 'Give your passphrase.',
  busy: 'Busy',
  atOnce: 'This happens at once if you withdraw',
  forGood: 'This cannot be undone.',
  cancel: 'Cancel',
  done: 'Signed and on record in the audit trail, line {{index}}.',
  doneWaiting: 'Signed. The broker does not answer; your node sends it as soon as it can.',
}

export const officerTexts = defineTexts('console-officer', nl, en)
