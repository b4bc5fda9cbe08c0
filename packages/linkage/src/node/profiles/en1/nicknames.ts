/** @module */
const TABLE: Readonly<Record<string, readonly string[]>> = { bill: ['william'] }
export const ENGLISH_NICKNAMES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(TABLE))
