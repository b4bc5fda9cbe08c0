/**
 * Words that people and programs put where a name is not known. A whole field only: part of a name is never one.
 * @module
 */

const PLACEHOLDERS = new Set('onbekend onbek unknown anoniem anonymous nn nvt null leeg nomen nomennescio'.split(' '))

/** @param folded - a-z */
export const isPlaceholder = (folded: string): boolean => PLACEHOLDERS.has(folded)
