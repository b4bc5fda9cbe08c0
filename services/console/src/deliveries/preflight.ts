/**
 * A first look at a chosen file in the browser, before a byte of it goes anywhere: what can never be a table is said at once. The
 * node looks for itself afterwards.
 * @module
 */
export type PreflightFault = 'empty' | 'spreadsheet' | 'pdf' | 'binary'

const startsWith = (bytes: Uint8Array, ...sign: number[]) => sign.every((byte, at) => bytes[at] === byte)

/** @returns why the file is no table, or nothing when it may be one */
export async function preflight(file: Blob): Promise<PreflightFault | undefined> {
  if (file.size === 0) return 'empty'
  const bytes = new Uint8Array(await file.slice(0, 4096).arrayBuffer())
  // Both kinds of Excel file: a zip, and the older compound file.
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'spreadsheet'
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf'
  // UTF-16 has zeros too, and says so with its first two bytes.
  const isWide = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)
  return bytes.includes(0) && !isWide ? 'binary' : undefined
}
