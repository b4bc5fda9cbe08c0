/**
 * Numbers of citizens: the strict test, and the reading of what sources write.
 *
 * Two borders, on purpose. {@link isBsn} is the protocol's: nine ASCII digits as they go into a token, nothing forgiven.
 * {@link parseBsn} and {@link bsnReader} stand at the raw file and forgive what systems do to a number: signs between the
 * digits and one leading zero lost in a spreadsheet. What they accept always passes {@link isBsn}; they refuse more, namely
 * numbers that begin with 00 and known fillers. A letter or a digit of another script makes a number malformed, never shorter.
 * @module
 * @see linkage.md §2 step 8, protocol.md §3.4
 */

/** What {@link bsnReader} answers instead of a number. */
export const BSN_ANSWER = { empty: 0, malformed: -1, elevenTest: -2, filler: -3 } as const

export type ParsedBsn =
  | { readonly ok: true; readonly bsn: string }
  | { readonly ok: false; readonly reason: 'empty' | 'malformed' | 'eleven_test' | 'filler' }

/**
 * Numbers that pass the test and that people type when they have none: eight equal digits, and the two of every manual.
 * 999999990 is not among them: it lies in the range for invented persons, where it is somebody. A lab may add it.
 */
export const DEFAULT_FILLERS: readonly string[] = [
  ...Array.from({ length: 8 }, (_, digit) => `${String(digit + 1).repeat(8)}0`),
  '111222333',
  '123456782',
]

/** Whether a text is exactly nine ASCII digits, not all zero, that pass the eleven test. */
export function isBsn(text: string): boolean {
  return /^[0-9]{9}$/.test(text) && text !== '000000000' && passesElevenTest(Number(text))
}

/** Weights 9, 8, 7, 6, 5, 4, 3, 2, -1. Numbers with a sum of 0, such as 000000012, pass here and begin with 00. */
function passesElevenTest(number: number): boolean {
  let rest = Math.floor(number / 10)
  let sum = -(number % 10)
  for (let weight = 2; weight <= 9; weight += 1) {
    sum += weight * (rest % 10)
    rest = Math.floor(rest / 10)
  }
  return sum % 11 === 0
}

/** Bytes that may stand between or around digits: blank, tab, ' " - . / and the no-break space (C2 A0, or A0 alone). */
const signs = new Set([0x20, 0x09, 0x27, 0x22, 0x2d, 0x2e, 0x2f, 0xc2, 0xa0])

/**
 * Makes a reader over the bytes of one field, in UTF-8 or Windows-1252. Nothing is allocated for a call.
 * @param fillers - nine-digit numbers that are refused although they pass the test
 * @returns a function that answers the number itself (a whole number above 0), or one of {@link BSN_ANSWER}
 */
export function bsnReader(
  fillers: readonly string[] = DEFAULT_FILLERS,
): (bytes: Uint8Array, start: number, end: number) => number {
  const refused = new Set(fillers.map(Number))
  return (bytes, start, end) => {
    let number = 0
    let digits = 0
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number
      if (byte >= 48 && byte <= 57) {
        digits += 1
        if (digits > 9) return BSN_ANSWER.malformed
        number = number * 10 + byte - 48
      } else if (!signs.has(byte)) return BSN_ANSWER.malformed
    }
    if (digits === 0) return BSN_ANSWER.empty
    if (digits >= 8 && number === 0) return BSN_ANSWER.filler
    // Eight digits: a leading zero was lost. Nine that begin with 00 were never issued.
    if (digits < 8 || number < 10_000_000) return BSN_ANSWER.malformed
    if (!passesElevenTest(number)) return BSN_ANSWER.elevenTest
    return refused.has(number) ? BSN_ANSWER.filler : number
  }
}

const reasons = {
  [BSN_ANSWER.empty]: 'empty',
  [BSN_ANSWER.malformed]: 'malformed',
  [BSN_ANSWER.elevenTest]: 'eleven_test',
  [BSN_ANSWER.filler]: 'filler',
} as const

/** Reads one number as a source writes it; the same answers as {@link bsnReader}, as text. */
export function parseBsn(text: string, fillers: readonly string[] = DEFAULT_FILLERS): ParsedBsn {
  const bytes = new TextEncoder().encode(text)
  const answer = bsnReader(fillers)(bytes, 0, bytes.length)
  if (answer > 0) return { ok: true, bsn: String(answer).padStart(9, '0') }
  return { ok: false, reason: reasons[answer as keyof typeof reasons] }
}

/**
 * Writes a number as the nine ASCII digits a token is made of.
 * @param number - as answered by {@link bsnReader}
 * @param at - where the nine bytes begin in `bytes`
 */
export function writeBsn(number: number, bytes: Uint8Array, at: number): void {
  let rest = number
  for (let place = at + 8; place >= at; place -= 1) {
    bytes[place] = 48 + (rest % 10)
    rest = Math.floor(rest / 10)
  }
}
