/**
 * What an analysis is made with, and what comes out before it is put on record.
 * @module
 */
import type { Bilingual, CrossTabAnswer } from '@kruispunt/contracts'
import { AnalysisError } from './problems.ts'
import type { Table } from './tables/table.ts'

/** How a figure was worked out, and where that is described. */
type Method = { readonly name: Bilingual; readonly source: string }

export type Made = {
  readonly kind: 'descriptive' | 'diagnostic' | 'predictive'
  readonly question: Bilingual
  readonly methods: readonly Method[]
  readonly assumptions: readonly Bilingual[]
  readonly limits: readonly Bilingual[]
  readonly result: object
  /** The answer in words. */
  readonly findings: readonly Bilingual[]
}

/** A table as it was used: enough to find it in the log, and to tell it from any other. */
export type UsedTable = Pick<
  CrossTabAnswer,
  'title' | 'population' | 'unit' | 'mode' | 'release' | 'tableHash' | 'resultSha256'
> & {
  readonly largestError?: number
  readonly cells: number
  readonly inexact: number
}

/** The tables of a question, by their place. */
export type Tables = readonly Table[]

/** @throws {@link AnalysisError} `table_missing` */
export function tableAt(tables: Tables, index: number): Table {
  const table = tables[index]
  if (!table) throw new AnalysisError('table_missing')
  return table
}

/** Codes of dimensions that a question uses, each once. @throws {@link AnalysisError} `dimension_twice` */
export function eachOnce(dimensions: readonly string[]): void {
  if (new Set(dimensions).size !== dimensions.length) throw new AnalysisError('dimension_twice')
}
