/**
 * What can be wrong with what somebody gives `kruispunt-disclosure`, and what to do about it. No sentence quotes data.
 * @module
 */
const faultTexts = {
  file_unreadable: ['the file cannot be read', 'check its name and whether you may read it'],
  output_not_writable: ['the result cannot be written', 'check that the folder is there and may be written to'],
  file_too_large: ['the file is larger than 64 MB', 'give a table of at most 50,000 cells, margins included'],
  not_json: ['the file is not JSON', 'check brackets, commas and quotes, or let a program write the file'],
  wrong_form: ['a field is missing or has another form than it should', 'compare it with docs/table-format.md'],
  unknown_field: ['an object has a field that is not known here', 'check its spelling, or leave it out'],
  dimension_twice: ['two dimensions have one name', 'give each dimension a name of its own'],
  dimension_unknown: [
    'a dimension is named that is not described',
    'describe it under `dimensions`, or correct the name',
  ],
  code_twice: ['a code stands twice in one dimension', 'list each code once'],
  code_unknown: ['a code is used that its dimension does not list', 'list it under `codes`, or correct it'],
  hierarchy_cycle: ['a code lies below itself', 'correct the parents: following them up must end'],
  parent_twice: ['a code has two parents', 'keep one parent; put the other union under `groups`'],
  total_ambiguous: [
    'it is not clear which code is the total of its dimension',
    'name it in `total`; it has no parent, and everything else lies below it',
  ],
  codings_unrelated: [
    'one dimension is coded in two ways that do not say how they relate',
    'describe the finest codes once under `dimensions`, with the others as parents or groups of them',
  ],
  codes_do_not_cover: [
    'a question shows codes that do not make up its total, without saying how many people are elsewhere',
    'give `cells` over all dimensions at the top of the file instead of with the question',
  ],
  too_many_cells: [
    'the table is too large to be attacked: more than 50,000 cells, margins included',
    'use coarser codes or fewer dimensions, or split the table',
  ],
  too_many_dimensions: ['a table has more than six dimensions', 'leave dimensions out'],
  count_not_whole: ['a count is not a whole number', 'give whole numbers'],
  count_negative: ['a count is below zero', 'give counts of zero or more'],
  count_too_large: [
    'a count is above 1,000,000,000',
    'check the unit; counts up to a thousand million can be attacked',
  ],
  cell_twice: ['one combination of codes has two counts', 'give each combination once'],
  cell_missing: [
    'a combination of finest codes has no count',
    'give every combination, or say `"missing": "zero"` if those left out hold nobody',
  ],
  cell_not_listed: [
    'a cell of the published table, margins included, is neither shown nor withheld',
    'list every cell, `null` for a withheld one, or say `"missing": "withheld"` if those left out are not published',
  ],
  counts_wrong_shape: [
    'the nested lists under `counts` do not fit the codes',
    'one level of lists for each dimension, in their order, and one number for each finest code',
  ],
  margins_do_not_add_up: [
    'a margin is not the sum of its parts',
    'correct the margin or its parts; margins may also be left out, they are computed',
  ],
  counts_contradict: [
    'two numbers about one cell contradict each other',
    'an organisation cannot hold more persons than there are, and no cell has persons without counting anything',
  ],
  persons_missing: [
    'a table of records or households does not say how many persons are behind a count',
    'add `persons` to every cell; for records `largest` too, the records of the two persons with most',
  ],
  measure_twice: ['two measures have one id', 'give each measure an id of its own'],
  measure_unknown: ['a cell has a sum of a measure that is not described', 'describe it under `measures`'],
  sum_missing: ['a cell with people has no sum of a measure', 'give `sums` in every cell that holds anybody'],
  sum_not_whole: ['a sum or a contribution is not a whole number', 'choose a smaller unit, such as cents'],
  sums_contradict: [
    'a sum contradicts its contributions, the bounds of its measure or the count beside it',
    'see the part on sums in docs/table-format.md',
  ],
  sums_need_persons: ['sums stand beside counts of persons only', 'let `unit` be `persons`'],
  structural_zero_not_empty: ['a combination declared impossible holds somebody', 'correct the list or the count'],
  minimum_out_of_range: ['`policy.minimum` is not a whole number from 3 to 100', 'give a whole number from 3 to 100'],
  policy_out_of_range: ['a value of the policy is outside its range', 'see the policy table in docs/table-format.md'],
  sizes_incomplete: [
    'some finest codes of a dimension have a `size` and others do not, or all are zero',
    'give each finest code a `size`, or none of them',
  ],
  nothing_published: ['the published table shows and withholds nothing', 'list its cells'],
  secret_too_short: [
    'the secret is shorter than 16 bytes',
    'use a file of 16 bytes or more, from a good random source',
  ],
} as const
export type FaultCode = keyof typeof faultTexts

/** One thing that is wrong: where in the file, never which value. */
export type Fault = {
  readonly code: FaultCode
  readonly path: string
  readonly reason: string
  readonly remedy: string
}

/** Gathers faults, so that a reader sees all of them at once. */
export class Faults {
  readonly #found: Fault[] = []

  add(code: FaultCode, path: string): void {
    const [reason, remedy] = faultTexts[code]
    this.#found.push({ code, path, reason, remedy })
  }

  get count(): number {
    return this.#found.length
  }

  /** What was found; there is something. */
  refused(): InputRefused {
    if (this.#found.length === 0) throw new Error('nothing was wrong')
    return new InputRefused(this.#found)
  }

  /** @throws {@link InputRefused} if anything was wrong */
  end(): void {
    if (this.#found.length > 0) throw this.refused()
  }
}

/** The input cannot be worked with. Safe to show: it quotes no data. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused'
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults[0]?.reason ?? 'the input cannot be used')
    this.faults = faults
  }

  static because(code: FaultCode, path = ''): InputRefused {
    const [reason, remedy] = faultTexts[code]
    return new InputRefused([{ code, path, reason, remedy }])
  }
}
