/**
 * Checks a mapping against a file and a specification, and prepares what reads each column.
 * @module
 */
import { type AmountReader, amountReader } from './amounts.ts'
import { type CodeList, codeListOf, isDimension } from './code-list.ts'
import { coderFor } from './coders.ts'
import { TabularError } from './errors.ts'
import type { Severity } from './findings.ts'
import type { Inspection } from './inspect.ts'
import type { Mapping } from './mapping.ts'
import type { DatasetSpec, FieldSpec } from './spec.ts'
import type { Coder } from './value-cache.ts'

type Common = {
  readonly field: FieldSpec
  readonly column: number
  readonly header: string
  readonly invalid: Severity
}

export type PlannedField =
  | (Common & { readonly kind: 'dimension'; readonly list: CodeList; readonly coder: Coder | null })
  | (Common & { readonly kind: 'bsn' })
  | (Common & { readonly kind: 'text' })
  | (Common & { readonly kind: 'amount'; readonly read: AmountReader })

/** Column of a field that has none: every row gets `unknown`. */
export const NO_COLUMN = -1

/**
 * @throws {@link TabularError} `mapping_invalid` if the mapping is not of this file and dataset, names a column that is not
 *   there or leaves a required field without one; `spec_invalid`
 */
export function planReading(inspection: Inspection, mapping: Mapping, spec: DatasetSpec): PlannedField[] {
  if (mapping.dataset !== spec.id || mapping.headerFingerprint !== inspection.headerFingerprint)
    throw new TabularError('mapping_invalid')
  if (new Set(spec.fields.map(({ id }) => id)).size !== spec.fields.length) throw new TabularError('spec_invalid')
  if (spec.fields.filter(({ target }) => target.kind === 'bsn').length > 1) throw new TabularError('spec_invalid')
  return spec.fields.map((field) => {
    const chosen = mapping.fields.find((mapped) => mapped.field === field.id)
    if (chosen === undefined || (chosen.column === null && field.required)) throw new TabularError('mapping_invalid')
    const column = chosen.column === null ? undefined : inspection.columns[chosen.column]
    if (chosen.column !== null && column === undefined) throw new TabularError('mapping_invalid')
    const common = {
      field,
      column: column?.index ?? NO_COLUMN,
      header: column?.header ?? '',
      invalid: severityOf(field),
    }
    const { target } = field
    if (target.kind === 'amount')
      return { ...common, kind: 'amount', read: amountReader(target, column?.decimalMark ?? 'point') }
    if (!isDimension(target)) return { ...common, kind: target.kind }
    const coder = column === undefined ? null : coderFor({ ...field, target }, column.decimalMark)
    return { ...common, kind: 'dimension', list: codeListOf(field), coder }
  })
}

function severityOf({ whenInvalid, target }: FieldSpec): Severity {
  const strict =
    target.kind === 'ageBand' || target.kind === 'month' || target.kind === 'numberBand' || target.kind === 'amount'
  return (whenInvalid ?? (strict ? 'bad_row' : 'unknown')) === 'bad_row' ? 'error' : 'warning'
}
