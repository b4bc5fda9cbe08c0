/**
 * Which encoding a file is in, judged by its first bytes; and which files are not text at all.
 * @module
 */
import { isAscii, isUtf8 } from 'node:buffer'
import type { TabularErrorCode } from './errors.ts'
import type { Encoding } from './row-source.ts'

export type EncodingFound = {
  readonly encoding: Encoding
  readonly byteOrderMark: boolean
  /** Some lines are in UTF-8 and others in Windows-1252. Fields are decoded one by one, so nothing is lost. */
  readonly mixed: boolean
}

const starts = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, at) => bytes[at] === byte)

/** The refusal for something that is no text table, judged by its signature and its bytes; null for text. */
export function notText(bytes: Uint8Array): TabularErrorCode | null {
  if (bytes.length === 0) return 'empty_file'
  // zip (xlsx, ods) and the old Excel format
  if (starts(bytes, 0x50, 0x4b, 3, 4) || starts(bytes, 0x50, 0x4b, 5, 6) || starts(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    return 'spreadsheet'
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf'
  if (utf16(bytes) !== null) return null
  let odd = 0
  for (const byte of bytes) {
    if (byte === 0) return 'binary'
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 0x1a) odd += 1
  }
  return odd * 100 > bytes.length ? 'binary' : null
}

/** @param bytes - the first bytes of a text, whole lines where possible */
export function findEncoding(bytes: Uint8Array): EncodingFound {
  const wide = utf16(bytes)
  if (wide !== null) return { encoding: wide, byteOrderMark: bytes[0] === 0xff || bytes[0] === 0xfe, mixed: false }
  const byteOrderMark = starts(bytes, 0xef, 0xbb, 0xbf)
  if (isUtf8(bytes)) return { encoding: 'utf-8', byteOrderMark, mixed: false }
  let unicode = 0
  let single = 0
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from)
    const line = bytes.subarray(from, end < 0 ? bytes.length : end)
    if (!isAscii(line)) {
      if (isUtf8(line)) unicode += 1
      else single += 1
    }
    from += line.length + 1
  }
  return { encoding: byteOrderMark || unicode > single ? 'utf-8' : 'windows-1252', byteOrderMark, mixed: unicode > 0 }
}

/** By its mark, or by zero bytes that stand almost only at odd or at even places. */
function utf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (starts(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (starts(bytes, 0xfe, 0xff)) return 'utf-16be'
  const zeros = [0, 0]
  const seen = Math.min(bytes.length, 4096) & ~1
  for (let at = 0; at < seen; at += 1) if (bytes[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > seen * 0.4 && even < seen * 0.02) return 'utf-16le'
  if (even > seen * 0.4 && odd < seen * 0.02) return 'utf-16be'
  return null
}
