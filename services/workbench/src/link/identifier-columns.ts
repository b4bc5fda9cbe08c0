/**
 * What the reader looks for in a file of people.
 * @module
 */
import type { LinkageProfile } from '@kruispunt/contracts'
import type { DatasetSpec, FieldSpec } from '@kruispunt/tabular'
import { type FileField, knownHeaders, rowIdHeaders } from './known-headers.ts'

export const fileFields = Object.keys(knownHeaders) as readonly FileField[]

export const rowIdField = '_id'
export const truthField = '_truth'

/**
 * What the reader looks for in a file.
 * @param truth - header of the column that says which rows are one person, if any
 */
export function identifierSpec(profile: LinkageProfile, truth: string | null): DatasetSpec {
  const field = (id: string, aliases: readonly string[], kind: 'bsn' | 'text'): FieldSpec => ({
    id,
    label: { nl: id, en: id },
    aliases,
    required: false,
    target: { kind },
  })
  return {
    id: 'identifiers',
    grain: 'person',
    fields: [
      ...fileFields
        // The eleven-test is Dutch; numbers of other countries stay out of it.
        .filter((id) => id !== 'citizenNumber' || profile === 'nl1')
        .map((id) => field(id, knownHeaders[id], id === 'citizenNumber' ? 'bsn' : 'text')),
      field(rowIdField, rowIdHeaders, 'text'),
      ...(truth === null ? [] : [field(truthField, [truth], 'text')]),
    ],
  }
}
