/**
 * `kruispunt-verify`: the command line, and how it ends.
 * @module
 */
import { readFileSync } from 'node:fs'
import { rosterDocument } from '@kruispunt/contracts'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { VerifyError } from './errors.ts'
import { isReadable, type LogCopy, readLogCopy } from './read/log-copy.ts'
import { type Pinned, replay } from './replay.ts'
import { answerVerdict } from './report/answers.ts'
import { type NamedAnswer, verdictText } from './report/text.ts'
import { type Verdict, verdictOf } from './report/verdict.ts'
import { faultWords, type Language } from './report/words.ts'
import { rosterHashOf } from './rules/rosters.ts'

/** Scripts rely on these; documented in the README. */
const exitCodes = { holds: 0, failed: 1, input: 2, faults: 3, answer: 4, witnesses: 5 } as const

export type Streams = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly now: () => number
}

type Options = {
  readonly roster?: string
  readonly code?: string
  readonly answer: readonly string[]
  readonly at?: number
  readonly maxAge?: number
  readonly json?: true
  readonly lang: Language
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new VerifyError('file_unreadable', file)
  }
}

function jsonOf(file: string): unknown {
  const bytes = bytesOf(file)
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

function pinnedBy({ roster, code }: Options): Pinned {
  if (roster !== undefined) {
    const parsed = rosterDocument.safeParse(jsonOf(roster))
    if (!parsed.success) throw new VerifyError('roster_unreadable', roster)
    return { rosterHash: rosterHashOf(parsed.data) }
  }
  if (code === undefined) throw new VerifyError('roster_needed')
  if (!/^[A-Z2-7]{24}$/.test(code.replace(/[\s\-\u2010-\u2015]/g, '').toUpperCase()))
    throw new VerifyError('code_malformed')
  return { rosterCode: code }
}

/** A file that cannot be read as a copy is found out here, at the line where it stops being one. */
function copyOf(file: string): LogCopy {
  const copy = readLogCopy(bytesOf(file))
  if (isReadable(copy)) return copy
  throw new VerifyError('not_a_log_copy', `${file}:${copy.line}`)
}

function exitCodeOf({ valid, quorum }: Verdict, answers: readonly NamedAnswer[], maxAge: number | undefined): number {
  if (!valid) return exitCodes.faults
  if (answers.some(({ verdict }) => !verdict.onRecord)) return exitCodes.answer
  const isFresh = maxAge === undefined || (quorum.ageHours !== null && quorum.ageHours <= maxAge)
  return quorum.reached && isFresh ? exitCodes.holds : exitCodes.witnesses
}

function verify(file: string, options: Options, { out, now }: Streams): number {
  const pinned = pinnedBy(options)
  const replayed = replay(copyOf(file), pinned)
  const verdict = verdictOf(replayed, options.at ?? now())
  const answers = options.answer.map((name) => ({ file: name, verdict: answerVerdict(replayed.journal, jsonOf(name)) }))
  const told = {
    format: 'kruispunt-verdict/1',
    ...verdict,
    faults: verdict.faults.map((fault) => ({ ...fault, reason: faultWords[fault.code] })),
    answers,
  }
  out(options.json ? `${JSON.stringify(told)}\n` : `${verdictText(verdict, answers, options.lang)}\n`)
  return exitCodeOf(verdict, answers, options.maxAge)
}

const collect = (value: string, all: readonly string[]) => [...all, value]

function instant(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new InvalidArgumentError('a date and time, such as 2026-11-30T12:00:00Z')
  return at
}
function hours(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('a number of hours')
  return value
}

/** @returns the exit code */
export async function run(args: readonly string[], streams: Streams): Promise<number> {
  let code: number = exitCodes.holds
  const program = new Command('kruispunt-verify')
    .description(
      'controleert een kopie van het controlespoor, los van knooppunt en schakelpunt / verifies a copy of a log, apart from node and broker',
    )
    .argument('<log-copy>', 'kruispunt-node log export')
    .option('--roster <file>', 'de vergeleken deelnemerslijst / the roster that was compared')
    .option('--code <code>', 'of haar code / or its code')
    .option('--answer <file>', 'een uitkomst om te toetsen / an answer to hold against it; repeatable', collect, [])
    .option('--at <instant>', 'beoordeel op dit moment / judge at this moment; now when left out', instant)
    .option('--max-age <hours>', 'zo vers moet het zijn / how fresh it has to be', hours)
    .option('--json', 'het oordeel als JSON / the verdict as JSON')
    .addOption(new Option('--lang <language>', 'taal / language').choices(['nl', 'en']).default('nl'))
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.err })
    .action((file: string, options: Options) => {
      try {
        code = verify(file, options, streams)
      } catch (error) {
        if (!(error instanceof VerifyError)) throw error
        const where = error.file === undefined ? '' : `${error.file}: `
        if (options.json) streams.out(`${JSON.stringify({ format: 'kruispunt-refusal/1', code: error.code })}\n`)
        streams.err(`${where}${error.told(options.lang)} [${error.code}]\n`)
        code = exitCodes.input
      }
    })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.holds : exitCodes.input
    throw error
  }
}
