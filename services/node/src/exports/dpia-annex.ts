/**
 * What a data protection impact assessment asks for (GDPR art. 35 (7)), taken from the agreement: description, necessity, risks,
 * measures. A draft, and it says so.
 * @module
 */
import type { AgreementDocument, Dataset } from '@kruispunt/contracts'
import { type Block, pdfOf } from '@kruispunt/documents'
import type { Language } from '../delivery-port.ts'
import { agreementWords } from '../officers/agreement-words.ts'
import { answerWords } from '../officers/answer-words.ts'
import type { Exported } from './exported.ts'
import { measuresOf } from './measures.ts'
import { exportWords, filled, moment } from './words.ts'

const line = (name: string, text: string): Block => ({ kind: 'line', name, text })
const heading = (text: string, level: 1 | 2 = 1): Block => ({ kind: 'heading', level, text })

function datasetBlocks(dataset: Dataset, { parties }: AgreementDocument, language: Language): Block[] {
  const words = exportWords[language]
  const terms = agreementWords[language]
  const party = parties.find(({ id }) => id === dataset.party)?.name ?? dataset.party
  const fields = dataset.identifiers.map(({ field }) => answerWords[language].fields[field])
  const parts = [
    ...dataset.dimensions,
    ...(dataset.measures ?? []).map((part) => ({
      ...part,
      label: { nl: `${part.label.nl} (${words.amount})`, en: `${part.label.en} (${words.amount})` },
    })),
  ]
  return [
    heading(filled(words.dataOf, { party, dataset: dataset.title[language] }), 2),
    line(terms.dataSubjects, dataset.dataSubjects),
    line(terms.originalPurpose, dataset.originalPurpose),
    line(terms.compatibility, dataset.compatibility),
    ...(fields.length === 0 ? [] : [line(words.recognised, fields.join(', '))]),
    ...(parts.length === 0
      ? []
      : [
          {
            kind: 'table',
            caption: terms.variables,
            head: [words.variable, words.kind, words.why],
            rows: parts.map(({ label, dataKind, whyNeeded }) => [label[language], terms.kinds[dataKind], whyNeeded]),
          } as const,
        ]),
  ]
}

function riskBlocks({ risks }: AgreementDocument, language: Language): Block[] {
  const words = exportWords[language]
  if (risks.length === 0) return [{ kind: 'line', text: words.noRisks }]
  return [
    {
      kind: 'table',
      caption: words.riskCaption,
      head: [words.risk, words.measure, words.remaining],
      rows: risks.map(({ description, measure, remaining }) => [
        description,
        measure,
        agreementWords[language].remainingRisk[remaining],
      ]),
    },
  ]
}

export async function dpiaAnnex({ agreement, partner, code, language, now }: Exported) {
  const { id, document } = agreement
  const words = exportWords[language]
  const terms = agreementWords[language]
  const { dpia } = document
  return pdfOf({
    title: `${words.annex}: ${document.title}`,
    language,
    about: [
      words.draft,
      `${words.code}: ${code}`,
      `${words.id}: ${id}`,
      filled(words.made, { partner, at: moment(now) }),
    ],
    blocks: [
      heading(words.description),
      line(terms.issue, document.issue),
      line(terms.purpose, document.purpose),
      heading(terms.questions, 2),
      { kind: 'list', items: document.questions },
      line(terms.notUsedFor, document.notUsedFor),
      line(terms.recipients, document.recipients),
      line(terms.publication, document.publication),
      line(terms.location, document.location),
      line(terms.transfers, document.transfers),
      line(terms.processor, document.processor),
      line(terms.jointArrangement, document.jointArrangement),
      heading(words.necessity),
      ...document.parties.map(({ name, legalBasis }) =>
        line(name, `${legalBasis.article}, ${legalBasis.statute}. ${legalBasis.explanation}`),
      ),
      ...document.datasets.flatMap((dataset) => datasetBlocks(dataset, document, language)),
      heading(words.risks),
      ...riskBlocks(document, language),
      heading(words.measures),
      { kind: 'list', items: measuresOf(document, language) },
      heading(terms.dpia),
      line(terms.dpia, `${dpia.required ? words.required : words.notRequired}, ${dpia.reference}`),
      line(words.outcome, dpia.outcome),
      line(words.advice, dpia.dpoAdvice),
    ],
    foot: `${words.annex} · ${words.code} ${code}`,
    madeAt: now,
  })
}
