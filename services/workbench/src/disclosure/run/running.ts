/**
 * What the commands need from outside, and how they end.
 * @module
 */
export type Running = {
  readonly now: () => number
  /** Breaks ties between equally good cells; 16 bytes or more. */
  readonly secret: Uint8Array
  /** Time for one table, audit included; ms. */
  readonly timeLimitMs: number
  /** Work that may go into showing more, in ms of a usual machine; by default as the size of the table asks. */
  readonly improveMs?: number
}

export type Finished = {
  /** `refused`: no answer may leave. `leak`: an attack succeeded. */
  readonly ending: 'done' | 'refused' | 'leak'
  /** For everybody; JSON. */
  readonly result: Readonly<Record<string, unknown>>
  /** For auditors only; JSON. */
  readonly hidden?: Readonly<Record<string, unknown>>
}
