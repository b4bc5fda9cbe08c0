/**
 * What one way with one file came to, so that no way is quick by doing less than it should.
 * @module
 */
export type Outcome = {
  readonly rows: number
  /** Rows with a valid citizen number. */
  readonly withNumber: number
  /** Null for a way that does not merge rows of one person. */
  readonly persons: number | null
  readonly bytesWritten: number
}
