/**
 * What a dataset must look like when it leaves the node: the target side of every mapping.
 *
 * The specification is plain data out of the sharing agreement. Code lists stand here and never come from the file, so
 * that all partners, and every delivery of one partner, carry the same codes.
 * @module
 */

/** The same sentence in both languages of the interface. */
export type Text = { readonly nl: string; readonly en: string }

/** One code of a closed list. `unknown` is reserved: every list gets it by itself, at index 0. */
export type Code = { readonly code: string; readonly label: Text }

/** A code with the spellings the sources use for it; code and labels are accepted without being repeated here. */
export type CategoryCode = Code & { readonly accepts?: readonly string[] }

/** A half-open range `[from, below)`; without `below` it has no upper end. */
export type NumberBand = Code & { readonly from: number; readonly below?: number }

/** A neighbourhood and the district it lies in. */
export type Area = Code & { readonly district: string }

/** What becomes of a column. `bsn` and `text` feed match keys, `amount` is added up; the others end in an index into a code list. */
export type Target =
  | { readonly kind: 'bsn' }
  | { readonly kind: 'text' }
  | { readonly kind: 'category'; readonly codes: readonly CategoryCode[] }
  | { readonly kind: 'yesNo' }
  /** `from`: lowest age of every band in whole years, rising; `referenceDate`: `yyyy-mm-dd`, the day ages are taken. */
  | { readonly kind: 'ageBand'; readonly referenceDate: string; readonly from: readonly number[] }
  | { readonly kind: 'area'; readonly areas: readonly Area[]; readonly districts: readonly Code[] }
  /** First and last month, both included, `yyyy-mm`. Quarters are the parents. */
  | { readonly kind: 'month'; readonly from: string; readonly to: string }
  | { readonly kind: 'numberBand'; readonly bands: readonly NumberBand[] }
  /** A number to add up, kept as a whole number of its smallest unit: 7,5 with one decimal is 75. Bounds are included. */
  | { readonly kind: 'amount'; readonly decimals: number; readonly lowest: number; readonly highest: number }

export type TargetKind = Target['kind']

export type FieldSpec = {
  /** Name of what leaves: a match key id (`B1`) or a dimension id. Unique in the dataset. */
  readonly id: string
  readonly label: Text
  /** Headers under which sources are known to hold it. Case, blanks, punctuation and text in parentheses do not matter. */
  readonly aliases: readonly string[]
  /** Without it the file is not the right one. */
  readonly required: boolean
  /**
   * What a value that cannot be read does to its row: `bad_row` (an error; the steward decides) or `unknown` (a warning).
   * When left out: `bad_row` for dates, months and numbers, `unknown` for numbers of citizens, categories and areas.
   */
  readonly whenInvalid?: 'unknown' | 'bad_row'
  readonly target: Target
}

export type DatasetSpec = {
  readonly id: string
  /** `person`: rows of one subject are merged; `record`: every row counts (reports). */
  readonly grain: 'person' | 'record'
  readonly fields: readonly FieldSpec[]
}
