/**
 * Dutch for the short words with which a violation says what is wrong; in the API they are English.
 * @module
 */
import type { Language } from '../delivery-port.ts'

const dutch: Readonly<Record<string, string>> = {
  missing: 'ontbreekt',
  no_answer: 'heeft nog niet geantwoord',
  budget_spent: 'weigert: er is meer gevraagd dan is afgesproken',
  elements_invalid: 'vond of gaf een reeks die niet klopt',
  share_missing: 'weigert: heeft zijn deel van de sleutel niet meer',
  canary_differs: 'rekende met een ander deel van de sleutel dan waaraan het zich had gebonden',
  'not TOML': 'is geen geldige TOML',
  unrecognized_keys: 'bevat een onbekende instelling',
  invalid_type: 'ontbreekt of heeft de verkeerde vorm',
  invalid_value: 'heeft een waarde die niet kan',
  too_big: 'is te groot',
  too_small: 'is te klein',
  'in use by another program': 'is al in gebruik door een ander programma',
  'write it as name:role:passphrase-file, with role privacy-officer or signatory':
    'schrijf naam:rol:wachtwoordbestand, met als rol privacy-officer of signatory',
  'there is a file of that name already': 'er is al een bestand met die naam',
  'lower-case letters, digits and . _ @ - only': 'alleen kleine letters, cijfers en . _ @ -',
  'one line, at most 120 characters': 'één regel, hoogstens 120 tekens',
  'not a role': 'is geen rol; kies uit steward, privacy-officer, signatory, operator en auditor',
  'a whole number, 1 to 60': 'moet een heel getal van 1 tot en met 60 zijn',
  'nobody to ask; give it as an option': 'er is niemand om het aan te vragen; geef het als optie mee',
}

export const faultWords = (language: Language, fault: string): string =>
  language === 'nl' ? (dutch[fault] ?? fault) : fault
