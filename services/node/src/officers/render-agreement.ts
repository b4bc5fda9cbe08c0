/**
 * An agreement as text to read and sign, made at this node from the canonical bytes whose hash is its id. Everything in the
 * document that means something is in the text: what is not shown cannot be signed.
 *
 * Pure. Control characters in the document are shown as such, so that no text can hide or overwrite another.
 * @module
 */
import {
  type AgreementDocument,
  type AgreementId,
  citizenNumberKey,
  householdKey,
  type PartyId,
} from '@kruispunt/contracts'
import { describeKey, describeRecipe } from '@kruispunt/linkage/recipe'
import { shortCode } from '@kruispunt/statements'
import type { Language } from '../delivery-port.ts'
import { type AgreementWords, agreementWords } from './agreement-words.ts'
import { answersOf, answerWords } from './answer-words.ts'
import { datasetLines } from './render-dataset.ts'

export type Signatures = { readonly signedBy: readonly PartyId[]; readonly refusedBy: readonly PartyId[] }

/** Control, format and direction characters could make the screen say something else than the bytes. */
const visible = (text: string) =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n' ? '\n    ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )

function partyLines(party: AgreementDocument['parties'][number], words: AgreementWords): string[] {
  const { legalBasis, citizenNumber } = party
  return [
    `  ${party.name} (${party.id})`,
    `    ${words.role}: ${words.roles[party.role]}; ${words.contact}: ${party.contact}`,
    `    ${words.legalBasis}: ${legalBasis.article}, ${legalBasis.statute}. ${legalBasis.explanation}`,
    `    ${words.citizenNumber}: ${citizenNumber.allowed ? `${words.allowed} ${citizenNumber.statute ?? words.none}` : words.notAllowed}`,
    `    ${words.mostRecords}: ${party.maxRecords}`,
    `    ${words.approval}: ${party.approval === 'standing' ? `${words.standing} [${party.approvers}]` : words.approvers(party.approvers)}`,
  ]
}

function populationLines({ populations }: AgreementDocument, language: Language, words: AgreementWords): string[] {
  return populations.flatMap((population) => [
    `  ${population.label[language]} (${population.id}, ${words[`unit${population.unit}`]}), ${population.dataset === null ? words.everybody : `${words.from} ${population.dataset}`}`,
    `    ${answerWords[language].answers(answersOf(population))}`,
  ])
}

function tableLines(document: AgreementDocument, language: Language, words: AgreementWords): string[] {
  return document.tables.flatMap((table) => {
    return [
      `  ${table.title[language]} (${table.id})`,
      `    ${words.countsOf}: ${table.population}`,
      `    ${words.crosses}: ${table.dimensions.join(', ')}`,
      `    ${words.filters}: ${table.filters.length === 0 ? words.none : table.filters.join(', ')}`,
      `    ${words.atOnce}: ${table.maxDimensions}`,
      ...(table.measures === undefined ? [] : [`    ${answerWords[language].amounts}: ${table.measures.join(', ')}`]),
    ]
  })
}

function ruleLines(document: AgreementDocument, language: Language, words: AgreementWords): string[] {
  const { disclosure, retention, dpia } = document
  const more = answerWords[language]
  const { sums } = disclosure
  return [
    words.disclosure,
    `  ${words.minimum}: ${disclosure.minimum}`,
    `  ${words.groupShare}: ${disclosure.groupSharePercent}`,
    `  ${words.neutral}:${disclosure.neutral === undefined ? ` ${words.none}` : ''}`,
    ...(disclosure.neutral ?? []).map(({ dimension, codes }) => `    ${dimension}: ${codes.join(', ')}`),
    `  ${words.zeros}: ${words.zeroRules[disclosure.zeros]}`,
    `  ${words.insider}: ${disclosure.insider ? words.yes : words.no}`,
    `  ${words.coalition}: ${disclosure.coalition}`,
    ...(sums === undefined ? [] : [`  ${more.sums}: ${more.sumsRule(sums.pPercent)}`]),
    ...(sums?.dominance ? [`    ${more.dominance(sums.dominance.largest, sums.dominance.percent)}`] : []),
    `  ${words.questionBudget}: ${disclosure.questionBudget}`,
    `  ${words.requestBudget}: ${document.requestBudget}`,
    `  ${words.jobMinutes}: ${document.jobMinutes}`,
    '',
    `${words.recipients}: ${document.recipients}`,
    `${words.onwardSharing}: ${words.onward[document.onwardSharing]}`,
    `${words.publication}: ${document.publication}`,
    `${words.location}: ${document.location}`,
    `${words.transfers}: ${document.transfers}`,
    '',
    words.retention,
    `  ${words.deliveries}: ${retention.deliveryDays}`,
    `  ${words.results}: ${retention.results}`,
    `  ${words.logs}: ${retention.logs}`,
    `  ${words.reason}: ${retention.reason}`,
    '',
    `${words.jointArrangement}: ${document.jointArrangement}`,
    `${words.processor}: ${document.processor}`,
    `${words.dpia}: ${dpia.required ? words.required : words.notRequired}, ${dpia.reference}`,
    `  ${words.outcome}: ${dpia.outcome}`,
    `  ${words.dpoAdvice}: ${dpia.dpoAdvice}`,
    '',
    words.risks,
    ...(document.risks.length === 0 ? [`  ${words.none}`] : []),
    ...document.risks.flatMap((risk) => [
      `  - ${risk.description}`,
      `    ${words.measure}: ${risk.measure}; ${words.remaining}: ${words.remainingRisk[risk.remaining]}`,
    ]),
  ]
}

