/**
 * Decimal numbers straight from bytes, with a decimal comma or a decimal point.
 * @module
 */

/** Which character stands before the decimals; the other one may group thousands. */
export type DecimalMark = 'comma' | 'point'

const COMMA = 44
const POINT = 46

/**
 * Reads `-1.234,50` (comma) or `-1,234.50` (point); blanks around it do not matter.
 * @returns the number; NaN for an empty field; undefined for anything that is not a number
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, mark: DecimalMark): number | undefined {
  let from = start
  let to = end
  while (from < to && bytes[from] === 32) from += 1
  while (to > from && bytes[to - 1] === 32) to -= 1
  if (from === to) return Number.NaN
  const negative = bytes[from] === 45
  const decimal = mark === 'comma' ? COMMA : POINT
  const grouping = mark === 'comma' ? POINT : COMMA
  let value = 0
  let digits = 0
  let decimals = -1
  let sinceGroup = -1
  for (let at = negative ? from + 1 : from; at < to; at += 1) {
    const byte = bytes[at] as number
    if (byte >= 48 && byte <= 57) {
      value = value * 10 + byte - 48
      digits += 1
      if (decimals >= 0) decimals += 1
      else if (sinceGroup >= 0) sinceGroup += 1
    } else if (byte === decimal && decimals < 0 && digits > 0 && (sinceGroup < 0 || sinceGroup === 3)) {
      decimals = 0
    } else if (
      byte === grouping &&
      decimals < 0 &&
      digits > 0 &&
      (sinceGroup === 3 || (sinceGroup < 0 && digits <= 3))
    ) {
      sinceGroup = 0
    } else return undefined
  }
  if (digits === 0 || digits > 15 || decimals === 0 || (decimals < 0 && sinceGroup >= 0 && sinceGroup !== 3))
    return undefined
  const scaled = decimals > 0 ? value / 10 ** decimals : value
  return negative ? -scaled : scaled
}
