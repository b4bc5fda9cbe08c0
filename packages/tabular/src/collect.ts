/**
 * Gathers the batches of one table into whole columns, as the node needs them to make subjects and to shuffle.
 *
 * This is where memory grows with the rows: about 4 bytes for the number and 2 per dimension.
 * @module
 */
import type { Batch } from './read-batch.ts'

export type TableColumns = {
  readonly rows: number
  readonly bsn: Int32Array | null
  readonly codes: Readonly<Record<string, Uint16Array>>
  readonly amounts: Readonly<Record<string, Int32Array>>
}

/**
 * @param batches - of one reading; row numbers are dropped, and the numbers of citizens are erased from every batch
 * @param takeTexts - is given the texts of every batch, one array a field; they are dropped afterwards
 * @returns columns of which the caller should erase `bsn` when it has made tokens
 */
export async function collectColumns(
  batches: AsyncIterable<Batch>,
  takeTexts: (rows: number, texts: Batch['texts']) => void = () => {},
): Promise<TableColumns> {
  let rows = 0
  let bsn: Int32Array | null = null
  const codes: Record<string, Uint16Array> = {}
  const amounts: Record<string, Int32Array> = {}
  for await (const batch of batches) {
    takeTexts(batch.rows, batch.texts)
    if (batch.bsn !== null) {
      const filled: Int32Array = bsn ?? new Int32Array(0)
      bsn = appended(filled, rows, batch.bsn)
      // No copy of the numbers stays behind.
      batch.bsn.fill(0)
      if (bsn !== filled) filled.fill(0)
    }
    for (const [id, column] of Object.entries(batch.codes))
      codes[id] = appended(codes[id] ?? new Uint16Array(0), rows, column)
    for (const [id, column] of Object.entries(batch.amounts))
      amounts[id] = appended(amounts[id] ?? new Int32Array(0), rows, column)
    rows += batch.rows
  }
  // Views: room that was never written to is not memory in use yet, and a copy would be.
  const exact = <T extends Uint16Array | Int32Array>(columns: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(columns).map(([id, column]) => [id, column.subarray(0, rows) as T]))
  return { rows, bsn: bsn?.subarray(0, rows) ?? null, codes: exact(codes), amounts: exact(amounts) }
}

function appended<T extends Int32Array | Uint16Array>(column: T, filled: number, more: T): T {
  let target = column
  if (filled + more.length > column.length) {
    target = new (column.constructor as new (length: number) => T)(Math.max(65_536, (filled + more.length) * 2))
    target.set(column)
  }
  target.set(more, filled)
  return target
}
