/**
 * From text as written to plain ASCII, and from there to a-z (linkage.md §2.1). The ground under every other step.
 *
 * Uses `normalize` and `toLowerCase` only, which no locale touches: the same bytes come out at every node.
 * @module
 */
import { repairText } from './repair-text.ts'

/** UTF-16 units of a field that are read, and letters that come of it: the work on a row is bounded whatever a source sends. */
const LONGEST_FIELD = 200

/** Letters that NFKD leaves whole, in both cases; then signs that stand for an apostrophe or a hyphen. */
const SPELLED_OUT = new Map<number, string>(
  Object.entries({
    ...{ ß: 'ss', ẞ: 'SS', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', ı: 'i', đ: 'd', Đ: 'D' },
    ...{ æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE' },
    ...{ '‘': "'", '’': "'", '‛': "'", '′': "'", ʼ: "'", ʻ: "'", '´': "'" },
    ...{ '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-' },
  }).map(([sign, plain]) => [sign.charCodeAt(0), plain]),
)

/**
 * Signs that later versions of Unicode may yet decompose to Latin letters, as they did with outlined capitals: read by one
 * node and not by another. No name is written in them.
 */
const NOT_READ = /[\u2c00-\ufaff\ufff0-\uffff]/g

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false
  return true
}

/**
 * Text without damage, accents and foreign signs, its case and its punctuation kept.
 * @param text - any string, lone surrogates included; only the first 200 UTF-16 units are read
 * @returns ASCII only, at most 200; what has no Latin letter under it is gone
 */
export function plainText(text: string): string {
  const short = text.length > LONGEST_FIELD ? text.slice(0, LONGEST_FIELD) : text
  if (isAscii(short)) return short
  const repaired = repairText(short).replace(NOT_READ, '')
  // NFKD would make a blank of the loose acute accent that people type for an apostrophe.
  const decomposed = repaired.replaceAll('´', "'").normalize('NFKD')
  let plain = ''
  for (let at = 0; at < decomposed.length; at++) {
    const unit = decomposed.charCodeAt(at)
    if (unit <= 0x7f) plain += decomposed[at]
    else plain += SPELLED_OUT.get(unit) ?? ''
  }
  return plain.slice(0, LONGEST_FIELD)
}

/** Keeps a-z of a text that is already plain: lower case, everything else dropped. */
export function lettersOf(plain: string): string {
  const lower = plain.toLowerCase()
  let kept = ''
  for (let at = 0; at < lower.length; at++) {
    const unit = lower.charCodeAt(at)
    if (unit >= 0x61 && unit <= 0x7a) kept += lower[at]
  }
  return kept
}

/** Keeps a-z and 0-9 of a text that is already plain. */
export function lettersAndDigitsOf(plain: string): string {
  const lower = plain.toLowerCase()
  let kept = ''
  for (let at = 0; at < lower.length; at++) {
    const unit = lower.charCodeAt(at)
    if ((unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39)) kept += lower[at]
  }
  return kept
}
