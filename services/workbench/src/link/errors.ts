/**
 * Why the command refuses: a code, a reason and a remedy. No value of a file is in any of them.
 * @module
 */
const texts = {
  no_files: ['no file was given', 'Name one or more CSV files, or see --help.'],
  too_many_files: ['more than 32 files were given', 'Link 32 files at most at a time.'],
  file_twice: ['one file was given twice', 'Name every file once; give files of one name different names.'],
  file_not_found: ['a file is not there or cannot be opened', 'Check the path and the rights on the file.'],
  file_unreadable: ['a file cannot be read as a table', 'Export it again as CSV with column names on the first line.'],
  no_usable_columns: [
    'a file has too few columns to recognise people by',
    'It needs a name and a date of birth or an address. Say which column is which under "columns" in the recipe.',
  ],
  column_not_found: [
    'the recipe or an option names a column that a file does not have',
    'Write the name as it stands on the first line of the file.',
  ],
  recipe_not_found: ['the recipe is not there or cannot be opened', 'Check the path; {} is a valid recipe.'],
  recipe_not_json: ['the recipe is not JSON', 'Check brackets, quotation marks and commas; {} is a valid recipe.'],
  recipe_malformed: ['the recipe is not one', 'Mend what is listed; the README shows every setting.'],
  profile_contradicts: [
    'the recipe names another profile than the option',
    'Leave --profile out, or the profile in the recipe.',
  ],
  truth_incomplete: [
    'the column with the truth is empty in some rows',
    'Fill it in for every row: the same text for rows of one person.',
  ],
  partners_malformed: [
    'the partners of the rehearsal are not declared as they should be',
    'Mend what is listed; the README shows an example.',
  ],
  output_not_writable: ['the output cannot be written', 'Check that the folder is there and may be written to.'],
  option_malformed: ['an option is malformed', 'See --help.'],
} as const satisfies Record<string, readonly [string, string]>
export type LinkErrorCode = keyof typeof texts

/** The only error of this command. Details name files, columns and settings, never a value of a row. */
export class LinkError extends Error {
  override readonly name = 'LinkError'
  readonly code: LinkErrorCode
  readonly details: readonly string[]
  constructor(code: LinkErrorCode, details: readonly string[] = [], options?: ErrorOptions) {
    super(texts[code][0], options)
    this.code = code
    this.details = details
  }
  get remedy(): string {
    return texts[this.code][1]
  }
}
