/**
 * What a column looks like, without saying what stands in it: letters become `a`, digits `9`.
 * @module
 */
import type { DecimalMark } from './numbers.ts'
import { foldValue } from './text.ts'

export type ContentKind =
  | 'empty'
  | 'bsn'
  | 'date'
  | 'month'
  | 'yesNo'
  | 'number'
  | 'area'
  | 'postcode'
  | 'words'
  | 'text'

export type ColumnShape = {
  readonly kind: ContentKind
  /** Share of the sample without a value, 0 to 1. */
  readonly empty: number
  /** The most frequent shapes, at most three, with their share of the filled fields. */
  readonly shapes: readonly { readonly shape: string; readonly share: number }[]
  readonly decimalMark: DecimalMark
}

/** `9938LC` becomes `9999aa`; runs of letters are cut to two, other signs than ASCII punctuation become `?`. */
function shapeOf(value: string): string {
  return value
    .trim()
    .slice(0, 64)
    .replace(/\p{L}+/gu, (run) => 'a'.repeat(Math.min(run.length, 2)))
    .replace(/\p{N}/gu, '9')
    .replace(/[^\u0020-\u007e]/gu, '?')
    .slice(0, 24)
}

const patterns: readonly (readonly [ContentKind, RegExp])[] = [
  ['bsn', /^(?:\d{9}|\d{8}|\d{4}\.\d\d\.\d{3})$/],
  [
    'date',
    /^(?:(?:18|19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])|\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{4})(?:[ T]\d.*)?$/,
  ],
  ['month', /^(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])|\d{4}-\d\d|\d\d?-\d{4})$/],
  ['area', /^(?:BU|WK|GM)\d{4,8}$/i],
  ['postcode', /^[1-9]\d{3} ?[a-z]{2}$/i],
  ['yesNo', /^(?:ja|nee|j|n|yes|no|y|true|false|waar|onwaar)$/i],
  ['number', /^-?\d+(?:[.,]\d+)*$/],
]

/** @param values - the fields of one column in the sample, decoded */
export function shapeColumn(values: readonly string[]): ColumnShape {
  const filled = values.map((value) => value.trim()).filter((value) => value !== '')
  const shapes = new Map<string, number>()
  for (const value of filled) shapes.set(shapeOf(value), (shapes.get(shapeOf(value)) ?? 0) + 1)
  const top = [...shapes].sort((a, b) => b[1] - a[1]).slice(0, 3)
  return {
    kind: kindOf(filled),
    empty: values.length === 0 ? 1 : (values.length - filled.length) / values.length,
    shapes: top.map(([shape, count]) => ({ shape, share: count / filled.length })),
    decimalMark: decimalMarkOf(filled),
  }
}

function kindOf(filled: readonly string[]): ContentKind {
  if (filled.length === 0) return 'empty'
  const share = (pattern: RegExp) => filled.filter((value) => pattern.test(value)).length / filled.length
  // Eight digits can be a date or a number that lost its zero: whichever explains more, dates first when equal.
  const scores = patterns.map(([kind, pattern]) => [kind, share(pattern)] as const)
  const bsn = scores.find(([kind]) => kind === 'bsn')?.[1] ?? 0
  const date = scores.find(([kind]) => kind === 'date')?.[1] ?? 0
  if (date >= 0.9 && date >= bsn) return 'date'
  const fits = scores.find(([, value]) => value >= 0.9)
  if (fits !== undefined) return fits[0]
  const different = new Set(filled.map(foldValue)).size
  return different <= 40 && different <= Math.max(3, filled.length / 5) ? 'words' : 'text'
}

/** Whichever mark stands before one, two or more than three digits most often; when nothing tells, Dutch is assumed. */
function decimalMarkOf(filled: readonly string[]): DecimalMark {
  const times = (pattern: RegExp) => filled.filter((value) => pattern.test(value)).length
  const commas = times(/^-?[\d.]+,(?:\d{1,2}|\d{4,})$/)
  const points = times(/^-?[\d,]+\.(?:\d{1,2}|\d{4,})$/)
  return points > commas ? 'point' : 'comma'
}
