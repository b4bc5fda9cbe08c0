/**
 * Proposes which column of a file feeds which field, and says why. A person confirms; nothing is read before that.
 * @module
 */
import type { Column, Inspection } from './inspect.ts'
import { type Refusal, refusal } from './refusals.ts'
import type { ContentKind } from './shapes.ts'
import type { DatasetSpec, FieldSpec, TargetKind, Text } from './spec.ts'
import { foldHeader } from './text.ts'

/** `remembered`: confirmed before for this file. `sure`: header and content agree. `likely`: one of them. `none`: not found. */
export type Confidence = 'remembered' | 'sure' | 'likely' | 'none'

export type MappedField = {
  readonly field: string
  /** Index of the column in the file, or null when there is none. */
  readonly column: number | null
  readonly header: string | null
  readonly confidence: Confidence
  readonly reason: Text
}

export type Mapping = {
  readonly dataset: string
  readonly headerFingerprint: string
  /** One per field of the specification, in its order. */
  readonly fields: readonly MappedField[]
  /** Headers that feed nothing: they stay in the file and are not read. */
  readonly unused: readonly string[]
}

/** What is kept of a confirmed mapping: field ids with the column each one takes. */
export type RememberedMapping = {
  readonly dataset: string
  readonly headerFingerprint: string
  readonly columns: Readonly<Record<string, number | null>>
}

const bsnNames = ['bsn', 'burgerservicenummer', 'bsnnummer', 'bsnnr', 'burgerservicenr', 'sofinummer']
const birthNames = [
  'geboortedatum',
  'gebdatum',
  'gebdat',
  'geboortedat',
  'gbdatum',
  'datumgeboorte',
  'dateofbirth',
  'birthdate',
  'dob',
]
const areaNames = ['buurtcode', 'buurt', 'bucode', 'neighbourhood']
const namesOf: Partial<Record<TargetKind, readonly string[]>> = { bsn: bsnNames, ageBand: birthNames, area: areaNames }

const contentOf: Record<TargetKind, readonly ContentKind[]> = {
  bsn: ['bsn', 'empty'],
  text: ['words', 'text', 'date', 'postcode', 'number', 'area', 'yesNo', 'empty'],
  category: ['words', 'yesNo', 'number', 'text', 'empty'],
  yesNo: ['yesNo', 'number', 'words', 'empty'],
  ageBand: ['date', 'empty'],
  area: ['area', 'number', 'words', 'empty'],
  month: ['month', 'date', 'empty'],
  numberBand: ['number', 'empty'],
  amount: ['number', 'empty'],
}

/** Kinds whose content gives them away when no header does. */
const tellTale: readonly TargetKind[] = ['bsn', 'area']

const why = {
  remembered: {
    nl: 'U hebt dit eerder zo bevestigd voor een bestand met deze kolommen.',
    en: 'You confirmed this before for a file with these columns.',
  },
  both: { nl: 'De kolomnaam is bekend en de inhoud past.', en: 'The header is known and the content fits.' },
  headerOnly: {
    nl: 'De kolomnaam is bekend, maar de inhoud ziet er anders uit dan verwacht.',
    en: 'The header is known, but the content looks different from what is expected.',
  },
  partly: {
    nl: 'De kolomnaam lijkt op een bekende naam en de inhoud past.',
    en: 'The header resembles a known name and the content fits.',
  },
  contentOnly: {
    nl: 'Alleen deze kolom heeft inhoud die past; de naam is niet bekend.',
    en: 'Only this column has content that fits; its name is not known.',
  },
  none: { nl: 'Geen kolom past hierbij.', en: 'No column fits.' },
} satisfies Record<string, Text>

/**
 * @param remembered - mappings confirmed earlier; one for this dataset and exactly these headers wins
 */
export function proposeMapping(
  inspection: Inspection,
  spec: DatasetSpec,
  remembered: readonly RememberedMapping[] = [],
): Mapping {
  const known = remembered.find(
    ({ dataset, headerFingerprint }) => dataset === spec.id && headerFingerprint === inspection.headerFingerprint,
  )
  const fields = spec.fields.map(
    (field) => (known ? recall(known, field, inspection) : null) ?? propose(field, spec, inspection),
  )
  const used = new Set(fields.map(({ column }) => column))
  return {
    dataset: spec.id,
    headerFingerprint: inspection.headerFingerprint,
    fields,
    unused: inspection.columns.filter(({ index }) => !used.has(index)).map(({ header }) => header),
  }
}

