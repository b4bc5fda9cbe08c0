/**
 * What the counting engine refuses.
 * @module
 */
const messages = {
  id_twice: 'two parties, record tables or columns that belong together have the same id',
  id_reserved: 'the id of a column begins with "presence:", which is kept for parties',
  length_mismatch: 'a column is not as long as its table',
  persons_malformed: 'the number of persons is not a whole number the engine can carry',
  person_out_of_range: 'a record is of a person that is not there',
  presence_malformed: 'a membership holds something else than 0 and 1',
  household_out_of_range: 'a household number is not below the number of persons',
  too_many_parties: 'more than 32 parties in one job',
  unknown_column: 'a column asked for is not in the job',
  unknown_measure: 'a measure asked for is not in the job',
  largest_malformed: 'the number of largest contributions is not a whole number from 2 to 5',
  unknown_party: 'a party asked for is not in the job',
  unknown_record_table: 'a record table asked for is not in the job',
  record_table_missing: 'counting records takes a record table',
  record_table_not_allowed: 'households are counted without a record table',
  households_missing: 'the job has no households',
  axes_count: 'a table has one to twelve axes',
  axis_malformed: 'an axis has no nodes, an empty node, a node outside its first one, or more than 4096 codes',
  codes_malformed: 'a list of codes is empty or holds something else than different whole numbers from 0 to 65535',
  too_many_cells: 'a table has more cells than the engine counts at once',
  settings_malformed: 'the memory limit or the number of threads is not a whole number above 0',
  out_of_memory: 'the job needs more memory than it may use',
  job_closed: 'the job is closed',
} as const
export type EngineErrorCode = keyof typeof messages

/** The only error this package throws on purpose. Safe to log and to show: the message is fixed and quotes no data. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode
  constructor(code: EngineErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
