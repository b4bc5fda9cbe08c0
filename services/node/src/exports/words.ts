/**
 * Fixed words of the files that officers take along, in both languages. Terms follow the glossary.
 * @module
 */
import type { AgreementOutcome } from '@kruispunt/contracts'
import type { AgreementStatus } from '@kruispunt/lab-record'
import type { Language } from '../delivery-port.ts'

const nl = {
  agreement: 'Deelafspraak',
  code: 'Controlecode',
  id: 'Kenmerk van de tekst',
  made: 'Gemaakt door het partnerknooppunt van {partner} op {at}, uit precies de bytes die zijn ondertekend.',
  decisions: 'Wie heeft besloten',
  noDecision: 'Nog niemand heeft besloten.',
  key: 'sleutel',
  entry: 'regel in het controlespoor:',
  reason: 'Reden of voorwaarde',
  'privacy-officer': 'privacy officer',
  signatory: 'tekenbevoegde',
  unknown: 'functionaris',
  annex: 'Bijlage bij de DPIA',
  draft:
    'Concept. Uw eigen privacy officer en functionaris gegevensbescherming beoordelen of dit volledig en juist is; de tekst komt uit de deelafspraak.',
  description: 'Beschrijving van de verwerking',
  necessity: 'Noodzaak en evenredigheid',
  risks: 'Risico’s voor betrokkenen',
  riskCaption: 'Risico, maatregel en restrisico',
  risk: 'Risico',
  measure: 'Maatregel',
  remaining: 'Restrisico',
  noRisks: 'De deelafspraak noemt geen risico’s.',
  measures: 'Maatregelen',
  dataOf: 'Gegevens van {party}: {dataset}',
  variable: 'Kenmerk',
  kind: 'Soort',
  why: 'Waarom nodig',
  amount: 'bedrag of hoeveelheid',
  recognised: 'Wordt alleen gebruikt om mensen te herkennen, en vertrekt niet leesbaar',
  outcome: 'Uitkomst',
  advice: 'Advies FG',
  required: 'verplicht',
  notRequired: 'niet verplicht',
} as const
type Words = Record<keyof typeof nl, string>

const en: Words = {
  agreement: 'Sharing agreement',
  code: 'Short code',
  id: 'Identifier of the text',
  made: 'Made by the partner node of {partner} at {at}, from exactly the bytes that were signed.',
  decisions: 'Who decided',
  noDecision: 'Nobody has decided yet.',
  key: 'key',
  entry: 'line in the audit trail:',
  reason: 'Reason or condition',
  'privacy-officer': 'privacy officer',
  signatory: 'signatory',
  unknown: 'officer',
  annex: 'Annex to the DPIA',
  draft:
    'Draft. Your own privacy officer and data protection officer judge whether this is complete and right; the text comes from the sharing agreement.',
  description: 'Description of the processing',
  necessity: 'Necessity and proportionality',
  risks: 'Risks for data subjects',
  riskCaption: 'Risk, measure and what remains',
  risk: 'Risk',
  measure: 'Measure',
  remaining: 'Remaining risk',
  noRisks: 'The sharing agreement names no risks.',
  measures: 'Measures',
  dataOf: 'Data of {party}: {dataset}',
  variable: 'Variable',
  kind: 'Kind',
  why: 'Why needed',
  amount: 'amount',
  recognised: 'Used only to recognise people, and never leaves in readable form',
  outcome: 'Outcome',
  advice: 'Advice of the DPO',
  required: 'required',
  notRequired: 'not required',
}

export const exportWords: Record<Language, Words> = { nl, en }

export const outcomeWords: Record<Language, Record<AgreementOutcome, string>> = {
  nl: {
    approved: 'ondertekend',
    'approved-with-conditions': 'ondertekend onder voorwaarde',
    returned: 'terug naar opsteller',
    rejected: 'niet akkoord',
  },
  en: {
    approved: 'signed',
    'approved-with-conditions': 'signed with conditions',
    returned: 'sent back',
    rejected: 'rejected',
  },
}

export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

/** To the minute, and in the one time that all partners share. */
export const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

export const statusWords: Record<Language, Record<AgreementStatus, string>> = {
  nl: {
    'in-review': 'ter beoordeling',
    active: 'actief',
    rejected: 'niet akkoord',
    withdrawn: 'ingetrokken',
    expired: 'verlopen',
  },
  en: { 'in-review': 'in review', active: 'active', rejected: 'rejected', withdrawn: 'withdrawn', expired: 'expired' },
}
