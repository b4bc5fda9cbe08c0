/**
 * American Soundex as the National Archives publish it: the sound code of profile en1.
 * @see https://www.archives.gov/research/census/soundex
 * @module
 */

/** Digit of each letter a-z; `-` for vowels and y, which part equal digits; `.` for h and w, which do not. */
const DIGITS = '-123-12.-22455-12623-1.2-2'

const CODE_LENGTH = 4

/**
 * @param name - folded, a-z
 * @returns the first letter and three digits, filled up with zeros; '' for ''
 */
export function soundex(name: string): string {
  if (name === '') return ''
  const digitOf = (at: number): string => DIGITS.charAt(name.charCodeAt(at) - 0x61)
  let code = name.charAt(0)
  let last = digitOf(0)
  for (let at = 1; at < name.length && code.length < CODE_LENGTH; at++) {
    const digit = digitOf(at)
    if (digit === '.') continue
    if (digit !== '-' && digit !== last) code += digit
    last = digit
  }
  return code.padEnd(CODE_LENGTH, '0')
}
