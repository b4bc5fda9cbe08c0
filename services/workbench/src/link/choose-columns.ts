/**
 * Which column of a file feeds which field: what the recipe says, else what the reader proposes.
 * @module
 */
import type { DatasetSpec, Inspection, MappedField, Mapping } from '@kruispunt/tabular'
import { proposeMapping } from '@kruispunt/tabular'
import { LinkError } from './errors.ts'
import { fileFields, rowIdField, truthField } from './identifier-columns.ts'
import { rowIdHeaders } from './known-headers.ts'

const plain = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * @param chosen - header per field; fields that are not in it are proposed, a field with `null` stays out
 * @param file - name of the file, for the refusal
 * @throws {@link LinkError} `column_not_found`
 */
export function chooseColumns(
  inspection: Inspection,
  spec: DatasetSpec,
  chosen: Readonly<Record<string, string | null>>,
  file: string,
): Mapping {
  const proposed = proposeMapping(inspection, spec)
  const fixed = new Map<string, number | null>()
  for (const [field, header] of Object.entries(chosen)) {
    const column = header === null ? null : columnNamed(inspection, header)
    if (column === undefined) throw new LinkError('column_not_found', [`${file}: "${header}"`])
    fixed.set(field, column)
  }
  const truth = spec.fields.find(({ id }) => id === truthField)?.aliases[0]
  if (truth !== undefined) {
    const column = columnNamed(inspection, truth)
    if (column === undefined) throw new LinkError('column_not_found', [`${file}: "${truth}"`])
    fixed.set(truthField, column)
  }
  const rowId = rowIdColumn(inspection)
  if (rowId !== undefined) fixed.set(rowIdField, rowId)
  const taken = new Set(
    [...fixed].flatMap(([field, column]) =>
      column === null || field === truthField || field === rowIdField ? [] : [column],
    ),
  )
  const empty = (field: MappedField): MappedField => ({ ...field, column: null, header: null, confidence: 'none' })
  const given = (field: MappedField, column: number | null): MappedField =>
    column === null
      ? empty(field)
      : { ...field, column, header: inspection.columns[column]?.header ?? null, confidence: 'remembered' }
  const answers = new Map<string, MappedField>()
  for (const field of proposed.fields) {
    if (fixed.has(field.field)) answers.set(field.field, given(field, fixed.get(field.field) ?? null))
  }
  // Surest first: a column that only resembles a header never takes one from a field that knows it by name.
  const rest = proposed.fields.filter(({ field }) => !fixed.has(field))
  const order = (field: MappedField): number => (isKnownByName(field, spec) ? 0 : 1)
  for (const field of [...rest].sort((a, b) => order(a) - order(b))) {
    const free = field.column !== null && !taken.has(field.column) && isGoodEnough(field, spec)
    if (free && field.column !== null) taken.add(field.column)
    answers.set(field.field, free ? field : empty(field))
  }
  const chosenFields = proposed.fields.map(({ field }) => answers.get(field) as MappedField)
  const settled = settleNames({ ...proposed, fields: settleDays(chosenFields, fixed) }, fixed)
  const used = new Set(settled.fields.map(({ column }) => column))
  return {
    ...settled,
    unused: inspection.columns.flatMap(({ index, header }) => (used.has(index) ? [] : [header])),
  }
}

/** `birthday` beside a year of birth is a day of the month. */
function settleDays(fields: readonly MappedField[], fixed: ReadonlyMap<string, number | null>): readonly MappedField[] {
  const of = (id: string): MappedField | undefined => fields.find(({ field }) => field === id)
  const date = of('birthDate')
  const isDay = date?.header !== null && plain(date?.header ?? '') === 'birthday' && of('birthYear')?.column !== null
  if (date === undefined || !isDay || of('birthDay')?.column !== null || fixed.has('birthDate')) return fields
  return fields.map((mapped) => {
    if (mapped.field === 'birthDate') return { ...mapped, column: null, header: null, confidence: 'none' }
    return mapped.field === 'birthDay' ? { ...date, field: 'birthDay' } : mapped
  })
}

function columnNamed({ columns }: Inspection, header: string): number | undefined {
  return columns.find((column) => column.header === header || plain(column.header) === plain(header))?.index
}

/** Of several headers that name a row, the one that stands first in the list, not in the file. */
function rowIdColumn(inspection: Inspection): number | undefined {
  const found = rowIdHeaders.map((header) => columnNamed(inspection, header))
  return found.find((column) => column !== undefined)
}

function isKnownByName({ field, header }: MappedField, spec: DatasetSpec): boolean {
  const names = spec.fields.find(({ id }) => id === field)?.aliases ?? []
  return header !== null && names.some((name) => plain(name) === plain(header))
}

/**
 * A header that only contains a known name counts when that name is long: `geboortedatum_klant` is a date of birth, and
 * `klantnummer` is no house number. Content alone gives away a citizen number and nothing else.
 */
function isGoodEnough(field: MappedField, spec: DatasetSpec): boolean {
  if (isKnownByName(field, spec)) return true
  if (field.field === rowIdField) return false
  if (field.field === 'citizenNumber') return field.confidence !== 'none'
  const names = spec.fields.find(({ id }) => id === field.field)?.aliases ?? []
  const header = plain(field.header ?? '')
  return names.map(plain).some((name) => name.length > 7 && header.includes(name))
}

/** `Naam` is a surname beside initials, and a whole name when nothing else names a person; a whole name is no use beside both. */
function settleNames(mapping: Mapping, fixed: ReadonlyMap<string, number | null>): Mapping {
  const columnOf = (field: string): MappedField | undefined =>
    mapping.fields.find((mapped) => mapped.field === field && mapped.column !== null)
  const hasFirst = ['givenNames', 'initials', 'callingName'].some((field) => columnOf(field) !== undefined)
  const surname = columnOf('surname')
  const fullName = columnOf('fullName')
  if (fixed.has('surname') || fixed.has('fullName')) return mapping
  const move = (from: MappedField, to: 'surname' | 'fullName'): Mapping => ({
    ...mapping,
    fields: mapping.fields.map((mapped) => {
      if (mapped.field === from.field) return { ...mapped, column: null, header: null, confidence: 'none' }
      return mapped.field === to ? { ...from, field: to } : mapped
    }),
  })
  if (surname !== undefined && !hasFirst && /^(naam|huurder|bewoner|cli[eë]nt)$/i.test(surname.header ?? '')) {
    return move(surname, 'fullName')
  }
  if (surname === undefined && fullName !== undefined && hasFirst) return move(fullName, 'surname')
  return mapping
}

/** Whether a mapping has what any person key needs: a name, and a date or an address. */
export function canRecognise(mapping: Mapping): boolean {
  const has = (...fields: string[]): boolean =>
    mapping.fields.some(({ field, column }) => column !== null && fields.includes(field))
  if (has('citizenNumber')) return true
  return has('surname', 'fullName') && has('birthDate', 'birthYear', 'postcode', 'addressId', 'street', 'place')
}

/** What feeds what, for people: field and header, no values. */
export function describeColumns(mapping: Mapping): { readonly field: string; readonly header: string }[] {
  return mapping.fields.flatMap(({ field, header }) =>
    header !== null && fileFields.some((known) => known === field) ? [{ field, header }] : [],
  )
}
