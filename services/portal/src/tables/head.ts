/** What an earlier table is called in a list: the same words as its caption. */
import type { EarlierTable } from '@kruispunt/contracts'
import type { Language, Translate } from '@kruispunt/ui'
import { type CaptionWords, captionOf } from '../answer/caption.ts'

export const headOf = (
  { title, axes, filters }: EarlierTable,
  language: Language,
  say: Translate<CaptionWords>,
): string => captionOf({ title, axes: axes.map((label) => ({ label })), filters }, language, say)
