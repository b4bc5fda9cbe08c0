/**
 * Why nothing was verified at all: a wrong command line, or files that cannot be read.
 * @module
 */
const messages = {
  file_unreadable: {
    nl: 'Het bestand is niet te lezen. Controleer de naam en de rechten.',
    en: 'The file cannot be read. Check its name and rights.',
  },
  not_a_log_copy: {
    nl: 'Dit is geen kopie van een controlespoor (kruispunt-log/1). Maak er een met kruispunt-node log export.',
    en: 'This is not a copy of a log (kruispunt-log/1). Make one with kruispunt-node log export.',
  },
  roster_needed: {
    nl: 'Geef de vergeleken deelnemerslijst (--roster BESTAND) of haar code (--code). Vraag de code aan een functionaris van een partner: zonder haar controleert u alleen of het bestand het met zichzelf eens is.',
    en: 'Give the roster that was compared (--roster FILE) or its code (--code). Ask an officer of a partner for the code: without it you would only check that the file agrees with itself.',
  },
  roster_unreadable: {
    nl: 'Dit is geen deelnemerslijst. Maak er een met kruispunt-node roster export.',
    en: 'This is not a roster. Make one with kruispunt-node roster export.',
  },
  code_malformed: {
    nl: 'De code heeft 24 letters en cijfers (A–Z, 2–7).',
    en: 'The code has 24 letters and digits (A–Z, 2–7).',
  },
} as const
export type VerifyErrorCode = keyof typeof messages

/** Safe to show: quotes nothing from a file. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError'
  readonly code: VerifyErrorCode
  readonly file: string | undefined
  constructor(code: VerifyErrorCode, file?: string) {
    super(messages[code].en)
    this.code = code
    this.file = file
  }
  told(language: 'nl' | 'en'): string {
    return messages[this.code][language]
  }
}
