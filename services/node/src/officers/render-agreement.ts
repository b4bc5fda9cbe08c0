/**
 * An agreement as text to read and sign, made at this node from the canonical bytes whose hash is its id. Everything in the
 * document that means something is in the text: what is not shown cannot be signed.
 *
 * Pure. Control characters in the document are shown as such, so that no text can hide or overwrite another.
 * @module
 */
import type { AgreementDocument, AgreementId, Dataset, Dimension, PartyId } from '@kruispunt/contracts'
import { shortCode } from '@kruispunt/statements'
import type { Language } from '../delivery-port.ts'
import { type AgreementWords, agreementWords } from './agreement-words.ts'

export type Signatures = { readonly signedBy: readonly PartyId[]; readonly refusedBy: readonly PartyId[] }

/** Control, format and direction characters could make the screen say something else than the bytes. */
const visible = (text: string) =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n' ? '\n    ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )

function derivationLines(dimension: Dimension, words: AgreementWords): string[] {
  const { derivation } = dimension
  const lines = [`      ${words.derived}: ${words.derivation(derivation)}`]
  if (derivation.kind === 'age-band' || derivation.kind === 'number-band')
    for (const { code, from, below } of derivation.bands)
      lines.push(`        ${code}: ${from} ${below === null ? '→' : `– < ${below}`}`)
  return lines
}

function codeLines(dimension: Dimension, language: Language, words: AgreementWords): string[] {
  const lines: string[] = []
  const lists = [dimension.codes, ...dimension.parents]
  // Levels are named coarsest first, lists come finest first.
  for (const [at, list] of lists.entries()) {
    const level = dimension.levels[dimension.levels.length - 1 - at]
    lines.push(
      `      ${words.codes} ${level === undefined ? '' : `${level.label[language]} (${level.id}) `}[${list.length}]:`,
    )
    for (const { code, label, parent, sources } of list) {
      const means = sources.length === 0 ? '' : `  ← ${sources.join(' | ')}`
      lines.push(`        ${code} = ${label[language]}${parent === null ? '' : ` (${parent})`}${means}`)
    }
  }
  lines.push(`      ${words.unknown}: ${dimension.unknownCode}`)
  return lines
}

function datasetLines(dataset: Dataset, language: Language, words: AgreementWords): string[] {
  const linking = dataset.linkageKeys.length === 0 ? words.noLinkage : words.tokenRecipe
  const grain = dataset.grain === 'person' ? words.person : words.record
  const lines = [
    `  ${dataset.title[language]} (${dataset.id}) – ${grain}${dataset.recordLabel === null ? '' : `: ${dataset.recordLabel[language]}`}`,
    `    ${words.dataSubjects}: ${dataset.dataSubjects}`,
    `    ${words.originalPurpose}: ${dataset.originalPurpose}`,
    `    ${words.compatibility}: ${dataset.compatibility}`,
    `    ${words.period}: ${dataset.period}; ${words.schedule}: ${dataset.schedule}`,
    `    ${words.linkage} ${dataset.linkageKeys.join(', ')}: ${linking}`,
    ...(dataset.citizenNumberHeaders.length === 0 ? [] : [`      ← ${dataset.citizenNumberHeaders.join(' | ')}`]),
    `    ${words.variables} [${dataset.dimensions.length}]: ${words.leaves}`,
  ]
  for (const dimension of dataset.dimensions)
    lines.push(
      `    - ${dimension.label[language]} (${dimension.id})  ← ${dimension.headers.join(' | ')}`,
      `      ${words.meaning}: ${dimension.meaning}`,
      `      ${words.whyNeeded}: ${dimension.whyNeeded}`,
      `      ${words.kind}: ${words.kinds[dimension.dataKind]}`,
      ...derivationLines(dimension, words),
      ...codeLines(dimension, language, words),
    )
  return lines
}

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

function tableLines(document: AgreementDocument, language: Language, words: AgreementWords): string[] {
  const populations = new Map(document.populations.map((population) => [population.id, population]))
  return document.tables.flatMap((table) => {
    const population = populations.get(table.population)
    const counted =
      population === undefined
        ? table.population
        : `${population.label[language]} (${population.id}, ${words[`unit${population.unit}`]}), ${population.dataset === null ? words.everybody : `${words.from} ${population.dataset}`}`
    return [
      `  ${table.title[language]} (${table.id})`,
      `    ${words.countsOf}: ${counted}`,
      `    ${words.crosses}: ${table.dimensions.join(', ')}`,
      `    ${words.filters}: ${table.filters.length === 0 ? words.none : table.filters.join(', ')}`,
      `    ${words.atOnce}: ${table.maxDimensions}`,
    ]
  })
}

function ruleLines(document: AgreementDocument, words: AgreementWords): string[] {
  const { disclosure, retention, dpia } = document
  return [
    words.disclosure,
    `  ${words.minimum}: ${disclosure.minimum}`,
    `  ${words.groupShare}: ${disclosure.groupSharePercent}`,
    `  ${words.neutral}:${disclosure.neutral === undefined ? ` ${words.none}` : ''}`,
    ...(disclosure.neutral ?? []).map(({ dimension, codes }) => `    ${dimension}: ${codes.join(', ')}`),
    `  ${words.zeros}: ${words.zeroRules[disclosure.zeros]}`,
    `  ${words.insider}: ${disclosure.insider ? words.yes : words.no}`,
    `  ${words.coalition}: ${disclosure.coalition}`,
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

/** @returns lines joined by newlines; the short code stands at the top and at the bottom */
export function renderAgreement(
  id: AgreementId,
  document: AgreementDocument,
  signatures: Signatures,
  language: Language,
): string {
  const words = agreementWords[language]
  const code = shortCode(id)
  const lines = [
    `${words.agreement}: ${document.title}`,
    `${words.code}: ${code}`,
    `${words.id}: ${id}`,
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
    words.tables,
    ...tableLines(document, language, words),
    '',
    ...ruleLines(document, words),
    '',
    `${words.evaluation}: ${document.evaluation}`,
    `${words.exit}: ${document.exit}`,
    '',
    words.attachments,
    ...(document.attachments.length === 0 ? [`  ${words.none}`] : []),
    ...document.attachments.map(
      ({ name, mediaType, bytes, sha256 }) => `  ${name} (${mediaType}, ${bytes} bytes), SHA-256 ${sha256}`,
    ),
    '',
    words.signatures,
    ...document.parties.map(({ id: party, name }) => {
      const state = signatures.refusedBy.includes(party)
        ? words.refused
        : signatures.signedBy.includes(party)
          ? words.signed
          : words.waiting
      return `  ${name} (${party}): ${state}`
    }),
    '',
    `${words.code}: ${code}`,
  ]
  return lines.map(visible).join('\n')
}