/** What the document says, the same wherever it is read: no id, no code, no signature. The first line is the title. */
export function agreementLines(document: AgreementDocument, language: Language): string[] {
  const words = agreementWords[language]
  const { selfTest } = document.linkage
  const lines = [
    `${words.agreement}: ${document.title}`,
    `${words.lab}: ${document.lab}; ${words.reference}: ${document.reference}, ${words.version} ${document.version}`,
    `${words.supersedes}: ${document.supersedes ?? words.none}`,
    `${words.valid}: ${document.validFrom} – ${document.validUntil}`,
    '',
    `${words.issue}: ${document.issue}`,
    `${words.summary}: ${document.audienceSummary}`,
    `${words.purpose}: ${document.purpose}`,
    `${words.questions}:`,
    ...document.questions.map((question) => `  - ${question}`),
    `${words.notUsedFor}: ${document.notUsedFor}`,
    '',
    words.parties,
    ...document.parties.flatMap((party) => partyLines(party, words)),
    '',
    words.data,
    ...document.parties.flatMap((party) => [
      party.name,
      ...document.datasets
        .filter((dataset) => dataset.party === party.id)
        .flatMap((dataset) => datasetLines(dataset, language, words)),
    ]),
    '',
    answerWords[language].linking,
    ...describeRecipe(document.linkage).map((line) => `  ${line[language]}`),
    // The description names these two by what they do; here stands what they are made of.
    ...document.linkage.keys
      .filter(({ id }) => id === citizenNumberKey || id === householdKey)
      .map((key) => `  ${key.id}: ${describeKey(key)[language]}.`),
    `  ${words.tokenRecipe}`,
    ...(document.linkage.keys.some(({ id }) => id === citizenNumberKey)
      ? [`  ${answerWords[language].pseudonymMode[document.pseudonymMode]}`]
      : []),
    ...(selfTest === undefined ? [] : [`  ${answerWords[language].selfTest(selfTest)}`]),
    '',
    answerWords[language].populations,
    ...populationLines(document, language, words),
    '',
    words.tables,
    ...tableLines(document, language, words),
    '',
    ...ruleLines(document, language, words),
    '',
    `${words.evaluation}: ${document.evaluation}`,
    `${words.exit}: ${document.exit}`,
    '',
    words.attachments,
    ...(document.attachments.length === 0 ? [`  ${words.none}`] : []),
    ...document.attachments.map(
      ({ name, mediaType, bytes, sha256 }) => `  ${name} (${mediaType}, ${bytes} bytes), SHA-256 ${sha256}`,
    ),
  ]
  return lines.map(visible)
}

/** @returns lines joined by newlines; the short code stands at the top and at the bottom */
export function renderAgreement(
  id: AgreementId,
  document: AgreementDocument,
  signatures: Signatures,
  language: Language,
): string {
  const words = agreementWords[language]
  const code = shortCode(id)
  const [title = '', ...rest] = agreementLines(document, language)
  const lines = [
    title,
    `${words.code}: ${code}`,
    `${words.id}: ${id}`,
    ...rest,
    '',
    words.signatures,
    ...document.parties.map(({ id: party, name }) => {
      const state = signatures.refusedBy.includes(party)
        ? words.refused
        : signatures.signedBy.includes(party)
          ? words.signed
          : words.waiting
      return visible(`  ${name} (${party}): ${state}`)
    }),
    '',
    `${words.code}: ${code}`,
  ]
  return lines.join('\n')
}
