/**
 * Takes back the commonest damage to names: UTF-8 bytes that some program read as Latin-1 or Windows-1252, once or more often.
 *
 * Works on each sequence by itself, so that a text may be damaged in part. Only letters and signs that occur in Latin names
 * are made: `É»` or `Ü–` in an undamaged text stay what they are.
 * @module
 */

/** What Windows-1252 shows for the bytes 0x80-0x9f; the five bytes it leaves empty come through as U+0081 and so on. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const BYTE_OF_SIGN = new Map([...WINDOWS_1252].map((sign, at) => [sign.charCodeAt(0), 0x80 + at]))

/** Damage piles up: each program in a chain may do it once more. */
const MOST_ROUNDS = 3

/** @returns the byte this code unit was, or -1 when it never was a byte above 0x7f */
const byteOf = (unit: number): number => (unit >= 0x80 && unit <= 0xff ? unit : (BYTE_OF_SIGN.get(unit) ?? -1))

/** Latin letters, accents, the signs of Windows-1252 and the replacement character: all that damaged names hold. */
const isExpected = (point: number): boolean =>
  (point >= 0x80 && point <= 0x24f) ||
  (point >= 0x2c6 && point <= 0x2dc) ||
  (point >= 0x300 && point <= 0x36f) ||
  (point >= 0x1e00 && point <= 0x1eff) ||
  (point >= 0x2010 && point <= 0x203a) ||
  point === 0x20ac ||
  point === 0x2122 ||
  point === 0xfffd

/** @returns the code point that starts at `at` as UTF-8 in disguise, with its length in code units; length 0 when none */
function decodeAt(text: string, at: number): { point: number; length: number } {
  const none = { point: 0, length: 0 }
  const lead = byteOf(text.charCodeAt(at))
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe1 && lead <= 0xef ? 3 : 0
  if (length === 0 || at + length > text.length) return none
  let point = length === 2 ? lead & 0x1f : lead & 0x0f
  for (let next = 1; next < length; next++) {
    const byte = byteOf(text.charCodeAt(at + next))
    if (byte < 0x80 || byte > 0xbf) return none
    point = (point << 6) | (byte & 0x3f)
  }
  return isExpected(point) ? { point, length } : none
}

function repairOnce(text: string): string {
  let repaired = ''
  let copied = 0
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) < 0x80) continue
    const { point, length } = decodeAt(text, at)
    if (length === 0) continue
    repaired += text.slice(copied, at) + String.fromCharCode(point)
    at += length - 1
    copied = at + 1
  }
  return copied === 0 ? text : repaired + text.slice(copied)
}

/** @returns the text with every sequence repaired, at most three layers deep */
export function repairText(text: string): string {
  let now = text
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = repairOnce(now)
    if (next === now) break
    now = next
  }
  return now
}
