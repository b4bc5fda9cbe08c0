/**
 * A hash table from a number to the row it was first seen in, in typed arrays: a Map of a million strings would take ten
 * times the memory and the time.
 * @module
 */

export type NumberTable = {
  /** The row this number was first given with. */
  firstRow(number: number, row: number): number
  /** Leaves no number behind in memory; the table cannot be used afterwards. */
  erase(): void
}

/** @param most - how many different numbers can come */
export function numberTable(most: number): NumberTable {
  // A power of two at least twice as large: probes stay short and the mask replaces a division.
  const bits = Math.ceil(Math.log2(Math.max(16, most * 2)))
  const size = 2 ** bits
  const mask = size - 1
  const numbers = new Int32Array(size)
  const rows = new Uint32Array(size)
  return {
    firstRow: (number, row) => {
      // Multiplying by 2^32 / golden ratio spreads the runs of numbers that registers issue.
      let slot = Math.imul(number, 0x9e3779b1) >>> (32 - bits)
      for (; numbers[slot] !== 0; slot = (slot + 1) & mask) if (numbers[slot] === number) return rows[slot] as number
      numbers[slot] = number
      rows[slot] = row
      return row
    },
    erase: () => void numbers.fill(0),
  }
}
