/**
 * From bytes to text: decoding field by field, repairing text decoded with the wrong character set, folding for comparison.
 *
 * A field is read as UTF-8 when its bytes are valid UTF-8 and as Windows-1252 otherwise. Real extracts mix the two, and a
 * Windows-1252 text that is valid UTF-8 by accident is practically always UTF-8 that was pasted in.
 * @module
 */
import { Buffer, isUtf8 } from 'node:buffer'

const windows1252 = new TextDecoder('windows-1252')

/** Text of one field, repaired; never throws. */
export function decodeField(bytes: Uint8Array, start: number, end: number): string {
  const field = bytes.subarray(start, end)
  const text = isUtf8(field)
    ? Buffer.from(field.buffer, field.byteOffset, field.length).toString('utf8')
    : windows1252.decode(field)
  return repairWrongCharset(text)
}

/** `Â`…`ô` followed by what a UTF-8 continuation byte turns into: how UTF-8 looks when read as Latin-1 or Windows-1252. */
const wrongCharset =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]/

const bytesOf1252 = new Map(
  Array.from({ length: 32 }, (_, i) => [windows1252.decode(Uint8Array.of(0x80 + i)), 0x80 + i] as const),
)

/**
 * Repairs UTF-8 that was read as Latin-1 or Windows-1252 (`MichÃ¡n` becomes `Michán`), twice over if needed.
 * Text that cannot have come about that way is returned as it is.
 */
export function repairWrongCharset(text: string): string {
  let repaired = text
  for (let round = 0; round < 2 && wrongCharset.test(repaired); round += 1) {
    const bytes = singleBytes(repaired)
    if (bytes === null || !isUtf8(bytes)) break
    repaired = bytes.toString('utf8')
  }
  return repaired
}

/** The bytes a single-byte decoder made this text from, or null if none did. */
function singleBytes(text: string): Buffer | null {
  const bytes = Buffer.alloc(text.length)
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    const byte = unit < 0x100 ? unit : bytesOf1252.get(text[i] ?? '')
    if (byte === undefined) return null
    bytes[i] = byte
  }
  return bytes
}

/** A value as it is compared with a code list: no case, no accents, single blanks. */
export function foldValue(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim()
}

/** A header as it is compared with aliases: only letters and digits. */
export function foldHeader(text: string): string {
  return foldValue(text).replace(/[^a-z0-9]/g, '')
}

const missingWords = new Set([
  '',
  '-',
  '--',
  '.',
  '?',
  'null',
  'none',
  'onbekend',
  'unknown',
  'onb',
  'onb.',
  'n/a',
  '#n/b',
  '#n/a',
  'leeg',
  '(leeg)',
  'nan',
])

/** Whether a folded value is one of the ways sources write "we do not know". */
export function isMissing(folded: string): boolean {
  return missingWords.has(folded)
}
