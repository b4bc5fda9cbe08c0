/**
 * Refuses tables that do not fit together, before anything is loaded.
 * @module
 */
import { type JobTables, noHousehold } from './counting-engine.ts'
import { EngineError } from './errors.ts'

/** What an axis or filter over a party's membership is called, before the party. */
export const presencePrefix = 'presence:'

/**
 * @throws {@link EngineError} with the code of the first fault found
 */
export function checkTables(tables: JobTables): void {
  const { persons, personColumns, personMeasures = [], memberships, recordTables, households } = tables
  if (!Number.isSafeInteger(persons) || persons < 0 || persons >= noHousehold)
    throw new EngineError('persons_malformed')
  if (memberships.length > 32) throw new EngineError('too_many_parties')
  checkIds(memberships.map(({ party }) => party))
  checkIds(recordTables.map(({ id }) => id))
  const personIds = personColumns.map(({ id }) => id)
  checkIds([...personIds, ...personMeasures.map(({ id }) => id)])
  for (const { amounts } of personMeasures) checkLength(amounts, persons)
  for (const { codes } of personColumns) checkLength(codes, persons)
  for (const { present } of memberships) {
    checkLength(present, persons)
    if (!present.every((value) => value <= 1)) throw new EngineError('presence_malformed')
  }
  for (const { columns, measures = [], person } of recordTables) {
    checkIds([...personIds, ...columns.map(({ id }) => id), ...measures.map(({ id }) => id)])
    for (const { amounts } of measures) checkLength(amounts, person.length)
    for (const { codes } of columns) checkLength(codes, person.length)
    if (!person.every((number) => number < persons)) throw new EngineError('person_out_of_range')
  }
  if (households !== undefined) {
    checkLength(households, persons)
    const fits = households.every((household) => household < persons || household === noHousehold)
    if (!fits) throw new EngineError('household_out_of_range')
  }
}

function checkIds(ids: readonly string[]): void {
  if (new Set(ids).size !== ids.length) throw new EngineError('id_twice')
  if (ids.some((id) => id.startsWith(presencePrefix))) throw new EngineError('id_reserved')
}

function checkLength(column: { readonly length: number }, rows: number): void {
  if (column.length !== rows) throw new EngineError('length_mismatch')
}
