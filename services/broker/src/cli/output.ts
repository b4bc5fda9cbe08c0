/**
 * What a command says, and where: the outcome on standard output, everything else on standard error.
 * @module
 */
import { systemText } from '@kruispunt/command-line'
import type { Bilingual, Problem } from '@kruispunt/contracts'
import { CryptoError } from '@kruispunt/crypto'
import { problemOf } from '../plugins/problems.ts'
import { ToldError } from '../told-error.ts'
import { RefusedError } from './api-client.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { faultWords } from './spoken-words.ts'

export type Language = 'nl' | 'en'
export type Streams = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly isTerminal: boolean
}

export type Output = {
  readonly json: boolean
  readonly language: Language
  /** One of two texts. */
  say(nl: string, en: string): string
  /** The outcome: as JSON when asked for, otherwise as lines for people. */
  result(value: unknown, lines: readonly string[]): void
  /** How far it is; on a terminal only, and never part of the outcome. */
  progress(line: string): void
  /** Says why it did not work. @returns the exit code */
  failure(error: unknown): number
}

function problemLines({ reason, remedy, violations = [], advice = [] }: Problem, language: Language): string[] {
  return [
    reason[language],
    ...violations.map(({ path, message }) => `  ${path}: ${faultWords(language, message)}`),
    ...advice.map((text) => `  ${text[language]}`),
    remedy[language],
  ]
}

/** What a person is told of an error that is no problem of the API. Not its message: that may quote what was read. */
function textOf(error: unknown): Bilingual {
  if (error instanceof ToldError) return error.text
  if (error instanceof CryptoError)
    return {
      nl: 'Een sleutel gaat niet open: het wachtwoord of het sleutelbestand hoort er niet bij. Controleer welke u gaf.',
      en: 'A key does not open: the passphrase or the key file does not belong to it. Check which one you gave.',
    }
  const told = systemText(error)
  if (told !== undefined) return told
  const { name, code } = (error instanceof Error ? error : new Error('thrown')) as NodeJS.ErrnoException
  const what = code === undefined ? name : `${name} ${code}`
  return {
    nl: `Er ging iets mis dat niet mis had mogen gaan (${what}). Meld dit bij de beheerder van Kruispunt.`,
    en: `Something went wrong that should not (${what}). Report this to the maintainers of Kruispunt.`,
  }
}

export function createOutput(streams: Streams, options: { json: boolean; language: Language }): Output {
  const { json, language } = options
  return {
    json,
    language,
    say: (nl, en) => (language === 'nl' ? nl : en),
    result(value, lines) {
      streams.out(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''))
    },
    progress(line) {
      if (streams.isTerminal && !json) streams.err(`${line}\n`)
    },
    failure(error) {
      const exitCode = exitCodeOf(error)
      const problem = error instanceof RefusedError ? error.problem : problemOf(error)
      const isProblem = exitCode === exitCodes.refused
      const text = textOf(error)
      if (json) streams.err(`${JSON.stringify(isProblem ? { exitCode, problem } : { exitCode, message: text })}\n`)
      else for (const line of isProblem ? problemLines(problem, language) : [text[language]]) streams.err(`${line}\n`)
      return exitCode
    },
  }
}
