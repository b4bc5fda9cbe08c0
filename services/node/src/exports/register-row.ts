/**
 * The row of one partner's record of processing (GDPR art. 30 (1)), taken from the signed agreement. A draft: the partner's own
 * privacy officer completes it.
 * @module
 */
import type { AgreementDocument } from '@kruispunt/contracts'
import { stringify } from 'csv-stringify/sync'
import { agreementWords } from '../officers/agreement-words.ts'
import { answerWords } from '../officers/answer-words.ts'
import type { Exported } from './exported.ts'
import { measuresOf } from './measures.ts'
import { statusWords } from './words.ts'

type Field = { readonly key: string; readonly label: string; readonly value: string }

const distinct = (texts: readonly string[]) => [...new Set(texts)].join('; ')

/** Members by which people are recognised, and what is known of them. */
function dataOf(document: AgreementDocument, { party, language }: Exported) {
  const words = agreementWords[language]
  const own = document.datasets.filter((dataset) => dataset.party === party)
  const parts = own.flatMap((dataset) => [...dataset.dimensions, ...(dataset.measures ?? [])])
  const fields = own.flatMap(({ identifiers }) => identifiers.map(({ field }) => answerWords[language].fields[field]))
  return {
    subjects: distinct(own.map(({ dataSubjects }) => dataSubjects)),
    data: distinct([...fields, ...parts.map((part) => part.label[language])]),
    kinds: distinct(parts.map(({ dataKind }) => words.kinds[dataKind])),
    purposes: distinct(own.map(({ originalPurpose }) => originalPurpose)),
  }
}

function registerRow(exported: Exported): Field[] {
  const { agreement, party, language, code, status } = exported
  const { id, document } = agreement
  const say = (nl: string, en: string) => (language === 'nl' ? nl : en)
  const words = agreementWords[language]
  const own = document.parties.find((one) => one.id === party)
  const { subjects, data, kinds, purposes } = dataOf(document, exported)
  const basis = own?.legalBasis
  const controllers = document.parties.filter(({ role }) => role === 'joint-controller')
  return [
    { key: 'name', label: say('Naam van de verwerking', 'Name of the processing'), value: document.title },
    { key: 'reference', label: words.reference, value: `${document.reference}, ${words.version} ${document.version}` },
    {
      key: 'controllers',
      label: say('Verwerkingsverantwoordelijken', 'Controllers'),
      value: controllers.map(({ name, contact }) => `${name} (${contact})`).join('; '),
    },
    { key: 'contact', label: words.contact, value: own?.contact ?? '' },
    { key: 'purpose', label: words.purpose, value: document.purpose },
    { key: 'originalPurpose', label: words.originalPurpose, value: purposes },
    {
      key: 'legalBasis',
      label: words.legalBasis,
      value: basis === undefined ? '' : `${basis.article}, ${basis.statute}. ${basis.explanation}`,
    },
    { key: 'dataSubjects', label: words.dataSubjects, value: subjects },
    { key: 'personalData', label: say('Persoonsgegevens', 'Personal data'), value: data },
    { key: 'kinds', label: words.kind, value: kinds },
    {
      key: 'citizenNumber',
      label: words.citizenNumber,
      value: own?.citizenNumber.allowed
        ? `${words.allowed} ${own.citizenNumber.statute ?? words.none}`
        : words.notAllowed,
    },
    { key: 'recipients', label: words.recipients, value: document.recipients },
    { key: 'onwardSharing', label: words.onwardSharing, value: words.onward[document.onwardSharing] },
    { key: 'transfers', label: words.transfers, value: document.transfers },
    { key: 'location', label: words.location, value: document.location },
    {
      key: 'retention',
      label: say('Bewaartermijnen', 'Retention'),
      value: `${words.deliveries}: ${document.retention.deliveryDays}; ${words.results}: ${document.retention.results}; ${words.logs}: ${document.retention.logs}. ${document.retention.reason}`,
    },
    { key: 'measures', label: say('Beveiliging', 'Security'), value: measuresOf(document, language).join(' ') },
    { key: 'processor', label: words.processor, value: document.processor },
    { key: 'jointArrangement', label: words.jointArrangement, value: document.jointArrangement },
    { key: 'dpia', label: words.dpia, value: `${document.dpia.reference}: ${document.dpia.outcome}` },
    { key: 'validFrom', label: say('Ingangsdatum', 'Valid from'), value: document.validFrom },
    { key: 'validUntil', label: say('Einddatum', 'Valid until'), value: document.validUntil },
    {
      key: 'status',
      label: say('Status bij downloaden', 'Status when downloaded'),
      value: statusWords[language][status],
    },
    { key: 'shortCode', label: words.code, value: code },
    { key: 'agreement', label: words.id, value: id },
  ]
}

/** RFC 4180 with a byte order mark, so that spreadsheets read accents; a text that one would take for a formula stays a text. */
export const registerCsv = (exported: Exported): string => {
  const row = registerRow(exported)
  return stringify([row.map(({ label }) => label), row.map(({ value }) => value)], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  })
}

export const registerJson = (exported: Exported): string =>
  `${JSON.stringify(Object.fromEntries(registerRow(exported).map(({ key, value }) => [key, value])), null, 2)}\n`
