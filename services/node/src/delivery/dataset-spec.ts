/**
 * From a dataset of the agreement to what the reader of files needs, and from the reader's codes to those of the agreement.
 *
 * The reader numbers categories its own way (0 = unknown). What travels is the place in the agreement's code list plus one,
 * so both ends count the same categories whatever the reader does.
 * @module
 */
import { citizenNumberKey, type Dataset, type Dimension, type IdentifierField } from '@kruispunt/contracts'
import type { TextField } from '@kruispunt/linkage/node'
import { type Code, codeListOf, type DatasetSpec, type FieldSpec, type Target } from '@kruispunt/tabular'
import { NodeError } from '../errors.ts'
import { answerWords } from '../officers/answer-words.ts'

const named = ({ code, label }: Code): Code => ({ code, label })

function targetOf(dimension: Dimension): Target {
  const { derivation, unknownCode } = dimension
  const known = dimension.codes.filter((category) => category.code !== unknownCode)
  switch (derivation.kind) {
    case 'category':
      return { kind: 'category', codes: known.map((category) => ({ ...named(category), accepts: category.sources })) }
    case 'yes-no':
      return { kind: 'yesNo' }
    case 'age-band':
      return {
        kind: 'ageBand',
        referenceDate: derivation.referenceDate,
        from: derivation.bands.map((band) => band.from),
      }
    case 'number-band': {
      const labels = new Map(known.map((category) => [category.code, category.label]))
      const bands = derivation.bands.map(({ code, from, below }) => {
        const label = labels.get(code)
        if (label === undefined) throw new NodeError('spec_invalid')
        return { code, label, from, ...(below === null ? {} : { below }) }
      })
      return { kind: 'numberBand', bands }
    }
    case 'area': {
      const districts = (dimension.parents[0] ?? []).filter((category) => category.code !== unknownCode)
      return {
        kind: 'area',
        areas: known.map((category) => ({ ...named(category), district: category.parent ?? '' })),
        districts: districts.map(named),
      }
    }
    case 'month':
      return { kind: 'month', from: derivation.from, to: derivation.to }
  }
}

const headersOf = ({ identifiers }: Dataset, wanted: IdentifierField): readonly string[] =>
  identifiers.find(({ field }) => field === wanted)?.headers ?? []

/** How a name, date or address is called in the reader's specification; dimensions never begin like this. */
const textFieldId = (field: TextField): string => `identifier:${field}`

/** Texts of one batch under the names that linkage knows. */
export const identifiersOfBatch = (
  dataset: Dataset,
  texts: Readonly<Record<string, readonly string[]>>,
): Partial<Record<TextField, readonly string[]>> =>
  Object.fromEntries(textFieldsOf(dataset).map((field) => [field, texts[textFieldId(field)] ?? []]))

/** Fields that are read as text to recognise people: none where only the citizen number links. */
export function textFieldsOf({ identifiers, linkageKeys }: Dataset): TextField[] {
  if (linkageKeys.every((key) => key === citizenNumberKey)) return []
  return identifiers.flatMap(({ field }) => (field === 'citizenNumber' ? [] : [field]))
}

/** The reader's specification: the citizen number where it is agreed, what else recognises people, then every dimension. */
export function datasetSpecOf(dataset: Dataset): DatasetSpec {
  const number: FieldSpec[] = dataset.linkageKeys.includes(citizenNumberKey)
    ? [
        {
          id: 'B1',
          label: { nl: 'bsn', en: 'citizen number' },
          aliases: headersOf(dataset, 'citizenNumber'),
          required: true,
          target: { kind: 'bsn' },
        },
      ]
    : []
  const texts = textFieldsOf(dataset).map(
    (field): FieldSpec => ({
      id: textFieldId(field),
      label: { nl: answerWords.nl.fields[field], en: answerWords.en.fields[field] },
      aliases: headersOf(dataset, field),
      required: true,
      target: { kind: 'text' },
    }),
  )
  const dimensions = dataset.dimensions.map(
    (dimension): FieldSpec => ({
      id: dimension.id,
      label: dimension.label,
      aliases: dimension.headers,
      required: true,
      target: targetOf(dimension),
    }),
  )
  const measures = (dataset.measures ?? []).map(
    ({ id, label, headers, decimals, lowest, highest }): FieldSpec => ({
      id,
      label,
      aliases: headers,
      required: true,
      target: { kind: 'amount', decimals, lowest, highest },
    }),
  )
  return { id: dataset.id, grain: dataset.grain, fields: [...number, ...texts, ...dimensions, ...measures] }
}

/**
 * For every code of the reader the code that travels: 1 to the length of the agreement's list.
 * @throws NodeError `spec_invalid` when the two lists do not hold the same categories
 */
export function travellingCodes(dimension: Dimension, field: FieldSpec): Uint16Array {
  const place = new Map(dimension.codes.map((category, index) => [category.code, index + 1]))
  const { derivation } = dimension
  const codes = codeListOf(field).codes.map(({ code }, index) => {
    // Bands of ages get their names from the reader; their order is that of the agreement.
    const agreed = derivation.kind === 'age-band' && index > 0 ? derivation.bands[index - 1]?.code : code
    return place.get(index === 0 ? dimension.unknownCode : (agreed ?? ''))
  })
  if (codes.length !== dimension.codes.length || codes.includes(undefined)) throw new NodeError('spec_invalid')
  if (new Set(codes).size !== codes.length) throw new NodeError('spec_invalid')
  return Uint16Array.from(codes as number[])
}