/** What to keep once a person has confirmed a mapping. */
export function rememberMapping(mapping: Mapping): RememberedMapping {
  const { dataset, headerFingerprint, fields } = mapping
  return { dataset, headerFingerprint, columns: Object.fromEntries(fields.map(({ field, column }) => [field, column])) }
}

/**
 * Whether this can be the file the agreement means.
 * @returns `wrong_file` when most of what only this dataset has is missing, `column_missing` when single required columns are,
 *   both with the labels of the missing ones; null when every required field has a column
 */
export function recogniseFile(mapping: Mapping, spec: DatasetSpec): Refusal | null {
  const columnOf = new Map(mapping.fields.map(({ field, column }) => [field, column]))
  const missing = spec.fields.filter((field) => field.required && (columnOf.get(field.id) ?? null) === null)
  if (missing.length === 0) return null
  // Every partner has numbers of citizens and dates of birth; they say nothing about whose file it is.
  const own = spec.fields.filter(
    ({ target, required }) => required && target.kind !== 'bsn' && target.kind !== 'ageBand' && target.kind !== 'text',
  )
  const gone = own.filter((field) => missing.includes(field))
  const code = own.length > 0 && gone.length * 2 >= own.length ? 'wrong_file' : 'column_missing'
  return refusal(
    code,
    null,
    missing.map(({ label }) => label),
  )
}

function recall(known: RememberedMapping, field: FieldSpec, { columns }: Inspection): MappedField | null {
  const index = known.columns[field.id]
  if (index === undefined) return null
  const column = index === null ? null : columns[index]
  if (column === undefined) return null
  return {
    field: field.id,
    column: index,
    header: column?.header ?? null,
    confidence: 'remembered',
    reason: why.remembered,
  }
}

function propose(field: FieldSpec, spec: DatasetSpec, { columns }: Inspection): MappedField {
  const names = namesFor(field)
  const fits = ({ kind }: Column) => contentOf[field.target.kind].includes(kind)
  const take = (column: Column, confidence: Confidence, reason: Text): MappedField => ({
    field: field.id,
    column: column.index,
    header: column.header,
    confidence,
    reason,
  })
  const exact = columns.filter(({ header }) => headerForms(header).some((form) => names.has(form)))
  const exactFit = exact.find(fits)
  if (exactFit !== undefined) return take(exactFit, exact.filter(fits).length === 1 ? 'sure' : 'likely', why.both)
  if (exact[0] !== undefined) return take(exact[0], 'likely', why.headerOnly)
  // Columns another field knows by name are not up for guessing.
  const spoken = new Set(spec.fields.filter((other) => other !== field).flatMap((other) => [...namesFor(other)]))
  const free = columns.filter(
    (column) => fits(column) && column.kind !== 'empty' && !headerForms(column.header).some((form) => spoken.has(form)),
  )
  const partly = free.filter(({ header }) =>
    [...names].some((name) => name.length >= 4 && foldHeader(header).includes(name)),
  )
  if (partly.length === 1 && partly[0] !== undefined) return take(partly[0], 'likely', why.partly)
  const content = free.filter(({ kind }) => kind === contentOf[field.target.kind][0])
  if (tellTale.includes(field.target.kind) && content.length === 1 && content[0] !== undefined)
    return take(content[0], 'likely', why.contentOnly)
  return { field: field.id, column: null, header: null, confidence: 'none', reason: why.none }
}

function namesFor(field: FieldSpec): Set<string> {
  const words = [field.id, field.label.nl, field.label.en, ...field.aliases, ...(namesOf[field.target.kind] ?? [])]
  return new Set(words.map(foldHeader).filter((word) => word !== ''))
}

/** A header whole, and without what stands in parentheses: `Huurachterstand (mnd)`. */
function headerForms(header: string): string[] {
  return [foldHeader(header), foldHeader(header.replace(/\(.*?\)/g, ''))]
}
