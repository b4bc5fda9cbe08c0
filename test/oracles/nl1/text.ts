/**
 * Plain text, folds and placeholders, from §1 of the written standard (contracts/docs/linkage-profiles.md).
 * @module
 */

/** The numbers of the bytes 0x80 to 0x9F by the signs that Windows-1252 shows for them. */
const signBytes = new Map(
  Array.from({ length: 32 }, (_, at) => {
    const byte = 0x80 + at
    return [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte] as const
  }),
)
const replacements: readonly (readonly [RegExp, string])[] = [
  [/ß/g, 'ss'],
  [/ẞ/g, 'SS'],
  [/ø/g, 'o'],
  [/Ø/g, 'O'],
  [/ł/g, 'l'],
  [/Ł/g, 'L'],
  [/ı/g, 'i'],
  [/đ/g, 'd'],
  [/Đ/g, 'D'],
  [/æ/g, 'ae'],
  [/Æ/g, 'AE'],
  [/œ/g, 'oe'],
  [/Œ/g, 'OE'],
  [/[\u2018\u2019\u201b\u2032\u02bc\u02bb]/g, "'"],
  [/[\u2010-\u2015\u2212]/g, '-'],
]
const placeholders = new Set('anoniem anonymous leeg nn nomen nomennescio null nvt onbek onbekend unknown'.split(' '))
const repairable: readonly (readonly [number, number])[] = [
  [0x80, 0x24f],
  [0x2c6, 0x2dc],
  [0x300, 0x36f],
  [0x1e00, 0x1eff],
  [0x2010, 0x203a],
  [0x20ac, 0x20ac],
  [0x2122, 0x2122],
  [0xfffd, 0xfffd],
]

const byteOf = (unit: string): number | undefined => {
  const number = unit.charCodeAt(0)
  return signBytes.get(unit) ?? (number >= 0x80 && number <= 0xff ? number : undefined)
}

function repairOnce(text: string): string {
  let repaired = ''
  for (let at = 0; at < text.length; ) {
    const first = byteOf(text[at] ?? '')
    const length = first === undefined ? 0 : first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe1 && first <= 0xef ? 3 : 0
    const behind = [...text.slice(at + 1, at + length)].map(byteOf)
    const isWhole = length > 0 && behind.length === length - 1
    if (first !== undefined && isWhole && behind.every((byte) => byte !== undefined && byte >= 0x80 && byte <= 0xbf)) {
      const tails = behind.map((byte) => (byte ?? 0) & 0x3f)
      const point = tails.reduce((value, tail) => value * 64 + tail, length === 2 ? first & 0x1f : first & 0x0f)
      if (repairable.some(([from, to]) => point >= from && point <= to)) {
        repaired += String.fromCharCode(point)
        at += length
        continue
      }
    }
    repaired += text[at]
    at += 1
  }
  return repaired
}

/** The plain text of a field: ASCII, capitals kept. */
export function plainText(raw: string): string {
  let text = raw.slice(0, 200)
  if (/^[\0-\x7f]*$/.test(text)) return text
  for (let pass = 0; pass < 3; pass += 1) text = repairOnce(text)
  text = text.replace(/[\u2c00-\ufaff\ufff0-\uffff]/g, '')
  text = text.replace(/\u00b4/g, "'").normalize('NFKD')
  for (const [from, to] of replacements) text = text.replace(from, to)
  return text.replace(/[^\0-\x7f]/g, '').slice(0, 200)
}

export const small = (raw: string): string => plainText(raw).toLowerCase()
export const lettersOf = (text: string): string => text.replace(/[^a-z]/g, '')
export const lettersAndDigitsOf = (text: string): string => text.replace(/[^a-z0-9]/g, '')
/** @param folded - small letters only */
export const isPlaceholder = (folded: string): boolean => placeholders.has(folded)
export const isFieldMissing = (raw: string): boolean => isPlaceholder(lettersOf(small(raw)))
export const unique = (values: readonly string[]): string[] => [...new Set(values)]
/** By code unit. */
export const sortedSet = (values: readonly string[]): string[] => unique(values).sort()
