/** @module */
const TABLE: Readonly<Record<string, readonly string[]>> = { kees: ['cornelis'] }
export const DUTCH_CALLING_NAMES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(TABLE))
