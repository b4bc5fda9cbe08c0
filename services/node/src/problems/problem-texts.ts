import type { Bilingual } from '@kruispunt/contracts'

/** Status over HTTP, exit code of a command, and fixed texts that quote nothing. */
type ProblemText = {
  readonly status: number
  readonly exit: number
  readonly reason: Bilingual
  readonly remedy: Bilingual
}
export type ProblemTexts = Record<string, ProblemText>
