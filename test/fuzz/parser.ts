/** One function that reads what came from outside, and how to call it. */
export type Parser = {
  /** As `package.function`. */
  readonly name: `${string}.${string}`
  readonly good: readonly Uint8Array[]
  /** May throw only what its package documents: an error with a code. */
  readonly call: (bytes: Uint8Array) => unknown
  /** It tells by what it returns, and never throws. */
  readonly neverThrows?: true
}
