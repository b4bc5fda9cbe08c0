/**
 * `kruispunt-link`: what nodes and broker do, on plain files of one machine. For evaluation, and for stewards who want to try a
 * recipe on their own duplicates.
 * @module
 */
import { Command, CommanderError } from 'commander'
import { readerMayLeave } from '../reader-may-leave.ts'
import { LinkError } from './errors.ts'
import { type LinkOptions, linkCommand } from './link-command.ts'
import type { RehearseOptions } from './rehearse-command.ts'
import type { SampleOptions } from './sample-command.ts'

readerMayLeave(process.stdout)
const stdout = (text: string): void => void process.stdout.write(text)
const stderr = (text: string): void => void process.stderr.write(text)

const program = new Command('kruispunt-link')
  .description('Links the people of CSV files as nodes and broker would, and says which rows are one person.')
  // Commands made after this take it over: a wrong command line ends as any other refusal does.
  .exitOverride()
const link = program
  .command('link', { isDefault: true })
  .description('prints cluster,file,row,id; one file is one party, and a single file is searched for duplicates')
  .argument('[files...]', 'CSV files, any encoding and delimiter, names of columns on the first line')
  .option('--profile <id>', 'rules of normalisation: nl1 (default) or en1')
  .option('--recipe <file>', 'JSON; {} is the standard tolerant recipe of the profile')
  .option('--out <file>', 'where the clusters go instead of standard output')
  .option('--json', 'clusters as JSON instead of CSV')
  .option('--report <file>', 'where the report goes: what was read, what linked, estimated precision and recall')
  .option('--truth <column>', 'column that says who is who; adds the true precision, recall and F1 to the report')
  .option('--duplicates', 'rows of one file may be one person too (the rule of a single file)')
  .action((files: string[], options: LinkOptions) => linkCommand(files, options, { stdout, stderr }))
program
  .command('sample')
  .description('writes a labelled set of invented people; the column id says who is who')
  .option('--set <name>', 'six-partners, five-parties, febrl or historical', 'six-partners')
  .option('--seed <number>', 'same seed, same files', '1')
  .option('--persons <number>', 'people in all', '5000')
  .requiredOption('--out <folder>', 'where the files go')
  .action(async (options: SampleOptions) => {
    // Loaded when asked for: invented people are no part of linking.
    const { sampleCommand } = await import('./sample-command.ts')
    stdout(`${(await sampleCommand(options)).join('\n')}\n`)
  })
program
  .command('rehearse')
  .description('tries a recipe on invented people of the partners declared, and says what to expect')
  .option('--profile <id>', 'nl1 (default) or en1')
  .option('--recipe <file>', 'JSON, as above')
  .option('--partners <file>', 'JSON: coverage, columns and errors of every partner; six usual partners when left out')
  .option('--seed <number>', 'same seed, same people', '1')
  .option('--persons <number>', 'people in all', '5000')
  .action(async (options: RehearseOptions) => {
    const { rehearseCommand } = await import('./rehearse-command.ts')
    stdout(`${(await rehearseCommand(options)).join('\n')}\n`)
  })

program.addHelpText('after', () => `\n${link.helpInformation()}`)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else if (!(error instanceof LinkError)) throw error
  else {
    stderr(`${error.code}: ${error.message}\n${error.details.map((line) => `  ${line}\n`).join('')}${error.remedy}\n`)
    process.exitCode = 2
  }
}
