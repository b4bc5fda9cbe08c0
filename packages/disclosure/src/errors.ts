/**
 * What can be wrong with what a caller passes in. A table that may not leave is no error but an outcome with a code.
 * @module
 */
const messages = {
  minimum_too_low: 'the smallest count shown must be a whole number, 3 or more',
  rule_out_of_range: 'a disclosure rule has a value outside its range',
  axes_malformed: 'an axis of the table does not describe its categories as sets of the finest codes',
  cells_incomplete: 'the table does not hold each combination of its categories exactly once',
  count_not_whole: 'a cell count is not a whole number',
  counts_inconsistent: 'the counts of a table contradict each other',
  structural_zero_not_empty: 'a combination declared impossible holds somebody',
  secret_too_short: 'the secret that breaks ties must be 16 bytes or more',
  people_malformed:
    'the people behind the tables are not laid out as combinations of the finest codes of their dimensions',
  earlier_table_foreign: 'an earlier table is about another population or unit',
  sum_not_whole: 'a sum, a contribution or a public bound is not a whole number of its unit',
  sums_inconsistent: 'the sums of a table contradict each other, their contributions or the counts beside them',
  perturbation_impossible: 'no table of errors has this largest error, variance and smallest count shown',
  cell_key_out_of_range: 'a cell key is not a whole number of 48 bits',
  axes_overlap: 'two categories of an axis overlap and neither holds the other',
  epsilon_out_of_range: 'a privacy loss, or the chance that its guarantee fails, is outside its range',
  contribution_unbounded: 'what one person adds to the table is not within a declared bound',
} as const
export type DisclosureErrorCode = keyof typeof messages

/** The only error this package throws on purpose. Safe to log and to show: the message is fixed and quotes no data. */
export class DisclosureError extends Error {
  override readonly name = 'DisclosureError'
  readonly code: DisclosureErrorCode
  constructor(code: DisclosureErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
