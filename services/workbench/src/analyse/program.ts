/**
 * The command line for analyses of exported answers: which commands there are, what they print, how they end.
 *
 * Standard output is one JSON document, a record or a refusal; with `--text`, something to read. Standard error is for people.
 * @module
 */
import { writeFileSync } from 'node:fs'
import { analyse, type GivenTable, recordText, redo } from '@kruispunt/analyses'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { InputRefused } from '../disclosure/errors.ts'
import { readJson } from '../disclosure/read-json.ts'
import { describeTable } from './describe-table.ts'
import { type Language, type Refusal, refusalText, renderRecord } from './render-record.ts'

/** Scripts rely on these; documented in packages/analyses/docs/questions.md. */
const exitCodes = { done: 0, failed: 1, input: 2, refused: 3, differs: 4 } as const

export type Streams = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly now: () => number
}

type Options = {
  readonly out?: string
  readonly text?: true
  readonly lang: Language
  readonly largestError?: number
  readonly timeLimit: number
}

/** @returns the exit code */
export async function run(args: readonly string[], streams: Streams): Promise<number> {
  let code: number = exitCodes.done
  const program = new Command('kruispunt-analyse')
    .description('analyses of released tables; questions are described in packages/analyses/docs/questions.md')
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.err })
  const withOptions = (command: Command): Command =>
    command
      .option('--out <file>', 'write the record here instead of to standard output')
      .option('--text', 'something to read instead of JSON')
      .addOption(new Option('--lang <language>', 'of the text').choices(['nl', 'en']).default('nl'))
      .addOption(
        new Option('--time-limit <seconds>', 'for the bounds of withheld cells').default(60).argParser(positive),
      )
  const guarded = (job: (options: Options) => Promise<number>) => async (options: Options) => {
    code = await orRefused(() => job(options), streams)
  }
  withOptions(program.command('ask'))
    .description('answer a question from tables, and print the record')
    .argument('<question.json>', 'what is asked')
    .argument(
      '<tables...>',
      'answers as `kruispunt-broker job table --json` prints them; the question counts them from 0',
    )
    .addOption(
      new Option('--largest-error <count>', 'of counts that carry an error: `maxDeviation` of the agreement').argParser(
        positive,
      ),
    )
    .action(async (question: string, paths: string[], options: Options) => {
      await guarded((given) => ask(question, paths, given, streams))(options)
    })
  withOptions(program.command('redo'))
    .description('make an analysis again from its record, and say whether the same came out')
    .argument('<record.json>', 'as `ask` printed it')
    .argument('<tables...>', 'the answers it was made from, in any order')
    .action(async (record: string, paths: string[], options: Options) => {
      await guarded((given) => again(record, paths, given, streams))(options)
    })
  program
    .command('describe')
    .description('which variables, levels and codes a table has, to write a question with')
    .argument('<tables...>', 'answers')
    .action(async (paths: string[]) => {
      code = await orRefused(async () => {
        streams.out(`${tablesIn(paths).map(describeTable).join('\n\n')}\n`)
        return exitCodes.done
      }, streams)
    })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.input
    throw error
  }
}

async function ask(question: string, paths: readonly string[], options: Options, streams: Streams): Promise<number> {
  const { largestError } = options
  const tables = tablesIn(paths).map((answer): GivenTable => ({ answer, ...(largestError ? { largestError } : {}) }))
  const outcome = await analyse(readJson(question).value, tables, limitsOf(options, streams))
  if (outcome.outcome === 'refused') return refuse(outcome, options, streams)
  const { record } = outcome
  print(options.text ? renderRecord(record, options.lang) : recordText(record), options, streams)
  return exitCodes.done
}

async function again(record: string, paths: readonly string[], options: Options, streams: Streams): Promise<number> {
  const outcome = await redo(readJson(record).value, tablesIn(paths), limitsOf(options, streams))
  if (outcome.outcome === 'refused') return refuse(outcome, options, streams)
  const { same, text } = outcome
  print(options.text ? renderRecord(JSON.parse(text), options.lang) : text, options, streams)
  streams.err(same ? 'the same record came out\n' : 'another record came out\n')
  return same ? exitCodes.done : exitCodes.differs
}

/** Answers in these files: one each, or the several that linked tables are answered with. */
function tablesIn(paths: readonly string[]): unknown[] {
  return paths.flatMap((path) => {
    const { value } = readJson(path)
    const { answers } = { ...(value as { readonly answers?: unknown }) }
    return Array.isArray(answers) ? answers : [value]
  })
}

async function orRefused(job: () => Promise<number>, streams: Streams): Promise<number> {
  try {
    return await job()
  } catch (error) {
    if (!(error instanceof InputRefused)) throw error
    const { faults, message } = error
    streams.out(
      `${JSON.stringify({ format: 'kruispunt-refusal/1', outcome: 'refused', code: faults[0]?.code, faults }, undefined, 2)}\n`,
    )
    streams.err(`${message}: ${faults[0]?.remedy}\n`)
    return exitCodes.input
  }
}

function refuse({ code, reason, remedy, fields }: Refusal, options: Options, streams: Streams): number {
  const refusal = { format: 'kruispunt-refusal/1', outcome: 'refused', code, reason, remedy, fields }
  const text = refusalText({ code, reason, remedy, fields }, options.lang)
  // A file that was asked for holds a record, or nothing.
  streams.out(options.text ? `${text}\n` : `${JSON.stringify(refusal, undefined, 2)}\n`)
  streams.err(`${text}\n`)
  return exitCodes.refused
}

function print(text: string, { out }: Options, streams: Streams): void {
  if (out === undefined) {
    streams.out(text)
    return
  }
  try {
    writeFileSync(out, text)
  } catch {
    throw InputRefused.because('output_not_writable')
  }
}

const limitsOf = ({ timeLimit }: Options, { now }: Streams) => ({ now, timeLimitMs: timeLimit * 1000 })

function positive(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('a number above zero is needed')
  return value
}
