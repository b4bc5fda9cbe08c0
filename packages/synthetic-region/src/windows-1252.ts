/**
 * Text as a system writes it that knows Windows-1252 only.
 * @module
 */
const extra = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const codeOf = new Map([...extra].map((letter, at) => [letter, 0x80 + at]))
const withoutMark: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D' }

/** Letters that the character set lacks lose their mark, as they do in such a system: `Wiśniewski` → `Wisniewski`. */
export function encodeWindows1252(text: string): Uint8Array {
  const bytes: number[] = []
  for (const letter of text) {
    const code = letter.codePointAt(0) as number
    const known = code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : codeOf.get(letter)
    if (known !== undefined) bytes.push(known)
    else bytes.push(...Buffer.from(withoutMark[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, ''), 'latin1'))
  }
  return Uint8Array.from(bytes)
}
