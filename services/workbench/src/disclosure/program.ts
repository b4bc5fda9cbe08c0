/**
 * The command line for auditors: which commands there are, what they print, how they end.
 *
 * Standard output is one JSON document, answer or refusal; with `--text`, a table to read. Standard error is for people.
 * @module
 */
import { writeFileSync } from 'node:fs'
import { DisclosureError } from '@kruispunt/disclosure'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { InputRefused } from './errors.ts'
import { type JsonFile, readBytes, readJson } from './read-json.ts'
import { renderText } from './render-text.ts'
import { attack } from './run/attack.ts'
import { dryRun } from './run/dry-run.ts'
import { protect } from './run/protect.ts'
import type { Finished, Running } from './run/running.ts'
import { sequence } from './run/sequence.ts'

/** Scripts rely on these; documented in docs/table-format.md. */
const exitCodes = { done: 0, failed: 1, input: 2, refused: 3, leak: 4 } as const

export type Streams = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly now: () => number
}

type Options = {
  readonly out?: string
  readonly private?: string
  readonly pretty?: true
  readonly text?: true
  readonly secretFile?: string
  readonly timeLimit: number
  readonly improveMs?: number
}

type Job = (raw: unknown, running: Running) => Promise<Finished>

const jobs: readonly { readonly name: string; readonly file: string; readonly does: string; readonly run: Job }[] = [
  { name: 'protect', file: 'table.json', does: 'protect a table and print it with its certificate', run: protect },
  { name: 'attack', file: 'published.json', does: 'attack published tables, ours or anybody else’s', run: attack },
  {
    name: 'sequence',
    file: 'questions.json',
    does: 'answer questions one after the other, through the ledger',
    run: sequence,
  },
  { name: 'dry-run', file: 'shape.json', does: 'expect the pattern of a table from its shape alone', run: dryRun },
]

/** @returns the exit code */
export async function run(args: readonly string[], streams: Streams): Promise<number> {
  let code: number = exitCodes.done
  const program = new Command('kruispunt-disclosure')
    .description('protects and attacks tables of counts; the format is in packages/disclosure/docs/table-format.md')
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.err })
  for (const job of jobs) {
    const command = program
      .command(job.name)
      .description(job.does)
      .argument(`<${job.file}>`, 'JSON file')
      .option('--out <file>', 'write the result here instead of to standard output')
      .option('--pretty', 'indent the JSON')
      .option('--text', 'a table to read instead of JSON')
      .addOption(new Option('--time-limit <seconds>', 'for each table, audit included').default(60).argParser(positive))
    if (job.name !== 'attack')
      command
        .option('--private <file>', 'write what only an auditor may read: unsafe cells, intervals')
        .option('--secret-file <file>', 'breaks ties; 16 bytes or more. Without it the input itself does')
        .addOption(
          new Option('--improve-ms <ms>', 'work that may go into showing more; by default as the size asks').argParser(
            positive,
          ),
        )
    command.action(async (path: string, options: Options) => {
      code = await perform(job.run, path, options, streams)
    })
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.input
    throw error
  }
}

async function perform(job: Job, path: string, options: Options, streams: Streams): Promise<number> {
  const start = streams.now()
  try {
    const file = readJson(path)
    const running = {
      now: streams.now,
      secret: secretFor(options, file),
      timeLimitMs: options.timeLimit * 1000,
      ...(options.improveMs === undefined ? {} : { improveMs: options.improveMs }),
    }
    const { ending, result, hidden } = await job(file.value, running)
    const text = options.text ? `${renderText(result)}\n` : json(result, options)
    // Files first: whoever reads an answer can rely on its record being there.
    if (options.private !== undefined && hidden) write(options.private, json(hidden, options), 0o600)
    if (options.out === undefined) streams.out(text)
    else write(options.out, text, 0o666)
    streams.err(`${ending}, ${((streams.now() - start) / 1000).toFixed(2)} s\n`)
    return exitCodes[ending]
  } catch (error) {
    if (error instanceof DisclosureError) {
      // Found by the rules themselves, deeper than the form of a file goes.
      streams.out(
        json(
          {
            format: 'kruispunt-refusal/1',
            outcome: 'refused',
            code: error.code,
            reason: error.message,
            remedy: seeFormat,
          },
          options,
        ),
      )
      streams.err(`${error.message}; ${seeFormat}.\n`)
      return exitCodes.input
    }
    if (!(error instanceof InputRefused)) throw error
    streams.out(json(refusedInput(error), options))
    for (const { path: place, reason, remedy } of error.faults.slice(0, mostTold))
      streams.err(`${place === '' ? '' : `${place}: `}${reason}; ${remedy}.\n`)
    return exitCodes.input
  }
}

const seeFormat = 'compare the file with docs/table-format.md'
const mostTold = 20
const mostListed = 1000

/** The first fault is the one that the whole is refused for; all of them are listed. */
function refusedInput({ faults }: InputRefused) {
  const [first] = faults
  return {
    format: 'kruispunt-refusal/1',
    outcome: 'refused',
    code: first?.code,
    reason: first?.reason,
    remedy: first?.remedy,
    faults: faults.slice(0, mostListed),
    ...(faults.length > mostListed ? { notListed: faults.length - mostListed } : {}),
  }
}

/** The same input with the same secret gives the same answer. Whoever has the true table can replay a secret made of it. */
function secretFor({ secretFile }: Options, file: JsonFile): Uint8Array {
  if (secretFile === undefined) return file.sha256
  const secret = readBytes(secretFile)
  if (secret.length < 16) throw InputRefused.because('secret_too_short')
  return secret
}

/** @throws {@link InputRefused} `output_not_writable` */
function write(path: string, text: string, mode: number): void {
  try {
    writeFileSync(path, text, { mode })
  } catch {
    throw InputRefused.because('output_not_writable')
  }
}

const json = (value: unknown, { pretty }: Options): string => `${JSON.stringify(value, null, pretty ? 2 : 0)}\n`

function positive(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('a number of 0 or more')
  return value
}
