/**
 * An error with a text for the person who gave the command, in both languages: what is wrong, and what helps.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'

/** Quotes option names, places in a document and nothing else. */
export class ToldError extends Error {
  readonly text: Bilingual
  /** @param nl - and `en`: whole sentences; `message` is the English one */
  constructor(nl: string, en: string, options?: ErrorOptions) {
    super(en, options)
    this.text = { nl, en }
  }
}
