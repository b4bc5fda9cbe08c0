/**
 * People seen by household, so that a household is counted once in every table.
 *
 * A household of several people has several codes of a variable. It counts as the first category of the agreement's list that
 * any of its members has; the category for unknown counts only when nobody has another. Who lists "yes" before "no" asks for
 * households with at least one. It is known to a party when any member is. Every member carries what its household counts
 * as, which makes such tables add up: no household is in two cells.
 * @module
 */
import { type JobTables, noHousehold, type PersonColumn } from '@kruispunt/engine'

/**
 * @param tables - of persons; not changed
 * @param households - per person its household, below the number of persons, or `noHousehold`
 * @param unknownCodes - per person column the stored code of the category for unknown
 */
export function byHousehold(
  { persons, personColumns, memberships }: JobTables,
  households: Uint32Array,
  unknownCodes: ReadonlyMap<string, number>,
): JobTables {
  return {
    persons,
    personColumns: personColumns.map((column) => ({
      id: column.id,
      codes: sharedCodes(column, households, unknownCodes.get(column.id) ?? 0),
    })),
    memberships: memberships.map(({ party, present }) => ({ party, present: sharedPresence(present, households) })),
    recordTables: [],
    households: households.slice(),
  }
}

/** @param unknown - stored code that gives way to every other */
function sharedCodes({ codes }: PersonColumn, households: Uint32Array, unknown: number): PersonColumn['codes'] {
  // 0 is "outside the delivery" and gives way to whatever a member inside has.
  const best = new Uint32Array(codes.length)
  const rank = (code: number): number => (code === 0 ? Number.MAX_SAFE_INTEGER : code === unknown ? 0x1_0000 : code)
  for (let person = 0; person < codes.length; person++) {
    const household = households[person] as number
    if (household === noHousehold) continue
    const code = codes[person] as number
    if (rank(code) < rank(best[household] as number)) best[household] = code
  }
  return codes.map((code, person) => {
    const household = households[person] as number
    return household === noHousehold ? code : (best[household] as number)
  })
}

function sharedPresence(present: Uint8Array, households: Uint32Array): Uint8Array {
  const any = new Uint8Array(present.length)
  for (let person = 0; person < present.length; person++) {
    const household = households[person] as number
    if (household !== noHousehold && present[person] === 1) any[household] = 1
  }
  return present.map((flag, person) => {
    const household = households[person] as number
    return household === noHousehold ? flag : (any[household] as number)
  })
}
