/**
 * What the tests share: reading a whole text or file in one call, and a plain reader of numbers.
 * @module
 */
import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import {
  type Batch,
  BsnAnswer,
  type BsnReader,
  type DatasetSpec,
  type FieldSpec,
  type Inspection,
  inspectTable,
  proposeMapping,
  type ReadOptions,
  type ReadReport,
  readTable,
} from '../src/index.ts'

export const practiceFile = (name: string) =>
  readFileSync(new URL(`../../../infra/practice-region/${name}`, import.meta.url))

/** The rule as one would write it by hand, over text. */
export const plainBsn: BsnReader = (bytes, start, end) => {
  const digits = Buffer.from(bytes.slice(start, end)).toString('latin1').replace(/\D/g, '')
  if (digits === '') return BsnAnswer.empty
  const nine = digits.length === 8 ? `0${digits}` : digits
  if (nine.length !== 9 || nine.startsWith('00')) return BsnAnswer.malformed
  const sum = [9, 8, 7, 6, 5, 4, 3, 2, -1].reduce((total, weight, at) => total + weight * Number(nine[at]), 0)
  return sum % 11 === 0 ? Number(nine) : BsnAnswer.elevenTest
}

export function inspected(bytes: Uint8Array): Inspection {
  const outcome = inspectTable(bytes)
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`)
  return outcome.inspection
}

export const inPieces = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))

export async function readAll(
  bytes: Uint8Array,
  spec: DatasetSpec,
  options: ReadOptions & { pieces?: number } = {},
): Promise<{ batches: Batch[]; report: ReadReport }> {
  const inspection = inspected(bytes)
  const chunks = inPieces(bytes, options.pieces ?? 65_536)
  const reading = readTable(chunks, inspection, proposeMapping(inspection, spec), spec, {
    readBsn: plainBsn,
    ...options,
  })
  const batches: Batch[] = []
  for await (const batch of reading.batches) batches.push(batch)
  return { batches, report: reading.report() }
}

export const field = (id: string, target: FieldSpec['target'], more: Partial<FieldSpec> = {}): FieldSpec => ({
  id,
  label: { nl: id, en: id },
  aliases: [],
  required: true,
  target,
  ...more,
})

export const dataset = (...fields: FieldSpec[]): DatasetSpec => ({ id: 'test', grain: 'person', fields })

export const utf8 = (text: string) => new TextEncoder().encode(text)

/** The codes of one dimension for a column with these values. */
export async function codesOf(target: FieldSpec['target'], values: readonly string[], more: Partial<FieldSpec> = {}) {
  const text = `nr;waarde\n${values.map((value, at) => `${at};${value}\n`).join('')}`
  const { batches, report } = await readAll(utf8(text), dataset(field('waarde', target, more)))
  return {
    codes: batches.flatMap(({ codes }) => [...(codes['waarde'] ?? [])]),
    bad: batches.flatMap(({ bad }) => [...bad]),
    report,
  }
}
