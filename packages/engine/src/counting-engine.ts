/**
 * The port: what a job asks of whatever counts for it. Counts and sums over person-aligned columns, no more.
 *
 * Codes are stored shifted by one: 0 says that the person is not in the extract of the party that owns the column,
 * c + 1 is code c of the column's code list. Queries speak in the same stored codes.
 * @module
 */

export type Codes = Uint8Array | Uint16Array

export type PersonColumn = {
  readonly id: string
  /** per person: 0, or code + 1 */
  readonly codes: Codes
}

/** Amounts to add up: one a row, whole numbers of the measure's smallest unit; 0 where there is none. */
export type MeasureColumn = { readonly id: string; readonly amounts: Int32Array }

export type RecordTable = {
  readonly id: string
  /** whose extract the records are from */
  readonly party: string
  /** per record: the person it is of */
  readonly person: Uint32Array
  /** per record; ids may not be those of person columns */
  readonly columns: readonly { readonly id: string; readonly codes: Codes }[]
  readonly measures?: readonly MeasureColumn[]
}

/** In `households`: this person has no household, and is counted in none. */
export const noHousehold = 0xffffffff

export type JobTables = {
  /** persons are numbered 0 to persons − 1 */
  readonly persons: number
  readonly personColumns: readonly PersonColumn[]
  readonly personMeasures?: readonly MeasureColumn[]
  /** per party: 1 for each person that is in its extract, 0 for the others */
  readonly memberships: readonly { readonly party: string; readonly present: Uint8Array }[]
  readonly recordTables: readonly RecordTable[]
  /** per person: its household, numbered below the number of persons, or {@link noHousehold} */
  readonly households?: Uint32Array
}

export type Axis = {
  /** a person column, a column of the query's record table, or `presence:<party>`: 1 = not in its extract, 2 = in it */
  readonly column: string
  /**
   * Rows or columns of the table, each a set of stored codes. Node 0 is the whole selection: who has none of its codes
   * is not in the table. The others lie within it and may nest or overlap: districts and neighbourhoods, quarters and months.
   */
  readonly nodes: readonly (readonly number[])[]
}

export type CountQuery = {
  /**
   * What `count` counts. With a record table, `persons` counts those with a record in the cell;
   * `households` counts those with a person in the cell and takes no record table.
   */
  readonly unit: 'persons' | 'records' | 'households'
  readonly recordTable?: string
  readonly population: { readonly memberships?: readonly { readonly party: string; readonly present: boolean }[] }
  /** all must hold; a filter holds for who has one of its stored codes */
  readonly filters: readonly { readonly column: string; readonly codes: readonly number[] }[]
  /** one to twelve; a table that people read has at most four, disclosure control crosses more */
  readonly axes: readonly Axis[]
}

export type CountedCell = {
  /** per axis, the number of the node */
  readonly at: readonly number[]
  /** persons, records or households, as the query's unit says */
  readonly count: number
  /** different persons behind the count */
  readonly persons: number
  /** of those, how many each party holds in its extract */
  readonly byParty: Readonly<Record<string, number>>
  /** the two largest contributions of one person to the cell, in records; 1 a person when no records are counted */
  readonly largest: readonly [number, number]
}

/** Every combination of nodes, the last axis fastest, zeros included. */
export type CountResult = { readonly cells: readonly CountedCell[] }

export type SumQuery = Omit<CountQuery, 'unit'> & {
  /** a measure of the persons, or of the query's record table */
  readonly measure: string
  /** how many of the largest contributions are wanted, 2 to 5 */
  readonly largest: number
}

export type SummedCell = {
  readonly at: readonly number[]
  readonly sum: number
  /** different persons in the cell, with or without an amount */
  readonly persons: number
  /** those whose amounts do not add up to 0 */
  readonly contributors: number
  /** the largest contributions of one person, all its records in the cell added up, without sign; largest first */
  readonly largest: readonly number[]
}

export type SumResult = { readonly cells: readonly SummedCell[] }

export type CountingJob = {
  /** Queries of one job run one after the other. */
  count(query: CountQuery): Promise<CountResult>
  sum(query: SumQuery): Promise<SumResult>
  /** Ends the job after the query at hand: drops its tables and fills the arrays given to `open` with zeros. */
  close(): Promise<void>
}

export type CountingEngine = {
  /** From here on the arrays belong to the job; whoever gave them may read them until `close`. */
  open(tables: JobTables): Promise<CountingJob>
}
