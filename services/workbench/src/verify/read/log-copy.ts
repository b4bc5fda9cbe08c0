/**
 * The file `kruispunt-log/1` (contracts/docs/protocol.md §8.1): a first line with format, lab and number of entries; one line for each
 * entry, the envelope in canonical form; a last line with the checkpoints. Nothing in it is free to change: every byte is checked by
 * something.
 * @module
 */
import { type Json, NotCanonical, readCanonical } from './canonical.ts'

/** What cannot be read at all: there is nothing to replay. `line` counts from 1. */
export type Unreadable = { readonly code: 'not_a_log_copy' | 'line_not_canonical' | 'cut_off'; readonly line: number }

export type LogCopy = {
  readonly lab: string
  /** Entries that the first line promises. */
  readonly size: number
  /** One each, without its newline; these bytes are the leaves of the log. */
  readonly entries: readonly Uint8Array[]
  /** Signed notes: of the log as it stood, and the newest with enough cosignatures. */
  readonly latest: string | null
  readonly quorum: string | null
}

const firstEntryLine = 2
const newline = 0x0a
/** Line of the file in which an entry stands, from 1. */
export const lineOfEntry = (index: number): number => index + firstEntryLine

/** @returns undefined for bytes that are no UTF-8 */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    // A byte order mark is kept, so that it is found.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function object(bytes: Uint8Array, line: number, members: readonly string[]): { [member: string]: Json } | Unreadable {
  try {
    const value = readCanonical(textOf(bytes) ?? '')
    const fits = typeof value === 'object' && value !== null && !Array.isArray(value)
    return fits && Object.keys(value).join() === members.join() ? value : { code: 'not_a_log_copy', line }
  } catch (error) {
    if (error instanceof NotCanonical) return { code: 'line_not_canonical', line }
    throw error
  }
}

const isUnreadable = (value: object): value is Unreadable => 'code' in value && 'line' in value

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  return [...lines, bytes.subarray(start)]
}

/** @param bytes - the whole file */
export function readLogCopy(bytes: Uint8Array): LogCopy | Unreadable {
  const lines = linesOf(bytes)
  const [first = bytes] = lines
  const header = object(first, 1, ['format', 'lab', 'size'])
  if (isUnreadable(header)) return header
  const { format, lab, size } = header
  if (format !== 'kruispunt-log/1' || typeof lab !== 'string' || typeof size !== 'number' || size < 0)
    return { code: 'not_a_log_copy', line: 1 }
  // The last line ends with a newline too; a file that was cut off mostly does not.
  if (lines.at(-1)?.length !== 0 || lines.length < 3) return { code: 'cut_off', line: lines.length }
  const lastLine = lines.length - 1
  const trailer = object(lines[lastLine - 1] ?? first, lastLine, ['latest', 'quorum'])
  if (isUnreadable(trailer)) return { code: 'cut_off', line: lastLine }
  const { latest, quorum } = trailer
  const isNote = (note: Json | undefined): note is string | null => note === null || typeof note === 'string'
  if (!isNote(latest) || !isNote(quorum)) return { code: 'not_a_log_copy', line: lastLine }
  return { lab, size, entries: lines.slice(1, lastLine - 1), latest, quorum }
}

export const isReadable = (copy: LogCopy | Unreadable): copy is LogCopy => 'entries' in copy
