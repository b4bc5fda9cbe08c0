/**
 * What a command says, and where: the outcome on standard output, everything else on standard error.
 * @module
 */
import type { Problem } from '@kruispunt/contracts'
import { problemOf } from '../plugins/problems.ts'
import { RefusedError } from './api-client.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'

export type Language = 'nl' | 'en'
export type Streams = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly isTerminal: boolean
}

export type Output = {
  readonly json: boolean
  readonly language: Language
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
    ...violations.map(({ path, message }) => `  ${path}: ${message}`),
    ...advice.map((text) => `  ${text[language]}`),
    remedy[language],
  ]
}

export function createOutput(streams: Streams, options: { json: boolean; language: Language }): Output {
  const { json, language } = options
  return {
    json,
    language,
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
      const message = error instanceof Error ? error.message : 'failed'
      if (json) streams.err(`${JSON.stringify(isProblem ? { exitCode, problem } : { exitCode, message })}\n`)
      else for (const line of isProblem ? problemLines(problem, language) : [message]) streams.err(`${line}\n`)
      return exitCode
    },
  }
}
