/**
 * Words that people and programs put where a name is not known. A whole field only: part of a name is never one.
 * @module
 */

export const PLACEHOLDERS: ReadonlySet<string> = new Set(
  'onbekend onbek unknown anoniem anonymous nn nvt null leeg nomen nomennescio'.split(' '),
)

const LONGEST = 13

/** @param folded - a-z */
export const isPlaceholder = (folded: string): boolean => folded.length <= LONGEST && PLACEHOLDERS.has(folded)
