/**
 * One dataset of an agreement as text to read and sign: what recognises its people, what leaves, under which rules.
 * @module
 */
import type { Dataset, Dimension, Measure } from '@kruispunt/contracts'
import type { Language } from '../delivery-port.ts'
import type { AgreementWords } from './agreement-words.ts'
import { type AnswerWords, answerWords } from './answer-words.ts'

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

function measureLines(measure: Measure, language: Language, words: AgreementWords, more: AnswerWords): string[] {
  return [
    `    - ${measure.label[language]} (${measure.id})  ← ${measure.headers.join(' | ')}`,
    `      ${words.meaning}: ${measure.meaning}`,
    `      ${words.whyNeeded}: ${measure.whyNeeded}`,
    `      ${words.kind}: ${words.kinds[measure.dataKind]}`,
    `      ${more.unit}: ${measure.unit[language]}; ${measure.decimals} ${more.decimals}; ${more.bounds}: ${measure.lowest} – ${measure.highest}`,
  ]
}

function stricterLines({ stricter }: Dataset, words: AgreementWords, more: AnswerWords): string[] {
  if (stricter === undefined) return []
  const { minimum, groupSharePercent, zeros } = stricter
  return [
    `    ${more.stricter}:`,
    ...(minimum === undefined ? [] : [`      ${words.minimum}: ${minimum}`]),
    ...(groupSharePercent === undefined ? [] : [`      ${words.groupShare}: ${groupSharePercent}`]),
    ...(zeros === undefined ? [] : [`      ${words.zeros}: ${words.zeroRules[zeros]}`]),
  ]
}

/** Everything in the dataset that means something, a line each. */
export function datasetLines(dataset: Dataset, language: Language, words: AgreementWords): string[] {
  const more = answerWords[language]
  const { measures = [] } = dataset
  const grain = dataset.grain === 'person' ? words.person : words.record
  const lines = [
    `  ${dataset.title[language]} (${dataset.id}) – ${grain}${dataset.recordLabel === null ? '' : `: ${dataset.recordLabel[language]}`}`,
    `    ${words.dataSubjects}: ${dataset.dataSubjects}`,
    `    ${words.originalPurpose}: ${dataset.originalPurpose}`,
    `    ${words.compatibility}: ${dataset.compatibility}`,
    `    ${words.period}: ${dataset.period}; ${words.schedule}: ${dataset.schedule}`,
    `    ${words.linkage}: ${dataset.linkageKeys.length === 0 ? words.noLinkage : `${more.keysUsed}: ${dataset.linkageKeys.join(', ')}`}`,
    ...(dataset.identifiers.length === 0 ? [] : [`    ${more.identifiers}:`]),
    ...dataset.identifiers.map(({ field, headers }) => `      ${more.fields[field]} ← ${headers.join(' | ')}`),
    ...(dataset.extractMode === 'per-request' ? [`    ${more.singleRequests}`] : []),
    ...stricterLines(dataset, words, more),
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
  if (measures.length > 0) lines.push(`    ${more.measures} [${measures.length}]:`)
  return [...lines, ...measures.flatMap((measure) => measureLines(measure, language, words, more))]
}
